//! Names of components behind a package or a version: `io.k8s.api.core.v1.Pod` is `Pod`, where no other is.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Plan;
use crate::api::{Api, Origin};
use crate::rust::names::pascal;

/// What is shorter says too little alone.
const SHORTEST: usize = 3;

/// How many parts of a package are tried as what distinguishes names.
const DEEPEST: usize = 8;

/// So many components show what all of their names begin with.
const SEVERAL: usize = 5;

impl Plan<'_> {
    /// As the policy says, or else as the author does, without the package.
    pub(super) fn component_name(&self, name: &str) -> String {
        match (self.pinned_name(name), self.unpackaged.get(name)) {
            (Some(renamed), _) => pascal(renamed.get_ref()),
            (None, Some(short)) => short.clone(),
            (None, None) => pascal(name),
        }
    }
}

/// What components are called that are in packages, by their names.
pub(super) fn without_packages(api: &Api) -> HashMap<String, String> {
    let named = api.type_ids().filter_map(|id| match &api.ty(id).origin {
        Origin::Component(name) => Some(name.as_str()),
        _ => None,
    });
    let names: BTreeSet<&str> = named.collect();
    if !names.iter().any(|name| parts(name).nth(1).is_some()) {
        return HashMap::new();
    }
    let short = unpackaged(&names.into_iter().collect::<Vec<_>>());
    let short = short.into_iter();
    short
        .map(|(name, short)| (name.to_owned(), short))
        .collect()
}

fn unpackaged<'n>(names: &[&'n str]) -> HashMap<&'n str, String> {
    let root = shared_root(names);
    let mut alike: BTreeMap<String, Vec<Dotted<'n>>> = BTreeMap::new();
    for name in names {
        let dotted = Dotted::of(name, &root);
        let own = pascal(dotted.own).to_lowercase();
        alike.entry(own).or_default().push(dotted);
    }
    let called = alike.values().flat_map(|group| {
        let parts = distinguishing(group);
        group.iter().map(move |one| (one, one.with(&parts)))
    });
    let called: Vec<(&Dotted<'_>, String)> = called.collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, name) in &called {
        *counts.entry(name.to_lowercase()).or_default() += 1;
    }
    let short = called
        .into_iter()
        .filter(|(one, name)| one.own != one.stated && counts[&name.to_lowercase()] == 1);
    short.map(|(one, name)| (one.stated, name)).collect()
}

/// A name, its own part and what is before that, the nearest first.
struct Dotted<'n> {
    stated: &'n str,
    own: &'n str,
    package: Vec<&'n str>,
}

impl<'n> Dotted<'n> {
    fn of(stated: &'n str, root: &[&str]) -> Self {
        let mut package: Vec<&str> = parts(stated).collect();
        let own = package.pop().unwrap_or_default();
        let is_within = !root.is_empty() && package.starts_with(root);
        let is_above = !package.is_empty() && root.starts_with(&package);
        let is_rooted = is_within || is_above;
        let is_type = own.starts_with(|c: char| c.is_ascii_uppercase());
        let is_in_package = is_type && package.iter().all(|part| is_package(part));
        if package.is_empty() || !(is_rooted || is_in_package) {
            return Self {
                stated,
                own: stated,
                package: Vec::new(),
            };
        }
        if is_rooted {
            package.drain(..root.len().min(package.len()));
        }
        package.reverse();
        Self {
            stated,
            own,
            package,
        }
    }

    fn with(&self, parts: &std::ops::Range<usize>) -> String {
        let end = parts.end.min(self.package.len());
        let kept = self.package.get(parts.start..end).unwrap_or_default();
        let kept = kept.iter().rev().copied().chain([self.own]);
        pascal(&kept.collect::<Vec<_>>().join("_"))
    }
}

