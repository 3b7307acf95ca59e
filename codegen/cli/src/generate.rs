//! The verbs `generate` and `check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::timings::{self, Stage, stage};
use codegen::{Code, Diagnostic, Diagnostics, Difference, Generated, Generator, Rejected};
use codegen::{document, policy};

use crate::clock;
use crate::defaults::{self, policy_beside};
use crate::lock;
use crate::machine::{self, Format};
use crate::outcome::{Unable, exit_code};
use crate::progress;
use crate::screen;
use crate::tool::Tool;

const FINDINGS: u8 = 1;
const USAGE: u8 = 2;

pub const EXAMPLES: &str = "\
Examples:
  cargo sdk generate
  cargo sdk generate petstore.yaml --out ../petstore --name petstore
  cargo sdk generate petstore.yaml --out ../pets --only 'pets.**' --path 'GET /stores/*'";

/// Which document becomes which crate.
#[derive(Debug, Default, clap::Args)]
pub struct Target {
    /// A document of OpenAPI 3.0 to 3.2 or Swagger 2.0, YAML or JSON [default: what Cargo.toml names]
    #[arg(value_name = "DOCUMENT", requires = "out")]
    pub document: Option<PathBuf>,
    /// The document, in another way of saying it
    #[arg(
        long,
        value_name = "FILE",
        requires = "out",
        conflicts_with = "document",
        hide = true
    )]
    pub schema: Option<PathBuf>,
    /// The folder of the crate; every file in it is the generator's
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// A folder beside the document's own that it may refer to files of; may be repeated
    #[arg(long, value_name = "DIR")]
    pub allow_outside: Vec<PathBuf>,
    /// An overlay that is applied to the document, after those of the policy file; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Make the crate of these operations alone, with what they reach: `dns.**`, `pets.list`; may be repeated
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Likewise, by their paths: '/zones/**', 'GET /zones/*'; may be repeated
    #[arg(long, value_name = "PATH")]
    pub path: Vec<String>,
    /// The name of the crate [default: the policy file's, or else made from the document's title]
    #[arg(long, value_name = "CRATE")]
    pub name: Option<String>,
    /// The policy file: package metadata, environment variables, method names [default: beside the document, as
    /// petstore.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The file of names that were inferred before and are kept [default: beside the document, as petstore.lock]
    #[arg(long, value_name = "FILE")]
    pub lock: Option<PathBuf>,
    /// Make every warning an error: nothing is repaired or left out
    #[arg(long)]
    pub deny_warnings: bool,
    /// How warnings and errors are printed: json and sarif to stdout, and nothing else there
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Show every warning, and notes on what has no effect on the crate
    #[arg(long, short)]
    pub verbose: bool,
    /// Print how long each stage takes, to stderr
    #[arg(long)]
    pub timings: bool,
}

/// The files that a run is about.
pub struct Files {
    pub schema: PathBuf,
    pub out: PathBuf,
    pub policy: Option<PathBuf>,
    pub lock: PathBuf,
}

pub fn generate(target: &Target) -> ExitCode {
    run(target, |files, generated| {
        let out = &files.out;
        if let Err(error) = lock::find_folder(&files.lock) {
            screen::failure(&error, "make the folder, or name another file");
            return ExitCode::from(USAGE);
        }
        let write = || codegen::write_beside(out, &generated.files, generated.own_files());
        match progress::shown(|| stage(Stage::Write, write)) {
            Ok(difference) => {
                if target.format == Format::Text {
                    screen::written(out, &generated, &difference);
                }
                note_missing_modules(out, &generated);
                if let Err(error) = lock::write(&files.lock, &generated.lock()) {
                    screen::note(&error);
                }
                // The process ends here, and its memory with it: that of a large API takes a while to be taken apart.
                std::mem::forget(generated);
                ExitCode::SUCCESS
            }
            Err(error) => {
                screen::failure(&error.to_string(), help(&error));
                ExitCode::from(FINDINGS)
            }
        }
    })
}

/// The crate does not compile without them.
pub fn note_missing_modules(out: &Path, generated: &Generated) {
    for module in &generated.sdk.own_modules {
        let path = out.join(format!("src/{module}.rs"));
        if !path.exists() {
            let path = path.display();
            screen::note(&format!(
                "{path} is not there, and the policy file says that it is yours: write it"
            ));
        }
    }
}

pub fn check(target: &Target, tool: Tool) -> ExitCode {
    run(target, |files, generated| {
        let out = &files.out;
        let compare = || codegen::compare_beside(out, &generated.files, generated.own_files());
        match progress::shown(|| stage(Stage::Write, compare)) {
            Ok(difference) => {
                let lock = lock::compare(&files.lock, &generated.lock());
                if target.format != Format::Text {
                    let is_fresh = difference.is_empty() && lock.is_ok();
                    return stated(is_fresh, out, &target.command(tool));
                }
                report(out, &difference, lock.err(), &target.command(tool))
            }
            Err(error) => {
                screen::failure(&error.to_string(), help(&error));
                ExitCode::from(USAGE)
            }
        }
    })
}

/// Hands over what the document becomes, and the folder of the crate.
fn run(target: &Target, then: impl FnOnce(&Files, Generated) -> ExitCode) -> ExitCode {
    if !target.timings {
        return run_untimed(target, then);
    }
    let cpu = || clock::cpu_time().unwrap_or_default();
    let (code, timings) = timings::measured(cpu, || run_untimed(target, then));
    screen::timings(&timings, clock::cpu_time().is_some());
    code
}

