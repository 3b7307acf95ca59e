//! From the API to the crate: every decision about Rust is taken here, one file per concern.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::docs::Cleaned;
use super::{Crate, Envelope, Requirement, Scheme, Ty, Uses};
use crate::api::{Api, LeftOut, Operation, SecurityScheme, TypeId};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::location::Location;
use crate::lock::{Kind, Lock, Names};
use crate::nearest::{Searches, nearest};
use crate::policy::{self, Policy};

mod alternatives;
mod argument_order;
mod authorization_words;
mod bodies;
mod boxes;
mod by_chance;
mod client;
mod constants;
mod constructors;
mod credentials;
mod discriminators;
mod dotted_names;
mod encodings;
mod enumerations;
mod envelope;
mod facts;
mod failures;
mod families;
mod features;
mod fields;
mod fixed;
mod formats;
mod headers;
mod imports;
mod joined_names;
mod kept_members;
mod literals;
mod long_names;
mod long_running;
mod meaning;
mod media_types;
mod models;
mod nesting;
mod operation_words;
mod operations;
mod outcome_words;
mod outcomes;
mod package;
mod page_members;
mod page_parameters;
mod pagination;
mod pagination_rules;
mod parameters;
mod parts;
mod places;
mod prose;
mod renames;
mod resources;
mod result_names;
mod returned;
mod sample_values;
mod samples;
mod schemes;
mod security;
mod servers;
mod service;
mod setters;
mod settings;
mod shared_names;
mod sharing;
mod shortened;
mod streams;
mod structs;
mod type_names;
mod type_words;
mod unions;
mod usage;
mod uses;
mod value_types;
mod webhooks;

use bodies::Bodies;
use failures::Failures;
use sharing::{Shared, Sharing};

pub const UNSUPPORTED: Code = Code("E0200");
pub const NAME: Code = Code("E0201");
pub use crate::api::lower::UNKNOWN_NAME;

/// Plans the crate of an API. `name` overrides the package's name in the policy. Past an error, which whoever goes on asks
/// for, it is what can be said all the same. The API is as it was afterwards, but that what
/// requests cannot do without is in the order that the lock keeps.
pub fn plan(
    document: &Document,
    api: &mut Api,
    policy: &Policy,
    lock: Lock,
    name: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Crate {
    planned(
        document,
        api,
        policy,
        lock,
        (Audience::Readers, name),
        diagnostics,
    )
}

/// Plans the crate of an API for a comparison: what is wrong with the policy stops nothing,
/// descriptions stay as the document has them, and methods have no examples.
pub fn plan_for_comparison(
    document: &Document,
    api: &mut Api,
    policy: &Policy,
    lock: Lock,
    diagnostics: &mut Diagnostics,
) -> Crate {
    let audience = (Audience::Comparison, None);
    planned(document, api, policy, lock, audience, diagnostics)
}

fn planned(
    document: &Document,
    api: &mut Api,
    policy: &Policy,
    lock: Lock,
    (audience, name): (Audience, Option<&str>),
    diagnostics: &mut Diagnostics,
) -> Crate {
    argument_order::restore(api, &lock);
    let shared = sharing::shared(std::mem::take(api), &formats::mapped(policy));
    let mut plan = Plan::new(document, &shared, policy, audience, diagnostics);
    plan.kept = Names::new(lock);
    plan.choose_operations();
    let sdk = plan.run(name);
    *api = shared.into_stated();
    sdk
}

/// What a crate is planned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// It is written, and read.
    Readers,
    /// It is held against another.
    Comparison,
}

