//! What holds of the generator and of the crates that it makes.

mod compile;
mod floors;
mod freshness;
mod msrv;
mod mutations;
mod reading;
mod signatures;
