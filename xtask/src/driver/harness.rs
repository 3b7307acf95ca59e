//! Makes the calls that a file lists, and prints what became of each: a line of JSON.
//!
//! This file is part of the programs that `cargo xtask replay` and `contract` make, and knows of no crate.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::pin::Pin;
use std::{env, fs};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The header by which whoever receives a request knows the call that it is of.
pub const CALL: &str = "x-driver-call";

/// Makes the request of an operation out of what a call is given.
pub type Operation<C> = fn(&C, &Given) -> Result<Sending, Unmade>;

/// The request, to be awaited.
pub type Sending = Pin<Box<dyn Future<Output = Outcome>>>;

/// A call to make.
#[derive(Deserialize)]
struct Call {
    number: usize,
    operation: usize,
    arguments: BTreeMap<String, Box<RawValue>>,
}

/// What the arguments of a call are made from, by their names.
pub struct Given {
    pub call: String,
    arguments: BTreeMap<String, Box<RawValue>>,
    lenient: bool,
    by_unknown_arm: Cell<bool>,
}

/// Why no request could be made.
#[derive(Debug, PartialEq, Serialize)]
pub struct Unmade {
    argument: String,
    at: String,
    reason: String,
}

/// What became of a call.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The response could be read.
    Read,
    Unmade(Unmade),
    /// The crate's own error, by its kind.
    Failed {
        kind: &'static str,
        text: String,
    },
}

#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    outcome: &'a Outcome,
    by_unknown_arm: bool,
}

/// Makes the calls of the file that the command line names, one after the other.
pub async fn run<C>(client: &C, operations: &[Operation<C>]) {
    let path = env::args().nth(2).expect("a file is named");
    let lenient = env::args()
        .nth(3)
        .is_some_and(|reading| reading == "lenient");
    let file = fs::File::open(path).expect("the file can be read");
    for line in BufReader::new(file).lines() {
        let line = line.expect("the file is text");
        let call: Call = serde_json::from_str(&line).expect("a line is a call");
        let given = Given::new(call.number, call.arguments, lenient);
        let outcome = match operations[call.operation](client, &given) {
            Ok(sending) => sending.await,
            Err(unmade) => Outcome::Unmade(unmade),
        };
        print(&Line {
            number: call.number,
            outcome: &outcome,
            by_unknown_arm: given.by_unknown_arm.get(),
        });
    }
}

/// The call, with a word for each kind of error that it may end with.
pub fn sending<T, E: Display + 'static>(
    call: impl Future<Output = Result<T, E>> + 'static,
    kind: fn(&E) -> &'static str,
) -> Sending {
    Box::pin(async move {
        match call.await {
            Ok(_) => Outcome::Read,
            Err(error) => Outcome::Failed {
                kind: kind(&error),
                text: error.to_string(),
            },
        }
    })
}

fn print(line: &Line) {
    let mut json = serde_json::to_string(line).expect("a line is JSON");
    json.push('\n');
    let written = std::io::stdout().write_all(json.as_bytes());
    written.expect("somebody reads the lines");
}

impl Given {
    /// Where it is lenient, what the document does not allow is sent as far as the types can say it.
    pub fn new(number: usize, arguments: BTreeMap<String, Box<RawValue>>, lenient: bool) -> Self {
        Self {
            call: number.to_string(),
            arguments,
            lenient,
            by_unknown_arm: Cell::new(false),
        }
    }

    /// Whether an option is to be set.
    pub fn has(&self, name: &str) -> bool {
        self.arguments.contains_key(name)
    }

    /// A value of the type.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> Result<T, Unmade> {
        let json = self.json(name)?;
        let mut deserializer = serde_json::Deserializer::from_str(json.get());
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| Unmade {
            argument: name.to_owned(),
            at: error.path().to_string(),
            reason: error.inner().to_string(),
        })
    }

    /// A value of a union; where that may be, any value as the arm for what the document does not list.
    pub fn union<T: DeserializeOwned>(
        &self,
        name: &str,
        unknown: impl FnOnce(Value) -> T,
    ) -> Result<T, Unmade> {
        match self.value(name) {
            Err(_) if self.lenient && self.has(name) => {
                self.by_unknown_arm.set(true);
                self.value(name).map(unknown)
            }
            result => result,
        }
    }

    /// What has a text.
    pub fn text(&self, name: &str) -> Result<String, Unmade> {
        self.value(name).map(text)
    }

    /// A list of what has a text.
    pub fn texts(&self, name: &str) -> Result<Vec<String>, Unmade> {
        let values: Vec<Value> = self.value(name)?;
        Ok(values.into_iter().map(text).collect())
    }

    /// A text, or what is written so, as it is.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>, Unmade> {
        self.text(name).map(String::into_bytes)
    }

    /// A list of them.
    pub fn files(&self, name: &str) -> Result<Vec<Vec<u8>>, Unmade> {
        let texts = self.texts(name)?.into_iter();
        Ok(texts.map(String::into_bytes).collect())
    }

    fn json(&self, name: &str) -> Result<&RawValue, Unmade> {
        let given = self.arguments.get(name).map(|json| &**json);
        given.ok_or_else(|| Unmade {
            argument: name.to_owned(),
            at: String::new(),
            reason: "it is demanded".to_owned(),
        })
    }
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}
