//! `cargo xtask replay`: whether our requests are those of another SDK, for a whole API.
//!
//! Each call of the file is made with our crate of the document, by a program that has a function for each operation; a
//! server on the loopback address keeps what arrives.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Generated;
use codegen::rust::Method;

use crate::driver::recorder::{Exchange, Message, Recorder};
use crate::driver::{self, Call, Driver, Outcome, Reading};
use crate::tools::{self, Result, Unable, cannot};
use compare::Finding;
use requests::Expected;

mod compare;
mod credentials;
mod encoding;
mod mapping;
mod multipart;
pub mod names;
mod requests;
mod table;
mod template;

pub const HELP: &str = "\
NAMES is a table with the columns `method`, `path` and `official_2024_08`, separated by tabs. REQUESTS has a JSON object in
each line: `method_name` and `given`, and of the request `method`, `path`, `query`, `headers` and `body`. The program that
makes the calls is below target/driver, and compiled again only where the crate has changed. Where all requests have
the same credentials, whatever the document lists, the crate sends them with each, as `client.security` of a policy file has it;
that is printed, and a policy file that says so itself counts.

Exit codes: 0 all requests are equal, 1 some are not, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,
    /// The other SDK's names of the operations
    #[arg(long, value_name = "FILE")]
    pub names: PathBuf,
    /// The other SDK's requests
    #[arg(long, value_name = "FILE")]
    pub requests: PathBuf,
    /// The policy file; the names are pinned in addition
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Show each difference
    #[arg(long)]
    pub verbose: bool,
}

pub fn run(options: &Options) -> Result<tools::Outcome> {
    let expected = requests::read(&options.requests)?;
    let named = names::read(&options.names)?;
    let name = driver::name(&options.schema);
    let policy = policy(options, &named, &expected, &name)?;
    let generated = driver::generate(&options.schema, Some(&policy))?;
    let replayed = replay(&name, &generated, &named, &expected)?;
    print!("{}", table::text(&expected, &replayed, options.verbose));
    let equal = replayed
        .iter()
        .filter(|one| one.findings.is_empty())
        .count();
    println!("{equal} of {} requests equal", expected.len());
    Ok(if equal == expected.len() {
        tools::Outcome::Fine
    } else {
        tools::Outcome::Findings
    })
}

/// The policy file, with the names pinned of all operations that have a method, and the security that the requests show; what
/// the file says itself counts.
fn policy(
    options: &Options,
    named: &[names::Named],
    expected: &[Expected],
    name: &str,
) -> Result<PathBuf> {
    let mut policy = match &options.config {
        None => toml::Table::new(),
        Some(path) => stated(path)?,
    };
    let all = driver::generate(&options.schema, options.config.as_deref())?;
    let methods = all.sdk.methods();
    let pinned = names::pinned(named);
    for (number, method) in methods.iter().enumerate() {
        let operation = driver::key(method);
        // None that nobody calls has the name of one that is called.
        let unnamed = || format!("unnamed.operation_{number}");
        let name = pinned.get(&operation).cloned().unwrap_or_else(unnamed);
        table(&mut policy, "methods")
            .entry(operation)
            .or_insert_with(|| name.into());
    }
    let sent = credentials::of_all(&all, expected);
    let client = table(&mut policy, "client");
    if !sent.is_empty() && !client.contains_key("security") {
        println!("every request has the credentials {sent:?}: `client.security = [{sent:?}]`");
        let alternatives = vec![toml::Value::from(sent)];
        client.insert("security".to_owned(), alternatives.into());
    }
    driver::write(name, "policy.toml", &policy.to_string())
}

/// What the policy file says, as it is seen from another folder.
fn stated(path: &Path) -> Result<toml::Table> {
    let text = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    let policy = text.parse();
    let mut policy: toml::Table =
        policy.map_err(|error| Unable(format!("{}: {error}", path.display())))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    if let Some(toml::Value::Array(overlays)) = policy.get_mut("overlays") {
        for overlay in overlays {
            let path = overlay.as_str().map(|overlay| folder.join(overlay));
            let path = path.map(|path| std::path::absolute(&path).unwrap_or(path));
            if let Some(path) = path.as_deref().and_then(Path::to_str) {
                *overlay = path.into();
            }
        }
    }
    Ok(policy)
}

/// The table of the name. A file in which that is something else was rejected before.
fn table<'p>(policy: &'p mut toml::Table, name: &str) -> &'p mut toml::Table {
    let entry = policy
        .entry(name)
        .or_insert_with(|| toml::Table::new().into());
    if !entry.is_table() {
        *entry = toml::Table::new().into();
    }
    entry.as_table_mut().expect("it is a table")
}

