//! What an API is, in no language's words: the heart of the generator.
//!
//! Facts stay separate here (`required`, `nullable`, `read_only`, `default`, ...); what they become
//! in Rust is decided later. Every object carries the location where the document states it.

use std::fmt;

use serde_json::Value;

pub use crate::left_out::LeftOut;
use crate::location::Location;

pub mod components;
mod graph;
pub mod lower;
pub mod media;
mod types;
pub mod value_names;

pub use types::{
    Additional, IntegerFormat, Limits, NumberFormat, Object, Origin, Property, Shape, StringFormat,
    Type, Union, UnknownFormat, Variant,
};

/// A whole API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Api {
    pub title: String,
    pub version: String,
    pub description: String,
    /// The first is the default.
    pub servers: Vec<Server>,
    pub security_schemes: Vec<SecurityScheme>,
    /// What operations require that state nothing themselves.
    pub security: Option<Security>,
    pub tags: Vec<Tag>,
    /// The media type of JSON by which the document distinguishes its version from others.
    pub accept: Option<String>,
    /// The versions of the API that calls state, which are no parameters of operations here.
    pub versions: Vec<Version>,
    /// In the order of the document.
    pub operations: Vec<Operation>,
    /// What the server sends to its users, in the order of the document.
    pub webhooks: Vec<Webhook>,
    /// Every schema of the document that an operation or a component names, by [`TypeId`].
    pub types: Vec<Type>,
    /// Sorted by name.
    pub unknown_formats: Vec<UnknownFormat>,
    /// What is invalid beyond repair, and so is no operation here.
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Empty for none.
    pub name: String,
    pub description: String,
    /// With its variables.
    pub url: String,
    /// Those that the URL names.
    pub variables: Vec<ServerVariable>,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    pub name: String,
    /// None where nothing describes it.
    pub default: Option<String>,
    /// Empty for any.
    pub values: Vec<String>,
}

/// An index into [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub name: String,
    pub description: String,
    pub location: Location,
}

/// The version of the API that every call states in a header or its query.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub name: String,
    pub place: Place,
    /// What is sent unless a caller says otherwise.
    pub value: String,
    /// Those that the document lists; empty for any.
    pub values: Vec<String>,
    pub description: String,
    /// Where it is declared; several times without a component.
    pub locations: Vec<Location>,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// In upper case.
    pub method: String,
    /// The template, as in `/accounts/{account_id}`.
    pub path: String,
    pub id: Option<String>,
    /// The operationId, though an operation before it has the same.
    pub written_id: Option<String>,
    pub sdk_name: SdkName,
    pub tags: Vec<String>,
    pub docs: Docs,
    pub deprecated: bool,
    pub stability: Stability,
    /// What a caller must be permitted to do (`x-permissions`).
    pub permissions: Vec<String>,
    pub parameters: Vec<Parameter>,
    /// The JSON that a parameter `Accept` asks for, which calls send by themselves.
    pub accept: Option<String>,
    pub body: Option<Body>,
    /// In the order of the document, `default` last.
    pub outcomes: Vec<Outcome>,
    /// What it requires, where it does not leave that to the document.
    pub security: Option<Security>,
    /// Its own, or its path's; empty for those of the document.
    pub servers: Vec<Server>,
    /// Why it cannot be called, if it cannot.
    pub left_out: Option<LeftOut>,
    pub location: Location,
}

/// A request that the server sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    pub name: String,
    /// In upper case.
    pub method: String,
    pub docs: Docs,
    pub deprecated: bool,
    pub headers: Vec<WebhookHeader>,
    pub body: Option<Body>,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WebhookHeader {
    /// In lower case.
    pub name: String,
    /// The values that it may have; empty for any.
    pub values: Vec<String>,
}

/// What the author of the document calls an operation in SDKs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SdkName {
    /// What leads to the method; empty where nothing is said.
    pub resources: Vec<String>,
    pub method: Option<String>,
}

/// `x-stability-level`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stability {
    /// May break at any time.
    Draft,
    Alpha,
    Beta,
    /// Stated, or nothing stated.
    #[default]
    Stable,
}

/// Text for people, as the document has it (CommonMark).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    /// `summary` of an operation, `title` of a schema.
    pub title: String,
    pub description: String,
    /// `externalDocs.url`
    pub url: String,
}

impl Docs {
    /// The title, unless it is the name that a program gave: `ListUsersResponse200`, `HTTPValidationError`.
    pub fn title_in_words(&self) -> &str {
        let letters = || self.title.chars();
        let is_one = letters().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
        // Of a constant all letters are upper case.
        let is_low = letters().any(char::is_lowercase);
        let begins =
            |(one, two): (char, char)| one == '_' || one.is_lowercase() && two.is_uppercase();
        let is_name = is_one && is_low && letters().zip(letters().skip(1)).any(begins);
        if is_name { "" } else { &self.title }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    pub name: String,
    pub place: Place,
    pub style: Style,
    pub explode: bool,
    pub required: bool,
    pub deprecated: bool,
    pub description: String,
    pub ty: TypeId,
    /// The media type of a parameter with `content`: its value is that text.
    pub media_type: Option<String>,
    /// `allowReserved`
    pub reserved: bool,
    /// What stands between the values of a list, where its style does not say so.
    pub separator: Option<String>,
    pub example: Option<Value>,
    pub location: Location,
}

/// `in`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    pub required: bool,
    pub description: String,
    /// In the order of the document.
    pub content: Vec<Media>,
    pub location: Location,
}

