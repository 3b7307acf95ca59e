//! One test for each folder of `tests/review/`: two small documents that differ in one way, and what
//! the review finds.
//!
//! In a folder whose name starts with `same_`, both documents mean the same.

use libtest_mimic::Trial;
use review::{Effect, Place, Report, Row, Severity};
use tests::changes::{self, folder};

const SAME: &str = "same_";
/// Has tests of its own.
const SEEDS: &str = "seeds";

pub fn trials() -> Vec<Trial> {
    let trials = names().into_iter().map(|name| {
        Trial::test(format!("review/{name}"), move || {
            run(&name);
            Ok(())
        })
    });
    trials.collect()
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(folder("")).expect("the folder is read");
    let entries = entries.map(|entry| entry.expect("an entry is read"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != SEEDS).collect();
    names.sort();
    names
}

fn run(name: &str) {
    let report = changes::report(name);
    if name.starts_with(SAME) {
        assert!(report.rows.is_empty(), "{}", short(&report));
        assert!(!report.equivalent.is_empty(), "no edit was found at all");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(name));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("report", short(&report)));
}

/// What the comparison decides, without what a face makes of it.
fn short(report: &Report) -> String {
    let verdict = &report.verdict;
    let (wire, rust) = (verdict.wire.word(), verdict.surface.word());
    let mut text = format!("wire: {wire}; crate: {rust}\n");
    // That the document's version was not raised is the same in all cases.
    let rows = report.rows.iter();
    for row in rows.filter(|row| &*row.location.pointer != "/info/version") {
        text.push_str(&edit(row));
    }
    for edit in &report.equivalent {
        text.push_str(&format!(
            "\nsame: {}\n  {}\n",
            edit.message, edit.location.pointer
        ));
    }
    for side in [&report.base, &report.head] {
        if let Some(why) = &side.rejected {
            text.push_str(&format!("\nno crate: {why}\n"));
        }
    }
    text
}

fn edit(row: &Row) -> String {
    let line = |place: &Option<Place>| {
        let line = place.as_ref().map(|place| place.line.to_string());
        line.unwrap_or_else(|| "-".to_owned())
    };
    let lines = format!("{} -> {}", line(&row.base), line(&row.head));
    let mut text = format!("\n{} ({lines})\n  {}\n", row.message, row.location.pointer);
    for found in &row.effects {
        text.push_str(&effect(found));
    }
    let items = &row.surface.items;
    if row.surface.fails_at_run_time && !items.iter().any(|item| item.fails_at_run_time) {
        text.push_str("  the crate fails at run time\n");
    }
    for item in items {
        let fails = if item.fails_at_run_time {
            ", fails at run time"
        } else {
            ""
        };
        let bump = item.bump.word();
        text.push_str(&format!("  crate {bump}{fails}: {}\n", item.path));
    }
    if let Some(renamed) = &row.renamed {
        let (from, to) = (&renamed.from, &renamed.to);
        let softened = renamed.softened_by.replace('\n', " ");
        text.push_str(&format!("  renamed {from} -> {to}; {softened}\n"));
        text.push_str(&format!("  called {}\n", row.fingerprint));
        if row.severity() >= Severity::Risky && !row.advice.is_empty() {
            text.push_str(&format!("  {}\n", row.advice));
        }
        let notes = row.surface.items.iter().map(|item| item.note.as_str());
        for note in notes.filter(|note| !note.is_empty()) {
            text.push_str(&format!("  {note}\n"));
        }
    }
    text.push_str(&match row.operations.len() {
        0 => String::new(),
        count @ 1..=2 => format!("  reached by {count}: {}\n", row.operations.join(", ")),
        count => format!("  reached by {count}\n"),
    });
    text
}

fn effect(effect: &Effect) -> String {
    let (area, direction) = (effect.area.word(), effect.direction.word());
    let (kind, action) = (effect.kind.word(), effect.action.word());
    let note = match effect.note.as_str() {
        "" => String::new(),
        note => format!(": {note}"),
    };
    let severity = effect.severity.word();
    format!("  {severity} {area}/{direction}/{kind}/{action}{note}\n")
}