/// Which parts of their packages distinguish names: none, one, or several in a row up to the name.
fn distinguishing(group: &[Dotted<'_>]) -> std::ops::Range<usize> {
    let is_short = group.iter().any(|one| one.own.len() < SHORTEST);
    let deepest = group.iter().map(|one| one.package.len()).max();
    let deepest = deepest.unwrap_or_default();
    let tried = deepest.min(DEEPEST);
    let alone = (0..tried).map(|at| at..at + 1);
    let in_row = (2..=tried).map(|end| 0..end);
    let none = std::iter::once(0..0).filter(|_| !is_short);
    let mut ways = none.chain(alone).chain(in_row);
    let distinguishes = |parts: &std::ops::Range<usize>| {
        let mut known = HashSet::new();
        let mut names = group.iter().map(|one| one.with(parts).to_lowercase());
        names.all(|name| known.insert(name))
    };
    ways.find(distinguishes).unwrap_or(0..deepest)
}

/// What nearly all names begin with that have several parts, as the name of a company and of its program, where half have them.
fn shared_root<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let mut root: Vec<&str> = Vec::new();
    let packages = names.iter().map(|name| {
        let mut package: Vec<&str> = parts(name).collect();
        package.pop();
        package
    });
    let packages: Vec<Vec<&str>> = packages.filter(|package| !package.is_empty()).collect();
    while packages.len() >= SEVERAL && packages.len() * 2 >= names.len() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for package in packages.iter().filter(|one| one.starts_with(&root)) {
            if let Some(next) = package.get(root.len()) {
                *counts.entry(next).or_default() += 1;
            }
        }
        let mut shared = counts.into_iter();
        match shared.find(|(_, count)| count * 10 >= packages.len() * 9) {
            Some((next, _)) => root.push(next),
            None => break,
        }
    }
    root
}

/// What is between full stops, or the two underscores of Python's modules, and the version that the gateway of gRPC puts before
/// a name: `v1Item`.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split('.').flat_map(|part| part.split("__"));
    parts.flat_map(|part| {
        let (version, own) = part.split_at(version_before(part));
        [version, own].into_iter().filter(|part| !part.is_empty())
    })
}

/// How long the version is that is written together with the name behind it.
fn version_before(part: &str) -> usize {
    let Some(digits) = part.strip_prefix('v') else {
        return 0;
    };
    let own = digits
        .find(|c: char| c.is_ascii_uppercase())
        .unwrap_or_default();
    let version = &digits[..own];
    let (number, stage) =
        version.split_at(version.find(|c: char| !c.is_ascii_digit()).unwrap_or(own));
    let stage = stage.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_version = !number.is_empty() && ["", "alpha", "beta"].contains(&stage);
    if is_version { own + 1 } else { 0 }
}

/// Packages and modules are in small letters.
fn is_package(part: &str) -> bool {
    let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    part.contains(|c: char| c.is_ascii_lowercase()) && part.chars().all(is_small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_kept_where_it_distinguishes_names() {
        for (names, called) in [
            (vec!["io.k8s.api.core.v1.Pod"], vec!["Pod"]),
            (
                vec!["a.core.v1.Pod", "a.apps.v1.Pod", "a.core.v1.Node"],
                vec!["CorePod", "AppsPod", "Node"],
            ),
            (
                vec!["apps.v1.Set", "apps.v2.Set", "core.v2.Set"],
                vec!["AppsV1Set", "AppsV2Set", "CoreV2Set"],
            ),
            (vec!["dto.User", "User"], vec!["DtoUser", ""]),
            (vec!["gin.H"], vec!["GinH"]),
            (vec!["app__models__Item"], vec!["Item"]),
            (
                vec!["v1Item", "v1beta1Item", "v1Log", "v1", "v2ray", "vX"],
                vec!["V1Item", "V1beta1Item", "Log", "", "", ""],
            ),
            (
                vec!["billing.session", "Outer.Inner", "a.B.C"],
                vec!["", "", ""],
            ),
            (
                vec![
                    "Acme.Api.A1",
                    "Acme.Api.Bar",
                    "Acme.Dto.Cat",
                    "Acme.Dog",
                    "Acme.Eel",
                ],
                vec!["ApiA1", "Bar", "Cat", "Dog", "Eel"],
            ),
            (vec!["core.Pod", "CorePod", "x.Pod"], vec!["", "", "XPod"]),
            (
                vec!["a.b.user", "a.b.site", "a.b.c.user", "a.b.c.d", "a.b.log"],
                vec!["User", "Site", "CUser", "CD", "Log"],
            ),
            (
                vec![
                    "a.b",
                    "a.b.call",
                    "a.b.fax",
                    "a.b.sms",
                    "a.b.call.part",
                    "plain",
                ],
                vec!["B", "Call", "Fax", "Sms", "Part", ""],
            ),
        ] {
            let short = unpackaged(&names);
            let found = names
                .iter()
                .map(|name| short.get(name).map_or("", String::as_str));
            assert_eq!(found.collect::<Vec<_>>(), called, "{names:?}");
        }
    }
}