/// How a call may end: a response, with one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub status: Status,
    /// Of the response.
    pub description: String,
    /// None where the response has no body.
    pub body: Option<Media>,
    /// Of the response.
    pub headers: Vec<ResponseHeader>,
    /// Where the response is stated.
    pub location: Location,
}

/// A header that a response may have.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    pub name: String,
    pub description: String,
    pub deprecated: bool,
    /// None where its value is text of some media type.
    pub ty: Option<TypeId>,
    pub location: Location,
}

/// The key of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Code(u16),
    /// The hundreds, as in `4XX`.
    Range(u16),
    Default,
}

/// One representation of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// Lower case, with its parameters.
    pub media_type: String,
    pub ty: Option<TypeId>,
    /// Of whole bodies.
    pub examples: Vec<Value>,
    /// How properties are written, where something is said of that.
    pub encoding: Vec<Encoding>,
    pub location: Location,
}

/// How a property of a body is written that is a form or has several parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Encoding {
    pub property: String,
    /// Of a part, or of the text in a form. Documents may list several.
    pub content_type: Option<String>,
    /// With `explode`, where any of the two is stated.
    pub style: Option<(Style, bool)>,
    /// Headers of a part that have one value, with it.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    pub name: String,
    pub kind: SecurityKind,
    pub description: String,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SecurityKind {
    Bearer,
    Basic,
    ApiKey {
        place: Place,
        name: String,
    },
    /// `oauth2` and `openIdConnect`: what the API receives is a bearer token.
    OAuth(TokenUrls),
    /// The certificate of the client's TLS.
    MutualTls,
    /// Another HTTP authentication scheme, by its name.
    Other(String),
}

/// Where tokens are to be had, as the document has it; empty where it does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TokenUrls {
    /// For the client credentials of an application (RFC 6749, section 4.4).
    pub client_credentials: String,
    /// For a refresh token (section 6).
    pub refresh: String,
}

/// The alternatives of an operation, each of schemes that go together. The names need not be known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Security {
    pub alternatives: Vec<Vec<Required>>,
    pub location: Location,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    pub scheme: String,
    pub location: Location,
}

impl Api {
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// The schema of a property, of the object or of one of its alternatives.
    pub fn property(&self, id: TypeId, name: &str) -> Option<TypeId> {
        match &self.ty(self.resolved(id)).shape {
            Shape::Object(object) => {
                let mut properties = object.properties.iter();
                let property = properties.find(|property| property.name == name);
                property.map(|property| property.ty)
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.find_map(|variant| self.property(variant.ty, name))
            }
            _ => None,
        }
    }

    /// The schema itself, past aliases.
    pub fn resolved(&self, mut id: TypeId) -> TypeId {
        while let Shape::Alias(next) = self.ty(id).shape {
            id = next;
        }
        id
    }

    /// Of a value or a list of such the list, which a caller can give one item.
    pub fn list_among(&self, id: TypeId) -> Option<TypeId> {
        let Shape::Union(union) = &self.ty(self.resolved(id)).shape else {
            return None;
        };
        let is_list = |id: &TypeId| matches!(self.ty(self.resolved(*id)).shape, Shape::Array(_));
        let mut alternatives = union.variants.iter().map(|variant| variant.ty);
        alternatives.find(is_list)
    }
}

impl Server {
    /// The URL with the defaults of its variables.
    pub fn resolved(&self) -> String {
        let variables = self.variables.iter();
        variables.fold(self.url.clone(), |url, variable| match &variable.default {
            Some(default) => url.replace(&format!("{{{}}}", variable.name), default),
            None => url,
        })
    }
}

impl Parameter {
    /// Whether its value is JSON text.
    pub fn is_json(&self) -> bool {
        self.media_type.as_deref().is_some_and(media::is_json)
    }
}

impl Operation {
    /// Whether calls that end so went well: the status begins with 2, or nothing but `default` says
    /// what comes then, and does not say the same as of a failure.
    pub fn is_success(&self, status: Status) -> bool {
        let is_stated = || self.outcomes.iter().any(|one| one.status.is_success());
        let is_default = status == Status::Default;
        status.is_success() || (is_default && !is_stated() && !self.fails_by_default())
    }

    /// Whether what has no status of its own is what some failure is.
    fn fails_by_default(&self) -> bool {
        let of = |outcome: &Outcome| outcome.body.as_ref().and_then(|body| body.ty);
        let mut rest = self
            .outcomes
            .iter()
            .filter(|one| one.status == Status::Default);
        let rest = rest.find_map(of);
        let mut failures = self.outcomes.iter().filter(|one| one.status.is_failure());
        rest.is_some() && failures.any(|failure| of(failure) == rest)
    }
}

impl Status {
    fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    fn is_failure(self) -> bool {
        matches!(self, Self::Code(400..=599) | Self::Range(4 | 5))
    }
}

/// As the document has it: `404`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
