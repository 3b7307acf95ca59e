//! What a caller sees of a function: its name, what it takes and how, what it gives back.

use super::Ty;

/// A public function without its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    pub name: String,
    pub receiver: Receiver,
    pub parameters: Vec<Parameter>,
    pub output: Output,
    /// The lints that it would set off for no fault of its own.
    pub allow: Vec<Lint>,
    /// The file that it is written in.
    pub file: File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    None,
    /// `&self`
    Reference,
    /// `self`
    Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    pub name: String,
    pub ty: ParameterType,
}

/// The type of a parameter, with the conversion that it makes.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterType {
    /// `T`
    Value(Ty),
    /// `&T`, which is `&[T]` of a list and `&str` of a string.
    Reference(Ty),
    /// `impl Into<T>`
    Into(Ty),
    /// `impl Into<Secret>`
    Secret,
    /// `Credentials`
    Credentials,
    /// `Server`
    Server,
    /// `impl Display`: a string, or what has a text.
    Text,
    /// `impl Into<Option<T>>`; of a float, `impl OptionalNumber`.
    Optional(Ty),
    /// `impl Into<Option<&T>>`
    OptionalReference(Ty),
    /// `impl OptionalText<T>`: what has a text, or an `Option` of it.
    OptionalText,
    /// `impl IntoIterator<Item = T>`
    List(Ty),
    /// `impl IntoIterator<Item = impl Borrow<T>>`: a list that is only read.
    Lent(Ty),
    /// `impl Into<Nullable<T>>`
    Nullable(Ty),
    /// `impl OptionalInto<T, K>`: what becomes a `T`, or an `Option` of it.
    OptionalInto(Ty),
    /// `impl OptionalItems<T, K>` and the like: what a list, a map or a file is made of, or an `Option` of that.
    Perhaps(Box<ParameterType>),
    /// `Option<T>`, of what a setter takes that cannot distinguish one from a value.
    Maybe(Box<ParameterType>),
    /// `impl IntoIterator<Item = impl Into<T>>`
    ListInto(Ty),
    /// `impl IntoIterator<Item = (impl Into<String>, T)>`
    Pairs(Ty),
    /// `impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>`
    PairsInto(Ty),
    /// `impl IntoIterator<Item = impl Display>`
    TextList,
    /// `impl Into<ByteStream>`
    Stream,
    /// `impl Into<File>`
    File,
    /// `impl IntoIterator<Item = impl Into<File>>`
    FileList,
    /// `Part`
    Part,
    /// `impl IntoIterator<Item = Part>`
    PartList,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// `Self`
    Own,
    /// `Result<Self, Error>`
    OwnOrError,
    /// `&str`
    Text,
    /// `Request<T>`, in the file of a resource.
    Request(Ty),
    /// `Reconnecting<T>`, in the file of a resource.
    Reconnecting(Ty),
    /// The path of a type, as seen from where the function is written.
    Type(String),
}

/// What a file is about; it decides by which path the types in it are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    Client,
    /// Models are named by their bare names.
    Models,
    /// Models are named by `models::`.
    Resources,
}

/// A lint that an item allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lint {
    DisallowedNames,
    LargeEnumVariant,
    ShouldImplementTrait,
    TooManyArguments,
    TypeComplexity,
    WrongSelfConvention,
}

/// A trait that an item derives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derive {
    Clone,
    Debug,
    Default,
    Eq,
    Hash,
    PartialEq,
}

/// `impl From<..> for ..`
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    pub from: ParameterType,
    pub into: String,
}

