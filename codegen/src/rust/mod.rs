//! What the crate is, as data: every decision is taken here, and what prints it decides nothing.
//!
//! All names are valid Rust identifiers (made by [`names`]), all docs are Markdown that rustdoc
//! takes without a warning (made by [`docs`]). Each `location` is the place in the document that states
//! the item, for whoever compares two crates; nothing that is printed depends on it.

pub mod declaration;
pub mod docs;
mod functions;
mod html;
pub mod names;
pub mod plan;
pub mod reserved;
pub mod signature;

pub use crate::api::Status;
use crate::location::Location;
use signature::{Derive, Lint, ParameterType, Signature};

/// A whole SDK crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Crate {
    pub package: Package,
    /// What the API is, for the head of the README.
    pub title: String,
    pub description: String,
    pub service: Service,
    pub client: ClientFile,
    /// What of the runtime is public, sorted.
    pub exports: Vec<String>,
    /// Dependencies whose types callers meet, sorted.
    pub exported_crates: Vec<ExportedCrate>,
    pub credentials: Vec<Constructor>,
    pub models: Vec<ModelFile>,
    /// The accessors on the client.
    pub resources: Vec<Resource>,
    pub uses: Uses,
}

/// The manifest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Package {
    pub name: String,
    /// The name in `use`.
    pub lib_name: String,
    pub version: String,
    pub description: String,
    pub license: String,
    pub repository: String,
    pub homepage: String,
    pub documentation: String,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
}

/// What the runtime must know about the API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Service {
    pub user_agent: String,
    pub base_url: String,
    /// Every server of the document; clients call the first unless they are told another.
    pub servers: Vec<String>,
    pub base_url_variable: String,
    pub alternatives: Vec<Alternative>,
    pub credentials_required: bool,
    pub envelope: Option<Envelope>,
    pub request_id_headers: Vec<String>,
    /// Empty for none.
    pub retry_count_header: String,
    /// Wire names of sensitive properties, sorted.
    pub sensitive: Vec<String>,
}

/// One way to authenticate.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    pub schemes: Vec<Scheme>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    pub name: String,
    pub placement: Placement,
    pub variable: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Placement {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    pub success: String,
    pub data: String,
    pub errors: String,
    pub messages: String,
}

/// A dependency that the crate exports, so that its version can be named.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedCrate {
    pub name: String,
    pub docs: String,
}

/// `src/client.rs`: how a client is made.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientFile {
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    pub from_env: Function,
    pub new: Function,
    pub builder: Function,
}

/// A function that only needs to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    pub docs: String,
    pub sections: Vec<Section>,
    pub signature: Signature,
}

/// A part of an item's docs, below what they begin with.
#[derive(Debug, Clone, PartialEq)]
pub enum Section {
    /// `# Arguments`: what each means.
    Arguments(Vec<(String, String)>),
    /// Arguments that are set on the request.
    Options { request: String, names: Vec<String> },
    /// `# Errors`
    Errors(String),
    /// `# Example`: the call of [`Method::example`].
    Example,
}

/// `Credentials::name(arguments)`
#[derive(Debug, Clone, PartialEq)]
pub struct Constructor {
    pub name: String,
    pub docs: String,
    /// The index into [`Service::alternatives`].
    pub alternative: usize,
    pub arguments: Vec<String>,
    /// The first of its security schemes.
    pub location: Option<Location>,
}

/// Which optional parts of the crate the document needs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Uses {
    pub authentication: bool,
    /// Something is deprecated.
    pub deprecated: bool,
}

/// `src/models/MODULE.rs`
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub module: String,
    pub docs: String,
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    pub items: Vec<Item>,
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
    pub derives: Vec<Derive>,
    /// Some values must not be seen in `Debug`, which is not derived then.
    pub redacted: bool,
    pub rename_all: Option<&'static str>,
    pub fields: Vec<Field>,
    /// Requests carry it, so that callers have to build it.
    pub constructor: bool,
    /// Lints that the constructor would set off.
    pub allow: Vec<Lint>,
    /// The name of the field for what no other field names.
    pub extra: String,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: String,
    pub wire: String,
    /// The wire's name has to be stated.
    pub renamed: bool,
    pub docs: String,
    pub ty: Ty,
    /// Read and written by `runtime::exact`.
    pub exact: bool,
    /// How `new` takes it, if it does.
    pub argument: Option<ParameterType>,
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
    /// The variants that no discriminator tells, in the order in which they are tried: what requires
    /// most comes first, since what requires little takes everything.
    pub trials: Vec<usize>,
    pub unknown: String,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    pub name: String,
    pub ty: Ty,
    pub tags: Vec<String>,
    /// `From` is implemented.
    pub convertible: bool,
    pub location: Location,
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ty {
    Unit,
    Bool,
    I32,
    I64,
    U32,
    U64,
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
    /// A model, by name.
    Model(String),
}

