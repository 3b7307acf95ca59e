//! What those who call have to do about an edit, where no item of the crate says it.

use crate::report::{Effect, Row};
use crate::taxonomy::{Direction, Severity};

pub fn of(row: &Row) -> &'static str {
    if row.surface.items.iter().any(|item| !item.note.is_empty()) {
        return "";
    }
    let bad = |direction| row.severity_in(direction) >= Some(Severity::Risky);
    let inbound = !row.effects.is_empty() && row.effects.iter().all(Effect::is_from_server);
    match (bad(Direction::Request), bad(Direction::Response)) {
        _ if row.severity() < Severity::Risky => "Nothing: calls work as before.",
        _ if inbound => {
            "Handle the server's requests, and respond to them, as the new document states."
        }
        (true, true) => {
            "Send only what the new document allows, and handle everything that it allows in responses."
        }
        (true, false) => {
            "Send only what the new document allows: some requests that were valid before are rejected."
        }
        (false, true) => "Handle everything that the new document allows in responses.",
        (false, false) => {
            "Check which calls rely on it, and change them to what the new document states."
        }
    }
}
