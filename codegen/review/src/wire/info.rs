//! `info`, the document's version above all, and the document's own keywords.

use serde_json::Value;

use super::document::{At, WEBHOOKS};
use super::edit::{Edit, shown};
use super::engine::Engine;
use super::{rules, texts};
use crate::taxonomy::Area;

pub fn compare<'a>(engine: &mut Engine<'a, '_>) {
    let (base, head) = (engine.base.root(), engine.head.root());
    if let (Some(before), Some(after)) = (base.get("info"), head.get("info")) {
        for edit in texts::compare("`info`", &before, &after, &["version"]) {
            engine.of_document(edit, Area::Info);
        }
        version(engine, &before, &after);
    }
    for edit in texts::compare("the document", &base, &head, &COMPARED) {
        engine.of_document(edit, Area::Info);
    }
    if engine.base.version != engine.head.version {
        let stated = |at: &At<'a>| at.get("openapi").or(at.get("swagger"));
        let name = |at: &At<'a>| match stated(at).map(|at| at.value) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "of no version".to_owned(),
        };
        let message = format!("OpenAPI {} before, {} now", name(&base), name(&head));
        let place = |at: &At<'a>| stated(at).unwrap_or_else(|| at.clone());
        engine.respelled(&place(&head), message, &place(&base));
    }
}

const COMPARED: [&str; 20] = [
    "openapi",
    "swagger",
    "info",
    "paths",
    "webhooks",
    WEBHOOKS,
    "components",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "servers",
    "tags",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "$schema",
];

/// Whether the document's version says what its edits are.
fn version<'a>(engine: &mut Engine<'a, '_>, base: &At<'a>, head: &At<'a>) {
    let breaking = engine.drafts.any_is_breaking();
    let (Some(before), Some(after)) = (base.get("version"), head.get("version")) else {
        return;
    };
    let text = |at: &At<'_>| shown(at.value);
    let numbers = |at: &At<'_>| at.value.as_str().and_then(parsed);
    let (old, new) = (numbers(&before), numbers(&after));
    let (rule, message) = match (old, new) {
        (Some(old), Some(new)) if breaking && new < old => {
            let message = format!(
                "the document's version went back from {} to {}",
                text(&before),
                text(&after)
            );
            (&rules::VERSION_BEHIND, message)
        }
        (Some(old), Some(new)) if breaking && new == old => {
            let message = format!(
                "the change breaks callers, and the document's version is still {}",
                text(&after)
            );
            (&rules::VERSION_SAME, message)
        }
        (Some(old), Some(new)) if breaking && new.0 == old.0 => {
            let message = format!(
                "the change breaks callers, and the document's version only went from {} to {}",
                text(&before),
                text(&after)
            );
            (&rules::VERSION_MINOR, message)
        }
        _ if before.value != after.value => {
            let message = format!(
                "the document's version changed from {} to {}",
                text(&before),
                text(&after)
            );
            (&rules::TEXT_CHANGED, message)
        }
        _ => return,
    };
    engine.of_document(Edit::changed(rule, message, &before, &after), Area::Info);
}

fn parsed(version: &str) -> Option<(u64, u64, u64)> {
    let text = version.trim().trim_start_matches(['v', 'V']);
    let text = text.split(['-', '+']).next()?;
    let mut numbers = text.split('.').map(|number| number.parse::<u64>().ok());
    let major = numbers.next()??;
    let mut rest = || numbers.next().unwrap_or(Some(0));
    Some((major, rest()?, rest()?))
}
