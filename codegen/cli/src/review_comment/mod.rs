//! `cargo sdk review-comment`: one comment on a pull request that reports its change of the document, and nothing of
//! earlier ones.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use review::render::markdown::{COMMENT, MARKER};

use crate::outcome::{Outcome, Result, Unable, cannot, exit_code, say};
use crate::screen;
use api::{Api, Comment, Problem};

mod api;
mod curl;

pub const HELP: &str = "\
The comment is found by a mark that readers do not see, and by its author. It is written where there is none, updated
in place where the report differs, and removed where the report is empty. A pull request from a fork has a token that
may only read: then nothing is written, and the run does not fail.

Environment, as GitHub Actions sets it: GITHUB_REPOSITORY, GITHUB_TOKEN (to be passed on by the workflow), and
GITHUB_API_URL for servers other than github.com. Requests are sent by the program curl.

Examples:
  cargo sdk diff --also comment=review.md
  cargo sdk review-comment review.md --pull-request 12

Exit codes: 0 fine, 2 wrong usage, or GitHub rejected the request.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The report, by `diff --also comment=FILE`; empty where nothing has changed
    file: PathBuf,
    /// The number of the pull request
    #[arg(long, value_name = "NUMBER")]
    pull_request: u64,
    /// Which comment it is, where several folders have one each
    #[arg(long, value_name = "DIR", default_value = ".")]
    folder: String,
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

pub fn run(options: &Options) -> ExitCode {
    exit_code(comment(options).map(|()| Outcome::Fine))
}

fn comment(options: &Options) -> Result<()> {
    let mark = mark(&options.folder)?;
    let body = body(&options.file, &mark)?;
    let api = Api::of_environment(options.pull_request).map_err(Unable)?;
    match keep_one(&api, &mark, body.as_deref()) {
        Ok(done) => say!("{}", done.sentence(options.pull_request)),
        Err(Problem::ReadOnly) => notice(READ_ONLY),
        Err(Problem::Failed(why)) => return Err(Unable(why)),
    }
    Ok(())
}

/// What the comment begins with: that of the root is what each report begins with.
fn mark(folder: &str) -> Result<String> {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    if folder.contains("-->") || folder.contains(char::is_control) {
        let folder = folder.escape_debug();
        return Err(Unable(format!(
            "`{folder}` cannot be the name of a comment"
        )));
    }
    match folder {
        "" | "." => Ok(MARKER.to_owned()),
        folder => Ok(MARKER.replace(" -->", &format!(" {folder} -->"))),
    }
}

/// Whatever was there before, in the end there is one comment of ours with the body, or none if
/// there is no body.
fn keep_one(api: &Api, mark: &str, body: Option<&str>) -> std::result::Result<Done, Problem> {
    let mut marked = api.comments()?;
    marked.retain(|comment| comment.body.trim_start().starts_with(mark));
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
fn body(file: &Path, mark: &str) -> Result<Option<String>> {
    let text = std::fs::read_to_string(file).map_err(|error| cannot("read", file, &error))?;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.strip_prefix(MARKER).unwrap_or(text);
    let body = format!("{mark}\n{}", text.trim_start());
    if body.len() <= COMMENT {
        Ok(Some(body))
    } else {
        Err(Unable(format!(
            "{} has {} bytes, and a comment holds {COMMENT}\n  help: `diff --also comment=FILE` keeps within them",
            file.display(),
            body.len()
        )))
    }
}

/// For people, or for the page of the workflow's run.
fn notice(message: &str) {
    match env::var_os("GITHUB_ACTIONS") {
        Some(_) => say!("::notice title=Schema review::{message}"),
        None => screen::note(message),
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
