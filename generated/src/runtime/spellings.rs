//! Each spelling in which a secret may come back.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, PROXY_AUTHORIZATION};

use super::encode;
use super::proof;
use super::service::Placement;

/// The fewest characters that are searched for: fewer are found in words that have nothing to do
/// with the secret.
const LEAST: usize = 4;

/// The words with which the names of headers end that authenticate, or a part of their names.
const WORDS: &[&str] = &[
    "auth",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "key",
    "password",
    "secret",
    "session",
    "signature",
    "token",
];

/// Whether a header of this name says who is calling.
pub(super) fn authenticates(name: &HeaderName) -> bool {
    let mut words = name.as_str().split(['-', '_']);
    name != "idempotency-key" && words.any(|word| WORDS.iter().any(|end| word.ends_with(end)))
}

/// Whether the spelling is long enough not to be found by chance.
pub(super) fn is_distinct(spelling: &str) -> bool {
    spelling.chars().count() >= LEAST
}

/// The spellings of a secret that goes to this place.
pub(super) fn of_secret(placement: Placement, secret: &str) -> Vec<String> {
    let mut spellings = in_each_encoding(proof::bare(placement, secret));
    let pair = match placement {
        Placement::Basic => Some(secret.to_owned()),
        Placement::BasicKey => Some(proof::key_alone(secret)),
        _ => None,
    };
    if let Some(secret) = pair {
        spellings.push(encode::base64(secret.as_bytes()));
        let password = match secret.split_once(':') {
            // An API key is often the user, without a password.
            Some((user, "")) => user,
            Some((_, password)) => password,
            None => "",
        };
        spellings.extend(in_each_encoding(password));
    }
    spellings
}

/// The spellings of what is secret in a header.
pub(super) fn of_header(name: &HeaderName, value: &str) -> Vec<String> {
    let mut spellings = in_each_encoding(value);
    if *name == COOKIE {
        spellings.extend(of_cookies(value));
    } else if [AUTHORIZATION, PROXY_AUTHORIZATION].contains(name) {
        // What is before the first space names the scheme (RFC 9110, section 11.4).
        let secret = value.split_once(' ').map(|(_, secret)| secret.trim());
        spellings.extend(secret.into_iter().flat_map(in_each_encoding));
    }
    spellings
}

/// The spellings of the values of cookies, which are given as `a=1; b=2`.
pub(super) fn of_cookies(cookies: &str) -> Vec<String> {
    let values = cookies.split(';').filter_map(|pair| pair.split_once('='));
    values
        .flat_map(|(_, value)| in_each_encoding(value.trim()))
        .collect()
}

/// The spellings of a value that is not shown.
pub(super) fn of_value(value: &str) -> Vec<String> {
    in_each_encoding(value)
}

fn in_each_encoding(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let unquoted = json
        .get(1..json.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned();
    vec![
        secret.to_owned(),
        encode::component(secret),
        encode::cookie_value(secret),
        // Some services write a slash as `\/`.
        unquoted.replace('/', "\\/"),
        unquoted,
    ]
}
