//! `cargo xtask review-comment`: one comment on a pull request that reports its change of the schema, and nothing of
//! earlier ones. A program of its own, because its TLS takes as long to build as the generator.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use review::render::markdown::{COMMENT, MARKER};

use api::{Api, Comment, Problem};

mod api;

const EXAMPLES: &str = "\
The comment is found by a mark that readers do not see, and by its author. It is written where there is none, updated
in place where the report differs, and removed where the report is empty. A pull request from a fork has a token that
may only read: then nothing is written, and the run does not fail.

Environment, as GitHub Actions sets it: GITHUB_REPOSITORY, GITHUB_TOKEN (to be passed on by the workflow), and
GITHUB_API_URL for servers other than github.com.

Example:
  cargo xtask diff --also comment=review.md
  cargo xtask review-comment review.md --pull-request 12

Exit codes: 0 fine, 2 wrong usage, or GitHub rejected the request.";

/// Keep one comment on a pull request that reports its change of the document
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask review-comment", after_help = EXAMPLES)]
struct Options {
    /// The report, by `cargo xtask diff --also comment=FILE`; empty where nothing has changed
    file: PathBuf,
    /// The number of the pull request
    #[arg(long, value_name = "NUMBER")]
    pull_request: u64,
}

/// What becomes of the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Created,
    Updated,
    Unchanged,
    Removed,
    Nothing,
}

/// Why the comment could not be kept, with what to do.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    match comment(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::from(2)
        }
    }
}

fn comment(options: &Options) -> Result<()> {
    let body = body(&options.file)?;
    let api = Api::of_environment(options.pull_request)?;
    match keep_one(&api, body.as_deref()) {
        Ok(done) => println!("{}", done.sentence(options.pull_request)),
        Err(Problem::ReadOnly) => notice(READ_ONLY),
        Err(Problem::Failed(why)) => return Err(why),
    }
    Ok(())
}

/// Whatever was there before, in the end there is one comment of ours with the body, or none if
/// there is no body.
fn keep_one(api: &Api, body: Option<&str>) -> std::result::Result<Done, Problem> {
    let mut marked = api.comments()?;
    marked.retain(|comment| comment.body.trim_start().starts_with(MARKER));
    let mut ours = if marked.is_empty() {
        marked
    } else {
        by(api.user()?.as_deref(), marked)
    }
    .into_iter();
    let done = match (ours.next(), body) {
        (Some(first), Some(body)) if same(&first.body, body) => Done::Unchanged,
        (Some(first), Some(body)) => {
            api.update(first.id, body)?;
            Done::Updated
        }
        (Some(first), None) => {
            api.remove(first.id)?;
            Done::Removed
        }
        (None, Some(body)) => {
            api.create(body)?;
            Done::Created
        }
        (None, None) => Done::Nothing,
    };
    // Two runs at a time may have left one each.
    for extra in ours {
        api.remove(extra.id)?;
    }
    Ok(done)
}

/// Those that we wrote: anybody can write the mark. The token of a workflow is a bot's; of no
/// other token is the user unknown.
fn by(us: Option<&str>, mut comments: Vec<Comment>) -> Vec<Comment> {
    comments.retain(|comment| match us {
        Some(us) => comment.author == us,
        None => comment.by_bot,
    });
    comments
}

/// As GitHub keeps a text: without what surrounds it, and with any ends of lines.
fn same(one: &str, other: &str) -> bool {
    let kept = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    kept(one) == kept(other)
}

/// The report with its mark, if it says anything.
fn body(file: &Path) -> Result<Option<String>> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let body = if text.starts_with(MARKER) {
        text.to_owned()
    } else {
        format!("{MARKER}\n{text}")
    };
    if body.len() <= COMMENT {
        Ok(Some(body))
    } else {
        Err(format!(
            "{} has {} bytes, and a comment holds {COMMENT}\n  help: `cargo xtask diff --also comment=FILE` keeps within them",
            file.display(),
            body.len()
        ))
    }
}

/// For people, or for the page of the workflow's run.
fn notice(message: &str) {
    match env::var_os("GITHUB_ACTIONS") {
        Some(_) => println!("::notice title=Schema review::{message}"),
        None => eprintln!("note: {message}"),
    }
}

impl Done {
    fn sentence(self, pull_request: u64) -> String {
        let what = match self {
            Self::Created => "written",
            Self::Updated => "updated",
            Self::Unchanged => "as it should be",
            Self::Removed => "removed: there is nothing to report any more",
            Self::Nothing => "not needed: there is nothing to report",
        };
        format!("the comment on pull request {pull_request} is {what}")
    }
}

const READ_ONLY: &str = "the token may not write comments, as on every pull request from a fork; the report is in the \
     step's summary. In other pull requests the workflow lacks the permission `pull-requests: write`.";
