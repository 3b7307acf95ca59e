//! Operations that start something which takes long, as data.

use super::{Decode, Ty};
use crate::location::Location;

/// A method whose request can be waited for.
#[derive(Debug, Clone, PartialEq)]
pub struct LongRunning {
    pub place: StatePlace,
    /// The JSON pointer to what says whether it is done; empty where the status does.
    pub field: String,
    pub done: Vec<String>,
    pub failed: Vec<String>,
    /// Between two calls.
    pub seconds: u64,
    /// The type of the state.
    pub state: Ty,
    pub decode: Decode,
    /// Of the operation.
    pub location: Location,
}

/// What is called for the state; each is a function of `runtime::LongRunning`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatePlace {
    Itself,
    Header(String),
    /// A path, and the pointer to what is put into it.
    Path {
        path: String,
        id: String,
    },
}
