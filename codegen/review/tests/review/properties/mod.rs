//! What holds of every review: equal documents are equal however they are spelled, and an edit is
//! found where it was made.

mod changed;
mod compared;
mod dice;
mod documents;
mod edits;
mod equal;
mod large;
mod regressions;
mod rewrites;
mod robust;
mod sites;
