//! Declarations as a reader of the crate's docs sees them.

use codegen::rust::{
    Argument, Constructor, Enum, EnumVariant, Field, Item, Method, Resource, Role, Struct, Ty,
    Union, UnionVariant,
};

pub fn model(item: &Item) -> String {
    match item {
        Item::Struct(Struct { name, .. }) => format!("pub struct {name}"),
        Item::Enum(Enum { name, .. }) | Item::Union(Union { name, .. }) => {
            format!("pub enum {name}")
        }
    }
}

pub fn former(name: &str, now: &str) -> String {
    format!("pub type {name} = {now}")
}

pub fn field(field: &Field) -> String {
    format!("pub {}: {}", field.name, ty(&field.ty))
}

/// The field for what no other field names.
pub fn extra(item: &Struct) -> String {
    format!("pub {}: Extra", item.extra)
}

pub fn new(item: &Struct) -> String {
    let arguments: Vec<String> = item
        .fields
        .iter()
        .filter_map(|field| Some((field, field.argument.as_ref()?)))
        .map(|(field, argument)| format!("{}: {}", field.name, new_argument(argument)))
        .collect();
    format!("pub fn new({}) -> Self", arguments.join(", "))
}

pub fn new_argument(argument: &Ty) -> String {
    match argument {
        Ty::String => "impl Into<String>".to_owned(),
        argument => ty(argument),
    }
}

pub fn variant(variant: &EnumVariant) -> String {
    variant.name.clone()
}

pub fn union_variant(variant: &UnionVariant) -> String {
    format!("{}({})", variant.name, ty(&variant.ty))
}

pub fn conversion(union: &Union, variant: &UnionVariant) -> String {
    format!("impl From<{}> for {}", ty(&variant.ty), union.name)
}

pub fn accessor(resource: &Resource, path: &str) -> String {
    format!("pub fn {}(&self) -> {path}", resource.name)
}

pub fn method(method: &Method) -> String {
    let arguments = method.arguments.iter().map(parameter);
    let arguments: Vec<String> = ["&self".to_owned()].into_iter().chain(arguments).collect();
    let (name, request) = (&method.name, &method.request);
    format!("pub fn {name}({}) -> {request}", arguments.join(", "))
}

pub fn option(option: &Argument) -> String {
    format!(
        "pub fn {}(self, {}) -> Self",
        option.name,
        parameter(option)
    )
}

/// What awaiting the request gives.
pub fn output(method: &Method) -> String {
    format!(
        "impl IntoFuture<Output = Result<{}, Error>>",
        outer_ty(&method.output)
    )
}

pub fn constructor(constructor: &Constructor) -> String {
    let arguments: Vec<String> = constructor
        .arguments
        .iter()
        .map(|name| format!("{name}: impl Into<SecretString>"))
        .collect();
    format!(
        "pub fn {}({}) -> Self",
        constructor.name,
        arguments.join(", ")
    )
}

fn parameter(argument: &Argument) -> String {
    format!("{}: {}", argument.name, parameter_ty(argument))
}

/// How a method takes an argument.
pub fn parameter_ty(argument: &Argument) -> String {
    match (&argument.ty, &argument.role) {
        (Ty::Vec(item), Role::QueryList(..)) => match **item {
            Ty::String => "impl IntoIterator<Item = impl Display>".to_owned(),
            ref item => format!("impl IntoIterator<Item = {}>", outer_ty(item)),
        },
        (Ty::String, Role::JsonBody | Role::FormBody | Role::QueryObject(..)) => "&str".to_owned(),
        (Ty::Vec(item), Role::JsonBody | Role::FormBody | Role::QueryObject(..)) => {
            format!("&[{}]", outer_ty(item))
        }
        (ty, Role::JsonBody | Role::FormBody | Role::QueryObject(..)) => {
            format!("&{}", outer_ty(ty))
        }
        (Ty::Bytes, Role::RawBody(_)) => "impl Into<Bytes>".to_owned(),
        (Ty::String, _) => "impl Display".to_owned(),
        (ty, _) => outer_ty(ty),
    }
}

/// A type as it is written beside the models.
pub fn ty(ty: &Ty) -> String {
    render(ty, "")
}

/// A type as it is written beside the resources.
pub fn outer_ty(ty: &Ty) -> String {
    render(ty, "models::")
}

fn render(ty: &Ty, prefix: &str) -> String {
    let inner = |ty: &Ty| render(ty, prefix);
    match ty {
        Ty::Unit => "()".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::U32 => "u32".to_owned(),
        Ty::U64 => "u64".to_owned(),
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
        Ty::Model(name) => format!("{prefix}{name}"),
    }
}
