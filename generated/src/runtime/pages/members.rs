//! Members of a body, found without reading the rest of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::runtime::form::Members;

/// A name, borrowed where it has no escapes.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'j>(#[serde(borrow)] Cow<'j, str>);

/// The JSON text that a pointer leads to; the whole for the empty one.
pub fn at<'j>(json: &'j str, pointer: &str) -> Option<&'j str> {
    let mut steps = pointer.split('/').skip(1);
    steps.try_fold(json, |json, step| {
        let name = step.replace("~1", "/").replace("~0", "~");
        let members: BTreeMap<Name<'_>, &RawValue> = serde_json::from_str(json).ok()?;
        let member = members.get(&Name(Cow::Owned(name)))?;
        Some(member.get())
    })
}

/// What text or number is there; none of what is null, empty or missing.
pub fn text(json: &str, pointer: &str) -> Option<String> {
    let member = at(json, pointer)?;
    let text = match member.as_bytes().first()? {
        b'"' => serde_json::from_str(member).ok()?,
        b'0'..=b'9' | b'-' => member.to_owned(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// What count is there, as a number or as the text of one.
pub fn count(json: &str, pointer: &str) -> Option<u64> {
    if pointer.is_empty() {
        return None;
    }
    text(json, pointer)?.parse().ok()
}

/// Whether something is there; none where nothing is said.
pub fn truth(json: &str, pointer: &str) -> Option<bool> {
    if pointer.is_empty() {
        return None;
    }
    at(json, pointer).map(is_something)
}

/// Whether it is a value that holds or says anything.
pub fn is_something(member: &str) -> bool {
    !matches!(member, "false" | "null" | "\"\"" | "0" | "[]" | "{}")
}

/// The last item of a list.
pub fn last<'j>(json: &'j str, pointer: &str) -> Option<&'j str> {
    let items: Vec<&RawValue> = serde_json::from_str(at(json, pointer)?).ok()?;
    items.last().map(|item| item.get())
}

/// The JSON with a member of another value, which it has got then; what else there is stays as it is written.
pub fn set(json: &str, pointer: &str, value: &str) -> String {
    let Some(rest) = pointer.strip_prefix('/') else {
        return value.to_owned();
    };
    let (step, rest) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let name = step.replace("~1", "/").replace("~0", "~");
    let members = serde_json::from_str::<Members<'_>>(json);
    let members = members.map_or_else(|_| Vec::new(), |members| members.0);
    let mut members: Vec<(String, String)> = members
        .into_iter()
        .map(|(name, value)| (name, value.get().to_owned()))
        .collect();
    let known = members.iter().position(|(own, _)| *own == name);
    let at = known.unwrap_or(members.len());
    if known.is_none() {
        members.push((name, "null".to_owned()));
    }
    members[at].1 = set(&members[at].1, rest, value);
    let member = |(name, value): &(String, String)| format!("{}:{value}", Value::from(&**name));
    let members: Vec<String> = members.iter().map(member).collect();
    format!("{{{}}}", members.join(","))
}
