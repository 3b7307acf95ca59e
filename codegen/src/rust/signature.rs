//! What a caller sees of a function: its name, what it takes and how, what it gives back.

use super::{Argument, Constructor, Enum, Method, Resource, Struct, Ty, Union, UnionVariant};

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
    /// `impl Into<SecretString>`
    Secret,
    /// `Credentials`
    Credentials,
    /// `impl Display`: a string, or what has a text.
    Text,
    /// `impl IntoIterator<Item = T>`
    List(Ty),
    /// `impl IntoIterator<Item = impl Display>`
    TextList,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// `Self`
    Own,
    /// `Result<Self, Error>`
    OwnOrError,
    /// `&str`
    Text,
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
    LargeEnumVariant,
    TooManyArguments,
    WrongSelfConvention,
}

/// A trait that an item derives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derive {
    Clone,
    Debug,
    Default,
    Deserialize,
    Eq,
    Hash,
    PartialEq,
    Serialize,
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
            Self::Value(ty) | Self::Reference(ty) | Self::Into(ty) | Self::List(ty) => Some(ty),
            Self::Secret | Self::Credentials | Self::Text | Self::TextList => None,
        }
    }

    /// Whether every call that compiles with `old` compiles with this one. `same` says which types
    /// are one, the old one first.
    pub fn accepts(&self, old: &Self, same: impl Fn(&Ty, &Ty) -> bool) -> bool {
        match (old, self) {
            (Self::Value(old), Self::Value(new) | Self::Into(new))
            | (Self::Reference(old), Self::Reference(new))
            | (Self::Into(old), Self::Into(new))
            | (Self::List(old), Self::List(new)) => same(old, new),
            (Self::Value(old), Self::Text) => old.has_text(),
            (Self::Reference(old), Self::Text) => old.has_text() && !matches!(old, Ty::Model(_)),
            (Self::List(old), Self::TextList) => old.has_text(),
            (old, new) => old.ty().is_none() && old == new,
        }
    }
}

impl Ty {
    /// Whether the type has `Display`. Of the models only enumerations are taken by value.
    fn has_text(&self) -> bool {
        !matches!(
            self,
            Self::Vec(_)
                | Self::Map(_)
                | Self::Option(_)
                | Self::Boxed(_)
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
            Self::Deserialize => "Deserialize",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::PartialEq => "PartialEq",
            Self::Serialize => "Serialize",
        }
    }
}

impl Lint {
    pub fn name(self) -> &'static str {
        match self {
            Self::LargeEnumVariant => "clippy::large_enum_variant",
            Self::TooManyArguments => "clippy::too_many_arguments",
            Self::WrongSelfConvention => "clippy::wrong_self_convention",
        }
    }
}

impl Method {
    /// The method on the resource.
    pub fn signature(&self) -> Signature {
        let parameters = self.arguments.iter().map(Argument::parameter);
        Signature {
            name: self.name.clone(),
            receiver: Receiver::Reference,
            parameters: parameters.collect(),
            output: Output::Type(self.request.clone()),
            allow: self.allow.clone(),
            file: File::Resources,
        }
    }

    /// The method of the request that takes a key, if it has one.
    pub fn idempotency_key(&self) -> Option<Signature> {
        self.takes_idempotency_key.then(|| Signature {
            name: "idempotency_key".to_owned(),
            receiver: Receiver::Value,
            parameters: vec![Parameter {
                name: "key".to_owned(),
                ty: ParameterType::Into(Ty::String),
            }],
            output: Output::Own,
            allow: Vec::new(),
            file: File::Resources,
        })
    }
}

impl Argument {
    pub fn parameter(&self) -> Parameter {
        Parameter {
            name: self.name.clone(),
            ty: self.ty.clone(),
        }
    }

    /// The method of the request that sets it.
    pub fn setter(&self) -> Signature {
        Signature {
            name: self.name.clone(),
            receiver: Receiver::Value,
            parameters: vec![self.parameter()],
            output: Output::Own,
            allow: self.allow.clone(),
            file: File::Resources,
        }
    }
}

impl Resource {
    /// The method that leads to it, in the module `from`; its parent's, or the root for the client.
    pub fn accessor(&self, from: &str) -> Signature {
        let path = self.path.strip_prefix(from).unwrap_or(&self.path);
        Signature {
            name: self.name.clone(),
            receiver: Receiver::Reference,
            parameters: Vec::new(),
            output: Output::Type(path.trim_start_matches("::").to_owned()),
            allow: Vec::new(),
            file: File::Resources,
        }
    }
}

impl Struct {
    /// `new`, which takes what must be there.
    pub fn new_function(&self) -> Option<Signature> {
        let given = self.fields.iter().filter_map(|field| {
            Some(Parameter {
                name: field.name.clone(),
                ty: field.argument.clone()?,
            })
        });
        self.constructor.then(|| Signature {
            name: "new".to_owned(),
            receiver: Receiver::None,
            parameters: given.collect(),
            output: Output::Own,
            allow: self.allow.clone(),
            file: File::Models,
        })
    }
}

impl Enum {
    /// `as_str`, which gives the text on the wire.
    pub fn as_str(&self) -> Signature {
        Signature {
            name: "as_str".to_owned(),
            receiver: Receiver::Reference,
            parameters: Vec::new(),
            output: Output::Text,
            allow: Vec::new(),
            file: File::Models,
        }
    }

    pub fn conversions(&self) -> Vec<Conversion> {
        let types = [
            ParameterType::Reference(Ty::String),
            ParameterType::Value(Ty::String),
        ];
        let into = |from| Conversion {
            from,
            into: self.name.clone(),
        };
        types.map(into).into()
    }
}

impl Union {
    /// That of the variant, if it has one.
    pub fn conversion(&self, variant: &UnionVariant) -> Option<Conversion> {
        variant.convertible.then(|| Conversion {
            from: ParameterType::Value(variant.ty.clone()),
            into: self.name.clone(),
        })
    }
}

impl Constructor {
    /// The function of `Credentials`.
    pub fn signature(&self) -> Signature {
        let parameters = self.arguments.iter().map(|name| Parameter {
            name: name.clone(),
            ty: ParameterType::Secret,
        });
        Signature {
            name: self.name.clone(),
            receiver: Receiver::None,
            parameters: parameters.collect(),
            output: Output::Own,
            allow: Vec::new(),
            file: File::Client,
        }
    }
}
