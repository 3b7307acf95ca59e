//! The verb `extract`: some operations of a document, as a document of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::document::extract::{Extract, Format, Whole};
use codegen::part::Selection;
use codegen::policy::Policy;
use codegen::{Diagnostics, Rejected};

use crate::outcome::{Outcome, Result, Unable, cannot, exit_code};
use crate::progress;
use crate::screen;

pub const EXAMPLES: &str = "\
Of YAML the lines stay as they are, with their order, comments and texts. JSON, and YAML with what has no lines of its own
(`{...}`, anchors), is written anew in its order. Kept are what describes the whole (info, servers, security), the security
schemes, and the tags of the operations. References into other files stay, and need them: the result has to be in the folder
of the document then.

Examples:
  cargo sdk extract --from upstream.json --path '/zones/**' --out schema/zones.yaml
  cargo sdk extract --from upstream.yaml --path 'GET /pets' '/stores/**' --out schema/shop.yaml";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document, in one file
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The operations: '/zones/**', 'GET /zones/*'
    #[arg(long, value_name = "PATH", required = true, num_args = 1..)]
    pub path: Vec<String>,
    /// The file to write: JSON if it ends so, YAML otherwise
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

pub fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let extracted = progress::shown(|| extracted(options, &mut diagnostics));
    diagnostics.sort();
    screen::errors(&diagnostics);
    match extracted {
        Ok(extracted) => exit_code(write(options, &extracted)),
        Err(Rejected)
            if diagnostics
                .iter()
                .any(|d| d.code == codegen::part::UNMATCHED) =>
        {
            ExitCode::from(1)
        }
        Err(Rejected) => ExitCode::from(2),
    }
}

fn extracted(
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> std::result::Result<Extract, Rejected> {
    let whole = Whole::load(&options.from, diagnostics)?;
    let policy = Policy::default();
    let selection = Selection::of(&[], &options.path, &policy);
    let wanted = selection.wanted(&whole.operations(), &[], &policy, diagnostics)?;
    let is_json = options.out.extension().is_some_and(|end| end == "json");
    let format = if is_json { Format::Json } else { Format::Yaml };
    let extracted = whole.extract(|one| wanted.contains(&one.key()), format);
    extracted.map_err(|problem| {
        diagnostics.push(problem);
        Rejected
    })
}

fn write(options: &Options, extracted: &Extract) -> Result<Outcome> {
    let (from, out) = (&options.from, &options.out);
    if let Some(reference) = extracted.elsewhere.first()
        && folder(from) != folder(out)
    {
        return Err(Unable(format!(
            "`{reference}` leads into another file, and would lead elsewhere from {}\n  help: write into {}",
            out.display(),
            folder(from).display(),
        )));
    }
    if extracted.is_rewritten {
        screen::note(&format!(
            "{} is written anew, without comments: some of what is left out has no lines of its own (`{{...}}`, an anchor)",
            out.display()
        ));
    }
    let known = fs::read_to_string(out).ok();
    let is_same = known.as_ref() == Some(&extracted.text);
    if !is_same {
        let parent = folder(out);
        fs::create_dir_all(parent).map_err(|error| cannot("create", parent, &error))?;
        fs::write(out, &extracted.text).map_err(|error| cannot("write", out, &error))?;
    }
    let change = match (known, is_same) {
        (None, _) => "written",
        (_, true) => "unchanged",
        (_, false) => "updated",
    };
    screen::extracted(out, extracted, change);
    Ok(Outcome::Fine)
}

fn folder(file: &Path) -> &Path {
    let parent = file.parent().unwrap_or(Path::new(""));
    if parent == Path::new("") {
        Path::new(".")
    } else {
        parent
    }
}
