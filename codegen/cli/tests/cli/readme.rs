//! What the README shows: its commands of `cargo sdk` are run as they stand, its Rust compiles, its figures are the proof's.
//! Its commands of this repository are in `xtask/tests/`.

use std::fs;
use std::io::{Read, Write};
use std::process::Command;

use tests::compiled::Compiled;
use tests::place::{Place, Run};
use tests::{shared, workspace};

use crate::{DOCUMENT, SDK};

/// In an empty folder, the crate of which an application of another folder then uses.
#[test]
fn the_first_commands_and_the_five_minutes_do_what_they_say() {
    let place = Place::empty(SDK);
    place.write("api/petstore.yaml", &petstore());
    place.write("api/Cargo.toml", &application(""));
    place.write("api/src/lib.rs", "");
    let readme = readme();
    let first = &workspace::commands(&readme)[0];
    let (generate, add) = first.split_once(" && ").expect("there are two");
    run(&place, "api", generate);
    run(&place, "api", &format!("{add} --offline"));
    let manifest = workspace::read(&place.path("api/Cargo.toml"));
    assert!(manifest.contains("path = \"../petstore\""), "{manifest}");

    place.write("all/petstore.yaml", &petstore());
    let section = section(&readme, "Five minutes");
    let commands = workspace::commands(section);
    assert_eq!(commands.len(), 6, "{commands:?}");
    let (url, server) = server();
    let mut printed = String::new();
    for command in commands {
        match command.strip_prefix("cargo run ") {
            Some(arguments) => {
                add_application(&place, &readme);
                let variables = [("PETSTORE_BASE_URL", url.as_str()), ("PETSTORE_KEY", "k")];
                printed = run_beside_application(&place, arguments, &variables);
            }
            None => {
                if command == "cargo sdk diff" {
                    commit(&place);
                }
                run(&place, "all", &command);
            }
        }
    }
    assert!(printed.contains("Fido"), "{printed}");
    let request = server.join().expect("it was called");
    assert!(request.starts_with("GET /pets "), "{request}");
    assert!(request.contains("x-key: k"), "{request}");
}

/// Does what `cargo run` does, but that what is run is compiled together with the application: it asks for what the dependencies
/// are compiled with in this workspace, so that none is compiled.
fn run_beside_application(place: &Place, arguments: &str, variables: &[(&str, &str)]) -> String {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let ["-p", "petstore", "--example", example] = arguments[..] else {
        panic!("{arguments:?}");
    };
    let all = Compiled::at(env!("CARGO_TARGET_TMPDIR"), place.path("all"));
    let build = [&arguments[..], &["-p", "application", "--lib"]].concat();
    all.run(&build, &format!("examples/{example}"), variables)
}

/// In a workspace with the crate, where nothing is compiled that the example does not need as well.
fn add_application(place: &Place, readme: &str) {
    let block = readme.split("```rust\n").nth(1);
    let block = block
        .and_then(|block| block.split("```").next())
        .expect("there is Rust");
    let source = format!(
        "//! What the README shows.\n\nuse std::time::Duration;\n\n/// Calls.\npub async fn calls() -> Result<(), petstore::Error> {{\n{block}drop((pets, pet));\nOk(())\n}}\n"
    );
    place.write("all/application/src/lib.rs", &source);
    // With a runtime, as the crate's own README has it.
    let petstore =
        "petstore = { path = \"../petstore\", features = [\"blocking\", \"testing\"] }\n";
    let dependencies = format!("{petstore}{}", shared::ASKED);
    place.write("all/application/Cargo.toml", &application(&dependencies));
    let manifest = workspace::read(&place.path("all/Cargo.toml"));
    let members = manifest.replace("\"petstore\"]", "\"petstore\", \"application\"]");
    assert_ne!(manifest, members);
    place.write("all/Cargo.toml", &members);
}

/// The document, whose crate is called as the README's.
fn petstore() -> String {
    DOCUMENT.replace("title: Pet store", "title: Petstore")
}

fn application(dependency: &str) -> String {
    format!(
        "[package]\nname = \"application\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}"
    )
}

/// One request, which is handed over, and its response.
fn server() -> (String, std::thread::JoinHandle<String>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it has an address");
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the example calls");
        let mut request = [0; 2000];
        let length = stream.read(&mut request).expect("it says what it wants");
        let body = "[{\"name\": \"Fido\"}]";
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        let response = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(response.as_bytes()).expect("it listens");
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    (format!("http://{address}"), server)
}

/// As a shell does, with the command that was built.
fn run(place: &Place, folder: &str, command: &str) {
    let (mut process, arguments) = match command.strip_prefix("cargo sdk ") {
        Some(arguments) => (place.command(""), arguments),
        None => {
            let arguments = command.strip_prefix("cargo ").expect("it is one of cargo");
            (Command::new(env!("CARGO")), arguments)
        }
    };
    process
        .args(arguments.split_whitespace())
        .current_dir(place.path(folder));
    let run = Run::of(&mut process);
    assert_eq!(run.code, Some(0), "{command}: {}", run.screen());
}

