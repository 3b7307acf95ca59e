//! Edits that change the meaning, each at a place that is known.

use serde_json::{Map, Value, json};

use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind};

/// An edit that callers, readers or users of the crate notice.
pub struct Edit {
    pub name: &'static str,
    /// Makes the edit at a place that it chooses, and returns the place.
    pub apply: fn(&mut Value, &mut Dice) -> Option<String>,
}

pub const ALL: [Edit; 20] = [
    Edit {
        name: "property removed",
        apply: |d, r| schema(d, r, "properties", |s| removed(s, "properties")),
    },
    Edit {
        name: "property added",
        apply: |d, r| {
            schema(d, r, "properties", |s| {
                s["properties"]["fresh"] = json!({"type": "boolean"});
                true
            })
        },
    },
    Edit {
        name: "type changed",
        apply: |d, r| {
            schema(d, r, "type", |s| {
                let other = if s["type"] == "boolean" {
                    "string"
                } else {
                    "boolean"
                };
                s.clear();
                s.insert("type".to_owned(), json!(other));
                true
            })
        },
    },
    Edit {
        name: "limit tightened",
        apply: |d, r| {
            schema(d, r, "maxLength", |s| {
                s["maxLength"] = json!(4);
                true
            })
        },
    },
    Edit {
        name: "limit removed",
        apply: |d, r| schema(d, r, "maximum", |s| s.remove("maximum").is_some()),
    },
    Edit {
        name: "limit set",
        apply: |d, r| {
            schema(d, r, "pattern", |s| {
                s["pattern"] = json!("^x");
                true
            })
        },
    },
    Edit {
        name: "bound moved",
        apply: |d, r| {
            schema(d, r, "minimum", |s| {
                s["minimum"] = json!(-9);
                true
            })
        },
    },
    Edit {
        name: "value added",
        apply: |d, r| {
            schema(d, r, "enum", |s| {
                s["enum"].as_array_mut().is_some_and(|list| {
                    list.push(json!("another"));
                    true
                })
            })
        },
    },
    Edit {
        name: "value removed",
        apply: |d, r| {
            schema(d, r, "enum", |s| {
                s["enum"]
                    .as_array_mut()
                    .is_some_and(|list| list.len() > 1 && !list.remove(0).is_null())
            })
        },
    },
    Edit {
        name: "alternative removed",
        apply: |d, r| {
            schema(d, r, "oneOf", |s| {
                s["oneOf"].as_array_mut().is_some_and(|list| {
                    list.remove(0);
                    true
                })
            })
        },
    },
    Edit {
        name: "required",
        apply: |d, r| {
            schema(d, r, "properties", |s| {
                let names: Vec<String> = s["properties"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(n, _)| n.clone())
                    .collect();
                let before = s.insert("required".to_owned(), json!(names));
                before.is_none_or(|before| before.as_array().map(Vec::len) != Some(names.len()))
            })
        },
    },
    Edit {
        name: "described",
        apply: |d, r| {
            schema(d, r, "type", |s| {
                s.insert("description".to_owned(), json!("Said anew")) != Some(json!("Said anew"))
            })
        },
    },
    Edit {
        name: "read only",
        apply: |d, r| {
            schema(d, r, "type", |s| {
                s.insert("readOnly".to_owned(), json!(true)) != Some(json!(true))
            })
        },
    },
    Edit {
        name: "parameter removed",
        apply: |d, r| {
            of(d, r, Kind::Operation, |o| {
                let list = o.get_mut("parameters").and_then(Value::as_array_mut);
                list.is_some_and(|list| {
                    let found = list
                        .iter()
                        .position(|p| p["in"] == "query" || p["in"] == "header");
                    found.map(|index| list.remove(index)).is_some()
                })
            })
        },
    },
    Edit {
        name: "parameter required",
        apply: |d, r| {
            of(d, r, Kind::Parameter, |p| {
                p.insert("required".to_owned(), json!(true)) != Some(json!(true))
            })
        },
    },
    Edit {
        name: "style",
        apply: |d, r| {
            of(d, r, Kind::Parameter, |p| {
                let list = p.get("schema").is_some_and(|s| s["type"] == "array");
                list && p["in"] == "query"
                    && p.insert("style".to_owned(), json!("spaceDelimited"))
                        .is_some()
            })
        },
    },
    Edit {
        name: "body required",
        apply: |d, r| {
            of(d, r, Kind::Body, |b| {
                b.insert("required".to_owned(), json!(true)) != Some(json!(true))
            })
        },
    },
    Edit {
        name: "response removed",
        apply: |d, r| {
            of(d, r, Kind::Operation, |o| {
                let list = o.get_mut("responses").and_then(Value::as_object_mut);
                list.is_some_and(|list| list.len() > 1 && list.remove("404").is_some())
            })
        },
    },
    Edit {
        name: "header removed",
        apply: |d, r| {
            of(d, r, Kind::Response, |o| {
                let list = o.get_mut("headers").and_then(Value::as_object_mut);
                list.is_some_and(|list| list.remove("X-Next").is_some())
            })
        },
    },
    Edit {
        name: "operation removed",
        apply: |d, r| {
            let mut found = sites::of(d, Kind::Operation);
            found.retain(|pointer| {
                pointer.starts_with("/paths") && pointer.matches('/').count() == 3
            });
            let chosen = found.swap_remove(r.pick(&found)?);
            let (item, method) = sites::split(&chosen);
            let item = item.to_owned();
            d.pointer_mut(&item)?.as_object_mut()?.remove(&method);
            Some(chosen)
        },
    },
];

type Object = Map<String, Value>;

/// Edits a schema that states the keyword, and that nothing beside it makes void.
fn schema(
    document: &mut Value,
    dice: &mut Dice,
    keyword: &str,
    edit: fn(&mut Object) -> bool,
) -> Option<String> {
    let mut found = sites::of(document, Kind::Schema);
    found.retain(|pointer| {
        let stated = document
            .pointer(pointer)
            .is_some_and(|schema| schema.get(keyword).is_some());
        stated && !pointer.contains("/allOf/")
    });
    at_one(document, dice, found, edit)
}

fn of(
    document: &mut Value,
    dice: &mut Dice,
    kind: Kind,
    edit: fn(&mut Object) -> bool,
) -> Option<String> {
    let found = sites::of(document, kind);
    at_one(document, dice, found, edit)
}

fn at_one(
    document: &mut Value,
    dice: &mut Dice,
    mut found: Vec<String>,
    edit: fn(&mut Object) -> bool,
) -> Option<String> {
    found.retain(|pointer| is_used(document, pointer));
    let chosen = found.swap_remove(dice.pick(&found)?);
    let object = document.pointer_mut(&chosen)?.as_object_mut()?;
    edit(object).then_some(chosen)
}

/// What nothing refers to is no part of the API, except for schemas.
fn is_used(document: &Value, pointer: &str) -> bool {
    let mut tokens = pointer.split('/').skip(1);
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some("components"), Some("schemas"), _) => true,
        (Some("components"), Some(kind), Some(name)) => {
            let reference = format!("#/components/{kind}/{name}");
            document["paths"].to_string().contains(&reference)
        }
        _ => true,
    }
}

fn removed(object: &mut Object, keyword: &str) -> bool {
    let Some(Value::Object(members)) = object.get_mut(keyword) else {
        return false;
    };
    let Some(name) = members.keys().next().cloned() else {
        return false;
    };
    members.remove(&name);
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|other| *other != name);
    }
    true
}
