//! Where the values of sensitive properties are in the text of a body.

use std::ops::Range;

use serde_json::Value;

/// Where in the JSON text the values of the named properties are, at any depth.
///
/// Of a string it is what is between its quotes. It reads tokens instead of parsing, as the text
/// may have been cut anywhere.
pub(super) fn values(text: &str, names: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    // Each quote may open a name: in broken JSON there is no telling which ones close a string.
    while let Some(quote) = text[at..].find('"').map(|offset| at + offset) {
        at = quote + 1;
        if let Some(value) = value_of(&text[quote..], names) {
            at = quote + value.end;
            found.push(inside(text, quote + value.start..at));
        } else if opens_escaped_name(&text[at..], names) {
            found.push(at..text.len());
            break;
        }
    }
    found
}

/// The texts and numbers of the named properties, at any depth; all of them if the value is `within` one.
pub(super) fn leaves(value: &Value, names: &[&str], within: bool, found: &mut Vec<String>) {
    match value {
        Value::String(text) if within => found.push(text.clone()),
        Value::Number(number) if within => found.push(number.to_string()),
        Value::Array(items) => {
            for item in items {
                leaves(item, names, within, found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                leaves(member, names, within || is_one_of(name, names), found);
            }
        }
        _ => {}
    }
}

/// The value without the quotes around it, if it has some.
fn inside(text: &str, value: Range<usize>) -> Range<usize> {
    let Some(inner) = text[value.clone()].strip_prefix('"') else {
        return value;
    };
    let closed = string_end(&text[value.clone()], value.len()).is_some();
    value.start + 1..value.start + 1 + inner.len() - usize::from(closed)
}

/// Where the value is in `"name": value…`, if the name is one of `names`.
fn value_of(text: &str, names: &[&str]) -> Option<Range<usize>> {
    // A letter may be written as `\u0061`; what is longer can't be a name. Without this bound a
    // hostile body would be read once per quote.
    let longest = 2 + 6 * names.iter().map(|name| name.len()).max()?;
    let (token, after) = text.split_at(string_end(text, longest)?);
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    let name: String = serde_json::from_str(token).ok()?;
    let start = text.len() - value.len();
    is_one_of(&name, names).then(|| start..start + value_length(value))
}

/// Whether the text goes on as `name\":`, which is JSON inside of a JSON string.
fn opens_escaped_name(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let name = text
            .get(..name.len())
            .filter(|start| start.eq_ignore_ascii_case(name));
        let after = name.and_then(|name| text[name.len()..].strip_prefix('\\'));
        let after = after.and_then(|after| after.trim_start_matches('\\').strip_prefix('"'));
        after.is_some_and(|after| after.trim_start().starts_with(':'))
    })
}

/// Whether a property is one of these, however a sloppy service spells it.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The length of the value at the start of the text; all of it if the value has no end.
fn value_length(text: &str) -> usize {
    match text.as_bytes().first() {
        Some(b'"') => string_length(text),
        Some(b'{' | b'[') => nested_length(text),
        _ => text.find([',', '}', ']']).unwrap_or(text.len()),
    }
}

fn nested_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at += string_length(&text[at..]);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of the string at the start of the text, with both of its quotes.
fn string_length(text: &str) -> usize {
    string_end(text, text.len()).unwrap_or(text.len())
}

/// Where the string at the start of the text ends, if it does within `limit` bytes.
fn string_end(text: &str, limit: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().take(limit).skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
