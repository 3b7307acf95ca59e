//! What is known of a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::classes;

/// How often each class was met.
pub type Counts = BTreeMap<String, usize>;

/// One document, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// The path below the folder of the documents, with `/`.
    pub document: String,
    /// Of the specification, as the document states it.
    pub version: String,
    /// None where no crate came out.
    pub generated: Option<Generated>,
    /// What was reported of the document, by class: errors where no crate came out, warnings otherwise.
    pub reported: Counts,
    /// Milliseconds of CPU that the whole took, files included. None where the system does not say.
    pub cpu_ms: Option<u64>,
    /// None where the crate was not compiled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
    /// None where no examples were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round_trip: Option<RoundTrip>,
}

/// A crate that came out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generated {
    pub package: String,
    pub operations: usize,
    pub types: usize,
    /// Operations of which no method could be made, each with the reason.
    pub left_out: Vec<String>,
    /// Lines of Rust, without the runtime and examples.
    pub lines: usize,
    /// Different examples of bodies that have a type.
    pub examples: usize,
    /// Those whose type is any JSON.
    pub untyped_examples: usize,
    /// Of all files.
    pub hash: String,
}

/// What the compiler found in a crate, by lint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Check {
    pub errors: Counts,
    pub warnings: Counts,
    /// The first of them, as the compiler prints them.
    pub messages: Vec<String>,
}

/// What became of the examples.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RoundTrip {
    /// By operation and body; None where it came back equal.
    pub examples: BTreeMap<String, Option<Failure>>,
}

/// Why an example did not come back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failure {
    /// Where in the example.
    pub at: String,
    pub why: String,
}

impl Failure {
    pub fn new(at: &str, why: &str) -> Self {
        let (at, why) = (at.to_owned(), why.to_owned());
        Self { at, why }
    }
}

impl RoundTrip {
    pub fn equal(&self) -> usize {
        self.examples
            .values()
            .filter(|failure| failure.is_none())
            .count()
    }

    /// Why examples did not come back, by class.
    pub fn classes(&self) -> Counts {
        let mut counts = Counts::new();
        for failure in self.examples.values().flatten() {
            *counts.entry(classes::of_reason(&failure.why)).or_default() += 1;
        }
        counts
    }
}