/// What the parts of the plan share.
struct Plan<'a> {
    audience: Audience,
    document: &'a Document,
    api: &'a Api,
    /// The schemas that lead to one of the same meaning, by that.
    sharing: &'a Sharing,
    policy: &'a Policy,
    diagnostics: &'a mut Diagnostics,
    package_name: String,
    /// The security schemes of the document and of the policy.
    security_schemes: Vec<SecurityScheme>,
    /// The security schemes whose secrets clients can send.
    schemes: HashMap<String, Scheme>,
    /// What operations take of the credentials, by index into [`Api::operations`].
    taken: HashMap<usize, Vec<Vec<String>>>,
    /// What the document states of all operations, and all that clients can be given.
    stated: Vec<Requirement>,
    /// What calls take that state nothing else, and what other operations take.
    default: Vec<Vec<String>>,
    requirements: Vec<Requirement>,
    /// The operations that become methods: indices into [`Api::operations`], with what each sends
    /// and receives.
    operations: Vec<(usize, Bodies)>,
    /// Those that cannot.
    left_out: Vec<LeftOut>,
    /// The bodies of errors.
    failures: Failures,
    /// Types that a request carries, and those that a response does.
    sent: HashSet<TypeId>,
    received: HashSet<TypeId>,
    /// Types whose values must not be seen, or hold one without a name.
    sensitive: HashSet<TypeId>,
    /// Types that are deprecated or made of what is.
    deprecated_within: HashSet<TypeId>,
    /// Names that were inferred before, and those that are now.
    kept: Names,
    /// The names of the operations' types, by index into [`Api::operations`].
    operation_names: HashMap<usize, String>,
    /// The resources and the method of each operation.
    operation_paths: HashMap<usize, Vec<String>>,
    /// What schemas are called after each operation.
    operation_words: HashMap<usize, Vec<String>>,
    /// What the alternatives of each union are called.
    alternatives: HashMap<TypeId, Vec<String>>,
    /// What alternatives are called whose models repeat the name of their union.
    shortened: HashMap<TypeId, Vec<Option<String>>>,
    /// The constants of the headers of responses, by name and type.
    header_names: BTreeMap<(String, Ty), String>,
    /// What components are called without their packages.
    unpackaged: HashMap<String, String>,
    /// The models: every object, enumeration and union that is sent or received.
    names: HashMap<TypeId, String>,
    /// The components that are another name of a model.
    others: BTreeMap<TypeId, String>,
    /// By such a name, the model's own.
    first_names: HashMap<String, String>,
    /// The object that wraps every response.
    envelope: Option<Envelope>,
    /// What requests have to be given that is too much for arguments: by the schema of the body the name of the struct.
    literals: BTreeMap<TypeId, String>,
    /// The names that models had before.
    former: HashMap<TypeId, Vec<String>>,
    /// Pairs of models of which the first would contain the second, and so itself, without a box.
    boxes: HashSet<(TypeId, TypeId)>,
    /// The text by which unions know a model, by its schema and the property.
    tags: HashMap<(TypeId, String), String>,
    /// The types that the policy maps formats to.
    formats: HashMap<String, Ty>,
    /// How often a name was looked for that was meant by another.
    searches: Searches,
    /// The descriptions that were made fit for rustdoc.
    cleaned: Cleaned,
}

