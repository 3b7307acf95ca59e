//! The mock server: it validates requests, and responds with what the document says.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::driver::recorder::{Message, ask};
use crate::tools::server::Server;
use crate::tools::{self, Result, Unable};

/// Starts it for the document, on a port of its own choice. With `errors` it responds to each violation of the schema with
/// an error, and otherwise names it in the header [`VIOLATIONS`].
pub fn start(document: &Path, errors: bool) -> Result<(Server, String)> {
    let folder = tools::root().join("tests/contract");
    let (node, installation) = tools::install::node("contract", &folder)?;
    // Started without npx or a shell between: the child is the server itself, and ends when it is told to.
    let mut prism = Command::new(node);
    prism.arg("--max-old-space-size=8192");
    prism
        .arg("--require")
        .arg(folder.join("end-with-parent.js"));
    prism.arg(installation.join("node_modules/@stoplight/prism-cli/dist/index.js"));
    // What is made at random is the same in each run.
    prism.args(["mock", "--host", "127.0.0.1", "--port", "0", "--seed", "1"]);
    prism.args(errors.then_some("--errors"));
    prism.arg(document);
    Server::start(prism, |line| {
        Some(line.split_once("listening on http://")?.1.trim().to_owned())
    })
}

const NOWHERE: &str = "/no/operation/of/any/document/has/this/path/so/that/it/is/rejected";

/// A JSON list of what the request or the response violates.
pub const VIOLATIONS: &str = "sl-violations";

/// A server that is started anew where a request ended it.
pub struct Prism {
    document: PathBuf,
    running: Mutex<Option<(Server, String)>>,
}

impl Prism {
    pub fn start(document: &Path) -> Result<Self> {
        let running = start(document, false)?;
        let prism = Self {
            document: document.to_owned(),
            running: Mutex::new(Some(running)),
        };
        prism.is_strict()?;
        Ok(prism)
    }

    /// A server that accepts everything would prove nothing.
    fn is_strict(&self) -> Result<()> {
        let probe = Message {
            first: format!("GET {NOWHERE} HTTP/1.1"),
            headers: vec![("host".to_owned(), "127.0.0.1".to_owned())],
            body: Vec::new(),
        };
        let response = self.response(&probe);
        if response.text().contains("NO_PATH_MATCHED") {
            return Ok(());
        }
        let status = response.first;
        Err(Unable(format!(
            "Prism responds with `{status}` to a path that is in no document"
        )))
    }

    /// Its response; one with the status 502 and [`ENDED`] where there is none.
    pub fn response(&self, request: &Message) -> Message {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_none() {
            *running = start(&self.document, false).ok();
        }
        let Some((server, address)) = &*running else {
            return Message::response("502 Bad Gateway", ENDED);
        };
        match ask(address, request) {
            Ok(response) => response,
            Err(error) => {
                let printed = server.printed_until("Error", Duration::from_secs(2));
                let printed = printed.iter().filter(|line| line.contains("Error"));
                let printed: Vec<&str> = printed.map(String::as_str).collect();
                *running = None;
                let body = format!("{ENDED}: {error}; {}", printed.join("; "));
                Message::response("502 Bad Gateway", &body)
            }
        }
    }
}

/// A header by which a response is made of its schema, and not of an example.
pub const OF_SCHEMA: [&str; 2] = ["prefer", "dynamic=true"];

/// The beginning of a response that the server did not make.
pub const ENDED: &str = "the mock server ended";
