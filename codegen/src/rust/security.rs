//! How callers authenticate, and which credentials each operation takes, as data.

pub use crate::api::TokenUrls;
use crate::location::Location;

/// One way to authenticate: schemes that go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    pub schemes: Vec<Scheme>,
}

/// A security scheme whose secret a client can send.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    pub name: String,
    /// What callers call it.
    pub word: String,
    /// The static that describes it.
    pub constant: String,
    pub placement: Placement,
    /// The endpoints of its tokens, where the document states any.
    pub tokens: Option<TokenUrls>,
    /// Empty for none.
    pub variable: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Placement {
    Bearer,
    Basic,
    /// The same, where a key is the user and there is no password.
    BasicKey,
    /// `Authorization`, with this name before the secret.
    Authorization(String),
    Header(String),
    Query(String),
    Cookie(String),
}

/// The static of all ways to authenticate.
pub const ALTERNATIVES: &str = "ALTERNATIVES";

/// What a call takes: the first alternative that the client has all secrets for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Requirement {
    /// The names of schemes that go together; the last one is empty where credentials are optional.
    pub alternatives: Vec<Vec<String>>,
    /// The static that says so.
    pub constant: String,
}

/// What an operation takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Security {
    pub alternatives: Vec<Vec<String>>,
    pub stated: Stated,
    /// Where the operation itself says so.
    pub location: Option<Location>,
}

/// How a method says what its operation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// Not at all: it is what all calls take.
    Default,
    Nothing,
    /// By this static.
    By(String),
}

/// `Credentials::name(arguments)`
#[derive(Debug, Clone, PartialEq)]
pub struct Constructor {
    pub name: String,
    pub docs: String,
    /// The index into [`Service::alternatives`](super::Service::alternatives).
    pub alternative: usize,
    pub arguments: Vec<String>,
    /// The first of its security schemes.
    pub location: Option<Location>,
}

impl Security {
    /// Whether credentials are needed.
    pub fn is_required(&self) -> bool {
        !self.alternatives.is_empty() && self.alternatives.iter().all(|names| !names.is_empty())
    }
}
