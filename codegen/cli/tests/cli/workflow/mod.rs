//! The workflow that reviews pull requests, as a pull request has it: its own steps, run one after the other, against what
//! stands in for GitHub.

mod expression;
mod runner;

use serde_yaml::Value;
use tests::workspace;

use crate::SDK;
use crate::diff::repository::Repository;
use crate::review_comment::github::GitHub;
use runner::{Job, Runner};

const BOT: &str = "github-actions[bot]";
const CALLER: &str = ".github/workflows/sdk-pets.yml";
const REVIEW: &str = ".github/workflows/schema-review.yml";

const API: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: 'https://pets.example' }]
paths:
  /pets:
    get: { responses: { '204': { description: None } } }
  /owners:
    get: { responses: { '204': { description: None } } }
";

#[test]
fn a_change_that_breaks_callers_is_shown_and_taken_back() {
    let github = GitHub::start();
    github.comment("somebody", "nice");
    let repository = repository();
    push(&repository, &API.replace("/owners", "/keepers"));
    let job = run(&github, &repository, "");
    assert_eq!(
        job.outcomes(),
        "Install: success\n\
         See whether the documents were touched: success\n\
         Review: failure\n\
         See whether the crate is what the document says: failure\n\
         Keep the page: success\n\
         Keep the comment: success\n"
    );
    let said = &job.step("Review").stdout;
    let annotation = "::error file=api.yaml,line=4,endLine=4,title=Breaking on the wire::";
    assert!(
        said.lines().any(|line| line.starts_with(annotation)),
        "{said}"
    );
    assert!(
        job.summary.contains("### wire: 1 breaking"),
        "{}",
        job.summary
    );
    let page = &job.artifacts["schema-review"]["schema-review.html"];
    assert!(page.starts_with("<!doctype html>") && page.contains("/keepers"));
    let [(_, nice), (author, first)] = &github.comments()[..] else {
        panic!("{:?}", github.comments());
    };
    assert_eq!((nice.as_str(), author.as_str()), ("nice", BOT));
    assert!(
        first.starts_with("<!-- schema-review -->\n### wire: 1 breaking"),
        "{first}"
    );

    // Another push changes the comment that is there.
    let before = repository.git("rev-parse topic");
    push(
        &repository,
        &API.replace("/owners", "/keepers")
            .replace("/pets:", "/cats:"),
    );
    github.take_requests();
    let job = run(&github, &repository, before.trim());
    assert_eq!(job.step("Keep the comment").outcome, "success");
    let requests = github.take_requests();
    assert!(
        requests.iter().any(|request| request.starts_with("PATCH")),
        "{requests:?}"
    );
    let [_, (author, second)] = &github.comments()[..] else {
        panic!("{:?}", github.comments());
    };
    assert_eq!(author, BOT);
    assert!(second.contains("### wire: 2 breaking"), "{second}");

    // One that takes all of it back removes the comment.
    let before = repository.git("rev-parse topic");
    push(&repository, API);
    let job = run(&github, &repository, before.trim());
    assert!(
        job.steps.iter().all(|step| step.outcome == "success"),
        "{}",
        job.outcomes()
    );
    assert_eq!(
        github.comments(),
        [("somebody".to_owned(), "nice".to_owned())]
    );
    assert!(!job.step("Review").stdout.contains("::error"));
}

#[test]
fn the_token_of_a_fork_writes_no_comment_and_everything_else_is_there() {
    let github = GitHub::start();
    github.read_only();
    let repository = repository();
    push(&repository, &API.replace("/owners", "/keepers"));
    let job = run(&github, &repository, "");
    let comment = job.step("Keep the comment");
    assert_eq!(comment.outcome, "success", "{}", comment.stderr);
    assert!(
        comment.stdout.starts_with("::notice title=Schema review::"),
        "{}",
        comment.stdout
    );
    assert_eq!(github.comments(), []);
    assert!(job.step("Review").stdout.contains("::error file=api.yaml"));
    assert!(job.summary.contains("1 breaking"));
    assert_eq!(job.artifacts["schema-review"].len(), 1);
}

