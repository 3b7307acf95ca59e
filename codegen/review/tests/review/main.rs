//! The review of a change: what it finds, what holds of every one, and how its report reads.

mod acceptance;
mod faces;
mod properties;
mod seeds;
mod surface;
