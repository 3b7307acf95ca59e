//! As much of a document as can be planned: for whoever compares documents and writes no files.

use std::sync::Arc;

use codegen::api::lower;
use codegen::diagnostic::{Diagnostics, Rejected, Source};
use codegen::document::{Document, Plain};
use codegen::policy::Policy;
use codegen::rust::{Crate, plan};

/// What a document was turned into.
#[derive(Debug)]
pub struct Partial {
    pub policy: Policy,
    pub sdk: Crate,
    /// Operations that the crate goes without, as `METHOD /path`.
    pub left_out: Vec<String>,
}

/// Plans what is supported of a document. Only what cannot be read as a document, or as a policy
/// file, is refused; what else is wrong is in the diagnostics and stops nothing, and an operation
/// that the generator refuses is left out.
pub fn plan(
    schema: &Plain,
    policy: Option<Arc<Source>>,
    diagnostics: &mut Diagnostics,
) -> Result<Partial, Rejected> {
    let mut found = Diagnostics::default();
    let document = Document::from_plain(schema, &mut found);
    let policy = match policy {
        Some(source) => Policy::parse(source, &mut found),
        None => Ok(Policy::default()),
    };
    diagnostics.extend(found);
    let (document, policy) = (document?, policy?);
    let lowered = lower::lower_what_can_be(&document, diagnostics);
    let (sdk, left_out) = plan::plan_what_is_supported(&document, &lowered, &policy, diagnostics);
    Ok(Partial {
        policy,
        sdk,
        left_out,
    })
}