/// What became of a request.
struct Replayed {
    /// What differs.
    findings: Vec<Finding>,
    /// See [`driver::Called`].
    by_unknown_arm: bool,
}

fn replay(
    name: &str,
    generated: &Generated,
    named: &[names::Named],
    expected: &[Expected],
) -> Result<Vec<Replayed>> {
    let methods = generated.sdk.methods();
    let found: Vec<_> = expected
        .iter()
        .map(|request| operation(request, named, &methods))
        .collect();
    let calls = expected.iter().zip(&found).enumerate();
    let calls = calls.filter_map(|(number, (request, operation))| {
        let operation = (*operation)?;
        let arguments = mapping::arguments(methods[operation], request);
        Some(Call {
            number,
            operation,
            arguments,
        })
    });
    let calls: Vec<Call> = calls.collect();
    let driver = Driver::build(name, generated)?;
    let recorder = Recorder::start()?;
    let called = driver.run(
        &recorder.address,
        Reading::Lenient,
        &credentials::variables(generated, expected),
        &calls,
    )?;
    let sent = by_call(recorder.take());
    let judged = expected.iter().enumerate().map(|(number, request)| {
        let findings = match (found[number], sent.get(&number), called.get(&number)) {
            (None, ..) => vec![without_method(request, generated)],
            (_, Some(sent), _) => compare::differences(request, sent),
            (_, None, Some(called)) => vec![not_sent(&called.outcome)],
            (_, None, None) => vec![Finding::new("not sent: the driver crashed", "")],
        };
        Replayed {
            findings,
            by_unknown_arm: called
                .get(&number)
                .is_some_and(|called| called.by_unknown_arm),
        }
    });
    Ok(judged.collect())
}

/// The position of the method of the operation that has the name and is at the path; by its path alone, where no name says
/// more.
fn operation(request: &Expected, named: &[names::Named], methods: &[&Method]) -> Option<usize> {
    let is_at_path = |position: &usize| {
        let method = methods[*position];
        method.http_method == request.method
            && template::values(&method.path, &request.path).is_some()
    };
    let mut at_path: Vec<usize> = (0..methods.len()).filter(is_at_path).collect();
    // `/a/b` is more itself than `/a/{id}`, and of several media types the one is meant that is sent.
    at_path.sort_by_key(|position| {
        let method = methods[*position];
        let placeholders = method.path.matches('{').count();
        (placeholders, !mapping::sends(method, request))
    });
    let is_named = |position: &&usize| {
        let method = methods[**position];
        named.iter().any(|one| {
            one.name == request.method_name
                && one.method == method.http_method
                && one.path == method.path
        })
    };
    at_path.iter().find(is_named).or(at_path.first()).copied()
}

fn without_method(request: &Expected, generated: &Generated) -> Finding {
    let left_out = generated.sdk.left_out.iter().find(|left_out| {
        let (method, path) = left_out.operation.split_once(' ').unwrap_or_default();
        method == request.method && template::values(path, &request.path).is_some()
    });
    match left_out {
        Some(left_out) => Finding::new(
            format!("left out: {}", left_out.reason),
            left_out.operation.clone(),
        ),
        None => Finding::new(
            "the document has no such operation",
            format!("{} {}", request.method, request.path),
        ),
    }
}

fn not_sent(outcome: &Outcome) -> Finding {
    match outcome {
        Outcome::Read => Finding::new("not sent: another server got it", ""),
        Outcome::Unmade(unmade) if unmade.at.is_empty() && unmade.reason == driver::DEMANDED => {
            Finding::new(
                format!("not sent: `{}` is demanded", unmade.kind()),
                unmade.argument.clone(),
            )
        }
        Outcome::Unmade(unmade) => Finding::new(
            format!(
                "not sent: `{}` cannot be made: {}",
                unmade.kind(),
                unmade.class()
            ),
            format!(
                "`{}` at `{}`: {}",
                unmade.argument, unmade.at, unmade.reason
            ),
        ),
        Outcome::Failed { kind, text } => {
            Finding::new(format!("not sent: rejected ({kind})"), text.clone())
        }
    }
}

fn by_call(exchanges: Vec<Exchange>) -> BTreeMap<usize, Message> {
    let numbered = driver::by_call(exchanges).into_iter();
    numbered
        .map(|(number, exchange)| (number, exchange.request))
        .collect()
}
