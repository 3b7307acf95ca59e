//! Overlays: changes to a document that are written beside it (<https://spec.openapis.org/overlay/v1.1.0>).
//!
//! They are applied to the document as one, after what it refers to in other files was put into it.
//! What an update adds is in the file of the overlay; references in it are seen from the document.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json_path::JsonPath;
use serde_yaml::Value;

use super::bundle::{self, Bundle, Folder, at_mut, refers_elsewhere};
use super::origins::Origins;
use super::plain::converted;
use super::plain_value::PlainValue;
use super::source_map::SourceMap;
use super::{Reporter, codes, load, pointer};
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::location::{FileId, Location};

/// Applies the overlays one after the other; what is wrong with them is reported.
pub fn apply(
    bundle: &mut Bundle,
    overlays: &[Arc<Source>],
    folder: Option<&dyn Folder>,
    diagnostics: &mut Diagnostics,
) {
    if overlays.is_empty() {
        return;
    }
    let mut json = converted(&bundle.value);
    for source in overlays {
        let file = FileId(bundle.files.len());
        let map = Arc::new(SourceMap::of(Arc::clone(source)));
        bundle.files.push(Arc::clone(&map));
        let Ok(overlay) = load::parse(&map, diagnostics) else {
            continue;
        };
        let mut application = Application {
            value: &mut bundle.value,
            json: &mut json,
            origins: &mut bundle.origins,
            reporter: Reporter {
                files: &bundle.files,
                bundled: &Origins::default(),
                diagnostics,
            },
        };
        let root = Location {
            file,
            ..Location::default()
        };
        application.overlay(&overlay, &root);
        if refers_elsewhere(&source.text) {
            bundle::again(bundle, folder, diagnostics);
            json = converted(&bundle.value);
        }
    }
}

/// One overlay on its way into the document.
struct Application<'a> {
    value: &'a mut Value,
    /// The same as a JSONPath expression is asked of it.
    json: &'a mut serde_json::Value,
    origins: &'a mut Origins,
    reporter: Reporter<'a>,
}

/// The keywords of an action, section 4.4.3.
const ACTION: [&str; 5] = ["target", "description", "update", "remove", "copy"];