#[test]
fn a_pull_request_without_a_change_of_the_document_asks_for_nothing() {
    let github = GitHub::start();
    let repository = Repository::empty();
    repository.write("schema/api.yaml", API);
    init(&repository, ".", "schema/api.yaml");
    repository.commit();
    repository.git("checkout --quiet -b topic");
    repository.write("notes.txt", "");
    repository.commit();
    let job = run(&github, &repository, "");
    assert_eq!(
        job.outcomes(),
        "Install: success\n\
         See whether the documents were touched: success\n\
         Review: skipped\n\
         See whether the crate is what the document says: success\n\
         Keep the page: skipped\n\
         Keep the comment: skipped\n"
    );
    assert_eq!(github.take_requests(), [""; 0]);
    assert_eq!((job.summary.as_str(), job.artifacts.len()), ("", 0));
}

#[test]
fn a_document_that_cannot_be_read_is_what_the_comment_says() {
    let github = GitHub::start();
    let repository = repository();
    push(&repository, "openapi: [\n");
    let job = run(&github, &repository, "");
    assert_eq!(job.step("Review").outcome, "failure");
    assert!(
        job.step("Review")
            .stdout
            .contains("::error file=api.yaml,line=2"),
        "{}",
        job.step("Review").stdout
    );
    assert_eq!(job.artifacts.len(), 0);
    let comments = github.comments();
    assert!(comments[0].1.contains("cannot be compared"), "{comments:?}");
}

/// Each has a workflow, at the root where GitHub looks for it, and a comment of its own.
#[test]
fn several_folders_have_a_comment_and_a_page_each() {
    let github = GitHub::start();
    let repository = Repository::empty();
    for name in ["cats", "dogs"] {
        let api = API.replace("Pets", name);
        repository.write(&format!("apis/{name}/api.yaml"), &api);
        init(&repository, &format!("apis/{name}"), "api.yaml");
    }
    repository.commit();
    repository.git("checkout --quiet -b topic");
    for name in ["cats", "dogs"] {
        let api = API.replace("Pets", name).replace("/owners", "/keepers");
        repository.write(&format!("apis/{name}/api.yaml"), &api);
    }
    repository.commit();
    for name in ["cats", "dogs"] {
        let runner = runner(&github, &repository);
        let job = runner.run(&format!(".github/workflows/sdk-{name}.yml"));
        let annotation = format!("::error file=apis/{name}/api.yaml,line=4,");
        assert!(
            job.step("Review").stdout.contains(&annotation),
            "{}",
            job.step("Review").stdout
        );
        let artifact = format!("schema-review-apis-{name}");
        assert_eq!(job.artifacts.keys().collect::<Vec<_>>(), [&artifact]);
    }
    let comments = github.comments();
    let begins = comments
        .iter()
        .map(|(_, text)| text.lines().next().unwrap_or_default());
    assert_eq!(
        begins.collect::<Vec<_>>(),
        [
            "<!-- schema-review apis/cats -->",
            "<!-- schema-review apis/dogs -->"
        ]
    );
}

/// That of this repository calls the same workflow, with its own command.
#[test]
fn this_repository_reviews_itself_so() {
    let github = GitHub::start();
    let repository = Repository::empty();
    for file in ["Cargo.toml", ".github/workflows/pull-request.yml", REVIEW] {
        repository.write(file, &own(file));
    }
    for folder in ["schema", "generated"] {
        for file in workspace::files(&workspace::root().join(folder)) {
            let name = file.strip_prefix(workspace::root()).expect("it is below");
            repository.write(&name.display().to_string(), &workspace::read(&file));
        }
    }
    repository.commit();
    repository.git("checkout --quiet -b topic");
    let document = read(&repository, "schema/billing.yaml");
    let changed = document.replace(
        "  /accounts/{account_id}/billing/profile:",
        "  /accounts/{account_id}/billing/profiles:",
    );
    assert_ne!(changed, document);
    repository.write("schema/billing.yaml", &changed);
    repository.commit();
    let runner = Runner::on(&github, repository.place.path("").as_path());
    let cargo =
        format!("#!/bin/sh\n[ \"$1\" = build ] && exec touch built\nshift\nexec '{SDK}' \"$@\"\n");
    runner.program("cargo", &cargo);
    let job = runner.run(".github/workflows/pull-request.yml");
    assert!(
        job.step("Review")
            .stdout
            .contains("::error file=schema/billing.yaml"),
        "{job:#?}"
    );
    assert!(
        job.summary.contains("### wire: 1 breaking"),
        "{}",
        job.summary
    );
    assert_eq!(github.comments().len(), 1);
}

