//! What surrounds the operations: servers, `info`, tags, and all text for people.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Engine;
use super::document::{At, Version};
use super::edit::{Edit, Spot, shown};
use super::{rules, webhooks};
use crate::{Area, Level};

pub fn compare<'a>(engine: &mut Engine<'a, '_>) {
    let (base, head) = (engine.base.root(), engine.head.root());
    if let (Some(before), Some(after)) = (base.get("info"), head.get("info")) {
        for edit in texts("`info`", &before, &after, &["version"]) {
            engine.whole(edit, Area::Info);
        }
        version(engine, &before, &after);
    }
    for edit in texts("the document", &base, &head, &COMPARED) {
        engine.whole(edit, Area::Info);
    }
    tags(engine, &base, &head);
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
    webhooks::EXTENSION,
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
    let breaking = engine.drafts.iter().any(|draft| {
        draft
            .effects
            .iter()
            .any(|effect| effect.level == Level::Breaking)
    });
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
                "the wire breaks and the document's version is still {}",
                text(&after)
            );
            (&rules::VERSION_SAME, message)
        }
        (Some(old), Some(new)) if breaking && new.0 == old.0 => {
            let message = format!(
                "the wire breaks and the document's version is {} after {}",
                text(&after),
                text(&before)
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
    engine.whole(Edit::changed(rule, message, &before, &after), Area::Info);
}

fn parsed(version: &str) -> Option<(u64, u64, u64)> {
    let text = version.trim().trim_start_matches(['v', 'V']);
    let text = text.split(['-', '+']).next()?;
    let mut numbers = text.split('.').map(|number| number.parse::<u64>().ok());
    let major = numbers.next()??;
    let mut rest = || numbers.next().unwrap_or(Some(0));
    Some((major, rest()?, rest()?))
}

/// The server URLs. `moved`: a part of the path went from there into the paths, or back.
pub fn servers(engine: &mut Engine<'_, '_>, moved: bool) {
    let list = |root: &At<'_>, version| -> Vec<(String, Spot)> {
        if version == Version::V20 {
            let part = |key: &str| root.text(key).unwrap_or("").to_owned();
            let url = format!("{}{}", part("host"), part("basePath"));
            let key = match root.value.get("host") {
                Some(_) => "/host",
                None => "/basePath",
            };
            return match url.as_str() {
                "" => Vec::new(),
                _ => vec![(without_scheme(&url), Spot::new(key, url.clone()))],
            };
        }
        let mut found = Vec::new();
        for at in root
            .get("servers")
            .into_iter()
            .flat_map(|at| at.items().collect::<Vec<_>>())
        {
            if let Some(url) = at.text("url") {
                found.push((without_scheme(url), Spot::from(&at)));
            }
        }
        found
    };
    let base = list(&engine.base.root(), engine.base.version);
    let head = list(&engine.head.root(), engine.head.version);
    let host = |url: &str| url.split('/').next().unwrap_or("").to_owned();
    let has = |list: &[(String, Spot)], url: &str| {
        list.iter()
            .any(|(other, _)| other == url || (moved && host(other) == host(url)))
    };
    let gone: Vec<_> = base.iter().filter(|(url, _)| !has(&head, url)).collect();
    let come: Vec<_> = head.iter().filter(|(url, _)| !has(&base, url)).collect();
    let mut edits: Vec<Edit> = reordered(&base, &head).into_iter().collect();
    if let ([(from, old)], [(to, new)]) = (gone.as_slice(), come.as_slice()) {
        let message = format!("the server `{from}` became `{to}`");
        edits.push(Edit::changed(
            &rules::SERVER_CHANGED,
            message,
            old.clone(),
            new.clone(),
        ));
    } else {
        let first = |url: &str| head.first().is_some_and(|(first, _)| first == url);
        for (url, spot) in come {
            edits.push(match base.first() {
                Some((before, _)) if first(url) => {
                    let message = format!("the server `{url}` was added in front of `{before}`");
                    let rule = &rules::SERVER_BEFORE_OTHERS;
                    Edit::added(rule, message, spot.clone()).note(FIRST)
                }
                _ => {
                    let message = format!("the server `{url}` was added");
                    Edit::added(&rules::ADDED, message, spot.clone())
                }
            });
        }
        for (url, spot) in gone {
            let message = format!("the server `{url}` was removed");
            edits.push(Edit::removed(&rules::SERVER_REMOVED, message, spot.clone()));
        }
    }
    for edit in edits {
        engine.whole(edit, Area::Servers);
    }
}

