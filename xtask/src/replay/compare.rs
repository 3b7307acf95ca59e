//! Where a request differs from the one that the other SDK sends.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::encoding::{decoded, pairs};
use super::multipart;
use super::requests::Expected;
use crate::difference;
use crate::driver::recorder::Message;

/// One difference: its kind, by which they are counted, and what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: String,
    pub what: String,
}

/// All differences; none between requests that are equal.
pub fn differences(theirs: &Expected, ours: &Message) -> Vec<Finding> {
    let mut findings = Vec::new();
    if theirs.method != ours.method() {
        findings.push(Finding::values("the method", &theirs.method, ours.method()));
    }
    let (path, query) = ours.target().split_once('?').unwrap_or((ours.target(), ""));
    if segments(&theirs.path) != segments(path) {
        findings.push(Finding::values("the path", &theirs.path, path));
    }
    compare_pairs("query", &theirs.query, query, &mut findings);
    compare_headers(theirs, ours, &mut findings);
    compare_bodies(theirs, ours, &mut findings);
    findings
}

impl Finding {
    pub fn new(kind: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            what: what.into(),
        }
    }

    fn values(kind: &str, theirs: &str, ours: &str) -> Self {
        Self::new(kind, format!("theirs `{theirs}`, ours `{ours}`"))
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').map(decoded).collect()
}

/// The order of parameters means nothing, that of one parameter's values does.
fn compare_pairs(of: &str, theirs: &str, ours: &str, findings: &mut Vec<Finding>) {
    let (theirs, ours) = (by_name(theirs), by_name(ours));
    for (name, values) in &theirs {
        match ours.get(name) {
            None => findings.push(Finding::new(
                format!("the {of}: a parameter is missing"),
                format!("`{name}={}`", values.join(",")),
            )),
            Some(own) if same_texts(values, own) => {}
            Some(own) => findings.push(Finding::values(
                &format!("the {of}: another value"),
                &format!("{name}={}", values.join("&")),
                &own.join("&"),
            )),
        }
    }
    for (name, values) in ours.iter().filter(|(name, _)| !theirs.contains_key(*name)) {
        let what = format!("`{name}={}`", values.join(","));
        let kind = format!("the {of}: a parameter is added");
        findings.push(Finding::new(kind, what));
    }
}

fn by_name(query: &str) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in pairs(query) {
        names.entry(name).or_default().push(value);
    }
    names
}

fn same_texts(theirs: &[String], ours: &[String]) -> bool {
    let mut both = theirs.iter().zip(ours);
    theirs.len() == ours.len()
        && both.all(|(theirs, ours)| same_text(theirs, ours) || same_json(theirs, ours))
}

/// Instants and numbers are compared by what they mean.
pub fn same_text(theirs: &str, ours: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    theirs == ours
        || instant(theirs).is_some_and(|theirs| Some(theirs) == instant(ours))
        || number(theirs).is_some_and(|theirs| Some(theirs) == number(ours))
}

fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Those that the other SDK is recorded with; a body's type means nothing where there is none.
fn compare_headers(theirs: &Expected, ours: &Message, findings: &mut Vec<Finding>) {
    let no_body = theirs.body.is_empty() && ours.body.is_empty();
    for (name, value) in &theirs.headers {
        if name == "content-type" && no_body {
            continue;
        }
        let own = ours.header(name);
        match &own {
            None if name == "content-type" && ours.body.is_empty() => {}
            None => findings.push(Finding::new(
                format!("`{name}` is missing"),
                format!("theirs `{value}`"),
            )),
            Some(own) if same_header(name, value, own) => {}
            Some(own) => findings.push(Finding::values(&format!("`{name}`"), value, own)),
        }
    }
    for (name, value) in &ours.headers {
        let known = theirs.headers.contains_key(name) || TRANSPORT.contains(&name.as_str());
        if !known {
            findings.push(Finding::new(
                format!("`{name}` is added"),
                format!("ours `{value}`"),
            ));
        }
    }
}

/// What each library adds for itself.
const TRANSPORT: [&str; 9] = [
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
    "user-agent",
    "x-stainless-retry-count",
    "x-retry-count",
    crate::driver::CALL,
];

/// What separates parts is another text each time.
fn same_header(name: &str, theirs: &str, ours: &str) -> bool {
    let multipart = |value: &str| {
        let (essence, _) = value.split_once(';')?;
        essence
            .starts_with("multipart/")
            .then(|| essence.to_lowercase())
    };
    let plain = |value: &str| value.replace("; ", ";").to_lowercase();
    theirs == ours
        || (name == "content-type"
            && multipart(theirs).is_some_and(|theirs| Some(theirs) == multipart(ours)))
        || (matches!(name, "content-type" | "accept") && plain(theirs) == plain(ours))
}

