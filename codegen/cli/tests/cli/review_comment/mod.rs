//! `cargo sdk review-comment`: what becomes of the comments of a pull request.

pub mod github;

use insta::assert_snapshot;
use serde_json::json;
use tests::place::{Place, Run};

use crate::SDK;
use github::{GitHub, TOKEN};

const BOT: &str = "github-actions[bot]";
const MARK: &str = "<!-- schema-review -->";

#[test]
fn a_report_that_is_missing_is_named() {
    let run = Place::empty(SDK).run("review-comment missing.md --pull-request 7");
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("cannot read missing.md"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_comment_is_written_updated_left_alone_and_removed() {
    let github = GitHub::start();
    github.comment("somebody", "nice");
    let first = format!("{MARK}\nwire: breaking");
    let second = format!("{MARK}\nwire: safe");

    assert_snapshot!("written", comment(&github, &first).screen());
    assert_eq!(texts(&github), ["nice", &first]);
    github.take_requests();
    assert_snapshot!("updated", comment(&github, &second).screen());
    assert_eq!(texts(&github), ["nice", &second]);
    assert_snapshot!("requests_of_an_update", github.take_requests().join("\n"));
    // GitHub keeps a text without what surrounds it.
    assert_snapshot!(
        "unchanged",
        comment(&github, &format!("{second}\n\n")).screen()
    );
    assert!(
        github
            .take_requests()
            .iter()
            .all(|request| request.starts_with("GET"))
    );
    assert_snapshot!("removed", comment(&github, "\n").screen());
    assert_eq!(texts(&github), ["nice"]);
    // A form sends the ends of lines so.
    github.comment(BOT, &second.replace('\n', "\r\n"));
    github.take_requests();
    assert_eq!(comment(&github, &second).code, Some(0));
    let requests = github.take_requests();
    assert!(requests.iter().all(|request| request.starts_with("GET")));
    assert_eq!(comment(&github, "").code, Some(0));
    assert_snapshot!("not_needed", comment(&github, "").screen());
    assert_eq!(texts(&github), ["nice"]);
}

#[test]
fn a_comment_of_others_is_never_touched() {
    let github = GitHub::start();
    let quoted = format!("{MARK}\nwire: breaking");
    github.comment("somebody", &quoted);
    github.comment("other[bot]", "wire: breaking");
    github.comment("other[bot]", &format!("> {quoted}"));
    comment(&github, "wire: safe");
    comment(&github, "");
    assert_eq!(
        texts(&github),
        [
            quoted.clone(),
            "wire: breaking".to_owned(),
            format!("> {quoted}")
        ]
    );
}

#[test]
fn ours_is_found_on_a_later_page_and_there_is_never_a_second() {
    let github = GitHub::start();
    for _ in 0..5 {
        github.comment("somebody", "nice");
    }
    // As two runs at a time would leave it.
    github.comment(BOT, &format!("{MARK}\none"));
    github.comment(BOT, &format!("{MARK}\ntwo"));
    assert_eq!(comment(&github, "three").code, Some(0));
    let ours: Vec<_> = github
        .comments()
        .into_iter()
        .filter(|(author, _)| author == BOT)
        .collect();
    assert_eq!(ours, [(BOT.to_owned(), format!("{MARK}\nthree"))]);
}

#[test]
fn the_token_of_a_person_finds_the_comments_of_that_person() {
    let github = GitHub::start();
    github.user("somebody");
    github.comment(BOT, &format!("{MARK}\nanother's"));
    comment(&github, "one");
    comment(&github, "two");
    assert_eq!(
        texts(&github),
        [format!("{MARK}\nanother's"), format!("{MARK}\ntwo")]
    );
}

/// A pull request from a fork.
#[test]
fn a_token_that_may_only_read_is_no_failure() {
    let github = GitHub::start();
    github.read_only();
    assert_snapshot!("read_only", comment(&github, "one").screen());
    let mut command = command(&github, "one");
    assert_snapshot!(
        "read_only_in_a_workflow",
        Run::of(command.1.env("GITHUB_ACTIONS", "true")).screen()
    );
}

#[test]
fn what_the_server_refuses_is_said_without_the_token() {
    for (name, status, body) in [
        (
            "no_such_pull_request",
            404,
            json!({ "message": "Not Found" }),
        ),
        ("bad_token", 401, json!({ "message": "Bad credentials" })),
        (
            "too_many_requests",
            403,
            json!({ "message": "API rate limit exceeded for installation" }),
        ),
        ("moved", 301, json!({ "message": "Moved Permanently" })),
        ("broken", 502, json!("oops")),
        (
            "commands_in_a_response",
            422,
            json!({ "message": "no\n::error::mine" }),
        ),
        ("not_github", 200, json!({ "welcome": "stranger" })),
    ] {
        let github = GitHub::start();
        github.respond(status, body);
        let run = comment(&github, "one");
        assert_snapshot!(
            name,
            run.screen().replace(&github.url, "https://api.example")
        );
    }
    let github = GitHub::start();
    github.comment("somebody", "nice");
    github.next_page_is("https://elsewhere.example/comments?page=2");
    let run = comment(&github, "one");
    assert_snapshot!(
        "next_page_elsewhere",
        run.screen().replace(&github.url, "https://api.example")
    );
}

#[test]
fn what_the_environment_lacks_is_said() {
    let github = GitHub::start();
    let run = |variable: &str, value: &str| {
        let mut command = command(&github, "one");
        Run::of(command.1.env(variable, value)).screen()
    };
    assert_snapshot!("no_token", run("GITHUB_TOKEN", ""));
    assert_snapshot!("no_repository", run("GITHUB_REPOSITORY", ""));
    assert_snapshot!("odd_repository", run("GITHUB_REPOSITORY", "../../user"));
    assert_snapshot!("no_tls", run("GITHUB_API_URL", "http://api.example"));
    let odd = run("GITHUB_TOKEN", "line\nbreak");
    assert_snapshot!("odd_token", odd);
    assert_eq!(github.take_requests(), [""; 0]);
    let run = comment(&github, &"long ".repeat(20_000));
    assert_snapshot!("too_long", run.screen());
}

fn texts(github: &GitHub) -> Vec<String> {
    github
        .comments()
        .into_iter()
        .map(|(_, text)| text)
        .collect()
}

/// Runs with a report, of which nothing may tell the token.
fn comment(github: &GitHub, report: &str) -> Run {
    let run = Run::of(&mut command(github, report).1);
    assert!(!run.stdout.contains(TOKEN) && !run.stderr.contains(TOKEN));
    run
}

fn command(github: &GitHub, report: &str) -> (Place, std::process::Command) {
    let place = Place::empty(SDK);
    place.write("review.md", report);
    let mut command = place.command("review-comment review.md --pull-request 7");
    command
        .env("GITHUB_API_URL", &github.url)
        .env("GITHUB_REPOSITORY", "octocat/pets")
        .env("GITHUB_TOKEN", TOKEN)
        .env("NO_PROXY", "127.0.0.1");
    (place, command)
}
