//! The keywords of OpenAPI 3.0.3, as one table: what each object may hold, and what becomes of it.
//!
//! Section numbers of the specification are in the comments (<https://spec.openapis.org/oas/v3.0.3>).

use serde_yaml::Mapping;

use super::repairs::{self, Mend};
use super::values::{self, Problem};

/// A kind of object that the specification defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
    /// Of Swagger 2.0: the type of the values of a parameter or a header that is a list.
    Items,
    /// Of Swagger 2.0: the scopes of OAuth 2, which may have extensions beside them.
    Scopes,
}

/// What a keyword's value must be.
#[derive(Debug, Clone, Copy)]
pub enum Expect {
    Any,
    Text,
    Boolean,
    Number,
    Count,
    Object(Kind),
    /// An object of the kind, or a Reference Object.
    ObjectOrReference(Kind),
    List(&'static Expect),
    /// The value, or a list of them.
    OneOrSeveral(&'static Expect),
    Map(&'static Expect),
    /// `additionalProperties`: a schema or a boolean.
    SchemaOrBoolean,
}

impl Expect {
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_) | Self::ObjectOrReference(_))
    }

    /// Whether a keyword without a value is as if it were not there. An operation is a loss, which is reported as one.
    pub fn is_dropped_empty(&self) -> bool {
        !matches!(self, Self::Any | Self::Object(Kind::Operation))
    }
}

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Used,
    /// Used, and an error where it is missing.
    Required,
    /// Read and reported as having no effect on the crate.
    Ignored,
    /// Of a later version of the specification than the document's: used, with a warning.
    Later,
}

pub struct Keyword {
    pub name: &'static str,
    pub expect: Expect,
    pub fate: Fate,
}

/// The keywords of one version of the specification.
pub struct Vocabulary {
    /// As messages call it.
    pub version: &'static str,
    /// What the object that is the whole document is called.
    pub document: &'static str,
    pub keywords: fn(Kind) -> &'static [Keyword],
    pub entries: fn(Kind) -> Option<Expect>,
    /// Keywords whose values, or whose presence, depend on one another.
    pub values: fn(Kind, &Mapping) -> Vec<Problem>,
    /// The rules of repair that are about keywords of this version.
    pub repairs: fn(&mut Mend<'_>),
}

/// The operations of a path by methods that version 3.0 has no keywords for, under the extension that the OpenAPI
/// Initiative has registered for it.
pub const ADDITIONAL_OPERATIONS: &str = "x-oai-additionalOperations";

/// The path items of webhooks, a keyword since version 3.1, under the name that documents of version 3.0 have for them.
pub const WEBHOOKS: &str = "x-webhooks";

/// The `name` that a server has since version 3.2.
pub const SERVER_NAME: &str = "x-oai-name";

/// What stands between the values of a list in Swagger 2.0, where no style of 3.0 has it.
pub const SEPARATOR: &str = "x-oai-separator";

/// The media types of components, likewise.
pub const MEDIA_TYPES: &str = "x-oai-mediaTypes";
/// The alternative where the discriminator chooses none; a keyword of 3.2.
pub const DEFAULT_MAPPING: &str = "x-oai-defaultMapping";

/// The media type of a text; a keyword of 3.1 that says what a part is.
pub const CONTENT_MEDIA_TYPE: &str = "x-contentMediaType";

/// The words that every document is rewritten in.
pub const OPENAPI_3: Vocabulary = Vocabulary {
    version: "OpenAPI 3.0",
    document: "OpenAPI",
    keywords,
    entries,
    values: values::check,
    repairs: repairs::of_openapi_3,
};

impl Vocabulary {
    /// "Path Item Object", as the specification writes it.
    pub fn title(&self, kind: Kind) -> String {
        let name = match kind {
            Kind::Document => self.document.to_owned(),
            Kind::ExternalDocs => "External Documentation".to_owned(),
            Kind::Flows => "OAuth Flows".to_owned(),
            Kind::Flow => "OAuth Flow".to_owned(),
            Kind::Xml => "XML".to_owned(),
            kind => spaced(&format!("{kind:?}")),
        };
        format!("{name} Object")
    }
}

fn spaced(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

use Expect::{
    Any, Boolean, Count, List, Map, Number, Object, ObjectOrReference, SchemaOrBoolean, Text,
};
use Fate::{Ignored, Required, Used};

const SCHEMA: Expect = ObjectOrReference(Kind::Schema);
const PARAMETERS: Expect = List(&ObjectOrReference(Kind::Parameter));
const SERVERS: Expect = List(&Object(Kind::Server));
const CONTENT: Expect = Map(&Object(Kind::MediaType));
const HEADERS: Expect = Map(&ObjectOrReference(Kind::Header));
const EXAMPLES: Expect = Map(&ObjectOrReference(Kind::Example));
const DOCS: Expect = Object(Kind::ExternalDocs);
const REQUIREMENTS: Expect = List(&Map(&List(&Text)));
const OPERATION: Expect = Object(Kind::Operation);
const FLOW: Expect = Object(Kind::Flow);

macro_rules! table {
    ($($name:literal $fate:ident $expect:expr),* $(,)?) => {
        &[$($crate::document::keywords::Keyword { name: $name, expect: $expect, fate: $fate }),*]
    };
}
pub(super) use table;

/// The keywords of a kind. Kinds whose keys are names of the document's own (paths, statuses,
/// callback expressions) have none; see [`entries`].
pub fn keywords(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Document | Kind::Info | Kind::Contact | Kind::License => about(kind),
        Kind::Server | Kind::ServerVariable | Kind::Tag | Kind::ExternalDocs => about(kind),
        Kind::SecurityScheme | Kind::Flows | Kind::Flow => security(kind),
        Kind::Schema | Kind::Discriminator | Kind::Xml => schema(kind),
        _ => operations(kind),
    }
}

/// What the values of a kind without keywords of its own must be.
pub fn entries(kind: Kind) -> Option<Expect> {
    match kind {
        Kind::Paths | Kind::Callback => Some(Object(Kind::PathItem)),
        Kind::Responses => Some(ObjectOrReference(Kind::Response)),
        _ => None,
    }
}

/// 4.7.1 to 4.7.6, 4.7.11, 4.7.22
fn about(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Document => table![
            "openapi" Required Text, "info" Required Object(Kind::Info), "servers" Used SERVERS,
            "paths" Required Object(Kind::Paths), "components" Used Object(Kind::Components),
            "security" Used REQUIREMENTS, "tags" Used List(&Object(Kind::Tag)),
            "externalDocs" Ignored DOCS, "x-webhooks" Used Map(&Object(Kind::PathItem)),
        ],
        Kind::Info => table![
            "title" Required Text, "description" Used Text, "termsOfService" Ignored Text,
            "contact" Ignored Object(Kind::Contact), "license" Ignored Object(Kind::License),
            "version" Required Text,
        ],
        Kind::Contact => table!["name" Ignored Text, "url" Ignored Text, "email" Ignored Text],
        Kind::License => table!["name" Required Text, "url" Ignored Text],
        Kind::Server => table![
            "url" Required Text, "description" Used Text,
            "variables" Used Map(&Object(Kind::ServerVariable)),
        ],
        Kind::ServerVariable => table![
            "enum" Used List(&Text), "default" Required Text, "description" Ignored Text,
        ],
        Kind::Tag => {
            table!["name" Required Text, "description" Used Text, "externalDocs" Ignored DOCS]
        }
        _ => table!["description" Ignored Text, "url" Required Text],
    }
}

