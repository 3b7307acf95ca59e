//! The mock server: it validates requests, and responds with what the document says.

use std::path::Path;
use std::process::Command;

use crate::tools::server::Server;
use crate::tools::{self, Result};

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
    prism.args(["mock", "--host", "127.0.0.1", "--port", "0"]);
    prism.args(errors.then_some("--errors"));
    prism.arg(document);
    Server::start(prism, |line| {
        Some(line.split_once("listening on http://")?.1.trim().to_owned())
    })
}

/// A JSON list of what the request or the response violates.
pub const VIOLATIONS: &str = "sl-violations";
