//! Text that is safe to show: without credentials, and without the values the schema calls
//! sensitive.

use secrecy::ExposeSecret;

use super::credentials::Credentials;
use super::service::Service;

/// What stands in place of a value that must not be shown.
const MASK: &str = "[redacted]";

/// What has to be hidden in everything that one client says.
#[derive(Clone)]
pub(super) struct Mask {
    service: &'static Service,
    credentials: Option<Credentials>,
}

impl Mask {
    /// The mask of a client.
    pub(super) fn new(service: &'static Service, credentials: Option<Credentials>) -> Self {
        Self {
            service,
            credentials,
        }
    }

    /// The text without any spelling of a credential.
    pub(super) fn secrets(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for spelling in self.credentials.iter().flat_map(Credentials::spellings) {
            let spelling = spelling.expose_secret();
            if text.contains(spelling) {
                text = text.replace(spelling, MASK);
            }
        }
        text
    }

    /// The text of a body, without credentials and sensitive values, at most `limit` characters.
    pub(super) fn excerpt(&self, body: &str, limit: usize) -> String {
        let mut text = sensitive_values(&self.secrets(body), self.service.sensitive);
        if let Some((end, _)) = text.char_indices().nth(limit) {
            text.truncate(end);
            text.push('…');
        }
        text
    }
}

/// The JSON text with the values of the named properties replaced, at any depth.
///
/// It reads tokens instead of parsing, as the text may have been cut anywhere.
pub(super) fn sensitive_values(text: &str, names: &[&str]) -> String {
    let mut output = String::with_capacity(text.len());
    let mut rest = text;
    // Each quote may open a name: in broken JSON there is no telling which ones close a string.
    while let Some((before, from_quote)) = rest.find('"').map(|at| rest.split_at(at)) {
        output.push_str(before);
        rest = match value_of_sensitive(from_quote, names) {
            Some((name, value)) => {
                output.push_str(name);
                output.push('"');
                output.push_str(MASK);
                output.push('"');
                &value[value_length(value)..]
            }
            None if opens_escaped_name(&from_quote[1..], names) => {
                output.push('"');
                output.push_str(MASK);
                return output;
            }
            None => {
                output.push('"');
                &from_quote[1..]
            }
        };
    }
    output.push_str(rest);
    output
}

/// Splits `"name": value…` before the value, if the name is one of `names`.
fn value_of_sensitive<'a>(text: &'a str, names: &[&str]) -> Option<(&'a str, &'a str)> {
    // A letter may be written as `\u0061`; what is longer can't be a name. Without this bound a
    // hostile body would be read once per quote.
    let longest = 2 + 6 * names.iter().map(|name| name.len()).max()?;
    let (token, after) = text.split_at(string_end(text, longest)?);
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    let name: String = serde_json::from_str(token).ok()?;
    is_one_of(&name, names).then(|| text.split_at(text.len() - value.len()))
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
