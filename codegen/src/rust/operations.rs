//! The resources of a crate and their methods, as data.

use super::signature::{Derive, Lint, ParameterType};
use super::{
    Address, Example, Fixed, Form, ListStyle, LongRunning, Multipart, ObjectStyle, OwnServer,
    Pages, Part, PartContent, Section, Security, Stated, Styled, Ty,
};
pub use crate::api::Status;
use crate::location::Location;
use crate::rust::docs;

/// `client.name()`: a part of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    pub name: String,
    pub module: String,
    pub type_name: String,
    /// The feature of the crate that has to be on, of one on the client.
    pub feature: Option<String>,
    /// The type from the root of the crate: `resources::billing::usage::Usage`
    pub path: String,
    pub derives: Vec<Derive>,
    pub docs: String,
    /// `client.billing().usage()`, for the docs.
    pub access: String,
    /// The method that leads to it on a fake of the API: the same, but for names that only a fake has.
    pub fake: String,
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    /// Lints that the types in its file would set off.
    pub allow: Vec<Lint>,
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
    /// The property of the body that asks for the stream which it returns.
    pub switched: Option<String>,
    pub path: String,
    /// Where it is called, if that is no server of the document's.
    pub server: Option<Box<OwnServer>>,
    pub deprecated: bool,
    pub security: Security,
    /// A caller may give the request a key that makes it repeatable.
    pub takes_idempotency_key: bool,
    /// Lints that the method would set off.
    pub allow: Vec<Lint>,
    /// Of a body whose properties are arguments, each a part of it.
    pub multipart: Option<Multipart>,
    /// Of a body whose properties are arguments, and which is one object.
    pub fields: Option<FieldsBody>,
    /// What it sends by itself.
    pub fixed: Vec<Fixed>,
    /// Positional.
    pub arguments: Vec<Argument>,
    /// On the builder.
    pub options: Vec<Argument>,
    /// How a call may end, as the document has it: what the method returns is one of them, or what
    /// they agree on.
    pub outcomes: Vec<Outcome>,
    pub output: Ty,
    /// What it returns is one of several. Of the methods of an operation the first has it.
    pub choice: Option<Outcomes>,
    pub decode: Decode,
    /// The statuses with which no data comes, whatever the body is.
    pub without_data: Vec<u16>,
    /// The media types that it asks for; empty for what the runtime asks for.
    pub accept: String,
    /// It returns a page of a list.
    pub pages: Option<Box<Pages>>,
    /// It starts something that takes long.
    pub long_running: Option<Box<LongRunning>>,
    /// A stream that can be asked for instead.
    pub stream: Option<Box<Stream>>,
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

/// The type of what a method returns that is one of several: an enum beside the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes {
    pub name: String,
    pub variants: Vec<OutcomesVariant>,
}

/// A documented response, with those of its media types that are read alike.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomesVariant {
    pub name: String,
    pub docs: String,
    pub status: Status,
    /// None where no body comes.
    pub media_types: Vec<String>,
    /// `()` where the variant holds nothing.
    pub ty: Ty,
    pub decode: Decode,
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
    /// The setter of an `Option` beside its own, where that cannot distinguish one from a value.
    pub maybe: Option<String>,
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
    Styled(Styled),
    Body(Body),
    /// A property of a body that has several parts.
    Part(Part),
    /// A part of any name.
    AnyPart,
    /// A property of a body that is an object.
    Field(SentField),
    /// The properties that are required, as the fields of a struct.
    Required(Vec<RequiredField>),
    /// That another server of the operation's own is called.
    Server(Address),
}

/// A property that is a field of what a request has to be given.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredField {
    /// Of the struct.
    pub name: String,
    pub sent: SentField,
    pub location: Location,
}

/// How a property of an object is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentField {
    pub wire: String,
    pub content: FieldContent,
    /// What it is made into.
    pub ty: Ty,
}

/// What an argument makes of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldContent {
    Given,
    /// Nothing, where no value is given.
    Optional,
    /// Null, where no value is given.
    Nullable,
    List,
    /// An object whose names are data.
    Map,
    /// Decimals are numbers.
    Exact,
    /// Null, whatever is given.
    Null,
}

impl FieldContent {
    /// Of a field of a model.
    pub fn of_model(ty: &Ty) -> Self {
        match ty {
            Ty::Vec(_) => Self::List,
            Ty::Map(_) => Self::Map,
            _ => Self::Given,
        }
    }
}

/// What a method sends besides its arguments that says of what the body is made.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldsBody {
    pub body: Body,
    /// A body is sent though no property is given.
    pub required: bool,
    pub location: Location,
}

/// What a request sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    pub format: BodyFormat,
    /// As the document has it.
    pub media_type: String,
    /// Its media type, where that is not the one which such a body has by itself.
    pub content_type: Option<String>,
    /// Of a form.
    pub encoding: FormEncoding,
    /// Whether it is one value that must not be seen.
    pub sensitive: bool,
    /// The properties of the value, where it is an object.
    pub fields: Vec<BodyField>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    Multipart,
    Text,
    /// Bytes as they are.
    Raw,
}

