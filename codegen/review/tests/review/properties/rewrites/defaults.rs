//! Keywords that say what is so without them.

use serde_json::{Value, json};

use super::{is_31, object};
use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind};

pub fn defaults(document: &mut Value, dice: &mut Dice) -> bool {
    let newer = is_31(document);
    let before = document.clone();
    for site in sites::all(document) {
        let value = object(document, &site.pointer);
        if value.contains_key("$ref") {
            continue;
        }
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let place = value
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let mut state = |key: &str, default: Value| {
            if dice.below(2) == 0 {
                value.entry(key.to_owned()).or_insert(default);
            }
        };
        match site.kind {
            Kind::Schema => {
                for keyword in ["deprecated", "readOnly", "writeOnly"] {
                    state(keyword, json!(false));
                }
                let own: &[(&str, Value)] = match kind.as_str() {
                    "object" => &[
                        ("additionalProperties", json!(true)),
                        ("minProperties", json!(0)),
                    ],
                    "array" => &[("minItems", json!(0)), ("uniqueItems", json!(false))],
                    "string" => &[("minLength", json!(0))],
                    _ => &[],
                };
                for (keyword, default) in own {
                    state(keyword, default.clone());
                }
                if !newer && !kind.is_empty() {
                    state("nullable", json!(false));
                }
                if !newer && matches!(kind.as_str(), "integer" | "number") {
                    state("exclusiveMinimum", json!(false));
                    state("exclusiveMaximum", json!(false));
                }
            }
            Kind::Parameter => {
                state("deprecated", json!(false));
                let (style, explode) = match place.as_str() {
                    "query" | "cookie" => ("form", true),
                    _ => ("simple", false),
                };
                let stated =
                    |key: &str| before.pointer(&format!("{}/{key}", site.pointer)).is_some();
                if !stated("content") && !stated("style") {
                    state("style", json!(style));
                    state("explode", json!(explode));
                }
                if place == "query" {
                    state("allowReserved", json!(false));
                    state("allowEmptyValue", json!(false));
                }
                if place != "path" {
                    state("required", json!(false));
                }
            }
            Kind::Header => {
                for keyword in ["deprecated", "required", "explode"] {
                    state(keyword, json!(false));
                }
                state("style", json!("simple"));
            }
            Kind::Body => state("required", json!(false)),
            Kind::Operation => {
                state("deprecated", json!(false));
                state("parameters", json!([]));
            }
            Kind::Response | Kind::PathItem => {}
        }
    }
    *document != before
}
