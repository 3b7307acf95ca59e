//! Text for people in a schema, and every keyword of it that nothing else compares.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::At;
use super::keywords::ANNOTATIONS;
use super::rules;
use super::schema::View;
use super::schema_pair::SchemaPair;
use crate::taxonomy::Area;

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>) {
    // In version 2.0 a parameter or header is its schema.
    let whole = pair.context.root && matches!(pair.context.area, Area::Parameters | Area::Headers);
    let outer = |name: &str| whole && OF_PARAMETERS.contains(&name);
    let names = |view: &View<'a>| -> BTreeSet<&'a String> {
        let objects = view.objects.iter().filter_map(At::object);
        let names = objects.flat_map(|object| object.keys());
        names.filter(|name| !outer(name.as_str())).collect()
    };
    let names: BTreeSet<_> = names(&pair.base)
        .union(&names(&pair.head))
        .copied()
        .collect();
    for name in names {
        if name.starts_with("example") && examples(&pair.base) == examples(&pair.head) {
            continue;
        }
        if ANNOTATIONS.contains(&name.as_str()) || !COMPARED.contains(&name.as_str()) {
            pair.value(
                name,
                &rules::TEXT_ADDED,
                &rules::TEXT_CHANGED,
                &rules::TEXT_REMOVED,
            );
        }
    }
}

/// The values of `example`, or of `examples`, which 3.1 has in its place.
fn examples<'a>(view: &View<'a>) -> Vec<&'a Value> {
    let one = view.get("example").map(|at| at.value);
    let list = view.get("examples").and_then(|at| at.value.as_array());
    one.into_iter().chain(list.into_iter().flatten()).collect()
}

/// Compared with the parameter.
const OF_PARAMETERS: [&str; 4] = ["name", "in", "collectionFormat", "allowEmptyValue"];

/// The keywords that have a comparison of their own.
const COMPARED: [&str; 54] = [
    "$ref",
    "type",
    "format",
    "nullable",
    "x-nullable",
    "enum",
    "const",
    "x-extensible-enum",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "minProperties",
    "maxProperties",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "discriminator",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "x-sunset",
    "x-stability-level",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$defs",
    "definitions",
];