/// 4.7.7, 4.7.9, 4.7.10, 4.7.12 to 4.7.21
fn operations(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Components => table![
            "schemas" Used Map(&SCHEMA), "responses" Used Map(&ObjectOrReference(Kind::Response)),
            "parameters" Used Map(&ObjectOrReference(Kind::Parameter)), "examples" Used EXAMPLES,
            "requestBodies" Used Map(&ObjectOrReference(Kind::RequestBody)), "headers" Used HEADERS,
            "securitySchemes" Used Map(&ObjectOrReference(Kind::SecurityScheme)),
            "links" Ignored Map(&ObjectOrReference(Kind::Link)),
            "callbacks" Ignored Map(&ObjectOrReference(Kind::Callback)),
            // Of OpenAPI 3.1, and read as there.
            "pathItems" Used Map(&Object(Kind::PathItem)),
            "x-oai-mediaTypes" Used Map(&Object(Kind::MediaType)),
        ],
        Kind::PathItem => table![
            "$ref" Used Text, "summary" Ignored Text, "description" Ignored Text, "get" Used OPERATION,
            "put" Used OPERATION, "post" Used OPERATION, "delete" Used OPERATION,
            "options" Used OPERATION, "head" Used OPERATION, "patch" Used OPERATION,
            "trace" Used OPERATION, "servers" Used SERVERS, "parameters" Used PARAMETERS,
            "x-oai-additionalOperations" Used Map(&OPERATION),
        ],
        Kind::Operation => table![
            "tags" Used List(&Text), "summary" Used Text, "description" Used Text,
            "externalDocs" Used DOCS, "operationId" Used Text, "parameters" Used PARAMETERS,
            "requestBody" Used ObjectOrReference(Kind::RequestBody),
            "responses" Required Object(Kind::Responses),
            "callbacks" Ignored Map(&ObjectOrReference(Kind::Callback)), "deprecated" Used Boolean,
            "security" Used REQUIREMENTS, "servers" Used SERVERS,
        ],
        Kind::Parameter => table![
            "name" Required Text, "in" Required Text, "description" Used Text,
            "required" Used Boolean, "deprecated" Used Boolean, "allowEmptyValue" Ignored Boolean,
            "style" Used Text, "explode" Used Boolean, "allowReserved" Used Boolean,
            "schema" Used SCHEMA, "example" Used Any, "examples" Used EXAMPLES, "content" Used CONTENT,
        ],
        Kind::RequestBody => table![
            "description" Used Text, "content" Required CONTENT, "required" Used Boolean,
        ],
        Kind::MediaType => table![
            "schema" Used SCHEMA, "example" Used Any, "examples" Used EXAMPLES,
            "encoding" Used Map(&Object(Kind::Encoding)),
        ],
        Kind::Encoding => table![
            "contentType" Used Text, "headers" Used HEADERS, "style" Used Text,
            "explode" Used Boolean, "allowReserved" Ignored Boolean,
        ],
        Kind::Response => table![
            "description" Used Text, "headers" Used HEADERS, "content" Used CONTENT,
            "links" Ignored Map(&ObjectOrReference(Kind::Link)),
        ],
        Kind::Example => table![
            "summary" Ignored Text, "description" Ignored Text, "value" Used Any,
            "externalValue" Ignored Text,
        ],
        Kind::Link => table![
            "operationRef" Ignored Text, "operationId" Ignored Text, "parameters" Ignored Any,
            "requestBody" Ignored Any, "description" Ignored Text, "server" Ignored Object(Kind::Server),
        ],
        Kind::Header => table![
            "description" Used Text, "required" Ignored Boolean, "deprecated" Used Boolean,
            "allowEmptyValue" Ignored Boolean, "style" Ignored Text, "explode" Ignored Boolean,
            "allowReserved" Ignored Boolean, "schema" Used SCHEMA, "example" Ignored Any,
            "examples" Ignored EXAMPLES, "content" Used CONTENT,
        ],
        _ => &[],
    }
}

