//! What holds of every value, tried with many.

mod answers;
mod arguments;
mod models;
mod strategies;