fn compare_bodies(theirs: &Expected, ours: &Message, findings: &mut Vec<Finding>) {
    let content_type = theirs
        .headers
        .get("content-type")
        .map_or("", String::as_str);
    let own = String::from_utf8_lossy(&ours.body);
    if theirs.body == own {
        return;
    }
    if theirs.body.is_empty() || own.is_empty() {
        let which = if own.is_empty() { "ours" } else { "theirs" };
        let kind = format!("the body: {which} is empty");
        findings.push(Finding::values(
            &kind,
            &clipped(&theirs.body),
            &clipped(&own),
        ));
        return;
    }
    if content_type.starts_with("multipart/") {
        let own_type = ours.header("content-type").unwrap_or_default();
        multipart::compare((content_type, &theirs.body), (&own_type, &own), findings);
        return;
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        compare_pairs("form", &theirs.body, &own, findings);
        return;
    }
    match (json(&theirs.body), json(&own)) {
        (Some(theirs), Some(ours)) => {
            if let Some(found) = difference::first(&theirs, &ours) {
                let kind = format!("the body: {}", found.kind);
                let at = |value: &Value| {
                    value
                        .pointer(&found.at)
                        .map_or("nothing".to_owned(), Value::to_string)
                };
                let what = format!(
                    "at `{}` theirs {}, ours {}",
                    found.at,
                    at(&theirs),
                    at(&ours)
                );
                findings.push(Finding::new(kind, clipped(&what)));
            }
        }
        _ => findings.push(Finding::values(
            "the body",
            &clipped(&theirs.body),
            &clipped(&own),
        )),
    }
}

/// Whether both are JSON of one value.
pub fn same_json(theirs: &str, ours: &str) -> bool {
    match (json(theirs), json(ours)) {
        (Some(theirs), Some(ours)) => difference::first(&theirs, &ours).is_none(),
        _ => false,
    }
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(canonical)
}

/// With each instant written in one way.
fn canonical(value: Value) -> Value {
    match value {
        Value::String(text) => match instant(&text) {
            Some(instant) => Value::String(instant.to_string()),
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(members) => {
            let members = members
                .into_iter()
                .map(|(name, value)| (name, canonical(value)));
            Value::Object(members.collect())
        }
        value => value,
    }
}

/// Enough of a text to see what it is.
pub fn clipped(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn theirs(value: Value) -> Expected {
        let mut request = json!({"method_name": "a.b", "method": "GET", "path": "/a"});
        request
            .as_object_mut()
            .unwrap()
            .extend(value.as_object().unwrap().clone());
        serde_json::from_value(request).unwrap()
    }

    fn ours(target: &str, headers: &[(&str, &str)], body: &str) -> Message {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Message {
            first: format!("GET {target} HTTP/1.1"),
            headers: headers.collect(),
            body: body.into(),
        }
    }

    fn kinds(theirs: &Expected, ours: &Message) -> Vec<String> {
        differences(theirs, ours)
            .into_iter()
            .map(|finding| finding.kind)
            .collect()
    }

    #[test]
    fn what_means_the_same_is_equal() {
        let json = ("content-type", "application/json");
        let request = json!({
            "path": "/a/b c%2Fd",
            "query": "x=1.0&y=2020-01-01T01:00:00%2B01:00&z=1&z=2",
            "headers": {"content-type": "application/json"},
            "body": "{\"a\": 1.0, \"b\": [\"2020-01-01T00:00:00Z\"]}",
        });
        let same = ours(
            "/a/b%20c%2Fd?z=1&z=2&y=2020-01-01T00:00:00Z&x=1",
            &[json, ("user-agent", "ours"), ("host", "here")],
            "{\"b\":[\"2020-01-01T00:00:00.000+00:00\"],\"a\":1}",
        );
        assert_eq!(kinds(&theirs(request), &same), Vec::<String>::new());
        let form = ("content-type", "application/x-www-form-urlencoded");
        let request = json!({
            "headers": {form.0: form.1}, "body": "a=x+y&b=%7B%22c%22%3A+1%7D",
        });
        let same = ours("/a", &[form], "b=%7B%22c%22%3A1%7D&a=x%20y");
        assert_eq!(kinds(&theirs(request), &same), Vec::<String>::new());
        let bodiless = theirs(json!({"headers": {"content-type": "application/json"}}));
        assert_eq!(kinds(&bodiless, &ours("/a", &[], "")), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_difference() {
        let body =
            |text: &str| json!({"headers": {"content-type": "application/json"}, "body": text});
        let json = [("content-type", "application/json")];
        for (request, sent, expected) in [
            (json!({"method": "PUT"}), ours("/a", &[], ""), "the method"),
            (json!({"path": "/a/b"}), ours("/a%2Fb", &[], ""), "the path"),
            (
                json!({"query": "x=1"}),
                ours("/a", &[], ""),
                "the query: a parameter is missing",
            ),
            (
                json!({}),
                ours("/a?x=1", &[], ""),
                "the query: a parameter is added",
            ),
            (
                json!({"query": "x=1&x=2"}),
                ours("/a?x=1,2", &[], ""),
                "the query: another value",
            ),
            (
                json!({"headers": {"accept": "*/*"}}),
                ours("/a", &[], ""),
                "`accept` is missing",
            ),
            (
                json!({"headers": {"accept": "*/*"}}),
                ours("/a", &[("accept", "text/plain")], ""),
                "`accept`",
            ),
            (
                json!({}),
                ours("/a", &[("x-key", "1")], ""),
                "`x-key` is added",
            ),
            (body("{}"), ours("/a", &[], ""), "the body: ours is empty"),
            (
                body(""),
                ours("/a", &json, "{}"),
                "the body: theirs is empty",
            ),
            (
                body("{\"a\": \"1\"}"),
                ours("/a", &json, "{\"a\":1}"),
                "the body: a value of another type is written",
            ),
            (
                body("{\"a\": 1}"),
                ours("/a", &json, "{}"),
                "the body: a property is dropped",
            ),
            (body("a"), ours("/a", &json, "b"), "the body"),
        ] {
            assert_eq!(kinds(&theirs(request), &sent), [expected]);
        }
    }
}
