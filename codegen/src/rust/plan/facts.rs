//! What docs say of a schema besides its description: limits, values, the default, who writes it.

use std::collections::HashSet;

use serde_json::Value;

use super::Plan;
use crate::api::{Limits, Property, Shape, TypeId};
use crate::rust::docs::{self, code};

pub(super) const READ_ONLY: &str = "Read-only.";
pub(super) const WRITE_ONLY: &str = "Write-only.";

impl Plan<'_> {
    /// What is so wherever the object of the property is stated.
    pub(super) fn facts_of_property(&self, of: TypeId, property: &Property) -> Vec<String> {
        let mut facts = self.facts_of(property.ty);
        let members = self.sharing.members.get(&of).into_iter().flatten();
        for stated in members.filter_map(|id| self.sharing.stated.get(id)) {
            if facts.is_empty() {
                break;
            }
            let Shape::Object(object) = stated else {
                continue;
            };
            let mut properties = object.properties.iter();
            if let Some(same) = properties.find(|p| p.name == property.name) {
                let known = self.facts_of(same.ty);
                facts.retain(|fact| known.contains(fact));
            }
        }
        facts
    }

    /// What a caller should know besides: limits, who writes it, whether it is hidden.
    pub(super) fn facts_of(&self, id: TypeId) -> Vec<String> {
        let mut facts = Vec::new();
        for ty in self.chain(id) {
            facts.extend(limits(&ty.limits));
            if !ty.limits.values.is_empty() {
                let values = ty.limits.values.iter().map(literal);
                let shown = |value: String| match ty.value_names.get(&value) {
                    Some(name) => format!("{} ({name})", code(&value)),
                    None => code(&value),
                };
                let values: Vec<String> = values.map(shown).collect();
                facts.push(match values.as_slice() {
                    [only] => format!("Can only be {only}."),
                    _ => format!("One of {}.", values.join(", ")),
                });
            }
            if let Some(default) = ty.default.as_ref().filter(|_| !self.is_sensitive(id)) {
                facts.push(format!("Default: {}.", code(&literal(default))));
            }
            if ty.read_only {
                facts.push(READ_ONLY.to_owned());
            }
            if ty.write_only {
                facts.push(WRITE_ONLY.to_owned());
            }
        }
        if self.is_sensitive(id) {
            facts.push("Hidden in `Debug` output.".to_owned());
        }
        let mut known = HashSet::new();
        facts.retain(|fact| known.insert(fact.clone()));
        facts
    }
}

/// The text with what is known besides, in its last paragraph where that is a sentence.
pub(super) fn with_facts(text: String, facts: &str) -> String {
    let stop = match text.as_str() {
        _ if facts.is_empty() => return text,
        "" => "",
        text if ends_in_block(text) => "\n\n",
        text if text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`' | '"')) => {
            ". "
        }
        _ => " ",
    };
    format!("{text}{stop}{facts}")
}

/// The facts that the text does not state itself.
pub(super) fn unsaid(text: &str, mut facts: Vec<String>) -> String {
    facts.retain(|fact| {
        let default = fact.strip_prefix("Default: `");
        let default = default.and_then(|default| default.strip_suffix("`."));
        !default.is_some_and(|default| docs::says_default(text, default))
    });
    let is_limit = |fact: &String| LIMITS.iter().any(|start| fact.starts_with(start));
    facts.retain(|fact| !is_limit(fact) || !says_limit(text, fact));
    facts.join(" ")
}

/// How the sentences begin that are made of limits.
const LIMITS: [&str; 3] = ["At least ", "At most ", "From "];

/// Words of sentences that state a limit.
#[rustfmt::skip]
const LIMITING: [&str; 14] = [
    "at least", "at most", "between", "characters", "exceed", "from", "greater", "less", "limit", "longer", "max", "min",
    "range", "up to",
];

/// Whether one sentence of the text has all numbers of the limit, and says that they are one, as two of them do by themselves.
fn says_limit(text: &str, limit: &str) -> bool {
    let text = text.to_lowercase();
    let wanted = numbers(limit);
    text.split("\n\n")
        .flat_map(|text| text.split(". "))
        .any(|sentence| {
            let said = numbers(sentence);
            let all = wanted.iter().all(|number| said.contains(number));
            let limits = || LIMITING.iter().any(|word| sentence.contains(word));
            all && (wanted.len() > 1 || limits())
        })
}

/// The numbers of a text without their signs: `1-200` has two, `5,000` is one.
fn numbers(text: &str) -> Vec<f64> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '_');
    text.split(|c| !is_part(c))
        .map(|word| word.trim_matches(['.', ',']).replace([',', '_'], ""))
        .filter_map(|word| word.parse().ok())
        .collect()
}

/// Whether the last paragraph is none.
fn ends_in_block(text: &str) -> bool {
    let last = text.rsplit("\n\n").next().unwrap_or_default();
    last.ends_with("```") || docs::begins_block(last)
}

/// What is too long, too many, too small or too large.
fn limits(limits: &Limits) -> Vec<String> {
    let most = |most: Option<usize>, of: &str| {
        let plural = if most == Some(1) { "" } else { "s" };
        most.map(|most| format!("At most {most} {of}{plural}."))
    };
    let minimum = limits.minimum.filter(|_| !limits.exclusive_minimum);
    let maximum = limits.maximum.filter(|_| !limits.exclusive_maximum);
    // The bounds of a type of numbers limit nothing.
    let is_limit = |bound: &f64| bound.abs() < f64::from(i32::MAX);
    let (minimum, maximum) = (minimum.filter(is_limit), maximum.filter(is_limit));
    let range = match (minimum, maximum) {
        (Some(minimum), Some(maximum)) if minimum > maximum => None,
        (Some(minimum), Some(maximum)) => Some(format!("From {minimum} to {maximum}.")),
        (None, Some(maximum)) => Some(format!("At most {maximum}.")),
        (Some(minimum), None) if minimum != 0.0 => Some(format!("At least {minimum}.")),
        _ => None,
    };
    let length = most(limits.max_length, "character");
    let items = most(limits.max_items, "item");
    [length, items, range].into_iter().flatten().collect()
}

/// A value as JSON. A number has one text, however the document writes it: `1` for `1.0`.
pub(super) fn literal(value: &Value) -> String {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() <= LARGEST;
    let number = value.as_f64().filter(|_| value.is_f64()).filter(whole);
    number.map_or_else(|| value.to_string(), |number| number.to_string())
}