impl ParameterType {
    /// The type that it names, if it names one of the document's.
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Value(ty)
            | Self::Reference(ty)
            | Self::Into(ty)
            | Self::Optional(ty)
            | Self::OptionalReference(ty)
            | Self::Nullable(ty)
            | Self::OptionalInto(ty)
            | Self::List(ty)
            | Self::Lent(ty)
            | Self::ListInto(ty)
            | Self::Pairs(ty)
            | Self::PairsInto(ty) => Some(ty),
            Self::Perhaps(inner) | Self::Maybe(inner) => inner.ty(),
            Self::Secret
            | Self::Credentials
            | Self::Server
            | Self::Text
            | Self::OptionalText
            | Self::TextList
            | Self::Stream
            | Self::File
            | Self::FileList
            | Self::Part
            | Self::PartList => None,
        }
    }

    /// Whether a function that takes it is compiled for each type that is given.
    pub fn is_generic(&self) -> bool {
        match self {
            Self::Value(_) | Self::Reference(_) | Self::Credentials | Self::Server | Self::Part => {
                false
            }
            Self::Maybe(inner) => inner.is_generic(),
            _ => true,
        }
    }

    /// The parameter of the function's own that its type names.
    pub fn generic(&self) -> Option<&'static str> {
        match self {
            Self::OptionalReference(_) => Some("'a"),
            Self::OptionalText => Some("T"),
            Self::OptionalInto(_) | Self::Perhaps(_) => Some("K"),
            Self::Maybe(inner) => inner.generic(),
            _ => None,
        }
    }

    /// The same for a value that may be missing. A list that is missing is an empty one; dates and times are as they
    /// are, so that what is parsed where it is given, `"2025-02-01".parse()?`, is known to be one.
    pub fn optional(self) -> Self {
        match self {
            Self::Value(ty @ (Ty::Date | Ty::Timestamp)) => Self::Value(ty),
            Self::Value(ty) => Self::Optional(ty),
            // Any JSON: nothing is null.
            Self::Into(Ty::Value) => Self::Into(Ty::Value),
            Self::Into(Ty::F64) => Self::Optional(Ty::F64),
            Self::Into(ty) => Self::OptionalInto(ty),
            Self::Text | Self::Reference(Ty::String) => Self::OptionalText,
            Self::Reference(ty) if !matches!(ty, Ty::Vec(_)) => Self::OptionalReference(ty),
            ty => ty,
        }
    }

    /// The same of a list, a map or a file that may be missing.
    pub fn perhaps(self) -> Self {
        match self {
            Self::List(_)
            | Self::ListInto(_)
            | Self::Pairs(_)
            | Self::PairsInto(_)
            | Self::TextList
            | Self::File
            | Self::FileList => Self::Perhaps(Box::new(self)),
            ty => ty,
        }
    }

    /// The trait that an optional list, map or file is taken by.
    pub fn perhaps_by(&self) -> &'static str {
        match self {
            Self::File => "OptionalInto",
            Self::ListInto(_) | Self::FileList => "OptionalList",
            Self::Pairs(_) => "OptionalEntries",
            Self::PairsInto(_) => "OptionalMap",
            Self::TextList => "OptionalTexts",
            _ => "OptionalItems",
        }
    }

    /// Whether `None` can be given, and means that there is nothing.
    pub fn takes_none(&self) -> bool {
        matches!(
            self,
            Self::Optional(_)
                | Self::OptionalReference(_)
                | Self::OptionalText
                | Self::OptionalInto(_)
                | Self::Perhaps(_)
                | Self::Maybe(_)
        )
    }

    /// Whether every call that compiles with `old` compiles with this one. `same` says which types
    /// are one, the old one first.
    pub fn accepts(&self, old: &Self, same: impl Fn(&Ty, &Ty) -> bool) -> bool {
        match (old, self) {
            (Self::Perhaps(old), Self::Perhaps(new)) | (Self::Maybe(old), Self::Maybe(new)) => {
                new.accepts(old, same)
            }
            (old, Self::Perhaps(new)) => new.accepts(old, same),
            (
                Self::Value(old),
                Self::Value(new)
                | Self::Into(new)
                | Self::Optional(new)
                | Self::OptionalInto(new)
                | Self::Nullable(new),
            )
            | (Self::Nullable(old), Self::Nullable(new))
            | (Self::Reference(old), Self::Reference(new) | Self::OptionalReference(new))
            | (Self::Optional(old), Self::Optional(new))
            | (Self::OptionalReference(old), Self::OptionalReference(new))
            | (Self::Reference(old @ (Ty::Vec(_) | Ty::String)), Self::Nullable(new))
            | (Self::Into(old), Self::Into(new) | Self::OptionalInto(new))
            | (Self::OptionalInto(old), Self::OptionalInto(new))
            | (Self::List(old), Self::List(new) | Self::Lent(new) | Self::ListInto(new))
            | (Self::Lent(old), Self::Lent(new))
            | (Self::ListInto(old), Self::ListInto(new))
            | (Self::Pairs(old), Self::Pairs(new) | Self::PairsInto(new))
            | (Self::PairsInto(old), Self::PairsInto(new)) => same(old, new),
            (Self::Optional(old), Self::OptionalInto(new)) => {
                !matches!(new, Ty::Value) && same(old, new)
            }
            // What becomes a float is a number, and has a text.
            (Self::Into(Ty::F64), Self::Text | Self::OptionalText | Self::Optional(Ty::F64)) => {
                true
            }
            (Self::Value(old), Self::Text | Self::OptionalText)
            | (Self::Optional(old), Self::OptionalText) => old.has_text(),
            (Self::Reference(old), Self::Text | Self::OptionalText) => {
                old.has_text() && !matches!(old, Ty::Model(_))
            }
            (Self::Text, Self::OptionalText) => true,
            (Self::List(old), Self::TextList) => old.has_text(),
            (old, new) => old.ty().is_none() && old == new,
        }
    }
}

impl Ty {
    /// What is in the box, if it is one.
    pub fn unboxed(&self) -> &Self {
        match self {
            Self::Boxed(ty) => ty,
            ty => ty,
        }
    }

    /// Whether nobody borrows it to give it.
    pub fn is_copied(&self) -> bool {
        matches!(
            self,
            Self::Bool
                | Self::I32
                | Self::I64
                | Self::U32
                | Self::U64
                | Self::I128
                | Self::U128
                | Self::F64
                | Self::Date
                | Self::Timestamp
        )
    }

    /// Whether the type has `Display`. Of the models only enumerations are taken by value.
    fn has_text(&self) -> bool {
        !matches!(
            self,
            Self::Vec(_)
                | Self::Map(_)
                | Self::Option(_)
                | Self::Boxed(_)
                | Self::Tuple(_)
                | Self::Unit
                | Self::Bytes
        )
    }
}

impl Derive {
    pub fn name(self) -> &'static str {
        match self {
            Self::Clone => "Clone",
            Self::Debug => "Debug",
            Self::Default => "Default",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::PartialEq => "PartialEq",
        }
    }
}

impl Lint {
    pub fn name(self) -> &'static str {
        match self {
            Self::DisallowedNames => "clippy::disallowed_names",
            Self::LargeEnumVariant => "clippy::large_enum_variant",
            Self::ShouldImplementTrait => "clippy::should_implement_trait",
            Self::TooManyArguments => "clippy::too_many_arguments",
            Self::TypeComplexity => "clippy::type_complexity",
            Self::WrongSelfConvention => "clippy::wrong_self_convention",
        }
    }
}
