//! Reading a hundred issues as the crate's models and as plain structs of serde, which read times as text.

#![allow(dead_code)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Deserialize;

const ISSUES: u64 = 100;

/// The fastest counts.
const TURNS: usize = 400;

fn main() -> Result<(), serde_json::Error> {
    let json = format!(
        "[{}]",
        (1..=ISSUES).map(issue).collect::<Vec<_>>().join(",")
    );
    let side = std::env::args().nth(1);
    let turns = std::env::args().nth(2).and_then(|turns| turns.parse().ok());
    // For a counter of instructions: one side alone.
    match side.as_deref() {
        Some("plain") => return (0..turns.unwrap_or(1)).try_for_each(|_| plain(&json).map(drop)),
        Some("ours") => return (0..turns.unwrap_or(1)).try_for_each(|_| ours(&json).map(drop)),
        _ => {}
    }
    let (mut by_plain, mut by_ours) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        by_plain = by_plain.min(plain(&json)?);
        by_ours = by_ours.min(ours(&json)?);
    }
    let ratio = by_ours.as_secs_f64() / by_plain.as_secs_f64();
    let kilobytes = json.len() / 1000;
    println!(
        "{ISSUES} issues, {kilobytes} KB: {by_plain:.1?} as plain structs, {by_ours:.1?} ours: {ratio:.2}"
    );
    Ok(())
}

fn plain(json: &str) -> Result<Duration, serde_json::Error> {
    let start = Instant::now();
    black_box(serde_json::from_str::<Vec<Issue>>(json)?);
    Ok(start.elapsed())
}

fn ours(json: &str) -> Result<Duration, serde_json::Error> {
    let start = Instant::now();
    black_box(serde_json::from_str::<Vec<issues::models::Issue>>(json)?);
    Ok(start.elapsed())
}

fn issue(n: u64) -> String {
    let labels: Vec<String> = (0..n % 4).map(label).collect();
    let assignees: Vec<String> = (0..n % 3).map(person).collect();
    let milestone = if n % 2 == 0 {
        milestone(n)
    } else {
        "null".to_owned()
    };
    let text =
        "It does what it says, and then it stops.\\nWhat comes after is not said. ".repeat(8);
    let (labels, assignees, author) = (labels.join(","), assignees.join(","), person(n));
    let (link, day) = (format!("https://api.issues.example/issues/{n}"), n % 28 + 1);
    let closed = if n % 5 == 0 {
        format!(r#""2024-06-{day:02}T12:00:00Z""#)
    } else {
        "null".to_owned()
    };
    format!(
        r#"{{"id":{},"key":"I_{n:08}","number":{n},"title":"Issue number {n} of many","state":"open","state_reason":null,"link":"{link}","people_link":"{link}/people","notes_link":"{link}/notes","text":"{text}","author":{author},"labels":[{labels}],"assignees":[{assignees}],"milestone":{milestone},"locked":false,"notes":{},"created_at":"2024-05-{day:02}T10:20:30Z","updated_at":"2024-06-{day:02}T11:21:31Z","closed_at":{closed},"role":"member","votes":{{"link":"{link}/votes","total":3,"up":1,"down":1,"heart":1}}}}"#,
        2_400_000_000 + n,
        n * 7 % 40,
    )
}

fn person(n: u64) -> String {
    let link = format!("https://api.issues.example/people/person-{n}");
    format!(
        r#"{{"login":"person-{n}","id":{},"key":"P_{n:08}","picture":"https://pictures.issues.example/{n}?size=4","link":"{link}","followers_link":"{link}/followers","lists_link":"{link}/lists/all","kind":"person","is_staff":false}}"#,
        9_000_000 + n
    )
}

fn label(n: u64) -> String {
    format!(
        r#"{{"id":{n},"key":"L_{n:08}","link":"https://api.issues.example/labels/label-{n}","name":"label-{n}","color":"d73a4a","default":true,"description":"What is called {n}"}}"#
    )
}

fn milestone(n: u64) -> String {
    let author = person(n + 1);
    format!(
        r#"{{"id":{n},"number":{n},"title":"Milestone {n}","state":"open","author":{author},"open":4,"closed":8,"due_on":"2025-01-01T00:00:00Z"}}"#
    )
}

#[derive(Deserialize)]
struct Issue {
    id: i64,
    key: String,
    number: i64,
    title: String,
    state: State,
    state_reason: Option<Reason>,
    link: String,
    people_link: String,
    notes_link: String,
    text: Option<String>,
    author: Person,
    labels: Vec<Label>,
    assignees: Vec<Person>,
    milestone: Option<Milestone>,
    locked: bool,
    notes: i64,
    created_at: String,
    updated_at: String,
    closed_at: Option<String>,
    role: Role,
    votes: Votes,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Open,
    Closed,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    Completed,
    Reopened,
    NotPlanned,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Owner,
    Member,
    Guest,
}

#[derive(Deserialize)]
struct Votes {
    link: String,
    total: i64,
    up: i64,
    down: i64,
    heart: i64,
}

#[derive(Deserialize)]
struct Person {
    login: String,
    id: i64,
    key: String,
    picture: String,
    link: String,
    followers_link: String,
    lists_link: String,
    kind: String,
    is_staff: bool,
    starred_at: Option<String>,
}

#[derive(Deserialize)]
struct Label {
    id: i64,
    key: String,
    link: String,
    name: String,
    color: String,
    default: bool,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Milestone {
    id: i64,
    number: i64,
    title: String,
    state: State,
    author: Person,
    open: i64,
    closed: i64,
    due_on: Option<String>,
}