/// What is reviewed with is this file, wherever it is called from.
#[test]
fn what_init_writes_is_what_this_repository_is_reviewed_by() {
    let written = workspace::root().join("codegen/cli/src/init/schema-review.yml");
    assert_eq!(own(REVIEW), workspace::read(&written), "copy the latter");
    let install = "cargo install --git 'https://example.com/a b' # \"now\"";
    let copied = cargo_sdk::Workflows::of("pets", install).review;
    let workflow: Value = serde_yaml::from_str(&copied).expect("it is YAML");
    let mut expected: Value = serde_yaml::from_str(&own(REVIEW)).expect("it is YAML");
    assert_eq!(
        workflow["on"]["workflow_call"]["inputs"]["install"]["default"],
        install
    );
    expected["on"]["workflow_call"]["inputs"]["install"] =
        workflow["on"]["workflow_call"]["inputs"]["install"].clone();
    assert_eq!(workflow, expected);
}

/// From another repository, `uses: octocat/sdk/.github/workflows/schema-review.yml@REF` installs what is there at that commit.
#[test]
fn called_from_elsewhere_it_installs_the_command_of_its_own_commit() {
    let github = GitHub::start();
    let repository = repository();
    repository.write(REVIEW, &own(REVIEW));
    repository.write("api.yaml", &API.replace("/owners", "/keepers"));
    repository.commit();
    let runner = Runner::on(&github, repository.place.path("").as_path());
    let script = format!(
        "#!/bin/sh\n[ \"$1\" = install ] && exec echo \"$@\"\nshift\nexec '{SDK}' \"$@\"\n"
    );
    runner.program("cargo", &script);
    let job = runner.run(CALLER);
    assert_eq!(
        job.step("Install").stdout,
        "install --locked --git https://github.com/octocat/sdk --rev 0123abc cargo-sdk\n"
    );
    assert_eq!(github.comments().len(), 1);
}

/// Whatever an action is called, what is run is what was read.
#[test]
fn actions_are_pinned_and_may_do_little() {
    let workflow: Value = serde_yaml::from_str(&own(REVIEW)).expect("the workflow is YAML");
    let job = &workflow["jobs"]["review"];
    assert_eq!(permissions(&workflow), ["contents: read"]);
    assert_eq!(permissions(job), ["contents: read", "pull-requests: write"]);
    let steps = job["steps"].as_sequence().expect("a list of steps");
    let used = steps.iter().filter_map(|step| step["uses"].as_str());
    let used: Vec<&str> = used.collect();
    assert!(!used.is_empty());
    for action in used {
        let (_, version) = action.split_once('@').expect("a version");
        let is_commit = version.len() == 40 && version.chars().all(|c| c.is_ascii_hexdigit());
        assert!(is_commit, "{action} is pinned to no commit");
    }
    // Nothing that a pull request says becomes a part of a command.
    let mut runs = steps.iter().filter_map(|step| step["run"].as_str());
    assert!(runs.all(|run| !run.contains("${{")));
}

fn permissions(of: &Value) -> Vec<String> {
    let permissions = of["permissions"].as_mapping().expect("permissions");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    permissions
        .iter()
        .map(|(what, how)| format!("{}: {}", text(what), text(how)))
        .collect()
}

/// What `init` makes of an empty folder, on `main`, and the branch `topic`.
fn repository() -> Repository {
    let repository = Repository::empty();
    repository.write("api.yaml", API);
    init(&repository, ".", "api.yaml");
    repository.commit();
    repository.git("checkout --quiet -b topic");
    repository
}

fn init(repository: &Repository, folder: &str, document: &str) {
    let init = format!("init {document} --install install-it");
    let mut init = repository.place.command(&init);
    let init = init.current_dir(repository.place.path(folder));
    let run = tests::place::Run::of(init);
    assert_eq!(run.code, Some(0), "{}", run.screen());
}

fn push(repository: &Repository, api: &str) {
    repository.write("api.yaml", api);
    repository.commit();
}

fn run(github: &GitHub, repository: &Repository, before: &str) -> Job {
    let mut runner = runner(github, repository);
    before.clone_into(&mut runner.before);
    runner.run(CALLER)
}

/// With what the workflow of [`init`] installs the command by.
fn runner<'g>(github: &'g GitHub, repository: &Repository) -> Runner<'g> {
    let runner = Runner::on(github, repository.place.path("").as_path());
    let install = format!("#!/bin/sh\nln -s '{SDK}' \"${{0%/*}}/cargo-sdk\"\n");
    runner.program("install-it", &install);
    runner
}

fn own(file: &str) -> String {
    workspace::read(&workspace::root().join(file))
}

fn read(repository: &Repository, file: &str) -> String {
    workspace::read(&repository.place.path(file))
}
