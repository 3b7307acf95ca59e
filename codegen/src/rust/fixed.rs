//! What calls send by themselves, as data.

use std::fmt;

use crate::location::Location;
use crate::rust::docs;

/// A parameter or a property that can be but one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed {
    pub at: FixedWhere,
    pub wire: String,
    pub value: FixedValue,
    pub location: Location,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixedWhere {
    Query,
    Header,
    /// A property of the body.
    Body,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FixedValue {
    Text(String),
    Boolean(bool),
    Integer(i64),
}

impl fmt::Display for FixedValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "{}", docs::code(text)),
            Self::Boolean(flag) => write!(formatter, "`{flag}`"),
            Self::Integer(number) => write!(formatter, "`{number}`"),
        }
    }
}
