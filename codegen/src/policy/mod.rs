//! The policy file: what no schema says about the crate that is made from it.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Code, Diagnostics, Rejected, Source};
use keys::KEYS;
use toml_file::TomlFile;

mod envelope;
mod keys;
pub mod toml_file;

pub const UNREADABLE: Code = Code("P0001");
pub const SYNTAX: Code = Code("P0002");
pub const UNKNOWN_KEY: Code = Code("P0003");
pub const INVALID: Code = Code("P0004");
pub const UNUSED: Code = Code("P0005");

const FILE: TomlFile = TomlFile {
    name: "policy file",
    keys: &KEYS,
    renamed: &[],
    unreadable: UNREADABLE,
    syntax: SYNTAX,
    unknown_key: UNKNOWN_KEY,
    invalid: INVALID,
};

/// What the file says. All of it may be missing.
#[derive(Debug, Default)]
pub struct Policy {
    pub package: Package,
    pub client: Client,
    pub envelope: Option<EnvelopePolicy>,
    /// `METHOD /path`, or a pattern of such, to `resource.path.method`, or the beginning of it.
    pub methods: IndexMap<Spanned<String>, Spanned<String>>,
    /// What methods are called that do what HTTP methods do.
    pub verbs: VerbPolicy,
    /// Segments of paths, and the resources that they are, separated by periods.
    pub segments: IndexMap<Spanned<String>, Spanned<String>>,
    /// By the name of the component schema.
    pub types: IndexMap<Spanned<String>, TypePolicy>,
    /// By `METHOD /path`, or a pattern of such, parameters and what they are called.
    pub parameters: IndexMap<Spanned<String>, IndexMap<Spanned<String>, Spanned<String>>>,
    /// By the name of the format.
    pub formats: IndexMap<Spanned<String>, Spanned<FormatPolicy>>,
    /// By an operation, the path of its method, or a pattern of either.
    pub pagination: IndexMap<Spanned<String>, Spanned<PaginationPolicy>>,
    /// Likewise.
    pub long_running: IndexMap<Spanned<String>, Spanned<LongRunningRule>>,
    /// What the server sends to its users.
    pub webhooks: WebhookPolicy,
    /// `METHOD /path` of operations that the crate goes without.
    pub skip: Vec<Spanned<String>>,
    /// Patterns of `resource.method`, of which the crate is made alone.
    pub only: Vec<Spanned<String>>,
    /// Patterns of `METHOD /path`, likewise.
    pub paths: Vec<Spanned<String>>,
    /// Files in the folder of the crate that are not the generator's.
    pub own_files: Vec<Spanned<String>>,
    /// Whether each resource on the client has a feature.
    pub resource_features: Option<bool>,
    /// Every warning is an error.
    pub deny_warnings: bool,
    /// Overlays of the document, by their paths as seen from the folder of this file.
    pub overlays: Vec<String>,
    /// The document is a part of the one that this is for: what names something else is no mistake.
    pub is_for_more: bool,
    source: Arc<Source>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Package {
    pub name: Option<Spanned<String>>,
    pub version: Option<Spanned<String>>,
    pub description: Option<String>,
    pub license: Option<String>,
    pub repository: Option<String>,
    pub homepage: Option<String>,
    pub documentation: Option<String>,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Client {
    pub base_url_variable: Option<String>,
    pub request_id_headers: Vec<String>,
    /// The request header in which each attempt says how many came before it. Without it none is
    /// sent: no standard names one, and a service gets only what its document or this file states.
    pub retry_count_header: Option<Spanned<String>>,
    /// The data of the event or the line that ends a stream.
    pub stream_end: String,
    /// By the name of the constructor.
    pub credentials: IndexMap<Spanned<String>, Credentials>,
    /// What the document says of no security scheme, or wrongly; by the name of the scheme.
    pub security_schemes: IndexMap<String, Spanned<SecurityScheme>>,
    /// What operations require in place of what the document says: for each alternative the schemes that go
    /// together, none for no credentials.
    pub security: Option<Spanned<Vec<Vec<String>>>>,
}

/// As the specification has it (4.7.27).
#[derive(Debug, Clone, Deserialize)]
pub struct SecurityScheme {
    #[serde(flatten)]
    pub kind: SecurityKind,
    #[serde(default)]
    pub description: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type")]
pub enum SecurityKind {
    #[serde(rename = "http")]
    Http { scheme: String },
    #[serde(rename = "apiKey")]
    ApiKey {
        #[serde(rename = "in")]
        place: SecretPlace,
        name: String,
    },
    #[serde(rename = "oauth2")]
    OAuth2 {
        /// For client credentials.
        #[serde(default)]
        token_url: String,
        /// For refresh tokens.
        #[serde(default)]
        refresh_url: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretPlace {
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Deserialize)]
pub struct Credentials {
    pub schemes: Vec<Scheme>,
}

#[derive(Debug, Deserialize)]
pub struct Scheme {
    /// The name of a security scheme.
    pub scheme: Spanned<String>,
    /// The name of the constructor's argument.
    pub argument: String,
    /// The environment variable that holds the secret.
    pub variable: Option<String>,
}

/// What the responses of the API are wrapped in.
#[derive(Debug, Clone)]
pub enum EnvelopePolicy {
    /// Nothing, whatever they have in common.
    Nothing,
    Stated(Envelope),
}

#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    pub success: Spanned<String>,
    /// None where the response is returned as a whole.
    #[serde(default)]
    pub data: Option<String>,
    pub errors: String,
    #[serde(default)]
    pub messages: String,
}

/// What is missing is as it is without the file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VerbPolicy {
    pub list: Option<Spanned<String>>,
    pub get: Option<Spanned<String>>,
    pub create: Option<Spanned<String>>,
    pub update: Option<Spanned<String>>,
    pub edit: Option<Spanned<String>>,
    pub delete: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TypePolicy {
    /// The name in Rust.
    pub name: Option<Spanned<String>>,
    /// Names by which a search in the docs finds it.
    pub aliases: Vec<String>,
    /// Names that it had before: code that uses them goes on compiling.
    pub former: Vec<Spanned<String>>,
    /// Fields by their properties.
    pub fields: IndexMap<Spanned<String>, Spanned<String>>,
    /// What the values of an enumeration are called.
    pub values: IndexMap<Spanned<String>, Spanned<String>>,
    /// Alternatives by the names that are inferred.
    pub variants: IndexMap<Spanned<String>, Spanned<String>>,
}

/// The type of the texts of a format.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a path, or a table with `type`, `version` and `features`"
)]
pub enum FormatPolicy {
    /// Its path.
    Path(String),
    /// Of a crate that the generated one depends on for it.
    Of {
        #[serde(rename = "type")]
        path: String,
        package: Option<String>,
        version: Option<String>,
        #[serde(default)]
        features: Vec<String>,
    },
}

impl FormatPolicy {
    pub fn path(&self) -> &str {
        match self {
            Self::Path(path) | Self::Of { path, .. } => path,
        }
    }

