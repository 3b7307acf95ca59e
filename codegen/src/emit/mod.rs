//! From the crate as data to its files: the only place with `quote!`. Nothing is decided here, and
//! nothing can fail.

use std::collections::BTreeMap;

use crate::files::Files;
use crate::rust::{Crate, Resource};

mod attrs;
mod client;
mod enums;
mod examples;
mod functions;
mod imports;
mod library;
mod manifest;
mod methods;
mod models;
mod parameters;
mod readme;
mod resources;
mod samples;
mod security;
mod structs;
mod tokens;
mod unions;
mod wrap;

/// Every file of the crate but those of the runtime.
pub fn emit(sdk: &Crate) -> Files {
    let mut files = BTreeMap::new();
    files.insert("Cargo.toml".to_owned(), manifest::manifest(sdk));
    files.insert("README.md".to_owned(), readme::readme(sdk));
    files.insert("rustfmt.toml".to_owned(), manifest::RUSTFMT.to_owned());
    files.insert("src/lib.rs".to_owned(), library::library(sdk));
    files.insert("src/client.rs".to_owned(), client::client(sdk));
    if sdk.uses.authentication {
        files.insert("src/security.rs".to_owned(), security::security(sdk));
    }
    if !sdk.models.is_empty() {
        files.insert("src/models.rs".to_owned(), models::index(sdk));
    }
    for model in &sdk.models {
        files.insert(
            format!("src/models/{}.rs", model.module),
            models::file(model),
        );
    }
    if !sdk.resources.is_empty() {
        files.insert("src/resources.rs".to_owned(), resources::index(sdk));
    }
    for resource in &sdk.resources {
        resource_files(resource, "src/resources", &mut files);
    }
    for method in sdk.methods() {
        let path = format!("examples/{}.rs", method.example.name);
        files.insert(path, examples::program(sdk, method));
    }
    files
}

fn resource_files(resource: &Resource, folder: &str, files: &mut Files) {
    let path = format!("{folder}/{}", resource.module);
    files.insert(format!("{path}.rs"), resources::file(resource));
    for child in &resource.children {
        resource_files(child, &path, files);
    }
}
