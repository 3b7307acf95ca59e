//! The policy file: what no schema says about the crate that is made from it.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected, Source};

pub const UNREADABLE: Code = Code("P0001");
pub const SYNTAX: Code = Code("P0002");
pub const UNKNOWN_KEY: Code = Code("P0003");
pub const INVALID: Code = Code("P0004");
pub const UNUSED: Code = Code("P0005");

/// Every key that the file may hold; `*` stands for a name of the file's own.
const KEYS: [&str; 31] = [
    "package",
    "package.name",
    "package.version",
    "package.description",
    "package.license",
    "package.repository",
    "package.homepage",
    "package.documentation",
    "package.keywords",
    "package.categories",
    "client",
    "client.base_url_variable",
    "client.request_id_headers",
    "client.credentials",
    "client.credentials.*",
    "client.credentials.*.schemes",
    "client.credentials.*.schemes.scheme",
    "client.credentials.*.schemes.argument",
    "client.credentials.*.schemes.variable",
    "envelope",
    "envelope.success",
    "envelope.data",
    "envelope.errors",
    "envelope.messages",
    "methods",
    "methods.*",
    "types",
    "types.*",
    "types.*.name",
    "types.*.aliases",
    "skip",
];

/// What the file says. All of it may be missing.
#[derive(Debug, Default)]
pub struct Policy {
    pub package: Package,
    pub client: Client,
    pub envelope: Option<Envelope>,
    /// `METHOD /path` to `resource.path.method`.
    pub methods: IndexMap<Spanned<String>, Spanned<String>>,
    /// By the name of the component schema.
    pub types: IndexMap<Spanned<String>, TypePolicy>,
    /// `METHOD /path` of operations that the crate goes without.
    pub skip: Vec<Spanned<String>>,
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
    /// By the name of the constructor.
    pub credentials: IndexMap<String, Credentials>,
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

#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    pub success: String,
    pub data: Spanned<String>,
    pub errors: String,
    pub messages: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TypePolicy {
    /// The name in Rust.
    pub name: Option<String>,
    pub aliases: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    package: Package,
    client: Client,
    envelope: Option<Envelope>,
    methods: IndexMap<Spanned<String>, Spanned<String>>,
    types: IndexMap<Spanned<String>, TypePolicy>,
    skip: Vec<Spanned<String>>,
}

impl Policy {
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(Arc::new(Source { name, text }), diagnostics),
            Err(error) => {
                let message = format!("cannot read the policy file {name}: {error}");
                diagnostics.push(
                    Diagnostic::error(UNREADABLE, message)
                        .help("name a policy file in TOML, or none at all"),
                );
                Err(Rejected)
            }
        }
    }

    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let mut policy = Self {
            source,
            ..Self::default()
        };
        let text = policy.source.text.clone();
        match DeTable::parse(&text) {
            Ok(table) => policy.check_keys(table.get_ref(), "", diagnostics),
            Err(error) => {
                let help = "the policy file is written in TOML (https://toml.io)";
                policy.report(SYNTAX, error.message(), error.span(), help, diagnostics);
            }
        }
        diagnostics.gate()?;
        match toml::from_str::<Raw>(&text) {
            Ok(raw) => {
                policy.package = raw.package;
                policy.client = raw.client;
                policy.envelope = raw.envelope;
                policy.methods = raw.methods;
                policy.types = raw.types;
                policy.skip = raw.skip;
                Ok(policy)
            }
            Err(error) => {
                let help = "texts are in quotes, lists in brackets, tables in braces";
                policy.report(INVALID, error.message(), error.span(), help, diagnostics);
                Err(Rejected)
            }
        }
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
        let span = span.unwrap_or(0..0);
        let diagnostic = Diagnostic::error(code, message).location(&self.source, span);
        diagnostics.push(match help {
            "" => diagnostic,
            help => diagnostic.help(help),
        });
    }

    fn check_keys(&self, table: &DeTable<'_>, prefix: &str, diagnostics: &mut Diagnostics) {
        for (key, value) in table {
            match known(prefix, key.get_ref()) {
                Some(path) => self.check_value(value.get_ref(), &path, diagnostics),
                None => {
                    let message = format!("`{}` is not a key of the policy file", key.get_ref());
                    let help = alternatives(prefix);
                    self.report(UNKNOWN_KEY, &message, Some(key.span()), &help, diagnostics);
                }
            }
        }
    }

    fn check_value(&self, value: &DeValue<'_>, path: &str, diagnostics: &mut Diagnostics) {
        match value {
            DeValue::Table(table) => self.check_keys(table, path, diagnostics),
            DeValue::Array(items) => {
                for item in items.iter() {
                    self.check_value(item.get_ref(), path, diagnostics);
                }
            }
            _ => {}
        }
    }
}

/// The pattern that the key matches.
fn known(prefix: &str, key: &str) -> Option<String> {
    [key, "*"]
        .map(|name| match prefix {
            "" => name.to_owned(),
            prefix => format!("{prefix}.{name}"),
        })
        .into_iter()
        .find(|path| KEYS.contains(&path.as_str()))
}

/// "the keys of `package` are ..."
fn alternatives(prefix: &str) -> String {
    let names: Vec<&str> = KEYS
        .iter()
        .filter_map(|key| match key.rsplit_once('.') {
            Some((parent, name)) => (parent == prefix).then_some(name),
            None => prefix.is_empty().then_some(key),
        })
        .collect();
    match (prefix, names.as_slice()) {
        (_, []) => "no keys are expected here".to_owned(),
        ("", names) => format!("the tables are {}", names.join(", ")),
        (prefix, names) => format!("the keys of `{prefix}` are {}", names.join(", ")),
    }
}