/// How the properties of a form are written.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum FormEncoding {
    /// Each as its type has it: text, lists as one value for each item, objects as JSON.
    #[default]
    Plain,
    /// All that is nested as `a[b]`.
    Deep,
    /// Those that are written otherwise.
    Of(Vec<Part>),
}

/// A property of an object that a request sends.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyField {
    pub wire: String,
    pub required: bool,
    pub ty: Ty,
    pub location: Location,
}

/// How the response is read; each is a function of `runtime::decode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decode {
    Json,
    OptionalJson,
    /// JSON of which nothing is said, or nothing at all.
    AnyJson,
    /// An envelope without any data.
    Envelope,
    Enveloped,
    OptionalEnveloped,
    Text,
    OptionalText,
    /// A text that comes as JSON or as it is.
    AnyText,
    OptionalAnyText,
    /// A number, a date or the like, as text.
    Scalar,
    OptionalScalar,
    Bytes,
    OptionalBytes,
    /// Items that are read as they arrive.
    Items(Items),
    #[default]
    Empty,
    /// One of several, as [`Method::choice`] says.
    Outcomes,
}

/// What a stream is made of; each is a function of `runtime::decode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// Lines of JSON.
    Lines,
    TextLines,
    /// JSON texts after record separators.
    Records,
    /// Events whose data is JSON.
    Events,
    TextEvents,
    /// Events as objects of their fields.
    WholeEvents,
}

/// A response that can be asked for in place of what a method returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    pub items: Items,
    pub output: Ty,
    /// The property of the request body that is true where the response is to be one.
    pub switch: Option<String>,
    pub media_type: String,
    pub location: Location,
}

/// The property of an envelope that a method returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    pub required: bool,
    pub location: Location,
}

impl Resource {
    /// What it is about in a sentence, where it is one of many; all of it is said in its own docs.
    pub fn summary(&self) -> String {
        docs::summary(&self.docs)
    }

    /// The module that it is in: `resources::billing::usage`
    pub fn module_path(&self) -> &str {
        self.path.rsplit_once("::").map_or("", |(module, _)| module)
    }

    /// What its operations take of the credentials, but for those that state something else.
    pub fn stated(&self) -> &Stated {
        let stated = || self.methods.iter().map(|method| &method.security.stated);
        let count = |one: &Stated| stated().filter(|other| *other == one).count();
        let by = |one: &&Stated| matches!(one, Stated::By(_));
        // None of the operations could say then that it takes what all calls do.
        if stated().any(|one| *one == Stated::Default) {
            return &Stated::Default;
        }
        let most = stated().filter(by).rev().max_by_key(|one| count(one));
        most.unwrap_or(&Stated::Default)
    }
}

impl Role {
    /// Whether each item of a list is written as its text.
    pub fn is_list(&self) -> bool {
        match self {
            Self::QueryList(..) => true,
            Self::Styled(styled) => styled.form == Form::List,
            _ => false,
        }
    }

    /// Whether it is sent as the text that its value has.
    pub fn is_text(&self) -> bool {
        match self {
            Self::Query(_) | Self::Header(_) | Self::Cookie(_) => true,
            Self::Part(part) => part.content == PartContent::Text,
            _ => false,
        }
    }

    /// Whether what is written is made of the value as JSON.
    pub fn is_serialized(&self) -> bool {
        match self {
            Self::QueryObject(..) => true,
            Self::Body(body) => body.format != BodyFormat::Text,
            Self::Styled(styled) => matches!(styled.form, Form::Value | Form::Json),
            Self::Part(part) => matches!(part.content, PartContent::Json | PartContent::Object(_)),
            _ => false,
        }
    }
}

impl Argument {
    /// Whether its setter does without another one for an `Option`.
    pub fn takes_option(&self) -> bool {
        match &self.role {
            // A part of any name is one more; of a whole body `None` is null.
            Role::AnyPart => true,
            Role::Body(_) => false,
            _ => self.takes_nothing() || self.ty.takes_none(),
        }
    }

    /// The same, where a list, a map or a file may be missing.
    pub fn perhaps(self) -> Self {
        Self {
            ty: self.ty.perhaps(),
            ..self
        }
    }
}

impl Body {
    /// The properties of a form that are written in a way of their own.
    pub fn encoded(&self) -> &[Part] {
        match &self.encoding {
            FormEncoding::Of(properties) => properties,
            FormEncoding::Plain | FormEncoding::Deep => &[],
        }
    }
}

impl Method {
    /// Whether each call sends a body, of whatever media type.
    pub fn sends_body(&self) -> bool {
        let fields = self.fields.as_ref().is_some_and(|body| body.required);
        let parts = self.multipart.as_ref().is_some_and(|body| body.required);
        let is_body = |argument: &Argument| matches!(argument.role, Role::Body(_));
        fields || parts || self.arguments.iter().any(is_body)
    }

    /// How a call may fail with a body.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        let failures = self.outcomes.iter().filter(|outcome| !outcome.success);
        failures.filter(|outcome| outcome.media_type.is_some())
    }
}
