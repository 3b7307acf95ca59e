//! Declarations as text, as a reader of the crate's docs sees them.

use std::fmt::{self, Display};

use super::signature::{
    Conversion, Derive, File, Output, Parameter, ParameterType, Receiver, Signature,
};
use super::{
    Constant, Enum, EnumVariant, Field, Header, Item, Method, OutcomesVariant, Payload, Struct, Ty,
    Union, UnionVariant,
};

impl Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let receiver = match self.receiver {
            Receiver::None => None,
            Receiver::Reference => Some("&self".to_owned()),
            Receiver::Value => Some("self".to_owned()),
        };
        let parameter = |p: &Parameter| format!("{}: {}", p.name, parameter_type(&p.ty, self.file));
        let parameters = self.parameters.iter().map(parameter);
        let parameters: Vec<String> = receiver.into_iter().chain(parameters).collect();
        let generics = self.parameters.iter().filter_map(|p| p.ty.generic());
        let generics: Vec<&str> = generics.collect();
        let generics = match generics.as_slice() {
            [] => String::new(),
            generics => format!("<{}>", generics.join(", ")),
        };
        let (name, parameters) = (&self.name, parameters.join(", "));
        write!(
            f,
            "pub fn {name}{generics}({parameters}) -> {}",
            self.output
        )
    }
}

impl Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request(output) => {
                return write!(f, "Request<{}>", ty(output, File::Resources));
            }
            Self::Reconnecting(item) => {
                return write!(f, "Reconnecting<{}>", ty(item, File::Resources));
            }
            Self::Own => "Self",
            Self::OwnOrError => "Result<Self, Error>",
            Self::Text => "&str",
            Self::Type(path) => path,
        })
    }
}

impl Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = parameter_type(&self.from, File::Models);
        write!(f, "impl From<{from}> for {}", self.into)
    }
}

/// `pub struct Name` or `pub enum Name`
pub fn model(item: &Item) -> String {
    match item {
        Item::Struct(item) => format!("pub struct {}", item.name),
        Item::Enum(_) | Item::Union(_) => format!("pub enum {}", item.name()),
    }
}

/// A trait that a model derives.
pub fn derived(derive: Derive, name: &str) -> String {
    format!("impl {} for {name}", derive.name())
}

/// The name that a model had before.
pub fn former(name: &str, now: &str) -> String {
    format!("pub type {name} = {now}")
}

pub fn field(field: &Field) -> String {
    format!("pub {}: {}", field.name, ty(&field.ty, File::Models))
}

/// The field for what no other field names.
pub fn extra(item: &Struct) -> String {
    match &item.additional {
        None => format!("pub {}: Extra", item.extra),
        Some(additional) => {
            let values = ty(&additional.ty, File::Models);
            format!("pub {}: Additional<{values}>", item.extra)
        }
    }
}

/// A name of an integer that a field may be.
pub fn constant(constant: &Constant) -> String {
    let (name, ty) = (&constant.name, ty(&constant.ty, File::Models));
    format!("pub const {name}: {ty} = {}", constant.value)
}

pub fn variant(variant: &EnumVariant) -> String {
    variant.name.clone()
}

pub fn union_variant(variant: &UnionVariant) -> String {
    format!("{}({})", variant.name, ty(&variant.ty, File::Models))
}

/// The arm for a value that the document does not list.
pub fn unknown_value(item: &Enum) -> String {
    format!("{}(String)", item.unknown)
}

/// The arm for a type that the document does not list.
pub fn unknown_variant(item: &Union) -> String {
    format!("{}(UnknownVariant)", item.unknown)
}

/// The type of a request.
pub fn request(method: &Method) -> String {
    let output = ty(&method.output, File::Resources);
    format!("pub struct {}(Request<{output}>)", method.request)
}

/// The constant of a header.
pub fn header(header: &Header) -> String {
    let value = ty(&header.ty, File::Models);
    format!("pub const {}: Header<{value}>", header.name)
}

/// A name of the body of a webhook.
pub fn payload(payload: &Payload) -> String {
    format!(
        "pub type {} = {}",
        payload.name,
        ty(&payload.ty, File::Resources)
    )
}

/// Its alternative among the events.
pub fn event(payload: &Payload) -> String {
    let value = ty(&payload.ty, File::Resources);
    format!("Event::{}(Box<{value}>)", payload.name)
}

/// What reads webhooks whose signature is right.
pub fn verify(output: &str) -> String {
    format!(
        "pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<{output}, WebhookError>"
    )
}

/// A response that a request may give.
pub fn outcomes_variant(variant: &OutcomesVariant) -> String {
    match &variant.ty {
        Ty::Unit => variant.name.clone(),
        data => format!("{}({})", variant.name, ty(data, File::Resources)),
    }
}

