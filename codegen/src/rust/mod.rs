//! What the crate is, as data: every decision is taken here, and what prints it decides nothing.
//!
//! All names are valid Rust identifiers (made by [`names`]), all docs are Markdown that rustdoc
//! takes without a warning (made by [`docs`]). Each `location` is the place in the document that states
//! the item, for whoever compares two crates; nothing that is printed depends on it.

pub mod declaration;
pub mod docs;
mod examples;
mod fixed;
mod functions;
mod headers;
mod html;
mod long_running;
mod models;
pub mod names;
mod operations;
mod pages;
mod parameters;
mod parts;
pub mod plan;
pub mod reserved;
mod security;
pub mod serde;
mod servers;
mod settings;
pub mod signature;
mod webhooks;

pub use examples::*;
pub use fixed::*;
pub use headers::*;
pub use long_running::*;
pub use models::*;
pub use operations::*;
pub use pages::*;
pub use parameters::*;
pub use parts::*;
pub use security::*;
pub use servers::*;
pub use settings::*;
pub use webhooks::*;

use crate::api::LeftOut;
use crate::location::Location;
use crate::lock::Lock;
use signature::Signature;

/// A whole SDK crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Crate {
    pub package: Package,
    /// What the API is, for the head of the README.
    pub title: String,
    pub description: String,
    pub service: Service,
    pub client: ClientFile,
    pub servers: Servers,
    /// Methods of `ClientBuilder`.
    pub settings: Vec<Setting>,
    /// What of the runtime is public, sorted.
    pub exports: Vec<String>,
    /// Dependencies of this crate alone, sorted.
    pub dependencies: Vec<Dependency>,
    /// Dependencies whose types callers meet, sorted.
    pub exported_crates: Vec<ExportedCrate>,
    pub credentials: Vec<Constructor>,
    pub models: Vec<ModelFile>,
    pub headers: HeaderFile,
    /// The accessors on the client.
    pub resources: Vec<Resource>,
    /// What the server sends to its users.
    pub webhooks: Option<Webhooks>,
    /// The operations of the document that have no method.
    pub left_out: Vec<LeftOut>,
    pub uses: Uses,
    /// Features for parts of it, sorted by name.
    pub features: Vec<Feature>,
    /// Files of the crate that the generator does not write, and those of them that are modules.
    pub own_files: Vec<String>,
    pub own_modules: Vec<String>,
    /// What the compiler must be allowed, where models are nested deeply.
    pub recursion_limit: Option<usize>,
    /// The names that were inferred.
    pub names: Lock,
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
    /// Where the first server is stated.
    pub base_url_location: Location,
    /// Every server of the document; clients call the first unless they are told another.
    pub servers: Vec<String>,
    pub base_url_variable: String,
    /// The ways to authenticate, the preferred one first.
    pub alternatives: Vec<Alternative>,
    /// What calls take that state nothing else.
    pub security: Requirement,
    /// What calls take that the document does not have.
    pub undocumented: Requirement,
    /// Where the document says so.
    pub security_location: Option<Location>,
    /// What else operations take, each once.
    pub requirements: Vec<Requirement>,
    /// All security schemes that something takes.
    pub schemes: Vec<Scheme>,
    pub credentials_required: bool,
    pub envelope: Option<Envelope>,
    pub request_id_headers: Vec<String>,
    /// Empty for none.
    pub retry_count_header: String,
    /// The JSON that calls ask for which state none of their own; empty for none.
    pub accept: String,
    /// The data of the event or the line that ends a stream; empty for none.
    pub stream_end: String,
    /// Wire names of sensitive properties, sorted.
    pub sensitive: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    pub success: String,
    /// Empty where the response is returned as a whole; so are `messages` where there are none.
    pub data: String,
    pub errors: String,
    pub messages: String,
}

/// A Cargo feature for a resource on the client, with what it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    pub name: String,
    /// That of the resource.
    pub location: Option<Location>,
}

/// The feature that all others are in.
pub const ALL_FEATURE: &str = "all";

/// A dependency that the policy adds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    pub name: String,
    pub version: String,
    pub features: Vec<String>,
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
    /// What each argument means.
    Arguments(Vec<(String, String)>),
    /// Arguments that are set on the request.
    Options { request: String, names: Vec<String> },
    /// What else can be asked for than what the method returns.
    MediaTypes { request: String, names: Vec<String> },
    /// What a response without a body has, by the names of the constants.
    Headers { request: String, names: Vec<String> },
    /// Which models the bodies of errors are, by their statuses.
    ErrorBodies(String),
    /// That there are pages.
    Pages { request: String },
    /// That a stream can be asked for.
    Stream { request: String },
    /// That it starts something that takes long.
    LongRunning { request: String },
    /// `# Errors`
    Errors(String),
    /// The call of [`Method::example`].
    Example,
}

/// Which optional parts of the crate the document needs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Uses {
    pub authentication: bool,
    /// Something is deprecated.
    pub deprecated: bool,
}

/// As many examples are read; all calls are in the docs.
const MOST_EXAMPLES: usize = 10;

impl Crate {
    /// Whether types of this dependency are in models or arguments.
    pub fn exposes(&self, dependency: &str) -> bool {
        let mut crates = self.exported_crates.iter();
        crates.any(|exported| exported.name == dependency)
    }

    pub fn methods(&self) -> Vec<&Method> {
        let all = self.all_resources().into_iter();
        all.flat_map(|resource| &resource.methods).collect()
    }

    /// Each before those below it.
    pub fn all_resources(&self) -> Vec<&Resource> {
        fn collect<'a>(resource: &'a Resource, list: &mut Vec<&'a Resource>) {
            list.push(resource);
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

    /// The operations with what they are called: `METHOD /path` and `resource.method`.
    pub fn operation_names(&self) -> Vec<(String, String)> {
        fn collect(resource: &Resource, outer: &str, names: &mut Vec<(String, String)>) {
            let plain = |name: &str| name.trim_start_matches("r#").to_owned();
            let path = format!("{outer}{}.", plain(&resource.name));
            for method in &resource.methods {
                let key = format!("{} {}", method.http_method, method.path);
                names.push((key, format!("{path}{}", plain(&method.name))));
            }
            for child in &resource.children {
                collect(child, &path, names);
            }
        }
        let mut names = Vec::new();
        for resource in &self.resources {
            collect(resource, "", &mut names);
        }
        names
    }

    /// The methods that have a program below `examples/`: one of each resource, of those with the most methods where there
    /// are many.
    pub fn shown(&self) -> Vec<&Method> {
        let shown = self.shown_with_access().into_iter();
        shown.map(|(_, method)| method).collect()
    }

    /// The same, each with what leads to its resource.
    pub fn shown_with_access(&self) -> Vec<(&str, &Method)> {
        let mut resources = self.all_resources();
        resources.retain(|resource| !resource.methods.is_empty());
        resources.sort_by_key(|resource| std::cmp::Reverse(resource.methods.len()));
        resources.truncate(MOST_EXAMPLES);
        let shown = resources.into_iter().map(|resource| {
            let methods = &resource.methods;
            let reads =
                |method: &&Method| method.http_method == "GET" && !method.example.deprecated;
            let method = methods.iter().find(reads).unwrap_or(&methods[0]);
            (resource.access.as_str(), method)
        });
        shown.collect()
    }
}
