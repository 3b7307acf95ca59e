//! The formats that the policy maps to types, and the crates that those are from.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::Plan;
use crate::api::lower::UNSUPPORTED;
use crate::api::{Shape, UnknownFormat};
use crate::diagnostic::Diagnostic;
use crate::policy::{self, FormatPolicy, Policy};
use crate::rust::reserved::CRATES;
use crate::rust::{Dependency, Ty};

/// The types that the runtime reads by itself.
const OWN: [(&str, Ty); 3] = [
    ("String", Ty::String),
    ("jiff::Timestamp", Ty::Timestamp),
    ("jiff::civil::Date", Ty::Date),
];

/// Crates that need no version: they come with Rust, or with every generated crate.
fn is_there(name: &str) -> bool {
    CRATES.contains(&name)
}

/// The formats that the policy maps.
pub(super) fn mapped(policy: &Policy) -> HashSet<&str> {
    let formats = policy.formats.iter();
    formats
        .map(|(format, _)| format.get_ref().as_str())
        .collect()
}

impl Plan<'_> {
    /// Takes in what the policy says, and returns what the crate depends on for it.
    pub(super) fn formats(&mut self) -> Vec<Dependency> {
        let policy = self.policy;
        let mut dependencies = BTreeSet::new();
        for (format, stated) in &policy.formats {
            self.check_format(format.get_ref(), format.span());
            let (span, stated) = (stated.span(), stated.get_ref());
            if let Some(dependency) = self.dependency(stated, span) {
                dependencies.extend(dependency);
                let path = stated.path();
                let own = OWN.into_iter().find(|(name, _)| *name == path);
                let ty = own.map_or_else(|| Ty::Foreign(path.to_owned()), |(_, ty)| ty);
                self.formats.insert(format.get_ref().clone(), ty);
            }
        }
        self.check_versions(&dependencies);
        self.note_unknown();
        dependencies.into_iter().collect()
    }

    /// Each format that says nothing, once.
    fn note_unknown(&mut self) {
        for unknown in &self.api.unknown_formats {
            let UnknownFormat { name, count, .. } = unknown;
            if self.formats.contains_key(name) {
                continue;
            }
            let places = match count {
                1 => String::new(),
                n => format!(" ({n} places, the first is shown)"),
            };
            let message = format!("the format `{name}` has no effect on the type{places}");
            self.report(Diagnostic::note(UNSUPPORTED, message), &unknown.location);
        }
    }

    fn check_format(&mut self, name: &str, span: Range<usize>) {
        let has = |shape: &Shape| matches!(shape, Shape::String(format) if format.name() == name);
        if name.is_empty() || !self.api.types.iter().any(|ty| has(&ty.shape)) {
            let message = format!("no string of the document has the format `{name}`");
            let help = "correct the name, or remove the line";
            self.policy_error(policy::UNUSED, &message, span, help);
        }
    }

    /// The crate that the type is from, unless it is there anyway; nothing if it cannot be.
    fn dependency(
        &mut self,
        stated: &FormatPolicy,
        span: Range<usize>,
    ) -> Option<Option<Dependency>> {
        let path = stated.path();
        let names = || path.split("::");
        if path != "String" && (names().count() < 2 || !names().all(is_name)) {
            let message = format!("`{path}` is not the path of a type");
            let help = "write it with the name of its crate, as in `uuid::Uuid`";
            self.policy_error(policy::INVALID, &message, span, help);
            return None;
        }
        let of = names().next().unwrap_or_default();
        let name = stated.package().unwrap_or(of);
        match stated.version() {
            None if path == "String" || is_there(of) => return Some(None),
            None => {
                let message = format!("the version of `{name}` is missing");
                let help = format!("write {{ type = \"{path}\", version = \"1\" }}");
                self.policy_error(policy::INVALID, &message, span, &help);
            }
            Some(_) if path == "String" || is_there(of) => {
                let message = format!("`{of}` is there in a version of its own");
                let help = "leave out the version";
                self.policy_error(policy::INVALID, &message, span, help);
            }
            Some(version) if semver::VersionReq::parse(version).is_err() => {
                let message = format!("`{version}` is not a version of `{name}`");
                let help = "write it as in a manifest, as in \"1\" or \"1.2\"";
                self.policy_error(policy::INVALID, &message, span, help);
            }
            Some(_) if name.replace('-', "_") != of || !is_package(name) => {
                let message = format!("`{name}` is not the package of `{path}`");
                let help = "its name is that of the crate, with `-` or `_`";
                self.policy_error(policy::INVALID, &message, span, help);
            }
            Some(version) => {
                return Some(Some(Dependency {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    features: stated.features().to_vec(),
                }));
            }
        }
        None
    }

    /// Two types of one crate are of one version of it.
    fn check_versions(&mut self, dependencies: &BTreeSet<Dependency>) {
        let mut names = BTreeSet::new();
        for dependency in dependencies {
            if !names.insert(dependency.name.replace('-', "_")) {
                let name = &dependency.name;
                let message = format!("`{name}` is stated in two ways");
                let help = "write the same version and features wherever it is named";
                let mut stated = self.policy.formats.values();
                let own = |stated: &&toml::Spanned<FormatPolicy>| {
                    stated.get_ref().path().starts_with(&name.replace('-', "_"))
                };
                let span = stated.rfind(own).map_or(0..0, toml::Spanned::span);
                self.policy_error(policy::INVALID, &message, span, help);
            }
        }
    }
}

/// Whether a path may be made of the name.
fn is_name(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

fn is_package(name: &str) -> bool {
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
