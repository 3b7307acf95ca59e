//! From the crate as data to its files: the only place with `quote!`. Nothing is decided here, and
//! nothing can fail.

use std::collections::BTreeMap;

use crate::files::Files;
use crate::rust::{Crate, Method, ModelFile, Resource};
use crate::threads::share_out;

mod attrs;
mod bodies;
mod client;
mod enums;
mod examples;
mod fakes;
mod functions;
mod headers;
mod imports;
mod library;
mod long_running;
mod manifest;
mod methods;
mod models;
mod options;
mod pages;
mod parameters;
mod readme;
mod resources;
mod samples;
mod security;
mod servers;
mod streams;
mod structs;
mod tokens;
mod unions;
mod webhooks;
mod wrap;

/// Every file of the crate but those of the runtime.
pub fn emit(sdk: &Crate) -> Files {
    let mut files = BTreeMap::new();
    files.insert("Cargo.toml".to_owned(), manifest::manifest(sdk));
    files.insert("rustfmt.toml".to_owned(), manifest::RUSTFMT.to_owned());
    files.insert("src/lib.rs".to_owned(), library::library(sdk));
    if sdk.uses.authentication {
        files.insert("src/security.rs".to_owned(), security::security(sdk));
    }
    if !sdk.headers.headers.is_empty() {
        files.insert("src/headers.rs".to_owned(), headers::headers(&sdk.headers));
    }
    if let Some(stated) = &sdk.webhooks {
        let text = webhooks::webhooks(sdk, stated);
        files.insert("src/webhooks.rs".to_owned(), text);
    }
    if !sdk.models.is_empty() {
        files.insert("src/models.rs".to_owned(), models::index(sdk));
    }
    if !sdk.resources.is_empty() {
        files.insert("src/resources.rs".to_owned(), resources::index(sdk));
    }
    // What takes long by itself comes first.
    let mut parts: Vec<Part<'_>> = vec![Part::Client, Part::Readme];
    parts.extend(sdk.models.iter().map(Part::Model));
    for resource in &sdk.resources {
        resource_parts(resource, "src/resources", &mut parts);
    }
    parts.extend(sdk.shown().into_iter().map(Part::Example));
    let made = share_out(&parts, |part| part.file(sdk));
    files.append(&mut made.into_iter().collect());
    files
}

/// What becomes a file by itself.
enum Part<'a> {
    Client,
    Readme,
    Model(&'a ModelFile),
    /// With the path of its file.
    Resource(String, &'a Resource),
    Example(&'a Method),
}

impl Part<'_> {
    /// The path and the text.
    fn file(&self, sdk: &Crate) -> (String, String) {
        match self {
            Self::Client => ("src/client.rs".to_owned(), client::client(sdk)),
            Self::Readme => ("README.md".to_owned(), readme::readme(sdk)),
            Self::Model(model) => (
                format!("src/models/{}.rs", model.module),
                models::file(model),
            ),
            Self::Resource(path, resource) => (format!("{path}.rs"), resources::file(resource)),
            Self::Example(method) => (
                format!("examples/{}.rs", method.example.name),
                examples::program(sdk, method),
            ),
        }
    }
}

fn resource_parts<'a>(resource: &'a Resource, folder: &str, parts: &mut Vec<Part<'a>>) {
    let path = format!("{folder}/{}", resource.module);
    for child in &resource.children {
        resource_parts(child, &path, parts);
    }
    parts.push(Part::Resource(path, resource));
}
