//! The models of a crate, as data.

use super::signature::{Derive, Lint, ParameterType};
use crate::location::Location;

/// `src/models/MODULE.rs`
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub module: String,
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    /// Lints that the types in it would set off, in what is derived for them, too.
    pub allow: Vec<Lint>,
    /// Features of the crate of which one has to be on; without any it is always there.
    pub features: Vec<String>,
    pub items: Vec<Item>,
    /// More names of these.
    pub others: Vec<OtherName>,
}

/// The name of a component that means the same as another: a type of the same.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherName {
    /// The model that it is.
    pub of: String,
    /// What it would be by itself, by which it is compared.
    pub item: Item,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    pub name: String,
    pub docs: String,
    pub aliases: Vec<String>,
    /// Names that it had before, which go on working.
    pub former: Vec<String>,
    pub deprecated: bool,
    /// `Default` is written out where it has values of which there is only one.
    pub derives: Vec<Derive>,
    /// Some values must not be seen in `Debug`, which is not derived then.
    pub redacted: bool,
    pub fields: Vec<Field>,
    /// What a request has to be given, and nothing else: callers write a literal of it.
    pub plain: bool,
    /// Requests carry it, so that callers have to build it.
    pub constructor: bool,
    /// Names of integers that fields may be.
    pub constants: Vec<Constant>,
    /// What sets a field that may be missing; they follow each other.
    pub setters: Vec<Setter>,
    /// Lints that the constructor would set off.
    pub allow: Vec<Lint>,
    /// The name of the field for what no other field names.
    pub extra: String,
    /// What that holds, where the document says so.
    pub additional: Option<Additional>,
    pub location: Location,
}

/// A function of a struct that sets a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Setter {
    pub name: String,
    pub field: String,
    /// What it takes; none of what sets null.
    pub ty: Option<ParameterType>,
    /// The setter of an `Option` beside it, where it cannot distinguish one from a value.
    pub maybe: Option<String>,
    /// The field is in a box.
    pub boxed: bool,
}

/// A constant of a struct, for an integer that the document has a name for.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    pub name: String,
    /// Its digits.
    pub value: String,
    pub ty: Ty,
    pub docs: String,
    /// Where the property is.
    pub location: Location,
}

/// The values of properties whose names are data.
#[derive(Debug, Clone, PartialEq)]
pub struct Additional {
    pub ty: Ty,
    /// Read by `runtime::exact`.
    pub exact: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub wire: String,
    pub docs: String,
    pub ty: Ty,
    /// Read and written by `runtime::exact`.
    pub exact: bool,
    /// How `new` takes it, if it does.
    pub argument: Option<ParameterType>,
    /// What `new` gives it, since nothing else can stand there.
    pub implied: Option<Implied>,
    pub presence: Presence,
    pub sensitive: bool,
    pub deprecated: bool,
    pub location: Location,
}

/// How a field may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Required,
    /// Always there, at times as null.
    Nullable,
    /// At times missing; null reads as missing.
    Optional,
    /// Missing and null differ: `Option<Option<T>>`.
    OptionalNullable,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    pub name: String,
    pub docs: String,
    pub aliases: Vec<String>,
    /// Names that it had before, which go on working.
    pub former: Vec<String>,
    pub deprecated: bool,
    pub derives: Vec<Derive>,
    pub variants: Vec<EnumVariant>,
    /// The arm for a value that the document does not list.
    pub unknown: String,
    pub location: Location,
}

/// A value that says of what kind its model is.
#[derive(Debug, Clone, PartialEq)]
pub enum Implied {
    /// Of the enumeration that the field is.
    Variant(String),
    Text(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct EnumVariant {
    pub name: String,
    pub wire: String,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    pub name: String,
    pub docs: String,
    pub aliases: Vec<String>,
    /// Names that it had before, which go on working.
    pub former: Vec<String>,
    pub deprecated: bool,
    pub derives: Vec<Derive>,
    pub allow: Vec<Lint>,
    pub discriminator: Option<String>,
    pub variants: Vec<UnionVariant>,
    /// The variants without a tag of the discriminator, in the order in which they are tried: what requires
    /// most comes first, since what requires little takes everything.
    pub trials: Vec<Trial>,
    /// Several of them are objects: the one that knows most of the value's members comes first.
    pub ranked: bool,
    pub unknown: String,
    pub location: Location,
}

impl Union {
    /// `Debug` shows nothing of a value.
    pub fn redacted(&self) -> bool {
        !self.derives.contains(&Derive::Debug)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    pub name: String,
    pub ty: Ty,
    pub tags: Vec<String>,
    /// Read and written by `runtime::exact`.
    pub exact: bool,
    /// What is written in the discriminator, where a value may be without it.
    pub written_tag: Option<String>,
    /// `From` is implemented.
    pub convertible: bool,
    /// What the union that it is has as alternatives, as far as no other variant is made of them.
    pub made_of: Vec<Ty>,
    /// It is made of texts, or a list of such, though it is none: an enumeration that no other variant of texts is beside.
    pub of_texts: bool,
    /// The names with values that it is made of, as where a map is given.
    pub entries: Option<ParameterType>,
    pub location: Location,
}

/// A variant that a value may be read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Its number.
    pub variant: usize,
    /// The properties that its values may have on the wire, if its type is no model that knows them.
    pub known: Option<Vec<String>>,
    /// The texts that are this variant's alone, where those of an enumeration that are not listed may be another's.
    pub listed: Vec<String>,
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ty {
    Unit,
    Bool,
    I32,
    I64,
    I128,
    U32,
    U64,
    U128,
    F64,
    Decimal,
    String,
    Bytes,
    Timestamp,
    Date,
    /// `serde_json::Value`
    Value,
    Vec(Box<Ty>),
    /// `BTreeMap<String, T>`
    Map(Box<Ty>),
    Option(Box<Ty>),
    Boxed(Box<Ty>),
    /// A list of that many, each of its own type.
    Tuple(Vec<Ty>),
    /// `Written<T>`: read from a text that is kept.
    Written(Box<Ty>),
    /// `ItemStream<T>`: items that are read as they arrive.
    Items(Box<Ty>),
    /// A type of another crate, by its path, that the policy maps a format to.
    Foreign(String),
    /// A model, by name.
    Model(String),
    /// One of several responses, by the name of the type beside the request.
    Outcomes(String),
}

/// What the kinds of models have in common.
macro_rules! common {
    ($($name:ident: $ty:ty),+) => {
        $(pub fn $name(&self) -> &$ty {
            match self {
                Self::Struct(item) => &item.$name,
                Self::Enum(item) => &item.$name,
                Self::Union(item) => &item.$name,
            }
        })+
    };
}

impl Item {
    common!(
        name: str,
        docs: str,
        location: Location,
        aliases: [String],
        former: [String],
        deprecated: bool,
        derives: [Derive]
    );

    /// "struct", "enumeration" or "union"
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Struct(_) => "struct",
            Self::Enum(_) => "enumeration",
            Self::Union(_) => "union",
        }
    }
}
