//! Forms as bodies: each property as its type has it, or as the document's Encoding Object does.

use serde::Serialize;
use serde_json::value::RawValue;

use super::encoding::{Encoding, Style};
use super::finite;
use super::flat::{self, Flat};
use super::form::{self, Items, Members, Tree};
use super::query::{ObjectStyle, Query};

/// The pairs of a form. A property is text, a list one value for each item, and what is nested JSON text
/// (OpenAPI 3.0.4, 4.8.15.1), unless something else is said.
pub(super) fn encoded(
    value: &impl Serialize,
    encodings: &[Encoding],
) -> serde_json::Result<String> {
    // Through the text, since `serde_json::Value` would round the digits of a decimal.
    let json = finite::to_parameter(value)?;
    let members: Members<'_> = serde_json::from_str(&json)?;
    let mut pairs = Query::default();
    for (name, value) in members.0 {
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        write(
            &mut pairs,
            &name,
            value,
            encoding.and_then(|encoding| encoding.style),
        )?;
    }
    Ok(pairs.encoded(None).unwrap_or_default())
}

/// The pairs of a form in which all that is nested has a name like `a[b]`.
pub(super) fn deep(value: &impl Serialize) -> serde_json::Result<String> {
    let mut pairs = Query::default();
    if let Tree::Object(members) = form::tree(value)? {
        for (name, value) in members {
            nest(&mut pairs, &name, &value);
        }
    }
    Ok(pairs.encoded(None).unwrap_or_default())
}

fn write(
    pairs: &mut Query,
    name: &str,
    value: &RawValue,
    style: Option<Style>,
) -> serde_json::Result<()> {
    if value.get() == "null" {
        return Ok(());
    }
    match (style, flat::of(value)?) {
        (Some(Style::Json), _) => pairs.append(name, value.get()),
        (Some(Style::Object(ObjectStyle::DeepObject)), _) => {
            nest(pairs, name, &form::tree(&value)?)
        }
        (Some(Style::Object(style)), Flat::Object(_)) => {
            pairs.set_object(name, style, &form::tree(&value)?);
        }
        (Some(Style::List(style)), Flat::List(items)) => pairs.set_list(name, style, &items),
        (_, Flat::List(items)) => items.iter().for_each(|item| pairs.append(name, item)),
        (_, Flat::Object(_)) => pairs.append(name, value.get()),
        (_, Flat::Text(text)) => pairs.append(name, &text),
    }
    Ok(())
}

fn nest(pairs: &mut Query, name: &str, value: &Tree) {
    for (name, value) in form::pairs(name, value, Items::Bracketed) {
        pairs.append(&name, &value);
    }
}
