//! The names that operations have in another SDK: a table with the columns `method`, `path` and the name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::tools::{Result, Unable};

/// The column of the name; the third, where a table has no such column.
const COLUMN: &str = "official_2024_08";
/// A name that an operation of an account and one of a zone share, since a caller says by an argument which is meant.
const SHARED: &str = " (account_or_zone)";

/// An operation with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub method: String,
    pub path: String,
    pub name: String,
    /// Another operation has the same name.
    pub shared: bool,
}

impl Named {
    /// Without the mark of keywords of the other language.
    pub fn plain(&self) -> String {
        let parts = self.name.split('.').map(|name| name.trim_end_matches('_'));
        parts.collect::<Vec<_>>().join(".")
    }
}

/// The operations that have a name.
pub fn read(path: &Path) -> Result<Vec<Named>> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| crate::tools::cannot("read", path, &error))?;
    parse(&text).ok_or_else(|| {
        Unable(format!(
            "{}: it has no columns `method`, `path` and `{COLUMN}`, separated by tabs",
            path.display()
        ))
    })
}

fn parse(text: &str) -> Option<Vec<Named>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next()?.split('\t').collect();
    let column = |name: &str| head.iter().position(|column| *column == name);
    let (method, path) = (column("method")?, column("path")?);
    let name = column(COLUMN).or_else(|| (head.len() > 2).then_some(2))?;
    let named = lines.flat_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim()).to_owned();
        let names = cell(name);
        // An operation may have several.
        let names = names.split(',').map(str::trim);
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let named = names.into_iter().map(|stated| Named {
            method: cell(method),
            path: cell(path),
            name: stated.trim_end_matches(SHARED).to_owned(),
            shared: stated.ends_with(SHARED),
        });
        named.collect::<Vec<_>>()
    });
    Some(named.collect())
}

/// What the policy file calls them, by `METHOD /path`. Of those that share a name the methods end in what they are of:
/// `list_of_accounts`, `list_of_zones`.
pub fn pinned(named: &[Named]) -> BTreeMap<String, String> {
    let mut pinned = BTreeMap::new();
    for one in named {
        let name = one.plain();
        let of = one.path.split('/').find(|part| !part.is_empty());
        let name = match of.filter(|_| one.shared) {
            Some(of) => format!("{name}_of_{of}"),
            None => name,
        };
        let operation = format!("{} {}", one.method, one.path);
        pinned.entry(operation).or_insert(name);
    }
    pinned
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
method\tpath\tofficial_5\tofficial_2024_08
GET\t/accounts/{id}/rules\trules.all\trules.list (account_or_zone)
GET\t/zones/{id}/rules\trules.all\trules.list (account_or_zone)
GET\t/plans\tx\tplans.list,zones.plans.list
POST\t/jobs/import\tx\tjobs.import_
PUT\t/jobs\tx\t
";

    #[test]
    fn names_are_pinned_where_the_policy_can_say_them() {
        let named = parse(TABLE).unwrap();
        assert_eq!(named.len(), 5);
        assert!(
            named
                .iter()
                .any(|one| one.name == "zones.plans.list" && one.path == "/plans")
        );
        let pinned: Vec<String> = pinned(&named).into_values().collect();
        let expected = [
            "rules.list_of_accounts",
            "plans.list",
            "rules.list_of_zones",
            "jobs.import",
        ];
        assert_eq!(pinned, expected);
        assert_eq!(parse("method\tpath\n"), None);
        assert_eq!(
            parse("method\tpath\tname\nGET\t/a\ta.b\n").unwrap()[0].name,
            "a.b"
        );
    }
}
