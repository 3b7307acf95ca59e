//! What is known of a document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
}

/// A crate that came out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generated {
    pub package: String,
    pub operations: usize,
    pub types: usize,
    /// Operations and types of which nothing could be made.
    pub left_out: usize,
    /// Lines of Rust, without the runtime and examples.
    pub lines: usize,
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

impl Record {
    pub fn is_complete(&self) -> bool {
        self.generated
            .as_ref()
            .is_some_and(|crate_| crate_.left_out == 0)
    }

    pub fn compiles(&self) -> bool {
        self.check
            .as_ref()
            .is_some_and(|check| check.errors.is_empty())
    }

    pub fn is_clean(&self) -> bool {
        let clean = |check: &Check| check.errors.is_empty() && check.warnings.is_empty();
        self.check.as_ref().is_some_and(clean)
    }

    pub fn warnings(&self) -> Option<usize> {
        Some(self.check.as_ref()?.warnings.values().sum())
    }
}
