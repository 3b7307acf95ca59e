//! What paths say: prefixes, names of parameters, parameters of all operations.

use serde_json::{Value, json};

use super::object;
use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind, escaped};

pub fn prefix_moved(document: &mut Value, _: &mut Dice) -> bool {
    let url = document.pointer("/servers/0/url").and_then(Value::as_str);
    let only = document.pointer("/servers/1").is_none();
    let Some((rest, last)) = url.and_then(|url| url.trim_end_matches('/').rsplit_once('/')) else {
        return false;
    };
    if rest.ends_with('/') || !only || !document["paths"].is_object() {
        return false;
    }
    let (rest, last) = (rest.to_owned(), last.to_owned());
    document["servers"][0]["url"] = json!(rest);
    let paths = std::mem::take(document["paths"].as_object_mut().expect("an object"));
    let moved = paths.into_iter().map(|(path, item)| {
        if path.starts_with('/') {
            (format!("/{last}{path}"), item)
        } else {
            (path, item)
        }
    });
    document["paths"] = Value::Object(moved.collect());
    true
}

pub fn path_parameters_renamed(document: &mut Value, _: &mut Dice) -> bool {
    let mut found = false;
    let paths: Vec<String> = match document.get("paths") {
        Some(Value::Object(paths)) => paths.keys().cloned().collect(),
        _ => return false,
    };
    let in_a_path = |name: &str| {
        paths
            .iter()
            .any(|path| path.contains(&format!("{{{name}}}")))
    };
    for pointer in sites::of(document, Kind::Parameter) {
        let parameter = object(document, &pointer);
        if parameter.get("in") == Some(&json!("path"))
            && let Some(Value::String(name)) = parameter.get_mut("name")
            && in_a_path(name)
        {
            name.push_str("_new");
            found = true;
        }
    }
    let paths = document["paths"].as_object_mut().expect("an object");
    let renamed = std::mem::take(paths).into_iter();
    *paths = renamed
        .map(|(path, item)| (with_new_names(&path), item))
        .collect();
    found
}

/// What a path expands to a query, `{?limit}`, has the names of that.
fn with_new_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push('{');
        if piece.starts_with(['?', '&']) {
            text.push_str(piece);
        } else {
            text.push_str(&piece.replacen('}', "_new}", 1));
        }
    }
    text
}

/// What all operations of a path have is stated once.
pub fn shared_parameters(document: &mut Value, dice: &mut Dice) -> bool {
    let Some(Value::Object(paths)) = document.get("paths") else {
        return false;
    };
    let single = |item: &Value| {
        let operations =
            item.as_object().into_iter().flatten().filter(|(key, _)| {
                ["get", "put", "post", "delete", "patch"].contains(&key.as_str())
            });
        let keys: Vec<String> = operations.map(|(key, _)| key.clone()).collect();
        match keys.as_slice() {
            [only]
                if item.get("parameters").is_none() && item[only].get("parameters").is_some() =>
            {
                Some(only.clone())
            }
            _ => None,
        }
    };
    let candidates: Vec<(String, String)> = paths
        .iter()
        .filter_map(|(path, item)| Some((format!("/paths/{}", escaped(path)), single(item)?)))
        .collect();
    let Some(chosen) = dice.pick(&candidates) else {
        return false;
    };
    let (path, method) = &candidates[chosen];
    let operation = object(document, &format!("{path}/{method}"));
    let parameters = operation.remove("parameters").expect("it was seen");
    object(document, path).insert("parameters".to_owned(), parameters);
    true
}
