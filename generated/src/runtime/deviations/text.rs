//! The text of a JSON string, also of one with half a character: a surrogate that stands alone (RFC 8259, section 8.2).

use std::borrow::Cow;

/// What stands for half a character.
const REPLACEMENT: &str = "\\ufffd";

/// Whether it is no text as it stands.
pub fn is_broken(json: &str) -> bool {
    json.contains("\\u") && serde_json::from_str::<String>(json).is_err()
}

/// What a string that stands between quotes says.
pub fn unescaped(json: &str) -> Cow<'static, str> {
    let text = serde_json::from_str(json).or_else(|_| serde_json::from_str(&mended(json)));
    text.unwrap_or_default()
}

/// The same with a replacement for each half of a character.
fn mended(json: &str) -> String {
    let (mut mended, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let (unit, next) = (unit(rest), rest.get(6..).and_then(unit));
        let length = match (unit, next) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str(REPLACEMENT);
                rest = &rest[6..];
                continue;
            }
            // Of an escape other than these two only the backslash and what is behind it matter.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        mended.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    mended + rest
}

/// The unit of UTF-16 that an escape at the beginning is.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
