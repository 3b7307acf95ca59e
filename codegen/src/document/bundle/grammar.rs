//! Where references may stand in a document of any version, and what they name there.

use crate::document::keywords::{Expect, Kind, entries, keywords};
use crate::document::pointer;

const SCHEMA: Expect = Expect::ObjectOrReference(Kind::Schema);
const PATH_ITEM: Expect = Expect::Object(Kind::PathItem);
const OPERATION: Expect = Expect::Object(Kind::Operation);

/// What other versions have beside the keywords of 3.0.
const OTHERS: [(Kind, &str, Expect); 22] = [
    (Kind::Document, "webhooks", Expect::Map(&PATH_ITEM)),
    (Kind::Document, "definitions", Expect::Map(&SCHEMA)),
    (
        Kind::Document,
        "parameters",
        Expect::Map(&Expect::ObjectOrReference(Kind::Parameter)),
    ),
    (
        Kind::Document,
        "responses",
        Expect::Map(&Expect::ObjectOrReference(Kind::Response)),
    ),
    (
        Kind::Components,
        "mediaTypes",
        Expect::Map(&Expect::Object(Kind::MediaType)),
    ),
    (Kind::PathItem, "query", OPERATION),
    (
        Kind::PathItem,
        "additionalOperations",
        Expect::Map(&OPERATION),
    ),
    (Kind::Response, "schema", SCHEMA),
    (Kind::MediaType, "itemSchema", SCHEMA),
    (Kind::Discriminator, "defaultMapping", Expect::Text),
    (Kind::Schema, "prefixItems", Expect::List(&SCHEMA)),
    (Kind::Schema, "patternProperties", Expect::Map(&SCHEMA)),
    (Kind::Schema, "dependentSchemas", Expect::Map(&SCHEMA)),
    (Kind::Schema, "propertyNames", SCHEMA),
    (Kind::Schema, "contains", SCHEMA),
    (Kind::Schema, "contentSchema", SCHEMA),
    (Kind::Schema, "if", SCHEMA),
    (Kind::Schema, "then", SCHEMA),
    (Kind::Schema, "else", SCHEMA),
    (Kind::Schema, "unevaluatedItems", SCHEMA),
    (Kind::Schema, "unevaluatedProperties", SCHEMA),
    (Kind::Schema, "additionalItems", SCHEMA),
];

/// What the value of a key is, in an object of the kind.
pub fn child(kind: Kind, key: &str) -> Option<Expect> {
    if let Some(expect) = entries(kind) {
        return (!key.starts_with("x-")).then_some(expect);
    }
    let known = keywords(kind).iter().find(|keyword| keyword.name == key);
    let known = known.map(|keyword| keyword.expect);
    let other = || {
        OTHERS
            .iter()
            .find(|(of, name, _)| (*of, *name) == (kind, key))
    };
    known.or_else(|| other().map(|(.., expect)| *expect))
}

/// What is at a place of a document.
pub fn at(place: &str) -> Option<Expect> {
    below(Expect::Object(Kind::Document), pointer::tokens(place))
}

/// What is at the tokens below a value.
pub fn below(expect: Expect, mut tokens: impl Iterator<Item = impl AsRef<str>>) -> Option<Expect> {
    tokens.try_fold(expect, |expect, token| match expect {
        Expect::Object(kind) | Expect::ObjectOrReference(kind) => child(kind, token.as_ref()),
        Expect::SchemaOrBoolean => child(Kind::Schema, token.as_ref()),
        Expect::List(inner) | Expect::Map(inner) => Some(*inner),
        _ => None,
    })
}

/// The kind of object that an object of a document is.
pub fn kind(expect: &Expect) -> Option<Kind> {
    match expect {
        Expect::Object(kind) | Expect::ObjectOrReference(kind) => Some(*kind),
        Expect::SchemaOrBoolean => Some(Kind::Schema),
        _ => None,
    }
}

/// Where a document keeps the named objects of a kind.
pub fn section(kind: Kind, swagger_2: bool) -> Option<&'static str> {
    Some(match (kind, swagger_2) {
        (Kind::Schema, true) => "/definitions",
        (Kind::Parameter, true) => "/parameters",
        (Kind::Response, true) => "/responses",
        (_, true) => return None,
        (Kind::Schema, _) => "/components/schemas",
        (Kind::Parameter, _) => "/components/parameters",
        (Kind::Response, _) => "/components/responses",
        (Kind::RequestBody, _) => "/components/requestBodies",
        (Kind::Header, _) => "/components/headers",
        (Kind::Example, _) => "/components/examples",
        (Kind::Link, _) => "/components/links",
        (Kind::Callback, _) => "/components/callbacks",
        (Kind::SecurityScheme, _) => "/components/securitySchemes",
        _ => return None,
    })
}
