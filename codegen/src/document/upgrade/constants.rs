//! Alternatives of nothing but constants: an enumeration whose values are described one by one.

use serde_yaml::{Mapping, Value};

use super::Upgrade;
use crate::location::Trail;

/// One of the values.
struct Constant {
    /// Among the alternatives.
    index: usize,
    value: Value,
    said: String,
}

impl Upgrade<'_> {
    /// `oneOf` or `anyOf` of constants is `enum`, and what is said of each value is said of all of them.
    pub(super) fn constants(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let Some((keyword, kind, constants)) = listed(schema) else {
            return;
        };
        self.note("alternatives that are constants are read as `enum`", at);
        let (from, list) = (self.location(at).key(keyword), at.key("enum"));
        for (index, constant) in constants.iter().enumerate() {
            let written = from.key(constant.index.to_string());
            self.origins.record(list.index(index).text(), written);
        }
        self.origins.record(list.text(), from);
        schema.shift_remove(keyword);
        if constants.iter().any(|constant| constant.value.is_null()) {
            schema.insert("nullable".into(), true.into());
        }
        schema.entry("type".into()).or_insert_with(|| kind.into());
        let described = constants
            .iter()
            .filter(|constant| !constant.said.is_empty());
        let lines: Vec<&str> = described.map(|constant| constant.said.as_str()).collect();
        if !lines.is_empty() {
            let stated = schema.get("description").and_then(Value::as_str);
            let paragraphs = stated.map(str::to_owned).into_iter();
            let paragraphs: Vec<String> = paragraphs.chain([lines.join("\n")]).collect();
            schema.insert("description".into(), paragraphs.join("\n\n").into());
        }
        let values: Vec<Value> = constants.into_iter().map(|one| one.value).collect();
        schema.insert("enum".into(), values.into());
    }
}

/// The keyword, the type and the constants of a schema that says nothing else of its values.
fn listed(schema: &Mapping) -> Option<(&'static str, &'static str, Vec<Constant>)> {
    const OTHERS: [&str; 7] = [
        "$ref",
        "allOf",
        "const",
        "discriminator",
        "enum",
        "items",
        "properties",
    ];
    if OTHERS.iter().any(|other| schema.contains_key(other)) {
        return None;
    }
    let (keyword, items) = match (schema.get("oneOf"), schema.get("anyOf")) {
        (Some(Value::Sequence(items)), None) => ("oneOf", items),
        (None, Some(Value::Sequence(items))) => ("anyOf", items),
        _ => return None,
    };
    let constants = items
        .iter()
        .enumerate()
        .map(|(index, item)| constant(index, item));
    let constants: Vec<Constant> = constants.collect::<Option<_>>()?;
    let mut values = constants
        .iter()
        .map(|one| &one.value)
        .filter(|value| !value.is_null());
    let kind = kind_of(values.next()?)?;
    let others: Vec<&Value> = values.collect();
    let is_several = !others.is_empty();
    let are_alike = others.iter().all(|value| kind_of(value) == Some(kind));
    let fits = schema.get("type").is_none_or(|stated| is_of(stated, kind));
    (is_several && are_alike && fits).then_some((keyword, kind, constants))
}

/// A constant, with its name and description; or null.
fn constant(index: usize, item: &Value) -> Option<Constant> {
    const BESIDE: [&str; 6] = [
        "const",
        "deprecated",
        "description",
        "format",
        "title",
        "type",
    ];
    let item = alone(item.as_mapping()?);
    let is_beside = |key: &Value| {
        let name = key.as_str().unwrap_or_default();
        BESIDE.contains(&name) || name.starts_with("x-")
    };
    let value = match (item.get("const"), item.get("type")) {
        (Some(value), _) => value.clone(),
        (None, Some(Value::String(null))) if null == "null" => Value::Null,
        _ => return None,
    };
    let shown = match &value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let text = |key: &str| item.get(key)?.as_str()?.lines().next();
    let title = text("title").filter(|title| *title != shown);
    let said = title.into_iter().chain(text("description"));
    let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
    let line = format!("- `{shown}`: {}", said.join(". "));
    item.keys().all(is_beside).then(|| Constant {
        index,
        value,
        said: if said.is_empty() { String::new() } else { line },
    })
}

/// What stands by itself in `allOf`.
fn alone(item: &Mapping) -> &Mapping {
    let only = match item.get("allOf") {
        Some(Value::Sequence(members)) if item.len() == 1 && members.len() == 1 => &members[0],
        _ => return item,
    };
    only.as_mapping().map_or(item, alone)
}

fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::String(_) => Some("string"),
        Value::Number(number) if number.is_i64() => Some("integer"),
        _ => None,
    }
}

/// Whether a `type` is this one, null aside.
fn is_of(stated: &Value, kind: &str) -> bool {
    let is = |name: &Value| name.as_str().is_some_and(|name| name == kind);
    let is_null = |name: &Value| name.as_str() == Some("null");
    match stated {
        Value::Sequence(names) => {
            names.iter().all(|name| is(name) || is_null(name)) && names.iter().any(is)
        }
        name => is(name),
    }
}
