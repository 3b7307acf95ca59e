//! Other words, the same meaning: nothing that callers meet.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use codegen::diagnostic::Diagnostics;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use review::Report;
use tests::sample::Sample;

use crate::properties::dice::Dice;
use crate::properties::documents::{documents, known, known_values};
use crate::properties::{compared, rewrites};

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn another_spelling_changes_nothing(document in documents(), seed: u64) {
        let base = Written::new(compared::yaml(&document));
        for rewrite in rewrites::ALL {
            let mut other = document.clone();
            if (rewrite.apply)(&mut other, &mut Dice::new(seed)) {
                both_ways(rewrite.name, &base, compared::yaml(&other))?;
            }
        }
    }

    #[test]
    fn many_spellings_at_once_change_nothing(document in documents(), seed: u64) {
        let mut dice = Dice::new(seed);
        let mut other = document.clone();
        let mut names = Vec::new();
        for _ in 0..6 {
            let rewrite = &rewrites::ALL[dice.below(rewrites::ALL.len())];
            // A name can be given once.
            if !names.contains(&rewrite.name) && (rewrite.apply)(&mut other, &mut dice) {
                names.push(rewrite.name);
            }
        }
        let base = Written::new(compared::yaml(&document));
        both_ways(&names.join(", "), &base, compared::shuffled(&other, &mut dice))?;
    }

    #[test]
    fn another_order_or_syntax_changes_nothing(document in documents(), seed: u64) {
        let base = Written::new(compared::yaml(&document));
        let json = serde_json::to_string_pretty(&document).expect("values can be written");
        let shuffled = compared::shuffled(&document, &mut Dice::new(seed));
        for other in [json, shuffled] {
            both_ways("order", &base, other)?;
        }
    }
}

#[test]
fn a_document_is_equal_to_itself() {
    for (name, text) in known() {
        if let Some(report) = compared::texts(&text, &text) {
            assert_eq!(report.rows, [], "{name}");
            assert_eq!(report.equivalent, [], "{name}");
        }
    }
}