impl<'a> Plan<'a> {
    fn new(
        document: &'a Document,
        shared: &'a Shared,
        policy: &'a Policy,
        audience: Audience,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            audience,
            document,
            api: &shared.api,
            sharing: &shared.sharing,
            policy,
            diagnostics,
            package_name: String::new(),
            security_schemes: Vec::new(),
            schemes: HashMap::new(),
            taken: HashMap::new(),
            stated: Vec::new(),
            default: Vec::new(),
            requirements: Vec::new(),
            operations: Vec::new(),
            left_out: shared.api.left_out.clone(),
            failures: Failures::default(),
            sent: HashSet::new(),
            received: HashSet::new(),
            sensitive: shared.api.sensitive(),
            deprecated_within: HashSet::new(),
            kept: Names::default(),
            operation_names: HashMap::new(),
            operation_paths: HashMap::new(),
            operation_words: HashMap::new(),
            alternatives: HashMap::new(),
            shortened: HashMap::new(),
            header_names: BTreeMap::new(),
            unpackaged: dotted_names::without_packages(&shared.api),
            names: HashMap::new(),
            others: BTreeMap::new(),
            first_names: HashMap::new(),
            envelope: None,
            literals: BTreeMap::new(),
            former: HashMap::new(),
            boxes: HashSet::new(),
            tags: HashMap::new(),
            formats: HashMap::new(),
            searches: Searches::default(),
            cleaned: Cleaned::default(),
        }
    }

    /// From the chosen operations to the crate.
    fn run(&mut self, name: Option<&str>) -> Crate {
        self.find_envelope();
        self.choose_bodies();
        self.find_usage();
        let package = self.package(name);
        let (own_files, own_modules) = self.own_files();
        let dependencies = self.formats();
        let tree = self.place_operations();
        self.find_operation_words();
        self.check_pagination();
        self.check_long_running();
        self.check_parameters();
        self.name_types();
        self.record_members();
        self.shorten_alternatives();
        self.check_alternatives();
        self.find_boxes();
        self.find_tags();
        let (service, credentials) = self.service(&package);
        let servers = self.servers();
        self.package_name = package.lib_name.clone();
        let headers = self.headers();
        self.header_names = headers::names(&headers);
        let mut resources = self.resources(tree);
        let models = self.models();
        let waits = resources.iter().any(resources::waits);
        let webhooks = self.webhooks(!resources.is_empty());
        let named = features::named(&resources);
        let mut models = families::gather(models, &named, &headers, webhooks.as_ref());
        let features = self.features(&mut resources, &mut models, &headers, &named);
        if let Some(webhooks) = &webhooks {
            features::gate_webhooks(webhooks, &mut models, &headers, &named);
        }
        let mut sdk = Crate {
            title: self.api.title.clone(),
            description: self.clean(&self.api.description),
            recursion_limit: self.recursion_limit(),
            uses: Uses {
                authentication: !service.alternatives.is_empty(),
                deprecated: self.names_deprecated(),
            },
            exports: client::exports(&service, &headers, waits),
            client: self.client(&service, &credentials, &servers, !resources.is_empty()),
            servers,
            settings: self.settings(),
            service,
            credentials,
            features,
            own_files,
            own_modules,
            exported_crates: imports::exported_crates(&models, &resources, &headers, &dependencies),
            dependencies,
            headers,
            models,
            resources,
            webhooks,
            package,
            left_out: std::mem::take(&mut self.left_out),
            names: Lock::default(),
        };
        self.record_pages(&sdk);
        self.record_order();
        sdk.names = std::mem::take(&mut self.kept).into_recorded();
        sdk
    }

    /// How lists go on, for who reads the lock.
    fn record_pages(&mut self, sdk: &Crate) {
        for method in sdk.methods() {
            if let Some(pages) = &method.pages {
                let key = format!("{} {}", method.http_method, method.path);
                let how = pages.pagination.to_string();
                self.kept.record(Kind::Pages, &key, &how);
            }
        }
    }

    /// All operations but those that the policy skips.
    fn choose_operations(&mut self) {
        for skipped in &self.policy.skip {
            let known = |o: &Operation| key(o) == *skipped.get_ref();
            if !self.api.operations.iter().any(known) {
                let message = format!(
                    "`{}` is not an operation of the document",
                    skipped.get_ref()
                );
                let names: Vec<String> = self.api.operations.iter().map(key).collect();
                let help = self.meant(skipped.get_ref(), &names, "remove it");
                self.policy_error(policy::UNUSED, &message, skipped.span(), &help);
            }
        }
        for (index, operation) in self.api.operations.iter().enumerate() {
            let mut skipped = self.policy.skip.iter();
            if skipped.any(|skipped| *skipped.get_ref() == key(operation)) {
                continue;
            }
            match &operation.left_out {
                Some(left_out) => self.left_out.push(left_out.clone()),
                None => self.operations.push((index, Bodies::default())),
            }
        }
    }

    /// Whether the crate marks anything as deprecated.
    fn names_deprecated(&self) -> bool {
        let used = |id: &TypeId| self.sent.contains(id) || self.received.contains(id);
        let types = self.api.type_ids().filter(used);
        let parameter = |o: &Operation| o.parameters.iter().any(|p| p.deprecated);
        types.into_iter().any(|id| self.api.ty(id).deprecated)
            || self.api.webhooks.iter().any(|webhook| webhook.deprecated)
            || self
                .operations
                .iter()
                .map(|(index, _)| self.operation(*index))
                .any(parameter)
    }

    fn operation(&self, index: usize) -> &'a Operation {
        &self.api.operations[index]
    }

    fn policy_error(
        &mut self,
        code: Code,
        message: &str,
        span: std::ops::Range<usize>,
        help: &str,
    ) {
        self.policy
            .report(code, message, Some(span), help, self.diagnostics);
    }

    /// Which of the names was likely meant, or what to do where none was.
    fn meant(&mut self, written: &str, names: &[String], otherwise: &str) -> String {
        let names = names.iter().map(String::as_str);
        let names = self.searches.may_search().then_some(names);
        match nearest(written, names.into_iter().flatten()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => otherwise.to_owned(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic, at: &Location) {
        self.document
            .reporter(self.diagnostics)
            .at_key(diagnostic, at);
    }
}

/// `METHOD /path`, by which the policy names an operation.
fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// A document without errors, and its API.
#[cfg(test)]
fn lowered(text: String, found: &mut Diagnostics) -> (Document, Api) {
    let source = crate::diagnostic::Source::new("a.yaml", text);
    let document = Document::parse(source.into(), found);
    let document = document.unwrap_or_else(|_| panic!("{found:?}"));
    let api = crate::api::lower::lower(&document, found);
    (document, api)
}
