//! The verb `init`: everything that keeps a crate of a document in a repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::Generated;

use crate::defaults::policy_beside;
use crate::generate::{self, Target};
use crate::lock;
use crate::outcome::{Outcome, Result, Unable, cannot, exit_code};
use crate::screen::{self, Step};
use manifest::Manifest;

mod manifest;
mod policy;

pub const HELP: &str = "\
Run it in the root of a repository, which may be empty. It writes
  schema/petstore.yaml   the document, if it is not in this folder already
  schema/petstore.toml   the policy file: what was inferred, as comments to change
  schema/petstore.lock   the names that were inferred, which are kept from then on
  petstore/              the crate
  Cargo.toml             a workspace with the crate in it, and what is where for the other commands
  .github/workflows/schema-review.yml   the review of pull requests
  README.md              how to go on
A file that is there already is kept, and listed as such; of a Cargo.toml only what is missing is added.

Examples:
  cargo sdk init petstore.yaml
  cargo sdk init ../api/openapi.json --name petstore --out crates/petstore";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// A document of OpenAPI 3.0 to 3.2 or Swagger 2.0, YAML or JSON
    #[arg(value_name = "DOCUMENT")]
    pub document: PathBuf,
    /// The folder of the crate [default: the name of the crate]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate [default: made from the document's title]
    #[arg(long, value_name = "CRATE")]
    pub name: Option<String>,
    /// The command that the workflow installs `cargo sdk` by
    #[arg(long, value_name = "COMMAND", default_value = INSTALL)]
    pub install: String,
}

const INSTALL: &str = concat!(
    "cargo install --locked cargo-sdk@",
    env!("CARGO_PKG_VERSION")
);

const MANIFEST: &str = "Cargo.toml";
const WORKFLOW: &str = include_str!("schema-review.yml");
const README: &str = include_str!("README.md");

pub fn run(options: &Options) -> ExitCode {
    match target(options) {
        Ok((target, folder)) => made(options, &target, &folder),
        Err(unable) => exit_code(Err(unable)),
    }
}

/// What `generate` would be asked for, and the folder that the document is to be in.
fn target(options: &Options) -> Result<(Target, PathBuf)> {
    let document = &options.document;
    let full = |path: &Path| fs::canonicalize(path).map_err(|error| cannot("read", path, &error));
    let (root, file) = (full(Path::new("."))?, full(document)?);
    let place = match file.strip_prefix(&root) {
        Ok(inside) => inside.to_owned(),
        Err(_) => {
            let name = document.file_name().unwrap_or(document.as_os_str());
            Path::new("schema").join(name)
        }
    };
    let target = Target {
        document: Some(document.clone()),
        policy: policy_beside(&place),
        name: options.name.clone(),
        ..Target::default()
    };
    Ok((target, place))
}

fn made(options: &Options, target: &Target, place: &Path) -> ExitCode {
    let files = generate::Files {
        schema: options.document.clone(),
        out: PathBuf::new(),
        policy: target.policy.clone(),
        lock: place.with_extension("lock"),
    };
    match generate::generated(target, &files) {
        Ok(generated) => exit_code(write(options, place, &files, &generated)),
        Err(code) => ExitCode::from(code),
    }
}

fn write(
    options: &Options,
    place: &Path,
    files: &generate::Files,
    generated: &Generated,
) -> Result<Outcome> {
    let (name, _) = generated.package();
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from(name));
    refuse_others(place, &options.document)?;
    let manifest = Manifest::read(Path::new(MANIFEST), place, &out)?;
    let own = generated.own_files();
    let difference = codegen::write_beside(&out, &generated.files, own).map_err(|error| {
        Unable(format!(
            "{error}\n  help: name another folder by `--out`, or move these files out of it"
        ))
    })?;
    let mut steps = Vec::new();
    if !is_same(place, &options.document) {
        let text = fs::read(&options.document);
        let text = text.map_err(|error| cannot("read", &options.document, &error))?;
        steps.push(step(place, &text)?);
    }
    let policy = place.with_extension("toml");
    let text = policy::text(place, &out, generated);
    steps.push(step(&policy, text.as_bytes())?);
    lock::write(&files.lock, &generated.lock()).map_err(Unable)?;
    steps.push(Step::written(&files.lock));
    steps.push(Step {
        path: out.clone(),
        what: match difference.count() {
            0 => "unchanged",
            _ => "written",
        },
    });
    steps.push(manifest.write(Path::new(MANIFEST))?);
    let text = workflow_with(&options.install);
    steps.push(step(
        Path::new(".github/workflows/schema-review.yml"),
        text.as_bytes(),
    )?);
    let readme = match Path::new("README.md").exists() {
        true => "SDK.md",
        false => "README.md",
    };
    steps.push(step(
        Path::new(readme),
        readme_text(place, &out, name).as_bytes(),
    )?);
    steps.push(step(Path::new(".gitignore"), b"target/\n")?);
    generate::note_missing_modules(&out, generated);
    screen::initialized(generated, &steps, readme);
    Ok(Outcome::Fine)
}

/// A document of the same name that says something else is not this one.
fn refuse_others(place: &Path, document: &Path) -> Result<()> {
    let (Ok(known), Ok(text)) = (fs::read(place), fs::read(document)) else {
        return Ok(());
    };
    if known == text {
        return Ok(());
    }
    Err(Unable(format!(
        "{} is there, and is another document than {}\n  help: `init {0}` takes it as it is",
        place.display(),
        document.display(),
    )))
}

fn is_same(one: &Path, other: &Path) -> bool {
    let full = |path| fs::canonicalize(path).ok();
    full(one).is_some_and(|one| Some(one) == full(other))
}

/// Writes a file that is not there yet.
fn step(path: &Path, text: &[u8]) -> Result<Step> {
    if path.exists() {
        return Ok(Step {
            path: path.to_owned(),
            what: "kept",
        });
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| cannot("create", parent, &error))?;
    }
    fs::write(path, text).map_err(|error| cannot("write", path, &error))?;
    Ok(Step::written(path))
}

/// The workflow as it is written without further words.
pub fn workflow() -> String {
    workflow_with(INSTALL)
}

/// What installs the command is quoted as YAML, and within that as an expression.
fn workflow_with(install: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let or_default = format!(
        "${{{{ inputs.install || '{}' }}}}",
        install.replace('\'', "''")
    );
    WORKFLOW
        .replace("INSTALL_DEFAULT", &quoted(install))
        .replace("INSTALL_OR_DEFAULT", &quoted(&or_default))
}

fn readme_text(place: &Path, out: &Path, name: &str) -> String {
    let shown = |path: &Path| path.display().to_string().replace('\\', "/");
    README
        .replace("DOCUMENT", &shown(place))
        .replace("POLICY", &shown(&place.with_extension("toml")))
        .replace("LOCK", &shown(&place.with_extension("lock")))
        .replace("CRATE_FOLDER", &shown(out))
        .replace("CRATE", name)
}