impl Application<'_> {
    fn overlay(&mut self, overlay: &Value, at: &Location) {
        let version = overlay.get("overlay").map(|version| match version {
            Value::Number(number) => number.to_string(),
            version => version.as_str().unwrap_or_default().to_owned(),
        });
        match version.as_deref() {
            Some(version) if version.starts_with("1.0") || version.starts_with("1.1") => {}
            Some(version) => {
                let message = format!("Overlay {version} is not supported");
                let help = "overlays of 1.0 and 1.1 are applied, written as in `overlay: 1.0.0`";
                return self.error(message, help, &at.key("overlay"));
            }
            None => {
                let help = "an overlay begins with `overlay: 1.0.0`";
                return self.error("this is not an overlay".to_owned(), help, at);
            }
        }
        let Some(actions) = overlay.get("actions").and_then(Value::as_sequence) else {
            let message = "the overlay has no list of `actions`".to_owned();
            return self.error(
                message,
                "name what is to change: actions: [{ target: ... }]",
                at,
            );
        };
        let at = at.key("actions");
        for (index, action) in actions.iter().enumerate() {
            self.action(action, &at.key(index.to_string()));
        }
    }

    fn action(&mut self, action: &Value, at: &Location) {
        for (name, _) in action.members() {
            if !ACTION.contains(&name) && !name.starts_with("x-") {
                let message = format!("`{name}` is not a keyword of the Action Object");
                let help = format!("its keywords are {}", ACTION.join(", "));
                let diagnostic = Diagnostic::warning(codes::UNKNOWN_KEYWORD, message);
                self.reporter.at_key(diagnostic.help(help), &at.key(name));
            }
        }
        let Some(targets) = self.nodes(action, "target", at) else {
            return;
        };
        if targets.is_empty() {
            let message = "nothing is there: the action changes nothing";
            let help = "correct the expression, or remove the action";
            let diagnostic = Diagnostic::warning(codes::OVERLAY, message).help(help);
            return self.reporter.at(diagnostic, &at.key("target"));
        }
        if action.get("remove").and_then(Value::as_bool) == Some(true) {
            self.remove(targets, at);
        } else if action.get("copy").is_some() {
            self.copy(&targets, action, at);
        } else if let Some(update) = action.get("update") {
            let from = at.key("update");
            for target in targets {
                self.update(&target, update, &Written::Overlay(from.clone()), at);
            }
        } else {
            let message = "the action has neither `update`, `remove: true` nor `copy`";
            let diagnostic = Diagnostic::warning(codes::OVERLAY, message);
            let diagnostic = diagnostic.help("say what is to change, or remove the action");
            self.reporter.at_key(diagnostic, at);
        }
    }

    /// The pointers of what an expression selects.
    fn nodes(&mut self, action: &Value, keyword: &str, at: &Location) -> Option<Vec<String>> {
        let at = at.key(keyword);
        let Some(text) = action.get(keyword).and_then(Value::as_str) else {
            let message = format!("the action has no `{keyword}` that is a text");
            self.error(message, "write an expression: $.paths['/pets'].get", &at);
            return None;
        };
        match JsonPath::parse(text) {
            Ok(path) => {
                let nodes = path.query_located(self.json).into_iter();
                Some(
                    nodes
                        .map(|node| node.location().to_json_pointer())
                        .collect(),
                )
            }
            Err(error) => {
                let message = format!("`{text}` is no JSONPath: {error}");
                self.error(message, "expressions are those of RFC 9535", &at);
                None
            }
        }
    }

    fn remove(&mut self, targets: Vec<String>, at: &Location) {
        let mut containers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for target in &targets {
            let Some(container) = pointer::parent(target) else {
                let message = "the document as a whole cannot be removed".to_owned();
                return self.error(message, "name a part of it", &at.key("target"));
            };
            let token = pointer::tokens(target).last().unwrap_or_default();
            let tokens = containers.entry(container.to_owned()).or_default();
            tokens.insert(token.into_owned());
        }
        let mut containers = Vec::from_iter(containers);
        // From within, so that the pointers of what is further out stay true.
        containers.sort_by_key(|(container, _)| Reverse(container.matches('/').count()));
        for (container, tokens) in containers {
            match at_mut(self.value, &container) {
                Some(Value::Mapping(map)) => {
                    for token in &tokens {
                        map.shift_remove(token.as_str());
                        self.origins.forget(&pointer::join(&container, token));
                    }
                }
                Some(Value::Sequence(items)) => {
                    let indices = tokens.iter().filter_map(|token| token.parse().ok());
                    let indices = BTreeSet::from_iter(indices);
                    self.origins.removed(&container, items.len(), &indices);
                    let mut index = 0..;
                    items.retain(|_| index.next().is_some_and(|index| !indices.contains(&index)));
                }
                _ => {}
            }
            self.refresh(&container);
        }
    }

    fn copy(&mut self, targets: &[String], action: &Value, at: &Location) {
        let Some(sources) = self.nodes(action, "copy", at) else {
            return;
        };
        let [source] = &*sources else {
            let message = format!("`copy` selects {} nodes, and not one", sources.len());
            let help = "correct the expression, so that it selects a single one";
            return self.error(message, help, &at.key("copy"));
        };
        let Some(value) = self.value.at(source).cloned() else {
            return;
        };
        for target in targets {
            let from = Written::Copied(source.clone());
            self.update(target, &value, &from, at);
        }
    }

    /// Merges a value into a node.
    fn update(&mut self, target: &str, update: &Value, from: &Written, at: &Location) {
        let Some(node) = at_mut(self.value, target) else {
            return;
        };
        match (&mut *node, update) {
            (Value::Sequence(items), _) => {
                let now = pointer::join(target, items.len().to_string());
                items.push(update.clone());
                from.record(now, self.origins);
            }
            (Value::Mapping(_), update) if !update.is_mapping() => {
                let message = "the target is a mapping, and what is put into it is none".to_owned();
                let help = "write the keys that are to change, with their values";
                return self.error(message, help, &at.key("target"));
            }
            _ => merge(node, update, target, from, self.origins),
        }
        self.refresh(target);
    }

    /// Takes over what was changed.
    fn refresh(&mut self, target: &str) {
        if let (Some(json), Some(value)) = (self.json.pointer_mut(target), self.value.at(target)) {
            *json = converted(value);
        }
    }

    fn error(&mut self, message: String, help: &str, at: &Location) {
        let diagnostic = Diagnostic::error(codes::OVERLAY, message).help(help);
        self.reporter.at(diagnostic, at);
    }
}

/// Where a value is from.
#[derive(Debug, Clone)]
enum Written {
    /// An overlay.
    Overlay(Location),
    /// Elsewhere in the document.
    Copied(String),
}

impl Written {
    fn key(&self, key: &str) -> Self {
        match self {
            Self::Overlay(location) => Self::Overlay(location.key(key)),
            Self::Copied(at) => Self::Copied(pointer::join(at, key)),
        }
    }

    /// Notes that what is at the pointer is from here.
    fn record(&self, now: String, origins: &mut Origins) {
        let from = match self {
            Self::Overlay(location) => location.clone(),
            Self::Copied(at) => origins.location(at),
        };
        origins.forget(&now);
        origins.record(now, from);
    }
}

/// Mappings are merged and lists joined; everything else is replaced.
fn merge(node: &mut Value, update: &Value, at: &str, from: &Written, origins: &mut Origins) {
    match (node, update) {
        (Value::Mapping(node), Value::Mapping(update)) => {
            for (key, value) in update {
                let name = key.as_str().unwrap_or_default();
                let (at, from) = (pointer::join(at, name), from.key(name));
                match node.get_mut(key) {
                    Some(inner) => merge(inner, value, &at, &from, origins),
                    None => {
                        node.insert(key.clone(), value.clone());
                        from.record(at, origins);
                    }
                }
            }
        }
        (Value::Sequence(items), Value::Sequence(update)) => {
            for (index, value) in update.iter().enumerate() {
                let now = pointer::join(at, items.len().to_string());
                items.push(value.clone());
                from.key(&index.to_string()).record(now, origins);
            }
        }
        (node, update) => {
            *node = update.clone();
            from.record(at.to_owned(), origins);
        }
    }
}
