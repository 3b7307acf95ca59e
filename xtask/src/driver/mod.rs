//! A program that makes calls with a crate as they are listed in a file: what is sent is what the crate sends, and what is
//! read is what its types read.
//!
//! It is below `target/driver`, and compiled again only where the crate or the operations have changed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use codegen::rust::{FieldContent, Method, Place, Role, Ty};
use codegen::{Diagnostics, Files, Generated, Generator, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::tools::{self, Result, Unable, cannot};

/// It is part of other programs; here it is tested.
#[cfg(test)]
#[allow(dead_code)]
mod harness;
mod outcome;
mod program;
pub mod recorder;

pub use outcome::{Outcome, Unmade};
use recorder::Exchange;

/// The header by which whoever receives a request knows the call that it is of.
pub const CALL: &str = "x-driver-call";

/// Why an argument is missing that a method has to be given.
pub const DEMANDED: &str = "it is demanded";

/// The name of the folder of a document's driver.
pub fn name(schema: &Path) -> String {
    let stem = schema
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let letters = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    letters.collect()
}

/// `METHOD /path`
pub fn key(method: &Method) -> String {
    format!("{} {}", method.http_method, method.path)
}

/// Where an argument goes, and its name there; none of a body.
pub fn place(role: &Role) -> Option<(Place, &str)> {
    match role {
        Role::Path(name) => Some((Place::Path, name)),
        Role::Query(name) | Role::QueryList(name, _) | Role::QueryObject(name, _) => {
            Some((Place::Query, name))
        }
        Role::Header(name) => Some((Place::Header, name)),
        Role::Cookie(name) => Some((Place::Cookie, name)),
        Role::Styled(styled) => Some((styled.place, &styled.name)),
        Role::Body(_)
        | Role::Part(_)
        | Role::AnyPart
        | Role::Field(_)
        | Role::Required(_)
        | Role::Server(_) => None,
    }
}

/// The arguments of a body whose properties are arguments, out of its members. Those that none takes are sent as they are.
pub fn fields(method: &Method, members: Map<String, Value>) -> Map<String, Value> {
    let mut given = Map::new();
    let mut rest = members;
    let all = method.arguments.iter().chain(&method.options);
    let required = all.clone().filter_map(|argument| match &argument.role {
        Role::Required(fields) => Some(fields),
        _ => None,
    });
    for field in required.flatten() {
        if let Some(value) = rest.remove(&field.sent.wire) {
            given.insert(field.name.clone(), value);
        }
    }
    for argument in all {
        let Role::Field(field) = &argument.role else {
            continue;
        };
        let is_null = match rest.get(&field.wire) {
            Some(value) => value.is_null(),
            None => continue,
        };
        let takes_null = matches!(field.content, FieldContent::Null | FieldContent::Nullable)
            || field.ty == Ty::Value;
        let takes_value = field.content != FieldContent::Null;
        if (is_null && takes_null) || (!is_null && takes_value) {
            let value = rest.remove(&field.wire).unwrap_or_default();
            given.insert(argument.name.clone(), value);
        }
    }
    // An object without members is one that is sent.
    if !rest.is_empty() || given.is_empty() {
        given.insert(REST.to_owned(), rest.into());
    }
    given
}

/// The setter that takes members which no argument takes.
pub const REST: &str = "fields_of";

/// By the numbers of their calls.
pub fn by_call(exchanges: Vec<Exchange>) -> BTreeMap<usize, Exchange> {
    let numbered = exchanges.into_iter().filter_map(|exchange| {
        let number = exchange.request.header(CALL)?.parse().ok()?;
        Some((number, exchange))
    });
    numbered.collect()
}

/// Writes a file into that folder.
pub fn write(name: &str, file: &str, text: &str) -> Result<PathBuf> {
    let folder = tools::install::target().join("driver").join(name);
    fs::create_dir_all(&folder).map_err(|error| cannot("create", &folder, &error))?;
    let path = folder.join(file);
    fs::write(&path, text).map_err(|error| cannot("write", &path, &error))?;
    Ok(path)
}

/// The crate of the document; what is wrong with it is printed.
pub fn generate(schema: &Path, policy: Option<&Path>) -> Result<Generated> {
    let mut diagnostics = Diagnostics::default();
    let mut generator = Generator::new(schema);
    generator.policy = policy.map(Path::to_path_buf);
    let generated = generator.generate(&mut diagnostics);
    generated.map_err(|_| {
        let errors = diagnostics
            .iter()
            .filter(|one| one.severity == Severity::Error);
        let errors: Vec<String> = errors.map(|error| error.render(false)).collect();
        Unable(errors.join("\n"))
    })
}

pub struct Driver {
    executable: PathBuf,
    folder: PathBuf,
}

/// A call to make.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    pub number: usize,
    /// The position of the method.
    pub operation: usize,
    /// By the names of the method's arguments and options.
    pub arguments: Map<String, Value>,
}

/// Whether responses that contradict the document are read by what they mean, and arguments that do are sent as far as the
/// types can say them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Lenient,
    Strict,
}

impl Driver {
    /// Compiles the program that calls the methods of the crate.
    pub fn build(name: &str, generated: &Generated) -> Result<Self> {
        let root = tools::install::target().join("driver");
        let folder = root.join(name).join("program");
        let mut files: Files = Files::new();
        for (path, text) in &generated.files {
            files.insert(format!("sdk/{path}"), text.clone());
        }
        files.insert("src/main.rs".to_owned(), program::text(&generated.sdk));
        let harness = include_str!("harness.rs").to_owned();
        files.insert("src/harness.rs".to_owned(), harness);
        files.insert(
            "Cargo.toml".to_owned(),
            manifest(
                name,
                generated.package().0,
                !generated.sdk.features.is_empty(),
            ),
        );
        codegen::write(&folder, &files).map_err(|error| Unable(error.to_string()))?;
        lock(&folder)?;
        compile(&folder, &root.join("target"))?;
        let file = format!("driver-{name}{}", env::consts::EXE_SUFFIX);
        Ok(Self {
            executable: root.join("target/debug").join(file),
            folder,
        })
    }

