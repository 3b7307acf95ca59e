//! Servers: the URLs of the document, and of operations that have others.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{At, Version};
use super::edit::{Edit, Spot};
use super::engine::Engine;
use super::model::Operation;
use super::{rules, server_variables};
use crate::taxonomy::{Area, Direction};

/// The server URLs. `moved`: a part of the path went from there into the paths, or back.
pub fn of_document(engine: &mut Engine<'_, '_>, moved: bool) {
    let list = |root: &At<'_>, version| -> Vec<(String, Spot)> {
        if version == Version::V20 {
            let part = |key: &str| root.text(key).unwrap_or("").to_owned();
            let url = format!("{}{}", part("host"), part("basePath"));
            let key = match root.value.get("host") {
                Some(_) => "host",
                None => "basePath",
            };
            return match url.as_str() {
                "" => Vec::new(),
                _ => {
                    let spot = Spot::new(&root.location.key(key), url.clone());
                    vec![(without_scheme(&url), spot)]
                }
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
    edits.extend(of_variables(engine));
    for edit in edits {
        engine.of_document(edit, Area::Servers);
    }
}

/// What differs in the variables of servers that both have.
fn of_variables(engine: &Engine<'_, '_>) -> Vec<Edit> {
    fn by_url<'a>(root: &At<'a>) -> BTreeMap<&'a str, At<'a>> {
        let servers = root.get("servers").into_iter().flat_map(|at| at.items());
        let servers = servers.filter_map(|at| Some((at.text("url")?, at)));
        servers.collect()
    }
    let (base, head) = (by_url(&engine.base.root()), by_url(&engine.head.root()));
    let pairs = base
        .iter()
        .filter_map(|(url, old)| Some((url, old, head.get(url)?)));
    let edits =
        pairs.flat_map(|(url, old, new)| server_variables::compare(&without_scheme(url), old, new));
    edits.collect()
}

const FIRST: &str = "clients call the first server unless they are configured otherwise";

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

/// Other servers than those of the document.
pub fn of_operation<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    if same(base, head) {
        return;
    }
    let owner = |operation: &Operation<'a>, at: &At<'a>| match at.location.parent() {
        Some(parent) if parent == operation.at.location => operation.title(),
        _ => format!("`{}`", operation.path),
    };
    let edit = match (&base.servers, &head.servers) {
        (Some(old), Some(new)) => {
            let message = format!("the servers of {} changed", owner(head, new));
            Edit::changed(&rules::SERVER_CHANGED, message, old, new)
        }
        (None, Some(new)) => {
            let message = format!("{} has servers of its own now", owner(head, new));
            Edit::added(&rules::SERVER_BEFORE_OTHERS, message, new)
        }
        (Some(old), None) => {
            let message = format!("{} no longer has servers of its own", owner(base, old));
            Edit::removed(&rules::SERVER_REMOVED, message, old)
        }
        (None, None) => return,
    };
    engine.of_operation(edit, Area::Servers, Direction::None, index);
}

/// Whether both operations state the same servers, or none.
pub fn same(base: &Operation<'_>, head: &Operation<'_>) -> bool {
    fn value<'v>(at: &Option<At<'v>>) -> Option<&'v Value> {
        at.as_ref().map(|at| at.value)
    }
    value(&base.servers) == value(&head.servers)
}
