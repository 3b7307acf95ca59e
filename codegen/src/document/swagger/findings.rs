//! What is found while a document of Swagger 2.0 is rewritten: each kind once, with how often it was found.

use indexmap::{IndexMap, IndexSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::check::places;
use crate::document::origins::Origins;
use crate::document::{Reporter, codes};

#[derive(Debug, Default)]
pub struct Findings {
    /// By message.
    found: IndexMap<String, Finding>,
}

#[derive(Debug)]
struct Finding {
    code: Code,
    severity: Severity,
    help: &'static str,
    /// In the document that is rewritten, each once.
    places: IndexSet<String>,
}

impl Findings {
    /// What was written means something else, and plainly so.
    pub fn repaired(&mut self, message: &str, from: &str) {
        self.add(codes::REPAIRED, Severity::Warning, message, "", from);
    }

    /// What is valid, and has no word in OpenAPI 3.0.
    pub fn rewritten(&mut self, message: &str, from: &str) {
        self.add(codes::REWRITTEN, Severity::Note, message, "", from);
    }

    /// What has no effect on the crate.
    pub fn ignored(&mut self, message: &str, from: &str) {
        self.add(codes::IGNORED, Severity::Note, message, "", from);
    }

    /// What has no effect on the crate, and a caller would notice.
    pub fn missed(&mut self, message: &str, help: &'static str, from: &str) {
        self.add(codes::IGNORED, Severity::Warning, message, help, from);
    }

    pub fn report(self, origins: &Origins, reporter: &mut Reporter<'_>) {
        for (message, finding) in self.found {
            let message = format!("{message}{}", places(finding.places.len()));
            let diagnostic = match finding.severity {
                Severity::Warning => Diagnostic::warning(finding.code, message),
                _ => Diagnostic::note(finding.code, message),
            };
            let diagnostic = match finding.help {
                "" => diagnostic,
                help => diagnostic.help(help),
            };
            let first = finding.places.first().map_or("", |first| first);
            reporter.at_key(diagnostic, &origins.earlier_location(first));
        }
    }

    fn add(
        &mut self,
        code: Code,
        severity: Severity,
        message: &str,
        help: &'static str,
        from: &str,
    ) {
        let new = || Finding {
            code,
            severity,
            help,
            places: IndexSet::new(),
        };
        let finding = self.found.entry(message.to_owned()).or_insert_with(new);
        finding.places.insert(from.to_owned());
    }
}
