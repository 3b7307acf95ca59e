//! Two documents compared: what changes for callers on the wire.
//!
//! Operations are matched first, and from them pairs of schemas, each pair once for each way it is
//! used. An edit is recorded where it was made, however many operations reach it.

use codegen::document::Plain;
use document::{Document, Version};
use engine::Engine;
use unchanged::Unchanged;

pub use rows::Wire;

mod annotations;
mod bodies;
mod components;
mod constraints;
mod credentials;
mod discriminator;
mod document;
mod drafts;
mod edit;
mod encodings;
mod engine;
mod equivalence;
mod headers;
mod info;
mod keywords;
mod kinds;
mod lifecycle;
mod matching;
mod model;
mod mutability;
mod numbers;
mod operation;
mod operation_pairs;
mod operations;
mod pairs;
mod parameters;
mod properties;
mod reach;
mod references;
mod renames;
mod rows;
mod rules;
mod schema;
mod schema_pair;
mod schemas;
mod security;
mod server_variables;
mod servers;
mod spelling;
mod structure;
mod subject;
mod tags;
mod texts;
mod types;
mod unchanged;
mod unions;
mod values;
mod walk;
mod webhooks;

/// Compares two documents. `today`, as in `2026-11-22`, is the day that sunsets are judged by.
pub fn compare(base: &Plain, head: &Plain, today: &str) -> Wire {
    let mut documents = (Document::new(&base.value), Document::new(&head.value));
    let forms = [documents.0.version, documents.1.version].contains(&Version::V20);
    documents.0.forms_are_parameters = forms;
    documents.1.forms_are_parameters = forms;
    let unchanged = Unchanged::new((&documents.0, &documents.1), [base.graph(), head.graph()]);
    let mut engine = Engine::new(&documents.0, &documents.1, &unchanged, today);
    operations::compare(&mut engine);
    webhooks::compare(&mut engine);
    engine.run();
    security::compare(&mut engine);
    components::compare(&mut engine);
    engine.run();
    info::compare(&mut engine);
    tags::compare(&mut engine);
    Wire::of(engine, base, head)
}
