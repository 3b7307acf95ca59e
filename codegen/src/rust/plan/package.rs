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
        let stated = policy.name.as_ref().map(|name| name.get_ref().as_str());
        let name = match name.or(stated) {
            Some(stated) => stated.to_owned(),
            None => self.name_of_title(),
        };
        self.check_name(&name);
        self.check_version();
        let version = policy.version.as_ref().map_or("0.1.0", |v| v.get_ref());
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        Package {
            lib_name: name.replace('-', "_"),
            version: version.to_owned(),
            description: match &policy.description {
                Some(description) => description.clone(),
                None => format!("Rust SDK for {}", self.known_as()),
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

    /// What people call the API: its title, without what only says that the document is one of an API. A title that could be that
    /// of any says less than the host.
    fn known_as(&self) -> String {
        let title = docs::one_line(&self.api.title);
        let words = names::without_kind_of_document(&title);
        match self.name_of_host() {
            Some(host) if names::is_of_every_api(&names::package(words)) => {
                format!("the {} API", names::capitalized(&host))
            }
            _ => words.to_owned(),
        }
    }

    /// The files that somebody else writes, and those of them that are modules.
    pub(super) fn own_files(&mut self) -> (Vec<String>, Vec<String>) {
        let (mut files, mut modules) = (Vec::new(), Vec::new());
        for stated in &self.policy.own_files {
            let path = stated.get_ref();
            if !is_path_within(path) {
                let message = format!("`{path}` is no file in the folder of the crate");
                let help = "write its path as seen from there, with `/`: src/ext.rs";
                self.policy_error(policy::INVALID, &message, stated.span(), help);
                continue;
            }
            files.push(path.clone());
            let module = path.strip_prefix("src/");
            let module = module.and_then(|name| name.strip_suffix(".rs"));
            let Some(module) = module.filter(|name| !name.contains('/') && *name != "main") else {
                continue;
            };
            if names::module(module) == module {
                modules.push(module.to_owned());
            } else {
                let message = format!("`{module}` cannot be the name of a module");
                let help = "call it in snake_case, and by no keyword of Rust: src/ext.rs";
                self.policy_error(policy::INVALID, &message, stated.span(), help);
            }
        }
        modules.sort();
        modules.dedup();
        (files, modules)
    }

    /// The title as a name; one that is a word of Rust or a crate of that name gets an ending.
    fn name_of_title(&mut self) -> String {
        let title = match names::package(&self.api.title) {
            title if names::is_of_every_api(&title) => self.name_of_host().unwrap_or(title),
            title => title,
        };
        if is_package(&title) {
            return title;
        }
        let name = format!("{title}-api");
        let message = format!("`{title}` cannot be the name of a package: it is `{name}`");
        let help = "give it another by `--name` or in the policy file";
        let diagnostic = Diagnostic::warning(NAME, message).help(help);
        self.report(diagnostic, &self.document.location("/info/title"));
        name
    }

    /// Of `api.example.com`, where the title could be that of any API.
    fn name_of_host(&self) -> Option<String> {
        let url = &self.api.servers.first()?.url;
        let (_, rest) = url.split_once("://")?;
        let host = rest.split(['/', ':']).next()?;
        let mut labels: Vec<&str> = host.split('.').collect();
        let is_word = |label: &&str| label.bytes().all(|c| c.is_ascii_lowercase() || c == b'-');
        labels.pop().filter(is_word)?;
        // `example.co.uk`
        while labels.len() > 1 && labels.last().is_some_and(|last| last.len() < 4) {
            labels.pop();
        }
        let name = names::package(labels.pop().filter(is_word)?);
        is_package(&name).then_some(name)
    }

    fn check_name(&mut self, name: &str) {
        if is_package(name) {
            return;
        }
        let message = format!("`{name}` cannot be the name of a package");
        let help = "use letters, digits, `-` and `_`, beginning with a letter, and no keyword of Rust or name of a crate that the SDK uses";
        match &self.policy.package.name {
            Some(stated) if stated.get_ref() == name => {
                self.policy_error(policy::INVALID, &message, stated.span(), help);
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

/// Whether it is a path that leads nowhere else, in the one spelling that it has.
fn is_path_within(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.contains('\\')
        && !path.contains(':')
        && parts.all(|part| !["", ".", ".."].contains(&part) && !part.contains(char::is_control))
}

/// What Cargo takes as a name, and Rust in a `use`.
fn is_package(name: &str) -> bool {
    let snake = names::snake(name);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && snake == name.replace('-', "_").to_lowercase()
        && !CRATES.contains(&snake.as_str())
}
