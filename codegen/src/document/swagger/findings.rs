//! What is found while a document of Swagger 2.0 is rewritten.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::document::counted::Counted;
use crate::document::origins::Origins;
use crate::document::{Reporter, codes};

#[derive(Debug, Default)]
pub struct Findings {
    counted: Counted,
    /// Messages with their places in the document that is rewritten: what is shared is rewritten several times.
    seen: HashSet<(String, String)>,
}

impl Findings {
    /// What was written means something else, and plainly so.
    pub fn repaired(&mut self, message: &str, from: &str) {
        self.add(Diagnostic::warning(codes::REPAIRED, message), from);
    }

    /// What is valid, and has no word in OpenAPI 3.0.
    pub fn rewritten(&mut self, message: &str, from: &str) {
        self.add(Diagnostic::note(codes::REWRITTEN, message), from);
    }

    /// What has no effect on the crate.
    pub fn ignored(&mut self, message: &str, from: &str) {
        self.add(Diagnostic::note(codes::IGNORED, message), from);
    }

    /// What has no effect on the crate, and a caller would notice.
    pub fn missed(&mut self, message: &str, help: &str, from: &str) {
        let diagnostic = Diagnostic::warning(codes::IGNORED, message).help(help);
        self.add(diagnostic, from);
    }

    pub fn report(self, origins: &Origins, reporter: &mut Reporter<'_>) {
        let location = |pointer: &str| origins.earlier_location(pointer);
        self.counted.report(location, reporter);
    }

    fn add(&mut self, diagnostic: Diagnostic, from: &str) {
        let place = (diagnostic.message.clone(), from.to_owned());
        if self.seen.insert(place) {
            self.counted.add(diagnostic, || from.to_owned());
        }
    }
}
