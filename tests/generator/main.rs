//! What holds of the generator and of the crates that it makes.

mod calls;
mod compile;
mod crates;
mod features;
mod floors;
mod freshness;
mod left_out;
mod msrv;
mod mutations;
mod names_kept;
mod parts;
mod reading;
mod responses;
mod shapes;
mod signatures;
