//! A schema that meant the same as another has a property more: major

use api::models::{Incident, Issue};

pub fn as_issue(incident: Incident) -> Issue {
    incident
}

fn main() {}
