//! What the document's own version says, once it is known what was accepted.

use crate::report::{Effect, Place, Row};
use crate::taxonomy::{Area, Kind, Severity};

/// Nobody has to raise the version for breaks that were accepted, or whose severity the team lowered. A row
/// that asks for it goes then; where the version differs, the row says no more than that. A document that
/// does not exist has no version to raise.
pub fn settle(rows: &mut Vec<Row>, absent: bool) {
    let breaking = |row: &Row| row.severity() == Severity::Breaking && row.accepted.is_none();
    if !absent && rows.iter().any(breaking) {
        return;
    }
    rows.retain(|row| !judges(row) || (!absent && value(&row.base) != value(&row.head)));
    for row in rows.iter_mut().filter(|row| judges(row)) {
        let (before, after) = (value(&row.base), value(&row.head));
        row.message = format!("the document's version changed from `{before}` to `{after}`");
    }
}

fn judges(row: &Row) -> bool {
    let lifecycle = |effect: &Effect| (effect.area, effect.kind) == (Area::Info, Kind::Lifecycle);
    &*row.location.pointer == "/info/version" && row.effects.iter().any(lifecycle)
}

fn value(place: &Option<Place>) -> String {
    let value = place.as_ref().map(|place| &place.value);
    value.map_or_else(String::new, |value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    })
}