    /// The package of the crate that the path begins with, where it is called otherwise.
    pub fn package(&self) -> Option<&str> {
        match self {
            Self::Path(_) => None,
            Self::Of { package, .. } => package.as_deref(),
        }
    }

    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Path(_) => None,
            Self::Of { version, .. } => version.as_deref(),
        }
    }

    pub fn features(&self) -> &[String] {
        match self {
            Self::Path(_) => &[],
            Self::Of { features, .. } => features,
        }
    }
}

/// How the state is asked for of something that takes long, and what it says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LongRunningRule {
    /// The header of the response that has the URL of the state.
    pub header: Option<String>,
    /// The operation that gives the state.
    pub get: Option<String>,
    /// What of the response is put into its path.
    pub id: Option<String>,
    /// What of the state says whether it is done.
    pub field: Option<String>,
    pub done: Vec<String>,
    pub failed: Vec<String>,
    /// Seconds between two calls.
    pub interval: Option<u64>,
}

/// How webhooks are signed, and what distinguishes them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WebhookPolicy {
    pub signature: Option<Spanned<String>>,
    /// The header that says what a webhook is.
    pub header: Option<Spanned<String>>,
    /// The property of the body, or the JSON pointer to the value, that does.
    pub property: Option<Spanned<String>>,
}

