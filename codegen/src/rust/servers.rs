//! The servers that callers choose from, as data.

use super::Function;
use crate::location::Location;

/// What of the servers callers meet; nothing where there is one of a fixed URL.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Servers {
    /// Those of the document, then those of operations that have variables.
    pub addresses: Vec<Address>,
    /// The arms of `Server`, one for each server of the document; none if there is one.
    pub arms: Vec<ServerArm>,
    /// `ClientBuilder::server`
    pub choice: Option<Function>,
    /// `ClientBuilder::server_variable`
    pub variable: Option<Function>,
}

/// Where a server is.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    /// With its variables, and relative if the document has it so.
    pub url: String,
    /// The path of the document's own server, in whose place a relative one is put; empty for any other.
    pub replaces: String,
    pub variables: Vec<Variable>,
}

/// The server of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnServer {
    pub address: Address,
    pub location: Location,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub name: String,
    /// None where the document has none.
    pub default: Option<String>,
    /// Empty for any.
    pub values: Vec<String>,
}

/// An arm of `Server`.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerArm {
    pub name: String,
    pub docs: String,
    pub location: Location,
}
