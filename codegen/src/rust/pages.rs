//! Lists that come in pages, as data.

use std::fmt;

use super::Ty;
use crate::location::Location;

/// A method whose request gives the items of all pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// The type of an item.
    pub item: Ty,
    pub list: List,
    pub pagination: Pagination,
    /// Where that is stated.
    pub location: Location,
}

/// Where the items are in what the method returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// It is the list.
    Whole,
    /// In this field.
    Field(String),
    /// In this field, where anything is returned at all.
    FieldOfOption(String),
    /// In a field of what this field holds.
    Within { outer: String, field: String },
    /// The same, where that may be missing.
    WithinOption { outer: String, field: String },
}

/// How the pages follow each other; each pointer leads into the body, and is empty where nothing is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    pub scheme: Paging,
    /// Where a request has the parameter of the scheme, if it has one.
    pub place: PagePlace,
    pub items: String,
    pub total_pages: String,
    pub total: String,
    pub has_more: String,
    /// The URL of the next page, of a scheme that is no such member itself.
    pub next: String,
}

/// Where a request says which page it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePlace {
    Query,
    /// The parameter is a pointer into the JSON body.
    Body,
    /// The same, to a number.
    BodyNumber,
}

/// Where the next page is; each is a function of `runtime::Pagination`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    Number { parameter: String, first: u64 },
    Offset { parameter: String, first: u64 },
    Cursor { parameter: String, next: String },
    LastId { parameter: String, id: String },
    Url { next: String },
    Link,
}

/// As the lock shows it: `number page from 0, items in /data, total in /meta/total`.
impl fmt::Display for Pagination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.scheme)?;
        f.write_str(match self.place {
            PagePlace::Query => "",
            PagePlace::Body => ", asked for in the body",
            PagePlace::BodyNumber => ", asked for in the body as a number",
        })?;
        let stated = [
            ("items", &self.items),
            ("total_pages", &self.total_pages),
            ("total", &self.total),
            ("has_more", &self.has_more),
            ("next", &self.next),
        ];
        for (what, pointer) in stated
            .into_iter()
            .filter(|(_, pointer)| !pointer.is_empty())
        {
            write!(f, ", {what} in {pointer}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Paging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { parameter, first } => write!(f, "number {parameter} from {first}"),
            Self::Offset {
                parameter,
                first: 0,
            } => write!(f, "offset {parameter}"),
            Self::Offset { parameter, first } => write!(f, "offset {parameter} from {first}"),
            Self::Cursor { parameter, next } => write!(f, "cursor {parameter} of {next}"),
            Self::LastId { parameter, id } => write!(f, "last id {parameter} of {id}"),
            Self::Url { next } => write!(f, "url in {next}"),
            Self::Link => f.write_str("header link"),
        }
    }
}