/// What awaiting a request gives.
pub fn awaited(method: &Method) -> String {
    let output = ty(&method.output, File::Resources);
    format!("impl IntoFuture<Output = Result<{output}, Error>>")
}

pub fn parameter_type(parameter: &ParameterType, file: File) -> String {
    let ty = |ty: &Ty| self::ty(ty, file);
    match parameter {
        ParameterType::Value(value) => ty(value),
        ParameterType::Reference(Ty::String) => "&str".to_owned(),
        ParameterType::Reference(Ty::Vec(item)) => format!("&[{}]", ty(item)),
        ParameterType::Reference(value) => format!("&{}", ty(value)),
        ParameterType::Into(value) => format!("impl Into<{}>", ty(value)),
        ParameterType::Secret => "impl Into<Secret>".to_owned(),
        ParameterType::Credentials => "Credentials".to_owned(),
        ParameterType::Server => "Server".to_owned(),
        ParameterType::Text => "impl Display".to_owned(),
        ParameterType::Optional(Ty::F64) => "impl OptionalNumber".to_owned(),
        ParameterType::Optional(value) => format!("impl Into<Option<{}>>", ty(value)),
        ParameterType::OptionalReference(value) => format!("impl Into<Option<&'a {}>>", ty(value)),
        ParameterType::OptionalText => "impl OptionalText<T>".to_owned(),
        ParameterType::List(item) => format!("impl IntoIterator<Item = {}>", ty(item)),
        ParameterType::Lent(item) => {
            format!("impl IntoIterator<Item = impl Borrow<{}>>", ty(item))
        }
        ParameterType::Nullable(value) => format!("impl Into<Nullable<{}>>", ty(value)),
        ParameterType::OptionalInto(value) => format!("impl OptionalInto<{}, K>", ty(value)),
        ParameterType::Perhaps(inner) => {
            let by = inner.perhaps_by();
            match (&**inner, inner.ty()) {
                (_, Some(item)) => format!("impl {by}<{}, K>", ty(item)),
                (ParameterType::TextList, _) => format!("impl {by}<K>"),
                _ => format!("impl {by}<File, K>"),
            }
        }
        ParameterType::Maybe(inner) => format!("Option<{}>", parameter_type(inner, file)),
        ParameterType::ListInto(item) => {
            format!("impl IntoIterator<Item = impl Into<{}>>", ty(item))
        }
        ParameterType::Pairs(value) => {
            format!(
                "impl IntoIterator<Item = (impl Into<String>, {})>",
                ty(value)
            )
        }
        ParameterType::PairsInto(value) => {
            let value = ty(value);
            format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{value}>)>")
        }
        ParameterType::TextList => "impl IntoIterator<Item = impl Display>".to_owned(),
        ParameterType::Stream => "impl Into<ByteStream>".to_owned(),
        ParameterType::File => "impl Into<File>".to_owned(),
        ParameterType::FileList => "impl IntoIterator<Item = impl Into<File>>".to_owned(),
        ParameterType::Part => "Part".to_owned(),
        ParameterType::PartList => "impl IntoIterator<Item = Part>".to_owned(),
    }
}

/// A type as it is written in such a file.
pub fn ty(ty: &Ty, file: File) -> String {
    let inner = |ty: &Ty| self::ty(ty, file);
    match ty {
        Ty::Unit => "()".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::U32 => "u32".to_owned(),
        Ty::U64 => "u64".to_owned(),
        Ty::I128 => "i128".to_owned(),
        Ty::U128 => "u128".to_owned(),
        Ty::F64 => "f64".to_owned(),
        Ty::Decimal => "Decimal".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Bytes => "Bytes".to_owned(),
        Ty::Timestamp => "Timestamp".to_owned(),
        Ty::Date => "Date".to_owned(),
        Ty::Value => "serde_json::Value".to_owned(),
        Ty::Vec(ty) => format!("Vec<{}>", inner(ty)),
        Ty::Map(ty) => format!("BTreeMap<String, {}>", inner(ty)),
        Ty::Option(ty) => format!("Option<{}>", inner(ty)),
        Ty::Boxed(ty) => format!("Box<{}>", inner(ty)),
        Ty::Tuple(items) => {
            let items: Vec<String> = items.iter().map(inner).collect();
            format!("({})", items.join(", "))
        }
        Ty::Written(ty) => format!("Written<{}>", inner(ty)),
        Ty::Items(ty) => format!("ItemStream<{}>", inner(ty)),
        Ty::Foreign(path) => format!("::{path}"),
        Ty::Outcomes(name) => name.clone(),
        Ty::Model(name) if file == File::Models => name.clone(),
        Ty::Model(name) => format!("models::{name}"),
    }
}
