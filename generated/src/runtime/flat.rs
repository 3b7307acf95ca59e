//! A value as the styles of parameters know it: a text, a list or an object of texts.

use serde::Serialize;
use serde_json::value::RawValue;

use super::finite;
use super::form::Members;

/// A value without depth.
pub(super) enum Flat {
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// What is nested deeper is JSON text; null is left out, as RFC 6570 does with what is undefined (section 2.4.2).
pub(super) fn of(value: &(impl Serialize + ?Sized)) -> serde_json::Result<Flat> {
    // Through the text, since `serde_json::Value` would round the digits of a decimal.
    let json = finite::to_parameter(value)?;
    Ok(match json.as_bytes().first() {
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(&json)?;
            let members = members.0.into_iter();
            let members =
                members.filter_map(|(name, value)| Some(text(value)?.map(|text| (name, text))));
            Flat::Object(members.collect::<serde_json::Result<_>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(&json)?;
            let items = items.into_iter().filter_map(text);
            Flat::List(items.collect::<serde_json::Result<_>>()?)
        }
        Some(b'"') => Flat::Text(serde_json::from_str(&json)?),
        Some(b'n') => Flat::List(Vec::new()),
        _ => Flat::Text(json),
    })
}

fn text(value: &RawValue) -> Option<serde_json::Result<String>> {
    let json = value.get();
    match json.as_bytes().first() {
        Some(b'n') => None,
        Some(b'"') => Some(serde_json::from_str(json)),
        _ => Some(Ok(json.to_owned())),
    }
}
