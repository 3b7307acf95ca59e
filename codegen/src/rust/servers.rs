//! The servers that callers choose from, as data.

use super::Function;
use crate::location::Location;

/// What of the servers callers meet; nothing where there is one of a fixed URL.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Servers {
    /// Those of the document, where there is a choice or something is resolved against them.
    pub addresses: Vec<Address>,
    /// Those of operations that have variables.
    pub of_operations: Vec<Address>,
    /// The arms of `Server`, one for each server of the document; none if there is one.
    pub arms: Vec<ServerArm>,
    /// `ClientBuilder::server`
    pub choice: Option<Function>,
    /// `ClientBuilder::server_variable`
    pub variable: Option<Function>,
}

impl Servers {
    /// The variables of all of them.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        let addresses = self.addresses.iter().chain(&self.of_operations);
        addresses.flat_map(|address| &address.variables)
    }
}

/// Where a server is.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    /// With its variables, and relative if the document has it so.
    pub url: String,
    pub variables: Vec<Variable>,
}

impl Address {
    /// Whether it has no host of its own.
    pub fn is_relative(&self) -> bool {
        let has_host = self.url.contains("://") || self.url.starts_with("//");
        !has_host && !self.url.starts_with('{')
    }
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
