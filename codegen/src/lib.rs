//! The generator: an OpenAPI document in, a complete Rust SDK crate out.
//!
//! ```text
//! path --load--> Document --lower--> Api --plan--> Crate --emit--> Files --write | compare--> disk
//! ```
//!
//! ```no_run
//! use codegen::{Diagnostics, Generator};
//!
//! let mut diagnostics = Diagnostics::default();
//! let generated = Generator::new("petstore.yaml").generate(&mut diagnostics);
//! for diagnostic in diagnostics.iter() {
//!     eprintln!("{}", diagnostic.render(false));
//! }
//! let files = generated?.files;
//! let difference = codegen::write("../petstore".as_ref(), &files)?;
//! println!("{} files written", difference.count());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::thread::Builder;

// The stages. They are public for the crate `review`, which compares what they make, and are no part of what this
// library promises.
#[doc(hidden)]
pub mod api;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod document;
mod embed;
mod emit;
#[doc(hidden)]
pub mod files;
mod format;
#[doc(hidden)]
pub mod left_out;
#[doc(hidden)]
pub mod location;
#[doc(hidden)]
pub mod lock;
#[doc(hidden)]
pub mod naming;
mod nearest;
#[doc(hidden)]
pub mod part;
#[doc(hidden)]
pub mod path_template;
#[doc(hidden)]
pub mod policy;
#[doc(hidden)]
pub mod rust;
mod threads;
#[doc(hidden)]
pub mod timings;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Rejected, Severity, Source, Span};
pub use files::{Difference, Error, Files, compare, compare_beside, write, write_beside};
pub use location::{FileId, Location, Pointer};

use api::Api;
use document::{Document, Part, Wanted, part as document_part};
use lock::Lock;
use part::Selection;
use policy::Policy;
use rust::Crate;
use timings::{Stage, stage};

/// What is generated from which document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generator {
    /// A document of OpenAPI 3.0 to 3.2 or Swagger 2.0, in YAML or JSON. Files that it refers to are read from
    /// its folder.
    pub schema: PathBuf,
    /// The policy file: package metadata, environment variables, method names.
    pub policy: Option<PathBuf>,
    /// The file of names that were inferred before, which are kept; it need not be there.
    pub lock: Option<PathBuf>,
    /// The name of the crate, in place of the policy file's or the one made of the document's title.
    pub name: Option<String>,
    /// Folders beside the document's own that it may refer to files of.
    pub allow_outside: Vec<PathBuf>,
    /// Overlays that are applied to the document, after those that the policy file names.
    pub overlays: Vec<PathBuf>,
    /// Patterns of `resource.method`, of which the crate is made with what they reach: `dns.**`. With none here and in
    /// [`paths`](Self::paths), those of the policy file count.
    pub only: Vec<String>,
    /// Patterns of paths, or of methods and paths, likewise: `/zones/**`, `GET /zones/{id}`.
    pub paths: Vec<String>,
    /// Every warning is an error, as with `deny_warnings = true` in the policy file.
    pub deny_warnings: bool,
    /// The process ends soon, and its memory with it: what is no longer needed is not taken apart, which takes a while for a large
    /// document.
    pub leaves_memory: bool,
}

/// The crate that a document becomes. Nothing of it is on the disk yet: [`write()`] puts it there, and [`compare()`] tells
/// whether it is there already.
#[derive(Debug)]
pub struct Generated {
    #[doc(hidden)]
    pub api: Api,
    /// Its names are those of the whole document, where this is a part of it.
    #[doc(hidden)]
    pub sdk: Crate,
    /// What the crate is without, where a part of the document was asked for.
    #[doc(hidden)]
    pub part: Option<Part>,
    /// The files of the crate.
    pub files: Files,
}

impl Generator {
    /// Of this document, without a policy.
    pub fn new(schema: impl Into<PathBuf>) -> Self {
        Self {
            schema: schema.into(),
            policy: None,
            lock: None,
            name: None,
            allow_outside: Vec::new(),
            overlays: Vec::new(),
            only: Vec::new(),
            paths: Vec::new(),
            deny_warnings: false,
            leaves_memory: false,
        }
    }

