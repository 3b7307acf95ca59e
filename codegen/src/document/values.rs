//! Keywords whose values, or whose presence, depend on one another.

use serde_yaml::{Mapping, Value};

use super::codes;
use super::keywords::Kind;
use crate::diagnostic::Code;

/// What is wrong with one keyword of an object.
pub struct Problem {
    pub code: Code,
    pub message: String,
    pub help: String,
    /// None where what is missing cannot be shown.
    pub keyword: Option<&'static str>,
    /// The object means nothing without the keyword.
    pub fatal: bool,
}

/// Reports what the types of the document could not express. Values of a wrong type are left to
/// the table of keywords.
pub fn check(kind: Kind, object: &Mapping) -> Vec<Problem> {
    match kind {
        Kind::Parameter => parameter(object),
        Kind::SecurityScheme => security_scheme(object),
        Kind::Header => one_of(object, "style", OF_HEADERS).into_iter().collect(),
        Kind::Encoding => one_of(object, "style", OF_QUERIES).into_iter().collect(),
        _ => Vec::new(),
    }
}

const OF_QUERIES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];
const OF_HEADERS: &[&str] = &["simple"];

/// 4.7.12.1 and 4.7.12.2
fn parameter(object: &Mapping) -> Vec<Problem> {
    const STYLES: [(&str, &[&str]); 4] = [
        ("path", &["simple", "label", "matrix"]),
        ("query", OF_QUERIES),
        ("header", OF_HEADERS),
        ("cookie", &["form"]),
    ];
    if text(object, "in") == Some("querystring") {
        return vec![Problem {
            code: codes::INVALID,
            message: "a query string that is no form is not supported".to_owned(),
            help: "describe it as `application/x-www-form-urlencoded`, or its parts as parameters `in: query`".to_owned(),
            keyword: Some("in"),
            fatal: true,
        }];
    }
    let places: Vec<&str> = STYLES.iter().map(|(place, _)| *place).collect();
    let mut problems: Vec<Problem> = one_of(object, "in", &places).into_iter().collect();
    let place = text(object, "in").and_then(|place| STYLES.iter().find(|(name, _)| *name == place));
    problems.extend(place.and_then(|(_, styles)| one_of(object, "style", styles)));
    problems
}

/// 4.7.27.1
fn security_scheme(object: &Mapping) -> Vec<Problem> {
    const REQUIRED: [(&str, &[&str]); 4] = [
        ("apiKey", &["name", "in"]),
        ("http", &["scheme"]),
        ("oauth2", &["flows"]),
        ("openIdConnect", &["openIdConnectUrl"]),
    ];
    let types: Vec<&str> = REQUIRED.iter().map(|(name, _)| *name).collect();
    let mut problems: Vec<Problem> = one_of(object, "type", &types).into_iter().collect();
    let found = text(object, "type").and_then(|ty| REQUIRED.iter().find(|(name, _)| *name == ty));
    for keyword in found.into_iter().flat_map(|(_, keywords)| keywords.iter()) {
        if !object.contains_key(*keyword) {
            let message = format!("the Security Scheme Object has no `{keyword}`");
            problems.push(missing(keyword, &message));
        }
    }
    if text(object, "type") == Some("apiKey") {
        problems.extend(one_of(object, "in", &["query", "header", "cookie"]));
    }
    problems
}

/// A text that is there and none of the values.
pub fn one_of(object: &Mapping, keyword: &'static str, values: &[&str]) -> Option<Problem> {
    let value = text(object, keyword).filter(|value| !values.contains(value))?;
    Some(Problem {
        code: codes::INVALID,
        message: format!("`{value}` is not a value of `{keyword}`"),
        help: format!("write {}", values.join(" or ")),
        keyword: Some(keyword),
        fatal: !["style", "collectionFormat", "flow"].contains(&keyword),
    })
}

pub fn missing(keyword: &str, message: &str) -> Problem {
    Problem {
        code: codes::MISSING_KEYWORD,
        message: message.to_owned(),
        help: format!("`{keyword}` is required by the specification"),
        keyword: None,
        fatal: true,
    }
}

pub fn text<'o>(object: &'o Mapping, keyword: &str) -> Option<&'o str> {
    object.get(keyword).and_then(Value::as_str)
}
