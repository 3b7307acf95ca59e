//! The verb `init`: everything that keeps a crate of a document in a repository.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use codegen::Generated;

use crate::defaults::policy_beside;
use crate::diff::git::Git;
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
  .github/workflows/     the review of pull requests, at the root of the repository of git
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
    /// The command that the workflow installs `cargo sdk` by [default: the registry's, in this version]
    #[arg(long, value_name = "COMMAND")]
    pub install: Option<String>,
}

/// What installs the command, where nobody says otherwise.
pub const INSTALL: &str = concat!(
    "cargo install --locked cargo-sdk@",
    env!("CARGO_PKG_VERSION")
);

const MANIFEST: &str = "Cargo.toml";
/// What reviews, for whoever calls it.
const WORKFLOW: &str = include_str!("schema-review.yml");
/// Whoever calls it, on pull requests.
const CALLER: &str = include_str!("pull-request.yml");
/// What a copy of the workflow cannot have: the command is not in the repository that it is copied to.
const OF_ITS_REPOSITORY: &str = "description: >-
          What installs the command, run in the folder; by default what is in the repository of this file, as of its commit
        type: string
        default: ''
";
const README: &str = include_str!("README.md");
/// What it says, and no other does.
const OURS: &str = "is a Rust SDK that `cargo sdk` makes of";

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
    let (root, file) = (full(Path::new("."))?, full(document));
    let file = file.map_err(|unable| Unable(format!("{unable}\n  help: {}", named(document))))?;
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

fn named(document: &Path) -> &'static str {
    if document.to_string_lossy().contains("://") {
        "nothing is fetched: download it, and name the file"
    } else {
        "name an OpenAPI document in YAML or JSON"
    }
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
    let out = nearer(&out);
    reject_others(place, &options.document)?;
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
    let is_new = lock::write(&files.lock, &generated.lock()).map_err(Unable)?;
    steps.push(Step {
        path: files.lock.clone(),
        what: if is_new { "written" } else { "unchanged" },
    });
    steps.push(Step {
        path: out.clone(),
        what: match difference.count() {
            0 => "unchanged",
            _ => "written",
        },
    });
    steps.push(manifest.write(Path::new(MANIFEST))?);
    let workflows = Workflows::of(name, options.install.as_deref().unwrap_or(INSTALL));
    steps.push(step(&workflows.reviewing(), workflows.review.as_bytes())?);
    let caller = workflows.calling();
    let text = workflows.call.replace("DOCUMENT", &shown(place));
    steps.push(step(&caller, text.as_bytes())?);
    let readme = readme();
    steps.push(step(
        Path::new(readme),
        readme_text(place, &out, &caller, name).as_bytes(),
    )?);
    steps.push(step(Path::new(".gitignore"), b"target/\n")?);
    generate::note_missing_modules(&out, generated);
    if let Some(to_do) = &manifest.to_do {
        screen::note(to_do);
    }
    let install = options.install.is_none().then_some(INSTALL);
    screen::initialized(generated, &steps, install, readme);
    Ok(Outcome::Fine)
}

/// The one that is there is somebody's, unless an earlier run wrote it.
fn readme() -> &'static str {
    match fs::read_to_string("README.md") {
        Ok(text) if !text.contains(OURS) => "SDK.md",
        Err(error) if error.kind() != ErrorKind::NotFound => "SDK.md",
        _ => "README.md",
    }
}

/// As it is seen from here, where it is below.
fn nearer(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(here).unwrap_or(path);
    // Without what says nothing, as in `./pets/`.
    path.components()
        .filter(|part| *part != Component::CurDir)
        .collect()
}

/// A document of the same name that says something else is not this one.
fn reject_others(place: &Path, document: &Path) -> Result<()> {
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

/// The workflows of a crate, and where they go.
pub struct Workflows {
    pub review: String,
    pub call: String,
    name: String,
    /// To the root of the repository of git, where GitHub looks for them.
    up: PathBuf,
}

impl Workflows {
    /// For a crate of this name, in the folder where the user stands.
    pub fn of(name: &str, install: &str) -> Self {
        let folder = Git::find().ok();
        let folder = folder.and_then(|git| git.relative(Path::new(".")));
        let folder = folder.unwrap_or_default();
        let up = folder.split_terminator('/').map(|_| "..").collect();
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let installed = format!(
            "description: What installs the command, run in the folder\n        type: string\n        default: {}\n",
            quoted(install)
        );
        let folder = match folder.as_str() {
            "" => ".".to_owned(),
            folder => quoted(folder),
        };
        Self {
            review: WORKFLOW.replace(OF_ITS_REPOSITORY, &installed),
            call: CALLER.replace("CRATE", name).replace("FOLDER", &folder),
            name: name.to_owned(),
            up,
        }
    }

    fn reviewing(&self) -> PathBuf {
        self.up.join(".github/workflows/schema-review.yml")
    }

    fn calling(&self) -> PathBuf {
        let file = format!(".github/workflows/sdk-{}.yml", self.name);
        self.up.join(file)
    }
}

fn readme_text(place: &Path, out: &Path, workflow: &Path, name: &str) -> String {
    README
        .replace("WORKFLOW", &shown(workflow))
        .replace("DOCUMENT", &shown(place))
        .replace("POLICY", &shown(&place.with_extension("toml")))
        .replace("LOCK", &shown(&place.with_extension("lock")))
        .replace("CRATE_FOLDER", &shown(out))
        .replace("CRATE", name)
}

fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
