//! The manifest.

use super::{NAME, Plan};
use crate::diagnostic::Diagnostic;
use crate::policy;
use crate::rust::reserved::CRATES;
use crate::rust::{Package, docs, names};

impl Plan<'_> {
    /// `name` is the one given on the command line.
    pub(super) fn package(&mut self, name: Option<&str>) -> Package {
        let policy = &self.policy.package;
        let title = names::package(&self.api.title);
        let stated = policy.name.as_ref().map(|name| name.get_ref().as_str());
        let name = name.or(stated).unwrap_or(&title).to_owned();
        self.check_name(&name);
        self.check_version();
        let version = policy.version.as_ref().map_or("0.1.0", |v| v.get_ref());
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        Package {
            lib_name: name.replace('-', "_"),
            version: version.to_owned(),
            description: match &policy.description {
                Some(description) => description.clone(),
                None => format!("Rust SDK for {}", docs::first_sentence(&self.api.title)),
            },
            license: or_empty(&policy.license),
            repository: or_empty(&policy.repository),
            homepage: or_empty(&policy.homepage),
            documentation: or_empty(&policy.documentation),
            keywords: policy.keywords.clone(),
            categories: policy.categories.clone(),
            name,
        }
    }

    /// What Cargo takes as a name, and Rust in a `use`.
    fn check_name(&mut self, name: &str) {
        let fine = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && names::snake(name).trim_start_matches("r#") == name.replace('-', "_").to_lowercase()
            && !names::snake(name).starts_with("r#")
            && !CRATES.contains(&name.replace('-', "_").as_str());
        if fine {
            return;
        }
        let message = format!("`{name}` cannot be the name of a package");
        let help = "use letters, digits and `-`, beginning with a letter, and no keyword of Rust";
        match &self.policy.package.name {
            Some(stated) if stated.get_ref() == name => {
                self.policy_error(policy::INVALID, &message, stated.span(), help);
            }
            _ if name == names::package(&self.api.title) => {
                let help = "give the package another name by `--name` or in the policy file";
                let diagnostic = Diagnostic::error(NAME, message).help(help);
                self.report(diagnostic, &self.document.location("/info/title"));
            }
            _ => self
                .diagnostics
                .push(Diagnostic::error(NAME, message).help(help)),
        }
    }

    fn check_version(&mut self) {
        let Some(version) = &self.policy.package.version else {
            return;
        };
        let fine = semver::Version::parse(version.get_ref()).is_ok();
        if !fine {
            let message = format!("`{}` is not a version", version.get_ref());
            let help = "write three numbers, as in 0.1.0 (https://semver.org)";
            self.policy_error(policy::INVALID, &message, version.span(), help);
        }
    }
}
