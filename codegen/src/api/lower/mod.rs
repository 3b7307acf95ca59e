//! From the document to the API: references are followed, spellings unified, facts kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use openapiv3::{Discriminator, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Api, Docs, Origin, Server, Shape, Stability, Tag, Type, TypeId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected};
use crate::document::{Document, Reporter};
use crate::location::{Location, Trail};

mod all_of;
mod choices;
mod facts;
mod inheritance;
mod intersect;
mod media;
mod operations;
mod parameters;
mod security;
mod types;
mod unions;

pub const DUPLICATE_OPERATION_ID: Code = Code("E0100");
pub const PATH_PARAMETER: Code = Code("E0101");
pub const UNSUPPORTED: Code = Code("E0102");
pub const CONTRADICTION: Code = Code("E0103");
pub const UNKNOWN_NAME: Code = Code("E0104");
/// An operation or a schema that the crate is made without.
pub const LEFT_OUT: Code = Code("E0105");

/// An API as far as it can be told, whatever is wrong with the document.
#[derive(Debug)]
pub struct Lowered {
    pub api: Api,
    /// The operations that have errors of their own: indices into [`Api::operations`].
    pub faulty: BTreeSet<usize>,
}

/// Lowers a whole document.
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Result<Api, Rejected> {
    let lowered = lower_what_can_be(document, diagnostics);
    diagnostics.gate()?;
    Ok(lowered.api)
}

/// Lowers a document past its errors: what cannot be told of a schema is any value.
pub fn lower_what_can_be(document: &Document, diagnostics: &mut Diagnostics) -> Lowered {
    let mut lowering = Lowering::new(document, diagnostics);
    let openapi = &document.openapi;
    let api = Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone().unwrap_or_default(),
        servers: lowering.servers(),
        security_schemes: lowering.security_schemes(),
        tags: lowering.tags(),
        operations: lowering.operations(),
        types: lowering.types(),
    };
    lowering.report_unsaid_bodies();
    let faulty = lowering.faulty;
    Lowered { api, faulty }
}

/// What the parts of the lowering share.
struct Lowering<'a> {
    document: &'a Document,
    reporter: Reporter<'a>,
    types: Vec<Type>,
    /// The schemas that references name, by their pointer.
    referenced: HashMap<String, TypeId>,
    /// Referenced schemas whose contents are still to be read. A queue instead of recursion: a
    /// chain of references can be as long as the document.
    pending: VecDeque<(TypeId, String)>,
    faulty: BTreeSet<usize>,
    deep: Deep,
    /// JSON bodies of which the document says nothing, but that they are required.
    unsaid_bodies: Vec<Location>,
    /// The schemas with a discriminator.
    discriminators: BTreeMap<TypeId, Discriminator>,
}

/// References into the inside of other objects.
struct Deep {
    /// The pointers that they lead to.
    targets: HashSet<String>,
    /// The schemas there that were read.
    read: HashSet<TypeId>,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            reporter: document.reporter(diagnostics),
            types: Vec::new(),
            referenced: HashMap::new(),
            pending: VecDeque::new(),
            faulty: BTreeSet::new(),
            deep: Deep {
                targets: document.deep_targets(),
                read: HashSet::new(),
            },
            unsaid_bodies: Vec::new(),
            discriminators: BTreeMap::new(),
        }
    }

    /// The server URLs, each variable replaced by its default (4.7.5).
    fn servers(&mut self) -> Vec<Server> {
        let mut servers = Vec::new();
        for (index, server) in self.document.openapi.servers.iter().enumerate() {
            let mut url = server.url.clone();
            for (name, variable) in server.variables.iter().flatten() {
                url = url.replace(&format!("{{{name}}}"), &variable.default);
            }
            let location = self.document.location(&format!("/servers/{index}/url"));
            servers.push(Server { url, location });
        }
        servers
    }

    fn tags(&mut self) -> Vec<Tag> {
        let tags = self.document.openapi.tags.iter().enumerate();
        tags.map(|(index, tag)| Tag {
            name: tag.name.clone(),
            description: tag.description.clone().unwrap_or_default(),
            location: self.document.location(&format!("/tags/{index}")),
        })
        .collect()
    }

    /// The object itself and its pointer in the normalized document, or a diagnostic.
    fn resolve<'o, T: DeserializeOwned + Clone>(
        &mut self,
        object: &'o ReferenceOr<T>,
        at: &Trail<'_>,
    ) -> Option<(Cow<'o, T>, String)> {
        match self.document.resolve(object, at) {
            Ok(found) => Some(found),
            Err(problem) => {
                if let ReferenceOr::Reference { reference } = object {
                    let at = self.location(&at.key("$ref"));
                    self.reporter.at(problem.diagnostic(reference), &at);
                }
                None
            }
        }
    }

    /// Where the user wrote what is there in the normalized document.
    fn location(&self, at: &Trail<'_>) -> Location {
        self.document.location(&at.text())
    }

    /// A new schema of unknown shape.
    fn allocate(&mut self, origin: Origin, location: Location) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(Type {
            origin,
            shape: Shape::Any,
            docs: Docs::default(),
            nullable: false,
            deprecated: false,
            sensitive: false,
            read_only: false,
            write_only: false,
            default: None,
            example: None,
            limits: Default::default(),
            value_locations: Vec::new(),
            location,
        });
        id
    }

    fn warn(&mut self, code: Code, message: impl Into<String>, help: &str, at: &Location) {
        let diagnostic = Diagnostic::warning(code, message).help(help);
        self.reporter.at_key(diagnostic, at);
    }

    fn error(&mut self, code: Code, message: impl Into<String>, help: &str, at: &Location) {
        let diagnostic = Diagnostic::error(code, message).help(help);
        self.reporter.at(diagnostic, at);
    }
}

/// `x-stability-level`, if it has one of the known values.
fn stability(extensions: &Extensions) -> Option<Stability> {
    match extensions.get("x-stability-level")?.as_str()? {
        "draft" => Some(Stability::Draft),
        "alpha" => Some(Stability::Alpha),
        "beta" => Some(Stability::Beta),
        "stable" => Some(Stability::Stable),
        _ => None,
    }
}

type Extensions = indexmap::IndexMap<String, Value>;

/// The one example: `example`, or the first value of `examples`.
fn example(
    one: &Option<Value>,
    many: &indexmap::IndexMap<String, ReferenceOr<openapiv3::Example>>,
) -> Option<Value> {
    let first = || {
        many.values().find_map(|example| match example {
            ReferenceOr::Item(example) => example.value.clone(),
            ReferenceOr::Reference { .. } => None,
        })
    };
    one.clone().or_else(first)
}

/// The first location of each key, for finding repetitions.
#[derive(Default)]
struct Seen(BTreeMap<String, Location>);

impl Seen {
    /// Records the key, or returns where it was recorded before.
    fn insert(&mut self, key: &str, at: &Location) -> Option<Location> {
        if let Some(first) = self.0.get(key) {
            return Some(first.clone());
        }
        self.0.insert(key.to_owned(), at.clone());
        None
    }
}
