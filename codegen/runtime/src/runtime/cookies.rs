//! The one header of all cookies (RFC 6265, section 5.4).

use reqwest::header::{COOKIE, HeaderMap};
use secrecy::{ExposeSecret, SecretString};

use super::encode;

/// The header: what the caller wrote into it, then the cookies of the call, then those of the
/// credentials. Of two of one name the cookie of the call is sent, and that of the credentials is not.
pub(super) fn joined(
    headers: &HeaderMap,
    cookies: &[String],
    secrets: &[(&'static str, SecretString)],
) -> Option<String> {
    if cookies.is_empty() && secrets.is_empty() && !headers.contains_key(COOKIE) {
        return None;
    }
    let named = |cookie: &&str| cookies.iter().any(|other| name(other) == name(cookie));
    let by_hand = written(headers).filter(|cookie| !named(cookie));
    let mut all: Vec<String> = by_hand.map(str::to_owned).collect();
    all.extend_from_slice(cookies);
    for (wire, secret) in secrets {
        if !all.iter().any(|cookie| name(cookie) == *wire) {
            all.push(encode::given_cookie(wire, secret.expose_secret()));
        }
    }
    (!all.is_empty()).then(|| all.join("; "))
}

/// Whether the caller sends a cookie of this name.
pub(super) fn has(headers: &HeaderMap, cookies: &[String], wanted: &str) -> bool {
    let cookies = cookies.iter().map(String::as_str);
    cookies
        .chain(written(headers))
        .any(|cookie| name(cookie) == wanted)
}

/// Whether the text of such a header has a cookie of this name.
pub(super) fn is_in(header: &str, wanted: &str) -> bool {
    split(header).any(|cookie| name(cookie) == wanted)
}

fn written(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(COOKIE).into_iter();
    // The runtime makes each of a text.
    let values = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    values.flat_map(split)
}

fn split(header: &str) -> impl Iterator<Item = &str> {
    let cookies = header.split(';').map(str::trim);
    cookies.filter(|cookie| !cookie.is_empty())
}

fn name(cookie: &str) -> &str {
    cookie.split('=').next().unwrap_or_default()
}
