//! What was found, as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::document::Judged;
use super::judging::Failure;

/// A line for the document, and one for each kind of failure, the most frequent first.
pub fn text(judged: &Judged, verbose: bool) -> String {
    let mut kinds: BTreeMap<&str, Vec<(&str, &Failure)>> = BTreeMap::new();
    for (operation, failure) in &judged.operations {
        if let Some(failure) = failure {
            kinds
                .entry(&failure.kind)
                .or_default()
                .push((operation, failure));
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, list)| (std::cmp::Reverse(list.len()), *kind));
    let mut text = line(&judged.document, good(judged), judged.operations.len());
    for (count, what) in [
        (judged.lenient, "are read by what they mean"),
        (
            judged.of_schemas,
            "cannot be read, where those that are made of the schemas can",
        ),
    ] {
        if count > 0 {
            writeln!(
                text,
                "         {count} responses violate the document and {what}"
            )
            .expect("a text takes everything");
        }
    }
    for (kind, list) in kinds {
        let example = list[0].0;
        let example = if verbose {
            String::new()
        } else {
            format!(" ({example})")
        };
        let written = writeln!(text, "{:7}  {kind}{example}", list.len());
        written.expect("a text takes everything");
        for (operation, failure) in list.iter().filter(|_| verbose) {
            writeln!(text, "           {operation}: {}", failure.what)
                .expect("a text takes everything");
        }
    }
    text
}

/// A line for each document, and one for all.
pub fn summary(all: &[Judged]) -> String {
    let mut text = String::from("\n");
    for judged in all {
        text.push_str(&line(
            &judged.document,
            good(judged),
            judged.operations.len(),
        ));
    }
    let (good, operations) = (
        all.iter().map(good),
        all.iter().map(|judged| judged.operations.len()),
    );
    text.push_str(&line("all", good.sum(), operations.sum()));
    text
}

fn good(judged: &Judged) -> usize {
    judged
        .operations
        .iter()
        .filter(|(_, failure)| failure.is_none())
        .count()
}

fn line(name: &str, good: usize, operations: usize) -> String {
    let share = if operations == 0 {
        100.0
    } else {
        100.0 * good as f64 / operations as f64
    };
    format!("{name}: {good} of {operations} operations good ({share:.1} %)\n")
}
