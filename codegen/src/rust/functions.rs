//! The public functions of the crate: the signature of each follows from what the plan says of it.

use super::signature::{
    Conversion, Derive, File, Output, Parameter, ParameterType, Receiver, Signature,
};
use super::{
    Argument, Constructor, Decode, Enum, FieldContent, Items, Method, Presence, Resource, Role,
    Setter, Struct, Ty, Union, UnionVariant,
};

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

    /// Whether it returns items as they arrive.
    pub fn is_stream(&self) -> bool {
        matches!(self.decode, Decode::Items(_))
    }

    /// The method of the request whose events are asked for again where they end, if it has one.
    pub fn reconnecting(&self) -> Option<Signature> {
        let events = [Items::Events, Items::TextEvents, Items::WholeEvents];
        let Ty::Items(item) = &self.output else {
            return None;
        };
        let goes_on = matches!(self.decode, Decode::Items(items) if events.contains(&items));
        (goes_on && self.http_method == "GET").then(|| Signature {
            name: "reconnecting".to_owned(),
            receiver: Receiver::Value,
            parameters: Vec::new(),
            output: Output::Reconnecting((**item).clone()),
            allow: Vec::new(),
            file: File::Resources,
        })
    }

    /// The method of the request that asks for a stream, if there is one.
    pub fn stream(&self) -> Option<Signature> {
        let stream = self.stream.as_ref()?;
        Some(Signature {
            name: "stream".to_owned(),
            receiver: Receiver::Value,
            parameters: Vec::new(),
            output: Output::Request(stream.output.clone()),
            allow: Vec::new(),
            file: File::Resources,
        })
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

    /// Whether its setter says all.
    pub fn takes_nothing(&self) -> bool {
        match &self.role {
            Role::Field(field) => field.content == FieldContent::Null,
            role => matches!(role, Role::Server(_)),
        }
    }

    /// Whether it is this property of the body.
    pub fn sends_property(&self, wire: &str) -> bool {
        match &self.role {
            Role::Field(field) => field.wire == wire,
            Role::Part(part) => part.wire == wire,
            _ => false,
        }
    }

    /// The method of the request that sets it.
    pub fn setter(&self) -> Signature {
        Signature {
            name: self.name.clone(),
            receiver: Receiver::Value,
            parameters: if self.takes_nothing() {
                Vec::new()
            } else {
                vec![self.parameter()]
            },
            output: Output::Own,
            allow: self.allow.clone(),
            file: File::Resources,
        }
    }

    /// The method of the request that sets it if there is a value, where that is another one.
    pub fn maybe_setter(&self) -> Option<Signature> {
        Some(Signature {
            name: self.maybe.clone()?,
            parameters: vec![Parameter {
                name: self.name.clone(),
                ty: ParameterType::Maybe(Box::new(self.ty.clone())),
            }],
            allow: Vec::new(),
            ..self.setter()
        })
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

impl Setter {
    pub fn signature(&self) -> Signature {
        let parameter = |ty: &ParameterType| Parameter {
            name: "value".to_owned(),
            ty: ty.clone(),
        };
        Signature {
            name: self.name.clone(),
            receiver: Receiver::Value,
            parameters: self.ty.iter().map(parameter).collect(),
            output: Output::Own,
            allow: Vec::new(),
            file: File::Models,
        }
    }

    /// The function that sets the field if there is a value, where that is another one.
    pub fn maybe_signature(&self) -> Option<Signature> {
        let ty = ParameterType::Maybe(Box::new(self.ty.clone()?));
        Some(Signature {
            name: self.maybe.clone()?,
            parameters: vec![Parameter {
                name: "value".to_owned(),
                ty,
            }],
            ..self.signature()
        })
    }

    /// A word of the runtime's macro, and the type that is beside it.
    pub fn how(&self) -> (&'static str, Option<&Ty>) {
        let Some(ty) = &self.ty else {
            return ("null", None);
        };
        let inner = match ty {
            ParameterType::Perhaps(inner) => inner,
            ty => ty,
        };
        let how = match inner {
            ParameterType::Into(_) | ParameterType::OptionalInto(_) => "into",
            ParameterType::List(_) => "items",
            ParameterType::ListInto(_) => "list",
            ParameterType::Pairs(_) => "entries",
            ParameterType::PairsInto(_) => "map",
            _ if self.boxed => "boxed",
            ParameterType::Optional(Ty::F64) => "number",
            _ => "value",
        };
        (how, ty.ty())
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
            allow: if self.has_table_of_new() {
                Vec::new()
            } else {
                self.allow.clone()
            },
            file: File::Models,
        })
    }

    /// Whether nothing is given and a field can only have one value.
    pub fn has_table_of_default(&self) -> bool {
        let is_default = self.derives.contains(&Derive::Default);
        is_default && !self.constructor && self.fields.iter().any(|field| field.implied.is_some())
    }

    /// Whether `new` is a row for what it takes, and not a function that is written out: what it takes are the values of
    /// fields then.
    pub fn has_table_of_new(&self) -> bool {
        let mut given = self.fields.iter().filter(|field| field.argument.is_some());
        self.constructor && given.all(|field| field.presence == Presence::Required)
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
            from: ParameterType::Value(variant.ty.unboxed().clone()),
            into: self.name.clone(),
        })
    }

    /// What else the variant is made from: literals, and alternatives of the union that it is.
    pub fn other_conversions(&self, variant: &UnionVariant) -> Vec<Conversion> {
        let is_held = |ty: &Ty| self.variants.iter().any(|v| v.convertible && v.ty == *ty);
        let all = match &variant.ty {
            _ if !variant.convertible => Vec::new(),
            Ty::Vec(_) => Vec::new(),
            _ if variant.of_texts => texts(),
            ty => Vec::from_iter(literals(ty, is_held)),
        };
        let into = |from| Conversion {
            from,
            into: self.name.clone(),
        };
        let made_of = variant.made_of.iter().cloned().map(ParameterType::Value);
        all.into_iter().chain(made_of).map(into).collect()
    }

    /// What the items of an array may be that the variant is made of, where it is a list.
    pub fn items(&self, variant: &UnionVariant) -> Vec<ParameterType> {
        let Ty::Vec(item) = &variant.ty else {
            return Vec::new();
        };
        if !variant.convertible {
            return Vec::new();
        }
        let is_list_of =
            |v: &UnionVariant, of: &Ty| matches!(&v.ty, Ty::Vec(item) if **item == *of);
        let variants = &self.variants;
        let is_held = |of: &Ty| variants.iter().any(|v| v.convertible && is_list_of(v, of));
        let literals = if variant.of_texts {
            texts()
        } else {
            Vec::from_iter(literals(item, is_held))
        };
        let own = ParameterType::Value((**item).clone());
        [own].into_iter().chain(literals).collect()
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

/// What a text is given as.
fn texts() -> Vec<ParameterType> {
    let types = [
        ParameterType::Value(Ty::String),
        ParameterType::Reference(Ty::String),
    ];
    types.into()
}

/// The type of the literals that callers write for a value: `&str` for a text, `i32` for an `i64`; none where it is an
/// alternative by itself.
fn literals(ty: &Ty, is_held: impl Fn(&Ty) -> bool) -> Option<ParameterType> {
    match ty {
        Ty::String => Some(ParameterType::Reference(Ty::String)),
        Ty::I64 if !is_held(&Ty::I32) => Some(ParameterType::Value(Ty::I32)),
        Ty::F64 if ![Ty::I32, Ty::I64].iter().any(is_held) => Some(ParameterType::Value(Ty::I32)),
        _ => None,
    }
}
