//! The headers of responses, as data.

use super::Ty;
use crate::location::Location;

/// `src/headers.rs`: nothing of it where the document types none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeaderFile {
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    /// Sorted by name.
    pub headers: Vec<Header>,
}

/// A constant by which a header is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub name: String,
    /// In lower case.
    pub wire: String,
    pub ty: Ty,
    pub docs: String,
    pub deprecated: bool,
    /// Where it is first.
    pub location: Location,
}