    /// Turns the document into the files of a crate. Nothing is written.
    ///
    /// # Errors
    ///
    /// [`Rejected`] if the input is no OpenAPI document, if the policy has errors, or if there are warnings and they are
    /// denied. What is wrong is in `diagnostics`, beside the warnings and notes that there are of any document: an
    /// operation that cannot be made is left out with a warning, and listed in the crate's README.
    pub fn generate(&self, diagnostics: &mut Diagnostics) -> Result<Generated, Rejected> {
        let policy = match &self.policy {
            Some(path) => Policy::load(path, diagnostics),
            None => Ok(Policy::default()),
        };
        let overlays = self.overlays(policy.as_ref().ok());
        let load = |wanted: Option<Wanted<'_>>, diagnostics: &mut Diagnostics| {
            Document::load(
                &self.schema,
                &self.allow_outside,
                &overlays,
                wanted,
                diagnostics,
            )
        };
        let mut found = Diagnostics::default();
        let document = load(None, &mut found);
        let lock = match &self.lock {
            Some(path) => Lock::load(path, diagnostics),
            None => Ok(Lock::default()),
        };
        let (document, mut policy, lock) = match (document, policy, lock) {
            (Ok(document), Ok(policy), Ok(lock)) => (document, policy, lock),
            _ => {
                diagnostics.extend(found);
                return Err(Rejected);
            }
        };
        let selection = Selection::of(&self.only, &self.paths, &policy);
        if selection.is_all() {
            diagnostics.extend(found);
            return self.made(document, &policy, lock, diagnostics);
        }
        // The names are those that the operations have in the whole.
        let mut api = lowered(&document, &mut found);
        let whole = self.planned(&document, &mut api, &policy, lock, &mut found);
        let listed = document_part::operations(&document.value);
        let names = whole.operation_names();
        let wanted = selection.wanted(&listed, &names, &policy, diagnostics);
        if found.gate().is_err() {
            diagnostics.extend(found);
            return Err(Rejected);
        }
        let wanted = wanted?;
        let document = load(Some(&|one| wanted.contains(&one.key())), diagnostics)?;
        policy.is_for_more = true;
        let mut part = self.made(document, &policy, whole.names.clone(), diagnostics)?;
        part.sdk.names = whole.names;
        Ok(part)
    }

    fn planned(
        &self,
        document: &Document,
        api: &mut Api,
        policy: &Policy,
        lock: Lock,
        diagnostics: &mut Diagnostics,
    ) -> Crate {
        let name = self.name.as_deref();
        stage(Stage::Plan, || {
            rust::plan::plan(document, api, policy, lock, name, diagnostics)
        })
    }

    fn made(
        &self,
        mut document: Document,
        policy: &Policy,
        lock: Lock,
        diagnostics: &mut Diagnostics,
    ) -> Result<Generated, Rejected> {
        let mut api = lowered(&document, diagnostics);
        // What comes after takes the memory that the document had; only where all of it stands is still asked for.
        self.give_back(document.take_values());
        let sdk = self.planned(&document, &mut api, policy, lock, diagnostics);
        diagnostics.gate()?;
        if self.deny_warnings || policy.deny_warnings {
            diagnostics.deny_warnings();
            diagnostics.gate()?;
        }
        let part = document.part.take();
        self.give_back(document);
        let mut files = stage(Stage::Emit, || emit::emit(&sdk));
        files.extend(embed::runtime());
        if let Some(root) = files.get("src/webhooks.rs") {
            let parts = embed::webhooks(root);
            files.extend(parts);
        }
        for own in &policy.own_files {
            if files.contains_key(own.get_ref()) || own.get_ref() == files::LIST {
                let message = format!("`{}` is the generator's", own.get_ref());
                let help = "call yours otherwise, or remove it here";
                policy.report(
                    policy::INVALID,
                    &message,
                    Some(own.span()),
                    help,
                    diagnostics,
                );
            }
        }
        diagnostics.gate()?;
        Ok(Generated {
            api,
            sdk,
            part,
            files,
        })
    }
}

fn lowered(document: &Document, diagnostics: &mut Diagnostics) -> Api {
    stage(Stage::Lower, || api::lower::lower(document, diagnostics))
}

impl Generator {
    /// Gives memory back beside what follows, or here, where there is no thread for it.
    fn give_back(&self, value: impl Send + 'static) {
        if self.leaves_memory {
            std::mem::forget(value);
        } else {
            let _ = Builder::new().spawn(|| drop(value));
        }
    }

    /// Those of the policy file are seen from its folder.
    fn overlays(&self, policy: Option<&Policy>) -> Vec<PathBuf> {
        let folder = self.policy.as_deref().and_then(Path::parent);
        let beside = |name: &String| folder.unwrap_or(Path::new("")).join(name);
        let named = policy.into_iter().flat_map(|policy| &policy.overlays);
        let mut overlays: Vec<PathBuf> = named.map(beside).collect();
        overlays.extend_from_slice(&self.overlays);
        overlays
    }
}

impl Generated {
    /// The name and the version of the crate.
    pub fn package(&self) -> (&str, &str) {
        (&self.sdk.package.name, &self.sdk.package.version)
    }

    /// The text of the lock: the names that were inferred, those that were kept among them.
    pub fn lock(&self) -> String {
        self.sdk.names.to_string()
    }

    /// The files beside these that are somebody's own, for [`write_beside`] and [`compare_beside`].
    pub fn own_files(&self) -> &[String] {
        &self.sdk.own_files
    }

    /// How many operations have a method; one that takes or returns several media types may have several.
    pub fn operations(&self) -> usize {
        let methods = self.sdk.methods().into_iter();
        let operations = methods.map(|method| (&method.http_method, &method.path));
        operations.collect::<HashSet<_>>().len()
    }

    /// How many operations of the document have none.
    pub fn left_out(&self) -> usize {
        self.sdk.left_out.len()
    }

    /// How many models there are.
    pub fn types(&self) -> usize {
        self.sdk.models.iter().map(|file| file.items.len()).sum()
    }
}
