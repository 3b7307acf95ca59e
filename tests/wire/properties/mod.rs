//! What holds of every value, tried with many.

mod arguments;
mod models;
mod responses;
mod strategies;
