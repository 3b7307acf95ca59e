//! What the mock server says of a request, and what the crate makes of its response.

use serde::Deserialize;
use serde_json::Value;

use super::prism::{ENDED, VIOLATIONS};
use crate::driver::recorder::Exchange;
use crate::driver::{self, Outcome, Unmade};

/// Why a call is not good: the kind, by which failures are counted, and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: String,
    pub what: String,
    /// The response violates the document itself.
    pub of_document: bool,
    /// The response is an error of the API's.
    pub is_error: bool,
}

impl Failure {
    pub fn new(kind: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            what: what.into(),
            of_document: false,
            is_error: false,
        }
    }
}

impl Failure {
    fn of_request(violation: &Violation, exchange: &Exchange) -> Self {
        let kind = format!("the request violates the document: {}", violation.kind());
        Self::new(kind, violation.what(exchange))
    }
}

/// None if the call is good.
pub fn failure(outcome: Option<&Outcome>, exchange: Option<&Exchange>) -> Option<Failure> {
    let Some(outcome) = outcome else {
        return Some(Failure::new("the driver crashed", ""));
    };
    match (outcome, exchange) {
        (Outcome::Unmade(unmade), _) => Some(not_made(unmade)),
        (Outcome::Failed { kind, text }, None) => {
            Some(Failure::new(format!("not sent ({kind})"), text))
        }
        (_, Some(exchange)) => rejected(exchange).or_else(|| unread(outcome, exchange)),
        (Outcome::Read, None) => Some(Failure::new("another server got it", "")),
    }
}

fn not_made(unmade: &Unmade) -> Failure {
    let what = format!(
        "`{}` at `{}`: {}",
        unmade.argument, unmade.at, unmade.reason
    );
    let kind = if unmade.reason == driver::DEMANDED {
        format!("no value can be made of `{}`", unmade.kind())
    } else {
        format!(
            "`{}` does not take a value of its schema: {}",
            unmade.kind(),
            unmade.class()
        )
    };
    Failure::new(kind, what)
}

