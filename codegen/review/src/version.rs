//! What the document's own version says, once it is known what was accepted.

use super::{Area, Kind, Level, Row};

/// Nobody has to raise the version for breaks that were accepted, or that are none to the team: a row
/// that asks for it goes, and one that tells of another version only tells. A document that is not there
/// has no version to raise.
pub fn settle(rows: &mut Vec<Row>, absent: bool) {
    let breaking = |row: &Row| row.level() == Level::Breaking && row.accepted.is_none();
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
    let lifecycle =
        |effect: &super::Effect| (effect.area, effect.kind) == (Area::Info, Kind::Lifecycle);
    row.pointer == "/info/version" && row.effects.iter().any(lifecycle)
}

fn value(place: &Option<super::Place>) -> String {
    let value = place.as_ref().map(|place| &place.value);
    value.map_or_else(String::new, |value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    })
}
