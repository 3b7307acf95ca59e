//! What is made of the edits: what was accepted, what the versions have to be, and the verdict.

use std::cmp::Reverse;

use crate::attribution::Edits;
use crate::report::{Report, Row};
use crate::settings::Settings;
use crate::sides::Sides;
use crate::{document_version, unexplained, verdict};

/// Judges the edits, the worst first. `today`, as in `2026-11-22`, is the day on which acceptances expire.
pub fn judge(edits: Edits, sides: Sides, settings: &Settings, today: &str) -> Report {
    let Edits {
        mut rows,
        mut equivalent,
    } = edits;
    let Sides { mut base, mut head } = sides;
    let stale = settings.apply(&mut rows, today);
    document_version::settle(&mut rows, base.absent || head.absent);
    rows.sort_by_key(worst_first);
    if rows.is_empty() && equivalent.is_empty() {
        equivalent = unexplained::differences(&base.plain, &head.plain);
    }
    let verdict = verdict::verdict(&rows, &base, &head);
    let report = Report {
        title: head.about.name.clone(),
        verdict,
        base: std::mem::take(&mut base.about),
        head: std::mem::take(&mut head.about),
        rows,
        equivalent,
        stale,
        review_file: settings.file().to_owned(),
    };
    // Freeing large documents takes a while, for which nobody has to wait.
    std::thread::spawn(move || drop((base, head)));
    report
}

/// The worst first; then in the order of the file.
fn worst_first(row: &Row) -> impl Ord + use<> {
    let place = row.head.as_ref().or(row.base.as_ref());
    (
        Reverse((
            row.severity(),
            row.surface.bump,
            row.surface.fails_at_run_time,
        )),
        place.map_or(0, |place| place.line),
        row.location.clone(),
        row.fingerprint.clone(),
    )
}