/// `client.name()`: a part of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    pub name: String,
    pub module: String,
    pub type_name: String,
    /// The type from the root of the crate: `resources::billing::usage::Usage`
    pub path: String,
    pub derives: Vec<Derive>,
    pub docs: String,
    /// `client.billing().usage()`, for the docs.
    pub access: String,
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    pub children: Vec<Resource>,
    pub methods: Vec<Method>,
    /// The tag that describes it.
    pub location: Option<Location>,
}

/// An operation as a method, with the request that it returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    pub name: String,
    /// The type of the request.
    pub request: String,
    pub docs: String,
    pub sections: Vec<Section>,
    /// One line for the request's type.
    pub summary: String,
    /// What the document calls the operation, wherever that is.
    pub operation_id: Option<String>,
    pub http_method: String,
    pub path: String,
    pub deprecated: bool,
    pub anonymous: bool,
    /// A caller may give the request a key that makes it repeatable.
    pub takes_idempotency_key: bool,
    /// Lints that the method would set off.
    pub allow: Vec<Lint>,
    /// Positional.
    pub arguments: Vec<Argument>,
    /// On the builder.
    pub options: Vec<Argument>,
    /// How a call may end, as the document has it: what the method returns is one of them, or what
    /// they agree on.
    pub outcomes: Vec<Outcome>,
    pub output: Ty,
    pub decode: Decode,
    /// Of a response that comes in an envelope.
    pub data: Option<Data>,
    pub example: Example,
    /// Where the response that it returns is stated.
    pub output_location: Location,
    pub location: Location,
}

/// How a call may end: a documented response, with one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub status: Status,
    /// The call went well.
    pub success: bool,
    /// None where no body comes.
    pub media_type: Option<String>,
    /// Of the body. An envelope's failure is any value: the runtime reads its errors.
    pub ty: Ty,
    pub decode: Decode,
    pub docs: String,
    /// Where the response is stated.
    pub location: Location,
}

/// A value that the caller gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    pub name: String,
    pub docs: String,
    pub ty: ParameterType,
    pub role: Role,
    pub deprecated: bool,
    /// Lints that its setter would set off.
    pub allow: Vec<Lint>,
    pub location: Location,
}

/// Where an argument goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    Path(String),
    Query(String),
    QueryList(String, ListStyle),
    QueryObject(String, ObjectStyle),
    Header(String),
    Cookie(String),
    Body(Body),
}

/// What a request sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    pub format: BodyFormat,
    /// As the document has it.
    pub media_type: String,
    /// The properties of the value, where it is an object.
    pub fields: Vec<BodyField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    Multipart,
    /// Bytes as they are.
    Raw,
    /// Bytes that are read while they are sent.
    Stream,
}

/// A property of an object that a request sends.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyField {
    pub wire: String,
    pub required: bool,
    pub ty: Ty,
    pub location: Location,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    Exploded,
    Comma,
    Space,
    Pipe,
    Brackets,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectStyle {
    DeepObject,
    Exploded,
    Comma,
}

/// How the response is read; each is a function of `runtime::decode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decode {
    Json,
    OptionalJson,
    Enveloped,
    Text,
    Bytes,
    #[default]
    Empty,
}

/// The property of an envelope that a method returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    pub required: bool,
    pub location: Location,
}

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
    Float(f64),
    String(String),
    Date(i16, i8, i8),
    Timestamp,
    Decimal,
    Bytes,
    Value,
    EmptyList,
    EmptyMap,
    None,
    Boxed(Box<Sample>),
    Default(String),
    New(String, Vec<Sample>),
    Variant(String, String),
    UnionVariant(String, String, Box<Sample>),
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

impl Resource {
    /// The module that it is in: `resources::billing::usage`
    pub fn module_path(&self) -> &str {
        self.path.rsplit_once("::").map_or("", |(module, _)| module)
    }
}

impl Body {
    /// Whether it can be sent a second time: what was read while it was sent is gone.
    pub fn is_repeatable(&self) -> bool {
        self.format != BodyFormat::Stream
    }
}

impl Method {
    /// How a call may fail with a body.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        let failures = self.outcomes.iter().filter(|outcome| !outcome.success);
        failures.filter(|outcome| outcome.media_type.is_some())
    }
}

impl Crate {
    /// Whether types of this dependency are in models or arguments.
    pub fn exposes(&self, dependency: &str) -> bool {
        let mut crates = self.exported_crates.iter();
        crates.any(|exported| exported.name == dependency)
    }

    pub fn methods(&self) -> Vec<&Method> {
        fn collect<'a>(resource: &'a Resource, list: &mut Vec<&'a Method>) {
            list.extend(&resource.methods);
            resource
                .children
                .iter()
                .for_each(|child| collect(child, list));
        }
        let mut list = Vec::new();
        self.resources
            .iter()
            .for_each(|resource| collect(resource, &mut list));
        list
    }
}
