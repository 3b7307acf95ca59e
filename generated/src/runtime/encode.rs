//! Text to percent-encoded text, as RFC 3986 has it.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything outside the unreserved characters, which mean the same in every part of a URL.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Everything but the reserved characters that a value in a query may hold: what would end it, and `+`, which is read
/// as a space, are not among them, nor are brackets, which no query has (RFC 3986, section 3.4), and `'`, which the URL
/// standard encodes there.
const NOT_RESERVED: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'?')
    .remove(b'@');

/// What may not stand in a path that is already encoded; `%` stays, as it begins an escape.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'{')
    .add(b'}');

/// What a cookie's value may not hold, and `%`, so that the value can be read back.
const NOT_IN_COOKIE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'\\');

/// What it may not hold (RFC 6265, section 4.1.1).
const NOT_IN_GIVEN_COOKIE: &AsciiSet = &NOT_IN_COOKIE.remove(b'%');

/// Encodes one value so that nothing in it can be read as syntax.
pub(super) fn component(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The same, behind what is there.
pub(super) fn component_onto(all: &mut String, text: &str) {
    all.extend(utf8_percent_encode(text, RESERVED));
}

/// Encodes one value of a query whose reserved characters mean something; its escapes stay.
pub(super) fn reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for (index, piece) in text.split('%').enumerate() {
        if index > 0 {
            let escape = piece.as_bytes().get(..2);
            let is_escape = escape.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
            encoded.push_str(if is_escape { "%" } else { "%25" });
        }
        encoded.extend(utf8_percent_encode(piece, NOT_RESERVED));
    }
    encoded
}

/// Encodes what is left to encode in a path, behind what is there; its slashes and escapes stay.
pub(super) fn path_onto(all: &mut String, text: &str) {
    all.extend(utf8_percent_encode(text, NOT_IN_PATH));
}

/// Encodes a cookie as `name=value`.
pub(super) fn cookie(name: &str, value: &str) -> String {
    format!("{name}={}", cookie_value(value))
}

/// Encodes a cookie that was given to the caller as it is sent: its escapes stay.
pub(super) fn given_cookie(name: &str, value: &str) -> String {
    let value = utf8_percent_encode(value, NOT_IN_GIVEN_COOKIE);
    format!("{name}={value}")
}

/// Encodes the value of a cookie.
pub(super) fn cookie_value(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_COOKIE).to_string()
}

/// The standard base64 with padding, which the Basic scheme asks for.
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0_usize, |group, index| {
            group << 8 | usize::from(chunk.get(index).copied().unwrap_or(0))
        });
        for index in 0..4 {
            let letter = ALPHABET[group >> (18 - 6 * index) & 63];
            text.push(if index <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}
