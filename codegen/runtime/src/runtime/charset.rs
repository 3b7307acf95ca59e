//! The text of a body, in UTF-8, whichever charset it arrived in.

use std::borrow::Cow;

/// A charset that is read.
#[derive(Clone, Copy)]
enum Charset {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// What browsers read as ISO 8859-1 and ASCII, too (WHATWG Encoding, 4.2).
    Windows1252,
}

/// The bytes as UTF-8; `label` is the charset that the Content-Type names.
///
/// A byte order mark wins over it, and is no part of the text.
///
/// # Errors
///
/// Why there is no text.
pub(super) fn text<'b>(bytes: &'b [u8], label: Option<&str>) -> Result<Cow<'b, str>, String> {
    let (marked, rest) = byte_order_mark(bytes);
    let Some(charset) = marked.or_else(|| label.map_or(Some(Charset::Utf8), charset)) else {
        let label = shown(label.unwrap_or_default());
        return Err(format!("the charset `{label}` of the body isn't known"));
    };
    match charset {
        Charset::Utf8 => match std::str::from_utf8(rest) {
            Ok(text) => Ok(text.into()),
            Err(_) => Err("the body isn't UTF-8".to_owned()),
        },
        Charset::Utf16Le => utf_16(rest, u16::from_le_bytes),
        Charset::Utf16Be => utf_16(rest, u16::from_be_bytes),
        Charset::Windows1252 => Ok(rest.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

/// The text as [`text`], or else what there is of it in UTF-8.
pub(super) fn lossy<'b>(bytes: &'b [u8], label: Option<&str>) -> Cow<'b, str> {
    text(bytes, label).unwrap_or_else(|_| String::from_utf8_lossy(bytes))
}

/// The text of JSON, which is UTF-8 by its standard (RFC 8259, 8.1), so that a label is asked only if
/// it is not.
///
/// # Errors
///
/// Why there is no text.
pub(super) fn json<'b, 'l>(
    bytes: &'b [u8],
    label: impl FnOnce() -> Option<&'l str>,
) -> Result<Cow<'b, str>, String> {
    text(bytes, None).or_else(|error| match label() {
        Some(label) => text(bytes, Some(label)),
        None => Err(error),
    })
}

/// The value of `charset` in a Content-Type.
pub(super) fn label(content_type: &str) -> Option<&str> {
    let mut parameters = content_type.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"'))
    })
}

/// A word of a header, as it can be shown.
pub(super) fn shown(word: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.,: ".contains(c);
    if word.len() <= 40 && word.chars().all(plain) {
        word
    } else {
        "?"
    }
}

fn charset(label: &str) -> Option<Charset> {
    Some(match label.trim().to_ascii_lowercase().as_str() {
        "" | "utf-8" | "utf8" => Charset::Utf8,
        // Without a mark, as browsers have it.
        "utf-16" | "utf-16le" => Charset::Utf16Le,
        "utf-16be" => Charset::Utf16Be,
        "us-ascii" | "ascii" | "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252"
        | "cp1252" => Charset::Windows1252,
        _ => return None,
    })
}

fn byte_order_mark(bytes: &[u8]) -> (Option<Charset>, &[u8]) {
    const MARKS: [(&[u8], Charset); 3] = [
        (&[0xEF, 0xBB, 0xBF], Charset::Utf8),
        (&[0xFF, 0xFE], Charset::Utf16Le),
        (&[0xFE, 0xFF], Charset::Utf16Be),
    ];
    let mut found = MARKS.iter().filter_map(|(mark, charset)| {
        let rest = bytes.strip_prefix(*mark)?;
        Some((Some(*charset), rest))
    });
    found.next().unwrap_or((None, bytes))
}

fn utf_16<'b>(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'b, str>, String> {
    let (pairs, odd) = bytes.split_at(bytes.len() & !1);
    let units = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if odd.is_empty() => Ok(text.into()),
        _ => Err("the body isn't UTF-16".to_owned()),
    }
}

fn windows_1252(byte: u8) -> char {
    /// 0x80 to 0x9F; five are as in ISO 8859-1.
    const OWN: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => OWN[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}