/// What the server does not accept.
fn rejected(exchange: &Exchange) -> Option<Failure> {
    let body = exchange.response.text();
    if body.starts_with(ENDED) {
        let what = format!("{}: {}", exchange.request.first, clipped(&body));
        return Some(Failure::new("the request ends Prism", what));
    }
    let violation = violations(exchange)
        .into_iter()
        .find(Violation::is_of_request);
    if let Some(violation) = violation {
        return Some(Failure::of_request(&violation, exchange));
    }
    let problem = serde_json::from_slice::<Problem>(&exchange.response.body).ok();
    let problem = problem.filter(|problem| problem.r#type.starts_with(PROBLEMS))?;
    if let Some(violation) = problem.validation.iter().find(|one| one.is_of_request()) {
        return Some(Failure::of_request(violation, exchange));
    }
    let name = problem.r#type.rsplit('#').next().unwrap_or_default();
    let what = format!("{}: {}", exchange.request.first, problem.detail);
    Some(Failure::new(
        format!("Prism responds with its own error {name}"),
        what,
    ))
}

/// What the crate cannot read.
fn unread(outcome: &Outcome, exchange: &Exchange) -> Option<Failure> {
    let Outcome::Failed { kind, text } = outcome else {
        return None;
    };
    let status = exchange.response.status().unwrap_or_default();
    let violation = violations(exchange)
        .into_iter()
        .next()
        .filter(|_| kind == "decode");
    let quoted = kind == "decode" && is_quoted(&exchange.response.body);
    let is_error = kind == "api";
    let kind = match (kind.as_str(), &violation) {
        ("api", _) => format!("the response has the status {status}"),
        (_, None) if quoted => "the response is an example that is JSON within a text".to_owned(),
        (_, Some(violation)) => {
            format!(
                "the response is unreadable, and violates the document: {}",
                violation.code
            )
        }
        (kind, None) => format!("the response is unreadable ({kind})"),
    };
    let (first, response) = (&exchange.request.first, exchange.response.text());
    Some(Failure {
        of_document: violation.is_some() || quoted,
        is_error,
        ..Failure::new(kind, format!("{first}: {text} {}", clipped(&response)))
    })
}

/// An object or a list that the document has as the text of it. By a schema that states no type any text is valid.
fn is_quoted(body: &[u8]) -> bool {
    let text: Option<String> = serde_json::from_slice(body).ok();
    let within = text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    within.is_some_and(|value| value.is_object() || value.is_array())
}

const PROBLEMS: &str = "https://stoplight.io/prism/errors";

#[derive(Deserialize)]
struct Problem {
    r#type: String,
    #[serde(default)]
    detail: String,
    /// What the request violates, where the document has no response for that.
    #[serde(default)]
    validation: Vec<Violation>,
}

#[derive(Deserialize)]
struct Violation {
    #[serde(default)]
    location: Vec<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

impl Violation {
    fn is_of_request(&self) -> bool {
        self.location
            .first()
            .is_some_and(|first| first == "request")
    }

    /// `body: required`
    fn kind(&self) -> String {
        let place = self.location.get(1).map_or("", String::as_str);
        format!("{place}: {}", self.code)
    }

    fn what(&self, exchange: &Exchange) -> String {
        let first = &exchange.request.first;
        let body = clipped(&exchange.request.text());
        format!(
            "{first}: {} (`{}`) {body}",
            self.message,
            self.location.join(".")
        )
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// How much is shown of a body.
const SHOWN: usize = 600;

/// Where there are many, the list is cut off.
fn violations(exchange: &Exchange) -> Vec<Violation> {
    let stated = exchange.response.header(VIOLATIONS).unwrap_or_default();
    let list = stated.find('[').map_or("", |start| &stated[start + 1..]);
    let mut violations = Vec::new();
    let mut rest = list;
    loop {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Violation>();
        let Some(Ok(violation)) = values.next() else {
            return violations;
        };
        violations.push(violation);
        rest = rest[values.byte_offset()..].trim_start_matches([',', ' ']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::recorder::Message;

    fn exchange(status: u16, violations: &str, body: &str) -> Exchange {
        let header = (VIOLATIONS.to_owned(), violations.to_owned());
        Exchange {
            request: Message {
                first: "GET /a HTTP/1.1".to_owned(),
                ..Message::default()
            },
            response: Message {
                first: format!("HTTP/1.1 {status} Whatever"),
                headers: if violations.is_empty() {
                    Vec::new()
                } else {
                    vec![header]
                },
                body: body.into(),
            },
        }
    }

    fn kind(outcome: Outcome, exchange: Option<Exchange>) -> Option<String> {
        failure(Some(&outcome), exchange.as_ref()).map(|failure| failure.kind)
    }

    fn failed(kind: &str) -> Outcome {
        Outcome::Failed {
            kind: kind.to_owned(),
            text: "why".to_owned(),
        }
    }

    #[test]
    fn each_kind_of_failure() {
        let violation = |of: &str| {
            format!(
                "[{{\"location\": [\"{of}\", \"body\"], \"code\": \"type\", \"message\": \"m\"}}]"
            )
        };
        let problem =
            "{\"type\": \"https://stoplight.io/prism/errors#UNAUTHORIZED\", \"detail\": \"d\"}";
        let unprocessable = problem.replace(
            "\"detail\"",
            &format!("\"validation\": {}, \"detail\"", violation("request")),
        );
        let unprocessable = kind(failed("api"), Some(exchange(422, "", &unprocessable)));
        let expected = "the request violates the document: body: type";
        assert_eq!(unprocessable.as_deref(), Some(expected));
        assert_eq!(kind(Outcome::Read, Some(exchange(200, "", "{}"))), None);
        let cut = format!(
            "Too many violations! {}, {{\"loc",
            violation("response").trim_end_matches(']')
        );
        assert_eq!(violations(&exchange(200, &cut, "")).len(), 1);
        // It could be read all the same.
        assert_eq!(
            kind(
                Outcome::Read,
                Some(exchange(200, &violation("response"), "{}"))
            ),
            None
        );
        for (outcome, exchange, expected) in [
            (
                Outcome::Read,
                Some(exchange(200, &violation("request"), "")),
                "the request violates the document: body: type",
            ),
            (
                failed("api"),
                Some(exchange(401, "", problem)),
                "Prism responds with its own error UNAUTHORIZED",
            ),
            (
                failed("api"),
                Some(exchange(404, "", "{}")),
                "the response has the status 404",
            ),
            (
                failed("decode"),
                Some(exchange(200, "", "{}")),
                "the response is unreadable (decode)",
            ),
            (
                failed("decode"),
                Some(exchange(200, &violation("response"), "{}")),
                "the response is unreadable, and violates the document: type",
            ),
            (
                failed("decode"),
                Some(exchange(200, "", "\"{ \\\"a\\\": 1 }\"")),
                "the response is an example that is JSON within a text",
            ),
            (failed("argument"), None, "not sent (argument)"),
        ] {
            let of_api = expected.starts_with("the response has the status");
            let failure = failure(Some(&outcome), exchange.as_ref()).expect("it is not good");
            assert_eq!(
                (failure.kind.as_str(), failure.is_error),
                (expected, of_api)
            );
        }
    }
}
