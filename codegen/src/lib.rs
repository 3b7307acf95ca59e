//! The generator: an OpenAPI document in, a complete Rust SDK crate out.
//!
//! ```text
//! path --load--> Document --lower--> Api --plan--> Crate --emit--> Files --write | compare--> disk
//! ```

use std::path::Path;

pub mod api;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod embed;
mod emit;
pub mod files;
mod format;
pub mod partial;
pub mod policy;
pub mod rust;
mod template;

use api::Api;
use diagnostic::{Diagnostics, Rejected};
use document::Document;
use files::Files;
use policy::Policy;
use rust::Crate;

/// What a document was turned into.
#[derive(Debug)]
pub struct Generated {
    pub api: Api,
    pub sdk: Crate,
    pub files: Files,
}

/// Turns a document into the files of a crate. Nothing is written; everything that is wrong, or
/// good to know, is in `diagnostics`.
pub fn generate(
    schema: &Path,
    policy: Option<&Path>,
    name: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Result<Generated, Rejected> {
    let document = Document::load(schema, diagnostics);
    let policy = match policy {
        Some(path) => Policy::load(path, diagnostics),
        None => Ok(Policy::default()),
    };
    let (document, policy) = (document?, policy?);
    let api = api::lower::lower(&document, diagnostics)?;
    let sdk = rust::plan::plan(&document, &api, &policy, name, diagnostics)?;
    let mut files = emit::emit(&sdk);
    files.extend(embed::runtime());
    Ok(Generated { api, sdk, files })
}