const FIRST: &str = "clients that are told no server call the first";

/// The same servers in another order, so that another is the first.
fn reordered(base: &[(String, Spot)], head: &[(String, Spot)]) -> Option<Edit> {
    let ((before, old), (after, new)) = (base.first()?, head.first()?);
    let kept = |list: &[(String, Spot)], url: &str| list.iter().any(|(other, _)| other == url);
    if before == after || !kept(base, after) || !kept(head, before) {
        return None;
    }
    let message = format!("the first server is `{after}`, and `{before}` before");
    let edit = Edit::changed(&rules::SERVERS_REORDERED, message, old.clone(), new.clone());
    Some(edit.note(FIRST))
}

/// A final slash means nothing, and neither does the scheme: versions 2.0 and 3.0 state it apart.
fn without_scheme(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}

/// The document's list of tags, which holds text.
fn tags<'a>(engine: &mut Engine<'a, '_>, base: &At<'a>, head: &At<'a>) {
    let list = |root: &At<'a>| -> Vec<At<'a>> {
        root.get("tags")
            .into_iter()
            .flat_map(|at| at.items())
            .collect()
    };
    let (before, after) = (list(base), list(head));
    let find = |list: &[At<'a>], name: Option<&str>| {
        list.iter().find(|at| at.text("name") == name).cloned()
    };
    let mut edits = Vec::new();
    for at in &after {
        let name = at.text("name").unwrap_or_default();
        match find(&before, at.text("name")) {
            Some(old) => edits.extend(texts(&format!("the tag `{name}`"), &old, at, &["name"])),
            None => edits.push(Edit::added(
                &rules::TEXT_ADDED,
                format!("the tag `{name}` is described now"),
                at,
            )),
        }
    }
    for at in before
        .iter()
        .filter(|at| find(&after, at.text("name")).is_none())
    {
        let name = at.text("name").unwrap_or_default();
        edits.push(Edit::removed(
            &rules::TEXT_REMOVED,
            format!("the tag `{name}` is not described any more"),
            at,
        ));
    }
    for edit in edits {
        engine.whole(edit, Area::Tags);
    }
}

/// Everything in an object that has no comparison of its own: text for people and extensions.
pub fn texts(subject: &str, base: &At<'_>, head: &At<'_>, known: &[&str]) -> Vec<Edit> {
    let keys = |at: &At<'_>| -> BTreeSet<String> {
        let keys = at.object().into_iter().flat_map(|object| object.keys());
        keys.filter(|key| !known.contains(&key.as_str()))
            .cloned()
            .collect()
    };
    let mut edits = Vec::new();
    for key in &keys(base) | &keys(head) {
        let edit = match (base.get(&key), head.get(&key)) {
            (None, Some(after)) => Edit::added(
                &rules::TEXT_ADDED,
                format!("`{key}` was added to {subject}"),
                &after,
            ),
            (Some(before), None) => Edit::removed(
                &rules::TEXT_REMOVED,
                format!("`{key}` was removed from {subject}"),
                &before,
            ),
            (Some(before), Some(after)) if before.value != after.value => Edit::changed(
                &rules::TEXT_CHANGED,
                format!("`{key}` of {subject} changed"),
                &before,
                &after,
            ),
            _ => continue,
        };
        edits.push(edit);
    }
    edits
}
