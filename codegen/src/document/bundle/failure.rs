//! References that lead nowhere, and why.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::codes;

/// Why a reference leads nowhere.
#[derive(Debug, Clone)]
pub struct Failure {
    pub code: Code,
    /// In one sentence without a final period.
    pub message: String,
    pub help: String,
}

/// By the text of the reference, seen from the document itself.
pub type Failures = BTreeMap<String, Failure>;

impl Failure {
    pub fn elsewhere(reference: &str) -> Self {
        Self::external(
            format!("`{reference}` is no file beside the document"),
            "nothing is fetched: save it in the folder of the document, and refer to it by a relative \
             path",
        )
    }

    pub fn outside(path: &str) -> Self {
        Self::external(
            format!("`{path}` is outside of the document's folder"),
            "move it into the folder, or allow its own with `--allow-outside DIR`",
        )
    }

    pub fn missing(path: &str) -> Self {
        Self::external(
            format!("there is no file `{path}`"),
            "the path is seen from the file that holds the reference: correct it, or add the file",
        )
    }

    pub fn unreadable(path: &str, why: &str) -> Self {
        let help = "the files of a document are YAML or JSON in UTF-8";
        Self::external(format!("`{path}` cannot be read: {why}"), help)
    }

    pub fn alone(reference: &str) -> Self {
        Self::external(
            format!("`{reference}` is in another file"),
            "the document is read by its text alone here",
        )
    }

    pub fn nothing(reference: &str, path: &str) -> Self {
        Self {
            code: codes::DANGLING_REFERENCE,
            message: format!("nothing is at `{reference}` (in `{path}`)"),
            help: "define it there, or correct the reference".to_owned(),
        }
    }

    pub fn cycle(reference: &str) -> Self {
        Self {
            code: codes::REFERENCE_CYCLE,
            message: format!("`{reference}` leads back to itself"),
            help: "one of the references on the way must become an object".to_owned(),
        }
    }

    pub fn multiplied(reference: &str) -> Self {
        Self {
            code: codes::LIMIT,
            message: format!("`{reference}` multiplies the document beyond any use"),
            help: "let files that are put together refer to less".to_owned(),
        }
    }

    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(self.code, &self.message).help(&self.help)
    }

    fn external(message: String, help: &str) -> Self {
        Self {
            code: codes::EXTERNAL_REFERENCE,
            message,
            help: help.to_owned(),
        }
    }
}
