//! The SDK's examples, run against a mock server that checks each request by the schema.
//!
//! The server is Prism. It is asked first for what it has to reject: a check that lets everything pass proves nothing.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    process::Output,
    time::Duration,
};

use super::prism;
use crate::tools::server::Server;
use crate::tools::{self, Outcome, Result, Unable};

/// Runs every example of the SDK with each kind of credentials.
pub fn run() -> Result<Outcome> {
    let examples = examples()?;
    let document = tools::root().join("schema/billing.yaml");
    let (server, address) = prism::start(&document, true)?;
    println!("Prism serves schema/billing.yaml at http://{address}");
    let mut failures = 0;
    for probe in PROBES {
        failures += usize::from(!probe.holds(&address)?);
        server.printed_until(RECEIVED, LOG_TIMEOUT);
    }
    for example in &examples {
        for credentials in CREDENTIALS {
            failures += usize::from(!passes(example, credentials, &address, &server)?);
        }
    }
    let runs = examples.len() * CREDENTIALS.len();
    println!(
        "contract: {} probes and {runs} runs of {} examples, {failures} failed",
        PROBES.len(),
        examples.len()
    );
    Ok(if failures == 0 {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

/// The names of the SDK's examples.
fn examples() -> Result<Vec<String>> {
    let folder = tools::root().join("generated/examples");
    let entries = fs::read_dir(&folder).into_iter().flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let mut names: Vec<_> = sources
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(Unable(format!(
            "{} holds no example\n  help: cargo xtask generate",
            folder.display()
        )));
    }
    Ok(names)
}

/// Whether the example succeeds and prints something.
fn passes(
    example: &str,
    credentials: &Credentials,
    address: &str,
    server: &Server,
) -> Result<bool> {
    let mut command = tools::cargo_example("cloudflare-billing", example);
    command.envs(credentials.variables.iter().copied());
    command
        .env("CLOUDFLARE_BASE_URL", format!("http://{address}"))
        .env("CLOUDFLARE_ACCOUNT_ID", ACCOUNT_ID);
    let output = command
        .output()
        .map_err(|error| Unable(format!("cargo run --example {example}: {error}")))?;
    let served = server.printed_until(RECEIVED, LOG_TIMEOUT);
    let reason = failure(&output, &served);
    match &reason {
        None => println!("  passed   {example} with {}", credentials.name),
        Some(reason) => {
            println!("  FAILED   {example} with {}: {reason}", credentials.name);
            print_indented(&String::from_utf8_lossy(&output.stdout));
            print_indented(&String::from_utf8_lossy(&output.stderr));
            print_indented(&served.join("\n"));
        }
    }
    Ok(reason.is_none())
}

/// What is wrong with a run. One that sends nothing is: it would pass whatever the schema says.
fn failure(output: &Output, served: &[String]) -> Option<String> {
    if !output.status.success() {
        Some(format!("ended with {}", output.status))
    } else if output.stdout.trim_ascii().is_empty() {
        Some("printed nothing".to_owned())
    } else if !served.iter().any(|line| line.contains(RECEIVED)) {
        Some("sent no request".to_owned())
    } else {
        None
    }
}

fn print_indented(text: &str) {
    for line in text.lines() {
        println!("           {line}");
    }
}

/// A way to authenticate, as the environment variables that the examples read.
struct Credentials {
    name: &'static str,
    variables: &'static [(&'static str, &'static str)],
}

/// A request written by hand, and the status that Prism has to respond with.
struct Probe {
    name: &'static str,
    path: &'static str,
    headers: &'static [&'static str],
    status: u16,
}

impl Probe {
    fn holds(&self, address: &str) -> Result<bool> {
        let status = self
            .send(address)
            .map_err(|error| Unable(format!("a request to Prism: {error}")))?;
        let holds = status == self.status;
        let word = if holds { "passed" } else { "FAILED" };
        println!(
            "  {word}   {}: {status}, expected {}",
            self.name, self.status
        );
        Ok(holds)
    }

    fn send(&self, address: &str) -> std::io::Result<u16> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
        write!(
            stream,
            "GET /accounts/{} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n",
            self.path
        )?;
        for header in self.headers {
            write!(stream, "{header}\r\n")?;
        }
        write!(stream, "\r\n")?;
        let mut response = Vec::new();
        stream.read_to_end(&mut response)?;
        let response = String::from_utf8_lossy(&response);
        let status = response
            .split_whitespace()
            .nth(1)
            .and_then(|word| word.parse().ok());
        status.ok_or_else(|| std::io::Error::other("no HTTP status in the response"))
    }
}

const ACCOUNT_ID: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// What Prism prints for each request, a little after it was answered.
const RECEIVED: &str = "Request received";
const LOG_TIMEOUT: Duration = Duration::from_secs(5);

const CREDENTIALS: &[Credentials] = &[
    Credentials {
        name: "an API token",
        variables: &[("CLOUDFLARE_API_TOKEN", "contract-token")],
    },
    Credentials {
        name: "an API key",
        variables: &[
            ("CLOUDFLARE_EMAIL", "contract@example.com"),
            ("CLOUDFLARE_API_KEY", "contract-key"),
        ],
    },
];

const PROBES: &[Probe] = &[
    Probe {
        name: "a right request is accepted",
        path: "023e105f4ecef8ad9ca31a8372d0c353/billing/usage/paygo?from=2025-02-01",
        headers: &["Authorization: Bearer probe"],
        status: 200,
    },
    Probe {
        name: "no credentials are rejected",
        path: "023e105f4ecef8ad9ca31a8372d0c353/billing/profile",
        headers: &[],
        status: 401,
    },
    Probe {
        name: "half of the API key's pair is rejected",
        path: "023e105f4ecef8ad9ca31a8372d0c353/billing/profile",
        headers: &["X-Auth-Email: probe@example.com"],
        status: 401,
    },
    Probe {
        name: "a date that is none is rejected",
        path: "023e105f4ecef8ad9ca31a8372d0c353/billing/usage/paygo?from=not-a-date",
        headers: &["Authorization: Bearer probe"],
        status: 422,
    },
    Probe {
        name: "an identifier that is too long is rejected",
        path: "023e105f4ecef8ad9ca31a8372d0c353ff/billing/profile",
        headers: &["Authorization: Bearer probe"],
        status: 422,
    },
    Probe {
        name: "a path that is not in the schema is rejected",
        path: "023e105f4ecef8ad9ca31a8372d0c353/billing",
        headers: &["Authorization: Bearer probe"],
        status: 404,
    },
];
