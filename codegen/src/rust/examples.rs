//! Programs that call a method, as data.

use super::Ty;

/// A program that calls the method.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Example {
    /// `examples/NAME.rs`
    pub name: String,
    /// The crate's name in `use`.
    pub package: String,
    /// It names something that is deprecated.
    pub deprecated: bool,
    /// What the result is called.
    pub result: String,
    /// What one of a list of results is called.
    pub item: String,
    pub calls: Vec<String>,
    /// One for each argument.
    pub arguments: Vec<Sample>,
    /// The argument that the program reads from its command line.
    pub from_command_line: Option<usize>,
    /// Options worth showing, with a value each.
    pub options: Vec<(String, Sample)>,
}

/// A value to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Sample {
    Bool(bool),
    Integer(i64),
    /// One that only this type can hold, and no literal without it.
    WideInteger(i64, &'static str),
    Float(f64),
    String(String),
    Date(i16, i8, i8),
    Timestamp,
    Decimal,
    Bytes,
    File,
    Files,
    Parts,
    Value,
    EmptyList,
    /// The same where nothing else says of what it is.
    NoItems(Ty),
    NoEntries(Ty),
    /// A struct whose fields are public.
    Literal(String, Vec<(String, Sample)>),
    /// What a list of one is made of.
    List(Box<Sample>),
    /// A list of one.
    Vec(Box<Sample>),
    /// A name with a value.
    Pairs(Box<Sample>),
    EmptyMap,
    None,
    Boxed(Box<Sample>),
    /// Converted into what keeps its text.
    Written(Box<Sample>),
    /// Of a type, by its path, that is parsed from a text.
    Parsed(String, String),
    Tuple(Vec<Sample>),
    Default(String),
    New(String, Vec<Sample>),
    Variant(String, String),
    UnionVariant(String, String, Box<Sample>),
}
