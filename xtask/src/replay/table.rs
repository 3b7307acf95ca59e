//! The kinds of differences, counted.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Replayed;
use super::compare::Finding;
use super::requests::Expected;

/// How many examples of a kind are named.
const EXAMPLES: usize = 3;

/// A line for each kind, the most frequent first, with requests that show it; or with each difference.
pub fn text(expected: &[Expected], replayed: &[Replayed], verbose: bool) -> String {
    let mut kinds: BTreeMap<&str, Vec<(&Expected, &Finding)>> = BTreeMap::new();
    for (request, replayed) in expected.iter().zip(replayed) {
        for finding in &replayed.findings {
            kinds
                .entry(&finding.kind)
                .or_default()
                .push((request, finding));
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, list)| (std::cmp::Reverse(list.len()), *kind));
    let mut text = String::new();
    for (kind, list) in kinds {
        let mut names: Vec<&str> = list
            .iter()
            .map(|(request, _)| request.method_name.as_str())
            .collect();
        names.dedup();
        let more = if names.len() > EXAMPLES { ", …" } else { "" };
        names.truncate(EXAMPLES);
        let names = format!("{}{more}", names.join(", "));
        let written = if verbose {
            writeln!(text, "{:5}  {kind}", list.len())
        } else {
            writeln!(text, "{:5}  {kind} ({names})", list.len())
        };
        written.expect("a text takes everything");
        for (request, finding) in list.iter().filter(|_| verbose) {
            let (name, arguments) = (&request.method_name, &request.arguments);
            writeln!(text, "         {name} {arguments}: {}", finding.what)
                .expect("a text takes everything");
        }
    }
    text.push_str(&by_unknown_arm(expected, replayed));
    text
}

/// What the document does not allow, and the crate sends all the same.
fn by_unknown_arm(expected: &[Expected], replayed: &[Replayed]) -> String {
    let both = expected.iter().zip(replayed);
    let requests = both.filter(|(_, replayed)| replayed.by_unknown_arm);
    let mut names: Vec<&str> = requests
        .map(|(request, _)| request.method_name.as_str())
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let count = names.len();
    names.dedup();
    format!(
        "note: {count} bodies that are not valid by the document are sent by the arm of their union for unlisted values ({})\n",
        names.join(", ")
    )
}