/// 4.7.24 to 4.7.26
fn schema(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Schema => table![
            "title" Used Text, "multipleOf" Used Number, "maximum" Used Number,
            "exclusiveMaximum" Used Boolean, "minimum" Used Number, "exclusiveMinimum" Used Boolean,
            "maxLength" Used Count, "minLength" Used Count, "pattern" Used Text, "maxItems" Used Count,
            "minItems" Used Count, "uniqueItems" Used Boolean, "maxProperties" Used Count,
            "minProperties" Used Count, "required" Used List(&Text), "enum" Used List(&Any),
            "type" Used Text, "allOf" Used List(&SCHEMA), "oneOf" Used List(&SCHEMA),
            "anyOf" Used List(&SCHEMA), "not" Ignored SCHEMA, "items" Used SCHEMA,
            "properties" Used Map(&SCHEMA), "additionalProperties" Used SchemaOrBoolean,
            "description" Used Text, "format" Used Text, "default" Used Any, "nullable" Used Boolean,
            "discriminator" Used Object(Kind::Discriminator), "readOnly" Used Boolean,
            "writeOnly" Used Boolean, "xml" Ignored Object(Kind::Xml), "externalDocs" Ignored DOCS,
            "example" Used Any, "deprecated" Used Boolean,
            // JSON Schema 2020-12, section 8.2: what references name.
            "$defs" Used Map(&SCHEMA), "definitions" Used Map(&SCHEMA), "$id" Used Text,
            "$anchor" Used Text, "$dynamicAnchor" Used Text,
        ],
        Kind::Discriminator => table!["propertyName" Required Text, "mapping" Used Map(&Text)],
        _ => table![
            "name" Ignored Text, "namespace" Ignored Text, "prefix" Ignored Text,
            "attribute" Ignored Boolean, "wrapped" Ignored Boolean,
        ],
    }
}

/// 4.7.27 to 4.7.29
fn security(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::SecurityScheme => table![
            "type" Required Text, "description" Used Text, "name" Used Text, "in" Used Text,
            "scheme" Used Text, "bearerFormat" Ignored Text, "flows" Used Object(Kind::Flows),
            "openIdConnectUrl" Ignored Text,
        ],
        Kind::Flows => table![
            "implicit" Ignored FLOW, "password" Used FLOW, "clientCredentials" Used FLOW,
            "authorizationCode" Used FLOW,
        ],
        _ => table![
            "authorizationUrl" Ignored Text, "tokenUrl" Used Text, "refreshUrl" Used Text,
            "scopes" Ignored Map(&Text),
        ],
    }
}