#[test]
fn known_documents_in_other_words_are_the_same() {
    let mut problems = Vec::new();
    let sample = Sample::of_run();
    for (number, (name, document)) in known_values().into_iter().enumerate() {
        let base = Written::new(compared::yaml(&document));
        let rewrites = rewrites::ALL.into_iter().enumerate();
        for (index, rewrite) in rewrites.filter(|(index, _)| sample.has(number + index)) {
            let mut other = document.clone();
            let mut dice = Dice::new(index as u64);
            if (rewrite.apply)(&mut other, &mut dice) {
                let head = compared::shuffled(&other, &mut dice);
                if let Err(error) = both_ways(rewrite.name, &base, head) {
                    problems.push(format!("{name}: {error}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// A document, and the crate that it becomes, which is made once for all that the document is compared with.
struct Written {
    text: String,
    words: OnceCell<Option<Words>>,
}

impl Written {
    fn new(text: String) -> Self {
        Self {
            text,
            words: OnceCell::new(),
        }
    }

    fn words(&self) -> &Option<Words> {
        self.words.get_or_init(|| crate_of(&self.text))
    }
}

fn both_ways(name: &str, base: &Written, head: String) -> Result<(), TestCaseError> {
    let head = Written::new(head);
    let there = compared::texts(&base.text, &head.text);
    let back = compared::texts(&head.text, &base.text);
    let (there, back) = (there.expect("documents"), back.expect("documents"));
    for (report, way) in [(&there, "there"), (&back, "back")] {
        if let Some(problem) = said(report) {
            return Err(TestCaseError::fail(format!("{name}, {way}: {problem}")));
        }
    }
    // The crate's docs and the names of arguments follow a path that is written in another way.
    let operation =
        |pointer: &str| pointer.starts_with("/paths/") && pointer.matches('/').count() == 3;
    let moved = there
        .equivalent
        .iter()
        .any(|edit| operation(&edit.location.pointer));
    if there.rows.is_empty()
        && back.rows.is_empty()
        && !moved
        && let Some(problem) = difference(base.words(), head.words())
    {
        return Err(TestCaseError::fail(format!(
            "{name}: no rows, and {problem}"
        )));
    }
    Ok(())
}

/// What a report on equal documents should not say.
fn said(report: &Report) -> Option<String> {
    let rows: Vec<String> = report
        .rows
        .iter()
        .filter(|row| compared::counts(row))
        .map(compared::line)
        .collect();
    let silent = report.rows.is_empty()
        && report.equivalent.is_empty()
        && report.base.text != report.head.text;
    match (rows.as_slice(), silent) {
        ([], false) => compared::flaw(report),
        ([], true) => Some("nothing tells of the edit".to_owned()),
        _ => Some(rows.join("\n")),
    }
}

type Words = BTreeMap<String, Vec<String>>;

/// The files of the crate, their words in no order: members come in the order of the document.
pub fn crate_of(document: &str) -> Option<Words> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("schema.yaml");
    std::fs::write(&path, document).expect("the document can be written");
    generated(&path)
}

fn generated(schema: &Path) -> Option<Words> {
    let generated = codegen::Generator::new(schema)
        .generate(&mut Diagnostics::default())
        .ok()?;
    // The example is chosen by the order of the document.
    let own = |name: &str| name.starts_with("src/") && !name.contains("runtime");
    // Which file of models a type is in is private, and follows the place that is first.
    let files = generated.files.into_iter().filter(|(name, _)| own(name));
    let mut all = Words::new();
    for (name, text) in files.filter(|(name, _)| name != "src/models.rs") {
        let name = if name.starts_with(MODELS) {
            MODELS.to_owned()
        } else {
            name
        };
        all.entry(name).or_default().extend(words(&text));
    }
    all.values_mut().for_each(|words| words.sort());
    Some(all)
}

const MODELS: &str = "src/models/";

/// Sorted. Each member is with its presence, which is written once for those that follow each other; the examples of
/// methods are not among them, as those of unions are of the first alternative, nor the first names of options, which are
/// all in the table of these, nor imports, which follow from what is there.
fn words(text: &str) -> Vec<String> {
    let mut without_examples = String::new();
    let (mut within, mut of_options, mut of_imports) = (false, false, false);
    for line in text.lines() {
        let start = line.trim_start();
        of_imports |= line.starts_with("use ");
        if of_imports {
            of_imports = !line.ends_with(';');
            continue;
        }
        let fence = start.starts_with("/// ```");
        of_options = start.starts_with(OPTIONS) || of_options && start.starts_with("///   ");
        if !within && !fence && !of_options && !is_whereabouts(start) {
            without_examples.push_str(line);
            without_examples.push('\n');
        }
        within ^= fence;
    }
    let mut words = Vec::new();
    for (index, part) in without_examples.split("members!(").enumerate() {
        let (members, rest) = match part.split_once("});").filter(|_| index > 0) {
            Some((members, rest)) => (members, rest),
            None => ("", part),
        };
        let members = members.split(';').flat_map(present);
        words.extend(members.filter(|member| !member.is_empty()));
        let rest = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.extend(rest.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    words.sort();
    words
}

const OPTIONS: &str = "/// - Optional, set on the [request]";

/// Where a model stands is said of one that stands in one place alone.
fn is_whereabouts(line: &str) -> bool {
    let of = [
        "/// An alternative of [`",
        "/// An item of [`",
        "/// A value of [`",
    ];
    of.iter().any(|begin| line.starts_with(begin))
        || (line.starts_with("/// `") && line.contains("` of [`"))
}

/// `required name, age.exact()` as two members.
fn present(group: &str) -> Vec<String> {
    let group = group.rsplit('{').next().unwrap_or(group).trim();
    let Some((presence, members)) = group.split_once(' ') else {
        return vec![group.to_owned()];
    };
    let members = members.split(',').map(str::trim);
    let members = members.filter(|member| !member.is_empty());
    members
        .map(|member| format!("{presence} {member}"))
        .collect()
}

/// The first file that differs, and how.
pub fn difference(base: &Option<Words>, head: &Option<Words>) -> Option<String> {
    let (base, head) = (base.as_ref()?, head.as_ref()?);
    let names: std::collections::BTreeSet<&String> = base.keys().chain(head.keys()).collect();
    names.into_iter().find_map(|name| {
        let (before, after) = (base.get(name), head.get(name));
        let only = |of: Option<&Vec<String>>, other: Option<&Vec<String>>| -> Vec<String> {
            let mut left: Vec<&String> = other.into_iter().flatten().collect();
            let words = of.into_iter().flatten();
            let missing = words.filter(|word| {
                let found = left.iter().position(|one| one == word);
                found.map(|at| left.swap_remove(at)).is_none()
            });
            missing.take(9).cloned().collect()
        };
        (before != after).then(|| {
            format!(
                "{name} differs: {:#?} became {:#?}",
                only(before, after),
                only(after, before)
            )
        })
    })
}
