//! Text that is safe to show: without credentials, and without the values the schema calls
//! sensitive.

use std::ops::Range;

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, PROXY_AUTHORIZATION, SET_COOKIE};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::keyring::Keyring;
use super::sensitive;
use super::service::{Placement, Service};
use super::spellings;

/// What stands in place of a value that must not be shown.
const MASK: &str = "[redacted]";

/// How many bytes of a body an excerpt is made of.
const SCANNED: usize = 64 * 1024;

/// What has to be hidden in everything that one client says.
#[derive(Clone)]
pub(super) struct Mask {
    service: &'static Service,
    spellings: Vec<SecretString>,
    // The sensitive values of the call, which the service may repeat in a text.
    values: Vec<SecretString>,
    // The names of headers and JSON properties whose values are credentials.
    names: Vec<String>,
}

impl Mask {
    /// The mask of a client.
    pub(super) fn new(service: &'static Service, keyring: &Keyring) -> Self {
        let known = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE, SET_COOKIE];
        let known = known.iter().map(|name| name.as_str().to_owned());
        let schemes = service.alternatives.iter().copied().flatten();
        let headers = schemes.filter_map(|scheme| match scheme.placement {
            Placement::Header(name) => Some(name.to_owned()),
            _ => None,
        });
        let mut mask = Self {
            service,
            spellings: Vec::new(),
            values: Vec::new(),
            names: known.chain(headers).collect(),
        };
        mask.spellings = distinct(keyring.spellings());
        mask
    }

    /// The mask of one call, whose own headers and cookies may authenticate it as well; `fetched` are
    /// the spellings of what the client was lent.
    pub(super) fn of_call(
        &self,
        headers: &HeaderMap,
        cookies: &[String],
        fetched: Vec<String>,
    ) -> Self {
        let mut mask = self.clone();
        mask.add(fetched);
        for (name, value) in headers {
            if spellings::authenticates(name) {
                mask.names.push(name.as_str().to_owned());
                let value = String::from_utf8_lossy(value.as_bytes());
                mask.add(spellings::of_header(name, &value));
            }
        }
        mask.add(spellings::of_cookies(&cookies.join("; ")));
        mask
    }

    /// The same, which hides the sensitive values of the JSON wherever they are in a text.
    pub(super) fn with_values_of(self, json: &Value) -> Self {
        let mut found = Vec::new();
        sensitive::leaves(json, self.service.sensitive, false, &mut found);
        self.with_values(found)
    }

    /// The same of values that are at hand.
    pub(super) fn with_values(mut self, values: Vec<String>) -> Self {
        let spelled = values.iter().flat_map(|value| spellings::of_value(value));
        self.values.extend(distinct(spelled.collect()));
        self
    }

    fn add(&mut self, spellings: Vec<String>) {
        self.spellings.extend(distinct(spellings));
    }

    /// The text without any spelling of a credential.
    pub(super) fn secrets(&self, text: &str) -> String {
        hide(text, self.secrets_in(text))
    }

    /// The text of a body without credentials: neither their spellings, nor the values of JSON
    /// properties that are named after their headers.
    pub(super) fn body(&self, body: &str) -> String {
        let mut ranges = self.secrets_in(body);
        ranges.extend(sensitive::values(body, &self.names()));
        hide(body, ranges)
    }

    /// The same without sensitive values, at most `limit` characters.
    pub(super) fn excerpt(&self, body: &str, limit: usize) -> String {
        let text = beginning(body, SCANNED);
        let mut ranges = self.hidden_in(text);
        if text.len() < body.len() {
            // It may be the beginning of a secret.
            let all = self.spellings.iter().chain(&self.values);
            let lengths = all.map(|one| one.expose_secret().len());
            let longest = lengths.max().unwrap_or(0);
            ranges.push(beginning(text, text.len().saturating_sub(longest)).len()..text.len());
        }
        let mut text = hide(text, ranges);
        if let Some((end, _)) = text.char_indices().nth(limit) {
            text.truncate(end);
            text.push('…');
        }
        text
    }

    /// A text of the body without credentials, and without sensitive values: those of JSON in it, and
    /// those that the call was made with.
    pub(super) fn said(&self, text: &str) -> String {
        hide(text, self.hidden_in(text))
    }

    fn hidden_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges = self.secrets_in(text);
        ranges.extend(sensitive::values(text, &self.hidden()));
        ranges.extend(places(text, &self.values));
        ranges
    }

    /// The names of properties whose values must not be shown.
    pub(super) fn hidden(&self) -> Vec<&str> {
        [self.service.sensitive, &self.names()].concat()
    }

    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn secrets_in(&self, text: &str) -> Vec<Range<usize>> {
        places(text, &self.spellings)
    }
}

/// Each place of each secret; they may overlap, the same one too.
fn places(text: &str, secrets: &[SecretString]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for spelling in secrets.iter().map(ExposeSecret::expose_secret) {
        let mut from = 0;
        while let Some(start) = text[from..].find(spelling).map(|offset| from + offset) {
            found.push(start..start + spelling.len());
            from = start + spelling.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Those that are not found by chance, each once.
fn distinct(mut spellings: Vec<String>) -> Vec<SecretString> {
    spellings.retain(|one| spellings::is_distinct(one));
    spellings.sort_unstable();
    spellings.dedup();
    spellings.into_iter().map(SecretString::from).collect()
}

/// The text with one mask in place of each stretch that the ranges cover together.
fn hide(text: &str, mut ranges: Vec<Range<usize>>) -> String {
    ranges.sort_by_key(|range| range.start);
    let mut output = String::with_capacity(text.len());
    let mut done = None;
    for range in ranges {
        if done.is_none_or(|done| range.start > done) {
            output.push_str(&text[done.unwrap_or(0)..range.start]);
            output.push_str(MASK);
        }
        done = done.max(Some(range.end));
    }
    output.push_str(&text[done.unwrap_or(0)..]);
    output
}

/// At most so many bytes of the text.
fn beginning(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