fn commit(place: &Place) {
    let commands = [
        "init --quiet --initial-branch main",
        "add --all",
        "commit --quiet -m all",
    ];
    for arguments in commands {
        let mut git = Command::new("git");
        git.args(arguments.split(' '))
            .current_dir(place.path("all"));
        let run = Run::of(git.envs(crate::diff::repository::IDENTITY));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
}

/// Those of `cargo sdk` within the text, which run for any document.
#[test]
fn what_the_readme_mentions_is_there() {
    let place = Place::empty(SDK);
    place.write("petstore.yaml", &petstore());
    place.write("overlay.yaml", "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {version: '2'}}]\n");
    assert_eq!(place.run("init petstore.yaml").code, Some(0));
    let text = readme().replace('\n', " ");
    for (shown, arguments) in [
        ("`cargo sdk explain E0104`", "explain E0104"),
        (
            "`--only 'dns.**'`",
            "generate petstore.yaml --out part --only pets.**",
        ),
        ("`--allow-outside DIR`", "check --allow-outside ."),
        (
            "`--overlay FILE`",
            "generate petstore.yaml --out laid --overlay overlay.yaml",
        ),
        ("`--deny-warnings`", "check --deny-warnings"),
        ("`--format json`", "check --format json"),
        ("`--format sarif`", "check --format sarif"),
        ("`--policy FILE`", "check --policy petstore.toml"),
        (
            "`extract`",
            "extract --from petstore.yaml --path /pets --out part.yaml",
        ),
        ("`--help`", "extract --help"),
    ] {
        assert!(text.contains(shown), "{shown}");
        let run = place.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments}: {}", run.screen());
    }
}

#[test]
fn the_figures_are_the_proofs() {
    let proof = workspace::read(&workspace::root().join("docs/proof.md"));
    let readme = readme();
    let ours = table(&readme);
    assert_eq!(ours, table(&proof));
    // Each of ours stands in a section, beside the command that gives it.
    let (_, sections) = proof.split_once("\n## ").expect("there are sections");
    for row in ours.lines().skip(2) {
        let cell = row.split('|').nth(2).expect("it is ours");
        let figures = cell.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        for figure in figures.filter(|figure| !figure.is_empty()) {
            assert!(sections.contains(figure), "{figure} of {row}");
        }
    }
}

/// A command with a filter that nothing matches passes as well.
#[test]
fn the_tests_that_the_proof_names_are_there() {
    let root = workspace::root();
    let proof = workspace::read(&root.join("docs/proof.md"));
    let folders = ["tests/wire", "codegen/runtime/tests"];
    let files: Vec<_> = folders
        .iter()
        .flat_map(|folder| workspace::files(&root.join(folder)))
        .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    let commands = proof.split("`cargo test ").skip(1);
    let commands: Vec<&str> = commands.filter_map(|rest| rest.split('`').next()).collect();
    assert!(!commands.is_empty());
    for command in commands {
        let name = command.split(' ').next_back().expect("it has a filter");
        let is_case = root.join("tests/cases").join(name).is_dir();
        let is_there = files.iter().any(|file| {
            file.file_stem().is_some_and(|stem| stem == name)
                || workspace::read(file).contains(&format!("fn {name}()"))
        });
        assert!(is_case || is_there, "{command}");
    }
}

/// The first that compares.
fn table(text: &str) -> &str {
    let at = text.find("| | this |").expect("there is the table");
    let end = text[at..].find("\n\n").expect("it ends");
    &text[at..at + end]
}

/// The docs that the README leads to, and all that any of them leads to, are there.
#[test]
fn what_the_docs_lead_to_is_there() {
    let root = workspace::root();
    let mut files = vec![
        root.join("README.md"),
        root.join("ARCHITECTURE.md"),
        root.join("CONTRIBUTING.md"),
    ];
    files.extend(
        workspace::files(&root.join("docs"))
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "md")),
    );
    for file in files {
        let text = workspace::read(&file);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let (path, section) = link.split_once('#').unwrap_or((link, ""));
            if path.contains("://") {
                continue;
            }
            let to = if path.is_empty() {
                file.clone()
            } else {
                file.with_file_name("").join(path)
            };
            assert!(to.exists(), "{} leads to {link}", file.display());
            if !section.is_empty() && to.extension().is_some_and(|e| e == "md") {
                let found = fs::read_to_string(&to).expect("it is text");
                let found = found
                    .lines()
                    .filter(|line| line.starts_with('#'))
                    .any(|line| anchor(line) == section);
                assert!(found, "{} leads to {link}", file.display());
            }
        }
    }
}

/// As GitHub has it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn section<'r>(readme: &'r str, name: &str) -> &'r str {
    let (_, section) = readme
        .split_once(&format!("\n## {name}\n"))
        .expect("there is the section");
    section.split("\n## ").next().expect("it has text")
}

fn readme() -> String {
    workspace::read(&workspace::root().join("README.md"))
}