    /// Makes the calls at the address, with these environment variables, and gives what became of each by its number.
    /// None is there of those after a crash.
    pub fn run(
        &self,
        address: &str,
        reading: Reading,
        variables: &[(String, String)],
        calls: &[Call],
    ) -> Result<BTreeMap<usize, Called>> {
        let path = self.folder.with_file_name("calls.jsonl");
        let mut lines = String::new();
        for call in calls {
            let line = serde_json::to_string(call).map_err(|error| Unable(error.to_string()))?;
            lines.push_str(&line);
            lines.push('\n');
        }
        fs::write(&path, lines).map_err(|error| cannot("write", &path, &error))?;
        let mut command = Command::new(&self.executable);
        tools::isolate(&mut command);
        let reading = match reading {
            Reading::Lenient => "lenient",
            Reading::Strict => "strict",
        };
        command
            .args([OsStr::new(address), path.as_os_str(), OsStr::new(reading)])
            .envs(variables.iter().cloned());
        let output = command.output();
        let output = output.map_err(|error| cannot("run", &self.executable, &error))?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            anstream::eprintln!(
                "the driver ended with {}\n{}",
                output.status,
                stderr.trim_end()
            );
        }
        let stdout = String::from_utf8_lossy(&output.stdout);
        let lines = stdout
            .lines()
            .map_while(|line| serde_json::from_str::<Called>(line).ok());
        Ok(lines.map(|line| (line.number, line)).collect())
    }
}

/// A call that was made, or could not be.
#[derive(Debug, Clone, Deserialize)]
pub struct Called {
    number: usize,
    pub outcome: Outcome,
    /// A value was no valid one of its union, and was sent as the arm for what the document does not list.
    pub by_unknown_arm: bool,
}

/// The versions that this workspace is tested with.
fn lock(folder: &Path) -> Result<()> {
    let (ours, its) = (tools::root().join("Cargo.lock"), folder.join("Cargo.lock"));
    if its.exists() {
        return Ok(());
    }
    let copied = fs::copy(&ours, &its);
    copied
        .map(drop)
        .map_err(|error| cannot("copy", &ours, &error))
}

fn compile(folder: &Path, target: &Path) -> Result<()> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0");
    tools::run(&mut cargo, "the crate and its driver have to compile")
}

/// The program needs no TLS, and nobody looks at it with a debugger.
fn manifest(name: &str, sdk: &str, has_features: bool) -> String {
    let features = if has_features { r#"["all"]"# } else { "[]" };
    format!(
        r#"[workspace]

[package]
name = "driver-{name}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
{sdk} = {{ path = "sdk", default-features = false, features = {features} }}
bytes = "1"
jiff = {{ version = "1", default-features = false, features = ["std", "serde"] }}
rust_decimal = {{ version = "1", default-features = false, features = ["std"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = {{ version = "1", features = ["float_roundtrip", "raw_value"] }}
serde_path_to_error = "0.1"
tokio = {{ version = "1", features = ["macros", "rt"] }}

[profile.dev]
debug = false
opt-level = 0
incremental = false
"#
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::value::RawValue;

    use super::harness::{Given, Unmade};
    use super::*;

    fn given(json: &str) -> Given {
        let arguments: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json).unwrap();
        Given::new(1, arguments, true)
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(from = "u8")]
    enum Union {
        Listed(u8),
        Other(Value),
    }

    impl From<u8> for Union {
        fn from(number: u8) -> Self {
            Self::Listed(number)
        }
    }

    #[test]
    fn arguments_are_made_of_what_is_given() {
        let given = given(r#"{"id": 7, "name": "Rex", "list": ["a", 1], "pet": {"legs": "four"}}"#);
        assert_eq!(given.value::<i32>("id"), Ok(7));
        assert_eq!(given.text("id").as_deref(), Ok("7"));
        assert_eq!(given.bytes("name").as_deref(), Ok(&b"Rex"[..]));
        assert_eq!(
            given.texts("list"),
            Ok(vec!["a".to_owned(), "1".to_owned()])
        );
        assert!(given.has("pet") && !given.has("page"));
        let arm = given.union("name", Union::Other);
        assert_eq!(arm, Ok(Union::Other(Value::from("Rex"))));
        assert_eq!(given.union("id", Union::Other), Ok(Union::Listed(7)));
        let unmade = |unmade: Unmade| {
            let json = serde_json::to_value(&unmade).unwrap();
            serde_json::from_value::<outcome::Unmade>(json).unwrap()
        };
        let legs = unmade(given.value::<BTreeMap<String, u8>>("pet").unwrap_err());
        assert_eq!(
            (&*legs.at, &*legs.class()),
            ("legs", "invalid type: string …, expected u8")
        );
        assert_eq!(unmade(given.text("page").unwrap_err()).reason, DEMANDED);
    }

    #[test]
    fn the_program_has_a_function_for_each_operation() {
        let schema = tools::root().join("tests/replay/pets.yaml");
        let generated = generate(&schema, None).unwrap();
        insta::assert_snapshot!(program::text(&generated.sdk));
    }
}