/// How the pages of lists follow each other.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected false, or a table as in `{ page = \"page\" }`"
)]
pub enum PaginationPolicy {
    /// No pages, where it is false.
    Any(bool),
    Stated(Box<PaginationRule>),
}

/// Parameters of the query, and members of the body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaginationRule {
    pub page: Option<String>,
    pub first: Option<u64>,
    pub offset: Option<String>,
    pub cursor: Option<String>,
    pub next: Option<String>,
    pub last_id: Option<String>,
    pub id: Option<String>,
    pub next_url: Option<String>,
    pub link: bool,
    pub items: Option<String>,
    pub total_pages: Option<String>,
    pub total: Option<String>,
    pub has_more: Option<String>,
}

impl PaginationRule {
    /// How many ways for pages to follow each other it states.
    pub fn schemes(&self) -> usize {
        let stated = [
            &self.page,
            &self.offset,
            &self.cursor,
            &self.last_id,
            &self.next_url,
        ];
        let stated = stated.iter().filter(|one| one.is_some()).count();
        stated + usize::from(self.link)
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    package: Package,
    client: Client,
    envelope: Option<EnvelopePolicy>,
    methods: IndexMap<Spanned<String>, Spanned<String>>,
    verbs: VerbPolicy,
    segments: IndexMap<Spanned<String>, Spanned<String>>,
    types: IndexMap<Spanned<String>, TypePolicy>,
    parameters: IndexMap<Spanned<String>, IndexMap<Spanned<String>, Spanned<String>>>,
    formats: IndexMap<Spanned<String>, Spanned<FormatPolicy>>,
    pagination: IndexMap<Spanned<String>, Spanned<PaginationPolicy>>,
    long_running: IndexMap<Spanned<String>, Spanned<LongRunningRule>>,
    webhooks: WebhookPolicy,
    skip: Vec<Spanned<String>>,
    only: Vec<Spanned<String>>,
    paths: Vec<Spanned<String>>,
    own_files: Vec<Spanned<String>>,
    resource_features: Option<bool>,
    deny_warnings: bool,
    overlays: Vec<String>,
}

impl Policy {
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        Self::parse(FILE.load(path, diagnostics)?, diagnostics)
    }

    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let raw: Raw = FILE.read(&source, diagnostics)?;
        Ok(Self {
            package: raw.package,
            client: raw.client,
            envelope: raw.envelope,
            methods: raw.methods,
            verbs: raw.verbs,
            segments: raw.segments,
            types: raw.types,
            parameters: raw.parameters,
            formats: raw.formats,
            pagination: raw.pagination,
            long_running: raw.long_running,
            webhooks: raw.webhooks,
            skip: raw.skip,
            only: raw.only,
            paths: raw.paths,
            own_files: raw.own_files,
            resource_features: raw.resource_features,
            is_for_more: false,
            deny_warnings: raw.deny_warnings,
            overlays: raw.overlays,
            source,
        })
    }

    /// The overlays that a policy file names, whatever is wrong with the rest of it.
    pub fn overlays_of(source: &Arc<Source>) -> Vec<String> {
        let policy = Self::parse(Arc::clone(source), &mut Diagnostics::default());
        policy.map_or_else(|_| Vec::new(), |policy| policy.overlays)
    }

    /// Reports an error at a value of the file.
    pub fn report(
        &self,
        code: Code,
        message: &str,
        span: Option<Range<usize>>,
        help: &str,
        diagnostics: &mut Diagnostics,
    ) {
        if code != UNUSED || !self.is_for_more {
            toml_file::report(&self.source, code, message, span, help, diagnostics);
        }
    }
}
