//! `cargo xtask names`: what operations are called, and how often as in another SDK.

use std::collections::BTreeMap;
use std::path::PathBuf;

use cargo_sdk::outcome::line;
use codegen::naming::words;
use codegen::rust::Resource;

use crate::driver;
use crate::replay::names::{self, Named};
use crate::tools::{self, Result};

pub const HELP: &str = "\
Prints METHOD, path and resource.method of each operation, separated by tabs. OFFICIAL is a table with the columns `method`,
`path` and the name, separated by tabs: of its operations it prints how many are called exactly so, and how many nearly, which
is up to the words list, all and search; get, retrieve and view; create, add and send; update, edit, modify, patch and replace;
delete and remove; plurals; and the suffix by which the variants of one operation for an account and a zone differ.

Exit codes: 0 all is printed, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,
    /// The policy file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The names in another SDK
    #[arg(long, value_name = "FILE")]
    pub official: Option<PathBuf>,
    /// Print what differs
    #[arg(long)]
    pub verbose: bool,
}

/// `METHOD` and path, to the name.
type Names = BTreeMap<(String, String), String>;

pub fn run(options: &Options) -> Result<tools::Outcome> {
    let generated = driver::generate(&options.schema, options.config.as_deref())?;
    let mut names = Names::new();
    for resource in &generated.sdk.resources {
        collect(resource, "", &mut names);
    }
    let Some(official) = &options.official else {
        for ((method, path), name) in &names {
            line(format_args!("{method}\t{path}\t{name}"));
        }
        return Ok(tools::Outcome::Fine);
    };
    let score = Score::of(&names, &names::read(official)?);
    if options.verbose {
        for one in &score.different {
            line(format_args!("{one}"));
        }
    }
    line(format_args!(
        "{} operations: {:.3} exact, {:.3} near",
        score.operations,
        score.share(score.exact),
        score.share(score.near)
    ));
    Ok(tools::Outcome::Fine)
}

/// Of an operation with several methods the first.
fn collect(resource: &Resource, outer: &str, names: &mut Names) {
    let plain = |name: &str| name.trim_start_matches("r#").to_owned();
    let path = format!("{outer}{}.", plain(&resource.name));
    for method in &resource.methods {
        let key = (method.http_method.clone(), method.path.clone());
        let name = format!("{path}{}", plain(&method.name));
        names.entry(key).or_insert(name);
    }
    for child in &resource.children {
        collect(child, &path, names);
    }
}

/// How many operations are called as in the other SDK.
#[derive(Debug, Default)]
struct Score {
    operations: usize,
    exact: usize,
    near: usize,
    different: Vec<String>,
}

impl Score {
    fn of(names: &Names, official: &[Named]) -> Self {
        let mut by_operation: BTreeMap<(&str, &str), Vec<&Named>> = BTreeMap::new();
        for one in official {
            let key = (one.method.as_str(), one.path.as_str());
            by_operation.entry(key).or_default().push(one);
        }
        let mut score = Self::default();
        for ((method, path), official) in by_operation {
            let key = (method.to_owned(), path.to_owned());
            let own = names.get(&key).map_or("", String::as_str);
            score.operations += 1;
            score.exact += usize::from(official.iter().any(|one| one.plain() == own));
            if official.iter().any(|one| is_near(own, one)) {
                score.near += 1;
            } else {
                let official: Vec<String> = official.iter().map(|one| one.plain()).collect();
                let official = official.join(", ");
                score
                    .different
                    .push(format!("{method}\t{path}\t{own}\t{official}"));
            }
        }
        score
    }

    fn share(&self, count: usize) -> f64 {
        count as f64 / self.operations.max(1) as f64
    }
}

const SYNONYMS: [&[&str]; 5] = [
    &["list", "all", "search"],
    &["get", "retrieve", "view"],
    &["create", "add", "send"],
    &["update", "edit", "modify", "patch", "replace"],
    &["delete", "remove"],
];

fn is_near(own: &str, official: &Named) -> bool {
    let expected = near(&official.plain());
    let mut scopes = ["_for_account", "_for_zone"].iter();
    let of_scope = scopes.find_map(|suffix| own.strip_suffix(suffix));
    near(own) == expected || of_scope.is_some_and(|own| official.shared && near(own) == expected)
}

/// One spelling of all that are near.
fn near(name: &str) -> String {
    let (resources, method) = name.rsplit_once('.').unwrap_or(("", name));
    let mut groups = SYNONYMS.iter();
    let group = groups.find(|group| group.contains(&method));
    let method = group.map_or_else(|| singular(method), |group| group[0].to_owned());
    format!("{}.{method}", singular(resources))
}

/// Each word without the ending of a plural.
fn singular(text: &str) -> String {
    let parts = text.split('.').map(|part| {
        let words: Vec<String> = part.split('_').map(words::singular).collect();
        words.join("_")
    });
    parts.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_of_one_spelling() {
        assert_eq!(near("customers.all"), near("customer.search"));
        assert_eq!(near("intel.ip_lists.get"), near("intel.ip_list.retrieve"));
        assert_ne!(near("a.create"), near("a.update"));
        assert_ne!(near("a.b.get"), near("a.get"));
    }
}
