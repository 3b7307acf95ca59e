//! The header `Link` (RFC 8288): which pages there are beside this one.

use reqwest::header::{HeaderMap, LINK};

/// Relations that only pages of a list have.
const OF_PAGES: [&str; 5] = ["first", "last", "next", "prev", "previous"];

/// What the header says of pages.
#[derive(Debug, PartialEq, Eq)]
pub enum Linked {
    /// Nothing: it is missing, or about something else.
    Silent,
    /// That there are others, and no next one.
    Last,
    /// Where the next one is.
    Next(String),
}

/// What all headers `Link` of a response say together.
pub fn linked(headers: &HeaderMap) -> Linked {
    let mut found = Linked::Silent;
    let values = headers.get_all(LINK).into_iter();
    for value in values.filter_map(|value| value.to_str().ok()) {
        for (target, parameters) in links(value) {
            if is_of(parameters, &["next"]) {
                return Linked::Next(target.to_owned());
            }
            if is_of(parameters, &OF_PAGES) {
                found = Linked::Last;
            }
        }
    }
    found
}

/// Targets, each with the text of its parameters. A target may hold commas, and so may a text in quotes.
fn links(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('<')?;
        let (target, after) = after.split_once('>')?;
        let mut quoted = false;
        let end = after.find(|c: char| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let (parameters, after) = after.split_at(end.unwrap_or(after.len()));
        rest = after;
        Some((target, parameters))
    })
}

/// Whether the relation is one of these: `rel=next`, or `rel="next last"`.
fn is_of(parameters: &str, relations: &[&str]) -> bool {
    let mut parameters = parameters.split(';').filter_map(|one| one.split_once('='));
    let relation = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    relation.is_some_and(|(_, value)| {
        let mut stated = value.trim().trim_matches('"').split_ascii_whitespace();
        stated.any(|one| {
            relations
                .iter()
                .any(|known| one.eq_ignore_ascii_case(known))
        })
    })
}
