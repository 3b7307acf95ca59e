//! Another meaning: a row where the edit was made, and the same from the other side.

use codegen::location::Location;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use review::{Report, Row};
use serde_json::Value;

use crate::properties::dice::Dice;
use crate::properties::documents::documents;
use crate::properties::{compared, edits};

/// What a comment on GitHub holds.
const LONGEST_COMMENT: usize = 65_536;

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_has_a_row_where_it_was_made(document in documents(), seed: u64) {
        for edit in edits::ALL {
            let mut other = document.clone();
            if let Some(place) = (edit.apply)(&mut other, &mut Dice::new(seed)) {
                let report = compared::values(&document, &other);
                let found = report.rows.iter().any(|row| is_near(row, &place));
                prop_assert!(found, "{} at {place}:\n{}", edit.name, compared::lines(&report));
                swapped(edit.name, &report, &compared::values(&other, &document))?;
            }
        }
    }

    #[test]
    fn many_edits_at_once(document in documents(), seed: u64) {
        let other = edited(&document, &mut Dice::new(seed));
        let (report, back) = (compared::values(&document, &other), compared::values(&other, &document));
        prop_assert_eq!(compared::flaw(&report), None);
        prop_assert_eq!(compared::flaw(&back), None);
    }

    #[test]
    fn the_same_bytes_for_the_same_documents(document in documents(), seed: u64) {
        let other = edited(&document, &mut Dice::new(seed));
        let faces = compared::faces(&compared::values(&document, &other));
        for _ in 0..2 {
            prop_assert_eq!(&compared::faces(&compared::values(&document, &other)), &faces);
        }
        prop_assert!(faces[1].len() <= LONGEST_COMMENT);
    }
}

fn edited(document: &Value, dice: &mut Dice) -> Value {
    let mut other = document.clone();
    for edit in edits::ALL {
        (edit.apply)(&mut other, dice);
    }
    other
}

/// At the place, in it, or at what it belongs to.
fn is_near(row: &Row, place: &str) -> bool {
    let within = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let places = [&row.base, &row.head]
        .into_iter()
        .flatten()
        .map(|at| &*at.location.pointer);
    let mut places = places.chain([&*row.location.pointer]);
    places.any(|at| !at.is_empty() && (within(at, place) || within(place, at)))
}

/// What was added one way is removed the other way.
fn swapped(name: &str, there: &Report, back: &Report) -> Result<(), TestCaseError> {
    for report in [there, back] {
        prop_assert_eq!(compared::flaw(report), None, "{}", name);
    }
    let (there_sides, back_sides) = (sides(there, false), sides(back, true));
    prop_assert_eq!(
        there_sides,
        back_sides,
        "{}:\n{}\nand back:\n{}",
        name,
        compared::lines(there),
        compared::lines(back)
    );
    Ok(())
}

/// On which sides each edit of the wire has a place.
fn sides(report: &Report, swapped: bool) -> Vec<(Option<Location>, Option<Location>)> {
    let place = |at: &Option<review::Place>| at.as_ref().map(|at| at.location.clone());
    let rows = report.rows.iter().filter(|row| compared::counts(row));
    let mut sides: Vec<_> = rows
        .map(|row| {
            if swapped {
                (place(&row.head), place(&row.base))
            } else {
                (place(&row.base), place(&row.head))
            }
        })
        .collect();
    sides.sort();
    sides
}
