//! What cannot be used of a document, and the words for what becomes of it.

use serde_yaml::Value;

use super::Reporter;
use super::bundle::failure::Failure;
use super::codes;
use super::origins::Origins;
use super::values::Problem;
use crate::diagnostic::{Code, Diagnostic};
use crate::location::{Location, Trail};

/// Something wrong at one place, before it is known what has to be given up for it.
pub struct Fault {
    code: Code,
    pub message: String,
    help: String,
    /// In the normalized document.
    pointer: String,
    /// The key is shown, and not its value.
    at_key: bool,
}

pub type Faults = Vec<Fault>;

/// What a document is read without.
pub enum Consequence {
    /// The keyword, entry or item of this name.
    Dropped(String),
    /// What a schema says.
    Any,
    /// An operation, as `METHOD /path`, or all of a path.
    LeftOut(String),
}

impl Fault {
    pub fn new(code: Code, message: String, help: String, at: &Trail<'_>) -> Self {
        Self {
            code,
            message,
            help,
            pointer: at.text(),
            at_key: true,
        }
    }

    pub fn wrong_type(value: &Value, wanted: &str, at: &Trail<'_>) -> Self {
        let message = format!("expected {wanted}, found {}", describe(value));
        Self {
            at_key: false,
            ..Self::new(codes::WRONG_TYPE, message, correction(wanted, value), at)
        }
    }

    pub fn unresolved(failure: &Failure, at: &Trail<'_>) -> Self {
        let (message, help) = (failure.message.clone(), failure.help.clone());
        Self {
            at_key: false,
            ..Self::new(failure.code, message, help, at)
        }
    }

    pub fn missing(title: String, name: &str, at: &Trail<'_>) -> Self {
        let message = format!("the {title} has no `{name}`");
        let help = format!("`{name}` is required by the specification");
        Self::new(codes::MISSING_KEYWORD, message, help, at)
    }

    /// One that cannot be read as the path that it would be with a slash.
    pub fn another_path(name: &str, at: &Trail<'_>) -> Self {
        Self::new(
            codes::INVALID,
            format!("a path begins with `/`, and `/{name}` is there already"),
            format!("put the operations into `/{name}`"),
            at,
        )
    }

    pub fn bad_status(name: &str, at: &Trail<'_>) -> Self {
        Self::new(
            codes::INVALID,
            format!("`{name}` is neither a status (200), a range (2XX) nor `default`"),
            "statuses are from 100 to 599; what is not about one begins with `x-`".to_owned(),
            at,
        )
    }

    pub fn of_values(problem: &Problem, at: &Trail<'_>) -> Self {
        let (message, help) = (problem.message.clone(), problem.help.clone());
        match problem.keyword {
            Some(keyword) => Self {
                at_key: false,
                ..Self::new(problem.code, message, help, &at.key(keyword))
            },
            None => Self::new(problem.code, message, help, at),
        }
    }

    pub fn location(&self, origins: &Origins) -> Location {
        origins.location(&self.pointer)
    }

    /// Reports it with what is given up for it.
    pub fn settle(self, consequence: &Consequence, origins: &Origins, reporter: &mut Reporter<'_>) {
        let (code, so) = match consequence {
            Consequence::Dropped(name) if name.is_empty() => {
                (self.code, "it is left out".to_owned())
            }
            Consequence::Dropped(name) => (self.code, format!("`{name}` is left out")),
            Consequence::Any => (self.code, "any value is accepted here".to_owned()),
            Consequence::LeftOut(operation) => {
                (codes::LEFT_OUT, format!("`{operation}` is left out"))
            }
        };
        let message = format!("{so}: {}", self.message);
        self.report(Diagnostic::warning(code, message), origins, reporter);
    }

    /// Reports it as what makes the whole document useless.
    pub fn reject(self, origins: &Origins, reporter: &mut Reporter<'_>) {
        let diagnostic = Diagnostic::error(self.code, self.message.clone());
        self.report(diagnostic, origins, reporter);
    }

    fn report(self, diagnostic: Diagnostic, origins: &Origins, reporter: &mut Reporter<'_>) {
        let location = self.location(origins);
        let diagnostic = diagnostic.help(self.help);
        if self.at_key {
            reporter.at_key(diagnostic, &location);
        } else {
            reporter.at(diagnostic, &location);
        }
    }
}

/// How a value of another type is made into what is wanted.
fn correction(wanted: &str, value: &Value) -> String {
    match (wanted, value) {
        (_, Value::Null) => "give it a value, or remove the key".to_owned(),
        ("a list", Value::String(value)) => format!("put it in brackets: [{value}]"),
        ("a list", Value::Mapping(_)) => "put a `-` before each item".to_owned(),
        ("true or false", _) => "write true or false, without quotes".to_owned(),
        ("a finite number", _) => "leave the keyword out where there is no bound".to_owned(),
        ("a number", _) => "write digits, without quotes".to_owned(),
        ("a whole number, 0 or more", _) => "write digits alone: no sign, no fraction".to_owned(),
        (wanted, _) => format!("the specification allows only {wanted} here"),
    }
}

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a mapping",
        Value::Tagged(_) => "a tagged value",
    }
}