fn run_untimed(target: &Target, then: impl FnOnce(&Files, Generated) -> ExitCode) -> ExitCode {
    let files = match target.files() {
        Ok(files) => files,
        Err(unable) => return exit_code(Err(unable)),
    };
    match generated(target, &files) {
        Ok(generated) => then(&files, generated),
        Err(code) => ExitCode::from(code),
    }
}

impl Target {
    /// Those of the command line, or else those that the nearest Cargo.toml names.
    pub fn files(&self) -> Result<Files, Unable> {
        match (self.document.as_ref().or(self.schema.as_ref()), &self.out) {
            (Some(schema), Some(out)) => Ok(Files {
                schema: schema.clone(),
                out: out.clone(),
                policy: self.policy.clone().or_else(|| policy_beside(schema)),
                lock: self.lock(schema),
            }),
            _ => {
                let paths = defaults::find()?.ok_or_else(|| Unable(NOTHING_NAMED.to_owned()))?;
                let policy = self.policy.clone().or(paths.policy);
                Ok(Files {
                    lock: self.lock(&paths.schema),
                    policy: policy.or_else(|| policy_beside(&paths.schema)),
                    schema: paths.schema,
                    out: self.out.clone().unwrap_or(paths.out),
                })
            }
        }
    }

    fn lock(&self, schema: &Path) -> PathBuf {
        let beside = || schema.with_extension("lock");
        self.lock.clone().unwrap_or_else(beside)
    }

    /// The command that would mend what `check` finds.
    fn command(&self, tool: Tool) -> String {
        let mut command = format!("{} generate", tool.name);
        if let Some(document) = self.document.as_ref().or(self.schema.as_ref()) {
            command.push_str(&format!(" {}", document.display()));
        }
        let one = [
            ("out", &self.out),
            ("policy", &self.policy),
            ("lock", &self.lock),
        ];
        let one = one
            .into_iter()
            .filter_map(|(name, path)| Some((name, path.as_ref()?)));
        let outside = self
            .allow_outside
            .iter()
            .map(|path| ("allow-outside", path));
        let overlays = self.overlay.iter().map(|path| ("overlay", path));
        let several = outside.chain(overlays);
        let only = self.only.iter().map(|pattern| ("only", pattern));
        let paths = self.path.iter().map(|pattern| ("path", pattern));
        for (name, path) in one.chain(several) {
            command.push_str(&format!(" --{name} {}", path.display()));
        }
        // A shell would take the stars for files.
        for (name, pattern) in only.chain(paths) {
            command.push_str(&format!(" --{name} '{pattern}'"));
        }
        if let Some(name) = &self.name {
            command.push_str(&format!(" --name {name}"));
        }
        if self.deny_warnings {
            command.push_str(" --deny-warnings");
        }
        command
    }
}

/// Whether it is fresh, beside what is printed for a program.
fn stated(is_fresh: bool, out: &Path, command: &str) -> ExitCode {
    if is_fresh {
        return ExitCode::SUCCESS;
    }
    screen::note(&format!(
        "{} is not what the schema says: {command}",
        out.display()
    ));
    ExitCode::from(FINDINGS)
}

fn report(out: &Path, difference: &Difference, lock: Option<String>, command: &str) -> ExitCode {
    if !difference.is_empty() {
        screen::stale(out, difference, lock.as_deref(), command);
        return ExitCode::from(FINDINGS);
    }
    match lock {
        None => {
            screen::fresh(out, difference);
            ExitCode::SUCCESS
        }
        Some(lock) => {
            screen::stale_lock(&lock, command);
            ExitCode::from(FINDINGS)
        }
    }
}

/// What the document becomes, or the exit code.
pub fn generated(target: &Target, files: &Files) -> Result<Generated, u8> {
    let mut generator = Generator::new(&files.schema);
    generator.policy.clone_from(&files.policy);
    generator.lock = Some(files.lock.clone());
    generator.name.clone_from(&target.name);
    generator.allow_outside.clone_from(&target.allow_outside);
    generator.overlays.clone_from(&target.overlay);
    generator.only.clone_from(&target.only);
    generator.paths.clone_from(&target.path);
    generator.deny_warnings = target.deny_warnings;
    generator.leaves_memory = true;
    let mut diagnostics = Diagnostics::default();
    let generated = progress::shown(|| generator.generate(&mut diagnostics));
    diagnostics.sort();
    match target.format {
        Format::Text => screen::diagnostics(&diagnostics, target.verbose),
        format => screen::document(&machine::document(&diagnostics, format)),
    }
    generated.map_err(|Rejected| {
        if diagnostics.iter().any(is_unreadable) {
            USAGE
        } else {
            FINDINGS
        }
    })
}

/// A file that is not there, or cannot be read as what it is to be, is a wrong use of the command, as in `diff`.
fn is_unreadable(diagnostic: &Diagnostic) -> bool {
    UNREADABLE.contains(&diagnostic.code)
}

const UNREADABLE: [Code; 5] = [
    codegen::lock::UNREADABLE,
    document::codes::UNREADABLE,
    document::codes::NOT_YAML,
    policy::UNREADABLE,
    policy::SYNTAX,
];

fn help(error: &codegen::Error) -> &'static str {
    match error {
        codegen::Error::Strangers { .. } => "name another folder, or move these files out of it",
        codegen::Error::NoFolder(_) => "name a folder; it need not be there yet",
        codegen::Error::Io { .. } => "the old files are as they were",
    }
}

const NOTHING_NAMED: &str =
    "no document is named, and no Cargo.toml here or above has [workspace.metadata.sdk]
  help: name the document, and the folder of the crate where there is to be one: `generate petstore.yaml --out ../petstore`, `names petstore.yaml`";
