//! Schemas: what a value is, and what is said of it.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde_json::Value;

use super::{Docs, Status, TypeId};
use crate::location::Location;

/// A schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    pub origin: Origin,
    pub shape: Shape,
    pub docs: Docs,
    pub nullable: bool,
    /// It states no `type`, so that null is valid whatever it says of objects, texts or lists.
    pub untyped: bool,
    pub deprecated: bool,
    pub sensitive: bool,
    pub read_only: bool,
    pub write_only: bool,
    /// Of a text, as `contentMediaType` has it.
    pub media_type: Option<String>,
    pub default: Option<Value>,
    pub example: Option<Value>,
    pub limits: Narrowed,
    /// Where each value of an enumeration is listed.
    pub value_locations: Vec<Location>,
    /// What the document calls the values that are listed, by their text (`x-enum-varnames`).
    pub value_names: BTreeMap<String, String>,
    pub location: Location,
}

/// Where a schema stands, from which its name is made when it has none of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// `components/schemas/NAME`
    Component(String),
    Property {
        of: TypeId,
        name: String,
    },
    Items {
        of: TypeId,
    },
    Values {
        of: TypeId,
    },
    Variant {
        of: TypeId,
        index: usize,
        /// What the document calls the alternative that it is made of.
        named: Option<String>,
    },
    /// A schema that others extend, as it is by itself.
    Base {
        of: TypeId,
    },
    /// A part of `allOf`, which is merged into the whole.
    Part {
        of: TypeId,
    },
    Parameter {
        operation: usize,
        name: String,
    },
    RequestBody {
        operation: usize,
    },
    /// Of an index into [`Api::webhooks`](super::Api::webhooks).
    Webhook {
        webhook: usize,
    },
    Response {
        operation: usize,
        status: Status,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    Boolean,
    Integer(IntegerFormat),
    Number(NumberFormat),
    String(StringFormat),
    /// A string out of a list.
    Enumeration(Vec<String>),
    Array(TypeId),
    /// A list of that many items, each of its own schema.
    Tuple(Vec<TypeId>),
    /// An object whose names are data.
    Map(TypeId),
    Object(Object),
    Union(Union),
    /// The same as another schema but for its own docs and facts.
    Alias(TypeId),
    /// Only while lowering: `allOf`, merged before anything else sees it.
    AllOf(Vec<TypeId>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntegerFormat {
    Int32,
    Int64,
    Unsigned32,
    Unsigned64,
    Signed128,
    Unsigned128,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    Float,
    Double,
    /// Exact: money and quantities.
    Decimal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StringFormat {
    Plain,
    Date,
    DateTime,
    /// A number in a string.
    Decimal,
    Binary,
    /// Any other, which says nothing to Rust.
    Other(String),
}

/// A format that no specification names.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownFormat {
    pub name: String,
    /// How many schemas have it.
    pub count: usize,
    /// Where it is first.
    pub location: Location,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object {
    pub properties: Vec<Property>,
    pub additional: Additional,
    /// Names in `required` that no property declares, here or in another member of `allOf`.
    pub undeclared: Vec<String>,
}

/// `additionalProperties`
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Additional {
    /// Allowed, or nothing said.
    #[default]
    Any,
    Of(TypeId),
    Forbidden,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    pub name: String,
    pub required: bool,
    pub ty: TypeId,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    pub variants: Vec<Variant>,
    /// `discriminator.propertyName`
    pub discriminator: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    pub ty: TypeId,
    /// The discriminator's values that choose this variant.
    pub tags: Vec<String>,
    /// Values that no variant's tags choose are of this one, if they can be.
    pub fallback: bool,
    /// Where it is listed, which may be a reference to its schema.
    pub location: Location,
}

/// Keywords that narrow a value without changing its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// `enum` of what is no list of strings.
    pub values: Vec<Value>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: bool,
    pub exclusive_maximum: bool,
    pub multiple_of: Option<f64>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub pattern: Option<String>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: bool,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
}

/// The limits of a schema. Most have none, and a large document has many schemas: there they take no room.
#[derive(Debug, Clone, Default)]
pub struct Narrowed(Option<Box<Limits>>);

impl Narrowed {
    pub fn set_values(&mut self, values: Vec<Value>) {
        let limits = (**self).clone();
        *self = Limits { values, ..limits }.into();
    }
}

impl From<Limits> for Narrowed {
    fn from(limits: Limits) -> Self {
        Self((limits != NO_LIMITS).then(|| Box::new(limits)))
    }
}

impl Deref for Narrowed {
    type Target = Limits;

    fn deref(&self) -> &Limits {
        self.0.as_deref().unwrap_or(&NO_LIMITS)
    }
}

impl PartialEq for Narrowed {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

static NO_LIMITS: Limits = Limits {
    values: Vec::new(),
    minimum: None,
    maximum: None,
    exclusive_minimum: false,
    exclusive_maximum: false,
    multiple_of: None,
    min_length: None,
    max_length: None,
    pattern: None,
    min_items: None,
    max_items: None,
    unique_items: false,
    min_properties: None,
    max_properties: None,
};

impl StringFormat {
    /// As documents spell it; empty for none.
    pub fn name(&self) -> &str {
        match self {
            Self::Plain => "",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Decimal => "decimal",
            Self::Binary => "binary",
            Self::Other(name) => name,
        }
    }
}
