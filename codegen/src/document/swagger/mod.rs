//! Swagger 2.0 in the words of OpenAPI 3.0: a document is made anew of plain values, and where each of them was is kept.
//!
//! It is tolerant of values of any type: what is wrong with them, the table of keywords finds ([`keywords`]). A keyword
//! that the table lacks was reported, and is left out.

use serde_yaml::{Mapping, Value};

use super::Reporter;
use super::keywords::Kind;
use super::origins::Origins;
use super::plain_value::PlainValue;
use findings::Findings;
use media_types::MediaTypes;
use moves::{At, Moves};

mod bodies;
mod findings;
mod forms;
mod keywords;
mod media_types;
mod moves;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;
#[cfg(test)]
mod tests;

pub use keywords::SWAGGER_2;

/// The document in the words of OpenAPI 3.0. `origins` is where its nodes are from.
pub fn convert(
    document: &Value,
    origins: Origins,
    reporter: &mut Reporter<'_>,
) -> (Value, Origins) {
    let mut conversion = Conversion {
        document,
        consumes: MediaTypes::of(document, "consumes", ""),
        produces: MediaTypes::of(document, "produces", ""),
        moves: Moves::of(origins),
        findings: Findings::default(),
    };
    let converted = conversion.document(&At::ROOT);
    let Conversion {
        moves, findings, ..
    } = conversion;
    let mut converted = Value::from(converted);
    let origins = moves.finish(document, &mut converted);
    findings.report(&origins, reporter);
    (converted, origins)
}

struct Conversion<'v> {
    /// As it was written.
    document: &'v Value,
    consumes: MediaTypes<'v>,
    produces: MediaTypes<'v>,
    moves: Moves,
    findings: Findings,
}

/// Where the components of a kind are in either version.
const COMPONENTS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

impl<'v> Conversion<'v> {
    fn document(&mut self, at: &At<'_>) -> Mapping {
        let mut made = Mapping::from_iter([(Value::from("openapi"), Value::from("3.0.3"))]);
        self.moves.stands_for("/openapi", "/swagger");
        if let Some(servers) = self.servers() {
            made.insert("servers".into(), servers);
        }
        for (name, value) in self.members(self.document, Kind::Document) {
            let converted = match name {
                "swagger" => {
                    self.check_version(value);
                    continue;
                }
                "host" | "basePath" | "schemes" | "consumes" | "produces" => continue,
                "paths" => self.entries(value, &at.key(name), |conversion, item, at, _| {
                    conversion.path_item(item, at)
                }),
                _ if COMPONENTS.iter().any(|(older, _)| *older == name) => continue,
                _ => value.clone(),
            };
            made.insert(name.into(), converted);
        }
        let components = self.components(at);
        if !components.is_empty() {
            made.insert("components".into(), components.into());
        }
        made
    }

    fn check_version(&mut self, version: &Value) {
        if !version.is_string() {
            let message = "the version is no string; it is read as `\"2.0\"`";
            self.findings.repaired(message, "/swagger");
        }
    }

    fn components(&mut self, at: &At<'_>) -> Mapping {
        let outer = at.made("components");
        self.moves.stands_for("/components", "");
        let mut components = Mapping::new();
        for (older, kind) in COMPONENTS {
            let Some(value) = self.document.get(older) else {
                continue;
            };
            let at = outer.renamed(kind, at, older);
            self.moves.moved(&at);
            let converted = match kind {
                "schemas" => self.map(value, &at, Self::schema),
                "responses" => self.map(value, &at, Self::shared_response),
                "securitySchemes" => self.map(value, &at, Self::security_scheme),
                _ => self.shared_parameters(value, &at, &outer, &mut components),
            };
            components.insert(kind.into(), converted);
        }
        components
    }

    /// The members that the version has a word for, and extensions.
    fn members(
        &self,
        object: &'v Value,
        kind: Kind,
    ) -> impl Iterator<Item = (&'v str, &'v Value)> + use<'v> {
        let table = (SWAGGER_2.keywords)(kind);
        object.members().filter(move |(name, _)| {
            name.starts_with("x-") || table.iter().any(|keyword| keyword.name == *name)
        })
    }

    /// Each value of a map. What is no map is left as it is.
    fn map(
        &mut self,
        value: &'v Value,
        at: &At<'_>,
        convert: fn(&mut Self, &'v Value, &At<'_>) -> Value,
    ) -> Value {
        let Some(map) = value.as_mapping() else {
            return value.clone();
        };
        let mut made = Mapping::with_capacity(map.len());
        for (name, value) in value.members() {
            made.insert(name.into(), convert(self, value, &at.key(name)));
        }
        made.into()
    }

    /// The same, but for extensions.
    fn entries(
        &mut self,
        value: &'v Value,
        at: &At<'_>,
        convert: impl Fn(&mut Self, &'v Value, &At<'_>, &str) -> Value,
    ) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let entries = value.members().map(|(name, value)| {
            let made = if name.starts_with("x-") {
                value.clone()
            } else {
                convert(self, value, &at.key(name), name)
            };
            (Value::from(name), made)
        });
        Mapping::from_iter(entries).into()
    }

    /// Each item of a list. What is no list is left as it is.
    fn list(
        &mut self,
        value: &'v Value,
        at: &At<'_>,
        convert: fn(&mut Self, &'v Value, &At<'_>) -> Value,
    ) -> Value {
        let Some(list) = value.as_sequence() else {
            return value.clone();
        };
        let items = list.iter().enumerate();
        let made: Vec<Value> = items
            .map(|(index, item)| convert(self, item, &at.index(index)))
            .collect();
        made.into()
    }
}
