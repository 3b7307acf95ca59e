//! What those who call have to do about an edit, where no item of the crate says it.

use crate::report::{Effect, Row};
use crate::taxonomy::{Direction, Level};

pub fn of(row: &Row) -> &'static str {
    if row.surface.items.iter().any(|item| !item.note.is_empty()) {
        return "";
    }
    let bad = |direction| row.level_in(direction) >= Some(Level::Risky);
    let inbound = !row.effects.is_empty() && row.effects.iter().all(Effect::is_from_server);
    match (bad(Direction::Request), bad(Direction::Response)) {
        _ if row.level() < Level::Risky => "Nothing: callers go on as before.",
        _ if inbound => "Take the server's requests, and answer them, as the new document states.",
        (true, true) => {
            "Send what the new document allows, and be ready for all that it allows in answers."
        }
        (true, false) => {
            "Send what the new document allows: some of what was right before is refused."
        }
        (false, true) => "Be ready for all that the new document allows in answers.",
        (false, false) => "See which calls rely on it, and make them as the new document states.",
    }
}
