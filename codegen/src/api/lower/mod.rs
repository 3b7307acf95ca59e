//! From the document to the API: references are followed, spellings unified, facts kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use openapiv3::{Discriminator, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Api, Docs, Origin, Shape, Stability, Tag, Type, TypeId, UnknownFormat};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::resolve::{Unresolved, local_pointer};
use crate::document::{Document, Reporter, WEBHOOKS};
use crate::left_out::LeftOut;
use crate::location::{Location, Trail};
use crate::nearest::{Searches, nearest};

mod all_of;
mod bodies;
mod choices;
mod defaults;
mod endless;
mod facts;
mod ids;
mod inheritance;
mod intersect;
mod mapping;
mod media;
mod operations;
mod parameters;
mod path_parameters;
mod references;
mod security;
mod servers;
mod streams;
mod types;
mod unions;
mod united;
mod value_names;
mod versions;
mod webhooks;

pub const DUPLICATE_OPERATION_ID: Code = Code("E0100");
pub const PATH_PARAMETER: Code = Code("E0101");
pub const UNSUPPORTED: Code = Code("E0102");
pub const CONTRADICTION: Code = Code("E0103");
pub const UNKNOWN_NAME: Code = Code("E0104");
pub const NO_OPERATIONS: Code = Code("E0106");

/// Lowers a document. What cannot be known of a schema is any value, and an operation that cannot be
/// called is [left out](super::Operation::left_out); everything else that is wrong is a warning.
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering::new(document, diagnostics);
    let openapi = &document.openapi;
    let mut api = Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        description: openapi.info.description.clone().unwrap_or_default(),
        servers: lowering.servers(&openapi.servers, &Trail::ROOT),
        security_schemes: lowering.security_schemes(),
        security: lowering.security(openapi.security.as_ref(), &Trail::ROOT),
        tags: lowering.tags(),
        accept: versions::accept(&openapi.info),
        versions: Vec::new(),
        operations: lowering.operations(),
        webhooks: lowering.webhooks(),
        types: lowering.types(),
        unknown_formats: Vec::new(),
        left_out: document.left_out.clone(),
    };
    api.unknown_formats = std::mem::take(&mut lowering.unknown_formats)
        .into_values()
        .collect();
    api.left_out.append(&mut lowering.left_out);
    if api.operations.is_empty() && api.left_out.is_empty() {
        lowering.report_no_operations(&api);
    }
    lowering.report_unsaid_bodies();
    lowering.report_empty_bodies();
    lowering.report_ignored_headers();
    lowering.decide_bodies(&mut api);
    lowering.end_what_is_endless(&mut api);
    parameters::prefer_lists(&mut api);
    bodies::patches_are_lists(&mut api);
    ids::are_read_as_texts(&mut api);
    streams::results_are_lines(&mut api);
    versions::are_of_the_client(&mut api);
    if security::is_unsaid(&api) {
        api.security = lowering.any_scheme(&api.security_schemes);
    }
    api
}

/// Where a reference to something other than a schema may have been meant to lead.
const SECTIONS: &[&str] = &[
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
];

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
    /// Why the operation that is being read cannot be called: the first reason, and what to do.
    unable: Option<(LeftOut, String)>,
    /// By name.
    unknown_formats: BTreeMap<String, UnknownFormat>,
    /// Paths whose operations are not known.
    left_out: Vec<LeftOut>,
    deep: Deep,
    /// JSON bodies of which the document says nothing, but that they are required.
    unsaid_bodies: Vec<Location>,
    /// Bodies of no properties, of methods that need none.
    empty_bodies: Vec<Location>,
    /// Parameters that are said elsewhere, by their names in small letters, as the document first has them.
    ignored_headers: BTreeMap<String, (String, Vec<Location>)>,
    /// The `Accept` that a parameter of the operation at hand says.
    accept: Option<String>,
    /// The operations of which the document does not say whether they require their body.
    undecided_bodies: Vec<usize>,
    /// The schemas with a discriminator.
    discriminators: BTreeMap<TypeId, (Discriminator, Location)>,
    /// How often a name was looked for that was meant by another.
    searches: Searches,
}

