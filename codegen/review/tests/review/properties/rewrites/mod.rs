//! Other spellings of the same document.

use serde_json::{Map, Value, json};

use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind, Site};

mod all_of;
mod defaults;
mod paths;
pub mod versions;

/// A way to write the same in other words.
pub struct Rewrite {
    pub name: &'static str,
    /// Says whether there was something to rewrite.
    pub apply: fn(&mut Value, &mut Dice) -> bool,
}

pub const ALL: [Rewrite; 12] = [
    Rewrite {
        name: "lists in another order",
        apply: shuffled_lists,
    },
    Rewrite {
        name: "inline, now named",
        apply: named,
    },
    Rewrite {
        name: "named, now inline",
        apply: inlined,
    },
    Rewrite {
        name: "wrapped in allOf",
        apply: all_of::wrapped,
    },
    Rewrite {
        name: "split into allOf",
        apply: all_of::divided,
    },
    Rewrite {
        name: "allOf merged",
        apply: all_of::merged,
    },
    Rewrite {
        name: "null as an alternative",
        apply: versions::null_as_alternative,
    },
    Rewrite {
        name: "version 3.1",
        apply: versions::upgraded,
    },
    Rewrite {
        name: "prefix moved into the paths",
        apply: paths::prefix_moved,
    },
    Rewrite {
        name: "path parameters renamed",
        apply: paths::path_parameters_renamed,
    },
    Rewrite {
        name: "defaults spelled out",
        apply: defaults::defaults,
    },
    Rewrite {
        name: "parameters of the path item",
        apply: paths::shared_parameters,
    },
];

fn object<'v>(document: &'v mut Value, pointer: &str) -> &'v mut Map<String, Value> {
    let value = document.pointer_mut(pointer).expect("it is there");
    value.as_object_mut().expect("an object")
}

fn is_31(document: &Value) -> bool {
    document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"))
}

fn shuffled_lists(document: &mut Value, dice: &mut Dice) -> bool {
    let before = document.clone();
    // What is inside first: the order of the outer list is in its place.
    for site in sites::all(document).into_iter().rev() {
        let keywords: &[&str] = match site.kind {
            Kind::Schema => &["required", "enum", "type", "oneOf", "anyOf"],
            // The order of `security` is what clients prefer.
            Kind::Operation => &["tags", "parameters"],
            Kind::PathItem => &["parameters"],
            _ => &[],
        };
        let object = object(document, &site.pointer);
        for keyword in keywords {
            if let Some(Value::Array(list)) = object.get_mut(*keyword) {
                dice.shuffle(list);
            }
        }
    }
    if let Some(Value::Array(tags)) = document.get_mut("tags") {
        dice.shuffle(tags);
    }
    *document != before
}

fn component(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::Header => "headers",
        Kind::Body => "requestBodies",
        Kind::Response => "responses",
        Kind::Operation | Kind::PathItem => return None,
    })
}

fn named(document: &mut Value, dice: &mut Dice) -> bool {
    let mut inline: Vec<Site> = sites::all(document);
    inline.retain(|site| {
        let outer =
            site.pointer.matches('/').count() == 3 && site.pointer.starts_with("/components");
        component(site.kind).is_some()
            && !outer
            && document
                .pointer(&site.pointer)
                .is_some_and(|v| v.get("$ref").is_none())
    });
    let Some(chosen) = dice.pick(&inline) else {
        return false;
    };
    let Site { kind, pointer } = &inline[chosen];
    let folder = component(*kind).expect("only such are left");
    let value = document.pointer_mut(pointer).expect("it is there").take();
    let reference = format!("#/components/{folder}/NamedNow");
    *document.pointer_mut(pointer).expect("it is there") = json!({"$ref": reference});
    document["components"][folder]["NamedNow"] = value;
    true
}

fn inlined(document: &mut Value, dice: &mut Dice) -> bool {
    let references = sites::references(document);
    let Some(chosen) = dice.pick(&references) else {
        return false;
    };
    let at = &references[chosen].pointer;
    let Some(target) = target(document, at) else {
        return false;
    };
    // Beside a discriminator a reference is a name as well.
    if sites::split(at)
        .0
        .rsplit_once('/')
        .is_some_and(|(union, _)| {
            document
                .pointer(union)
                .is_some_and(|schema| schema.get("discriminator").is_some())
        })
    {
        return false;
    }
    let value = document.pointer_mut(at).expect("it is there");
    let siblings = value.as_object().is_some_and(|object| object.len() > 1);
    if siblings {
        return false;
    }
    *value = target;
    true
}

fn target(document: &Value, at: &str) -> Option<Value> {
    let reference = document.pointer(at)?.get("$ref")?.as_str()?;
    let found = document.pointer(reference.strip_prefix('#')?)?;
    (found.is_object() && found.get("$ref").is_none()).then(|| found.clone())
}