/// What the API is read without if a reference leads nowhere.
#[derive(Clone, Copy)]
enum Without<'a> {
    /// The operation that is being read.
    Operation,
    /// A part that can be missing.
    Part(&'a str),
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
        let (targets, objects) = document.deep_targets();
        Self {
            document,
            reporter: document.reporter(diagnostics),
            // Each is made of an object. Room that is not used costs nothing, and moving all of them does.
            types: Vec::with_capacity(objects),
            referenced: HashMap::new(),
            pending: VecDeque::new(),
            unable: None,
            unknown_formats: BTreeMap::new(),
            left_out: Vec::new(),
            deep: Deep {
                targets,
                read: HashSet::new(),
            },
            unsaid_bodies: Vec::new(),
            empty_bodies: Vec::new(),
            ignored_headers: BTreeMap::new(),
            accept: None,
            undecided_bodies: Vec::new(),
            discriminators: BTreeMap::new(),
            searches: Searches::default(),
        }
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

    fn report_no_operations(&mut self, api: &Api) {
        if api.webhooks.is_empty() {
            let message = "the document has no operations";
            let help = "an operation is a method of a path: paths: { /pets: { get: ... } }";
            self.warn(
                NO_OPERATIONS,
                message,
                help,
                &self.document.location("/paths"),
            );
        } else {
            let message =
                "the document has webhooks alone: the crate has their types, and nothing to call";
            let at = self.document.location(&format!("/{WEBHOOKS}"));
            self.reporter
                .at_key(Diagnostic::note(NO_OPERATIONS, message), &at);
        }
    }

    /// The object itself and its pointer in the normalized document.
    fn resolve<'o, T: DeserializeOwned + Clone>(
        &mut self,
        object: &'o ReferenceOr<T>,
        at: &Trail<'_>,
        without: Without<'_>,
    ) -> Option<(Cow<'o, T>, String)> {
        let problem = match self.document.resolve(object, at) {
            Ok(found) => return Some(found),
            Err(problem) => problem,
        };
        if let ReferenceOr::Reference { reference } = object {
            let at = self.location(&at.key("$ref"));
            let problem = self.problem(&problem, reference, SECTIONS);
            match without {
                Without::Operation => {
                    self.unable(
                        &problem.message,
                        problem.help.as_deref().unwrap_or_default(),
                        &at,
                    );
                }
                Without::Part(part) => {
                    self.unresolved(problem, &format!("{part} is left out"), &at)
                }
            }
        }
        None
    }

    /// What is said of an object at its place: beside the reference that stands there, or else in itself.
    fn description<T>(
        &self,
        object: &ReferenceOr<T>,
        at: &Trail<'_>,
        own: Option<&String>,
    ) -> String {
        let beside = || {
            self.document
                .lookup(&at.text())?
                .get("description")?
                .as_str()
        };
        let beside = object.as_item().is_none().then(beside).flatten();
        let beside = beside.filter(|text| !text.trim().is_empty());
        beside
            .or(own.map(String::as_str))
            .unwrap_or_default()
            .to_owned()
    }

    /// What is wrong with a reference, with the one that was likely meant: to a component of one of the sections.
    fn problem(&mut self, problem: &Unresolved, reference: &str, sections: &[&str]) -> Diagnostic {
        let diagnostic = self.document.unresolved(problem, reference);
        let is_nowhere = matches!(problem, Unresolved::Dangling | Unresolved::External);
        if !is_nowhere || !self.searches.may_search() {
            return diagnostic;
        }
        let meant = self
            .sibling(reference)
            .or_else(|| self.component(reference, sections));
        match meant {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic,
        }
    }

    /// What is called nearly so at the same place.
    fn sibling(&self, reference: &str) -> Option<String> {
        let (place, name) = reference.rsplit_once('/')?;
        let nearest = nearest(name, self.names_at(&local_pointer(place).ok()?))?;
        Some(format!("{place}/{nearest}"))
    }

    /// The component whose name ends the reference, whatever stands before it: `Pet`, `#/definitions/Pet`, `pet.yaml`.
    fn component(&self, reference: &str, sections: &[&str]) -> Option<String> {
        let name = reference.rsplit(['/', '#']).next()?;
        let name = [".yaml", ".yml", ".json"]
            .iter()
            .find_map(|ending| name.strip_suffix(ending))
            .unwrap_or(name);
        let place = |section: &&str| format!("/components/{section}");
        let called_so = |section: &&&str| {
            let mut names = self.names_at(&place(section));
            names.any(|known| known == name)
        };
        if let Some(section) = sections.iter().find(called_so) {
            return Some(format!("#{}/{name}", place(section)));
        }
        let section = sections.first()?;
        let nearest = nearest(name, self.names_at(&place(section)))?;
        Some(format!("#{}/{nearest}", place(section)))
    }

    fn names_at<'s>(&'s self, place: &str) -> impl Iterator<Item = &'s str> + use<'s> {
        let siblings = self.document.lookup(place);
        let siblings = siblings.and_then(|siblings| siblings.as_mapping());
        let names = siblings.into_iter().flat_map(|siblings| siblings.keys());
        names.filter_map(|name| name.as_str())
    }

    /// Reports a reference that leads nowhere, with what follows from it.
    fn unresolved(&mut self, problem: Diagnostic, so: &str, at: &Location) {
        let message = format!("{so}: {}", problem.message);
        let help = problem.help.unwrap_or_default();
        let diagnostic = Diagnostic::warning(problem.code, message).help(help);
        self.reporter.at(diagnostic, at);
    }

    /// The operation that is being read cannot be called.
    fn unable(&mut self, reason: &str, help: &str, at: &Location) {
        if self.unable.is_none() {
            let left_out = LeftOut {
                operation: String::new(),
                reason: reason.to_owned(),
                location: at.clone(),
            };
            self.unable = Some((left_out, help.to_owned()));
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
            untyped: false,
            deprecated: false,
            sensitive: false,
            read_only: false,
            write_only: false,
            media_type: None,
            default: None,
            example: None,
            limits: Default::default(),
            value_locations: Vec::new(),
            value_names: BTreeMap::new(),
            location,
        });
        id
    }

    fn warn(&mut self, code: Code, message: impl Into<String>, help: &str, at: &Location) {
        let diagnostic = Diagnostic::warning(code, message).help(help);
        self.reporter.at_key(diagnostic, at);
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
