//! `cargo sdk init`, `cargo sdk names` and files of one's own

use insta::assert_snapshot;
use tests::compiled::Compiled;
use tests::place::Place;

use crate::{DOCUMENT, SDK};

#[test]
fn an_empty_folder_becomes_a_repository() {
    let place = Place::empty(SDK);
    place.write("api.yaml", DOCUMENT);
    assert_snapshot!(place.run("init api.yaml").screen());
    let read = |path: &str| std::fs::read_to_string(place.path(path)).expect(path);
    assert_snapshot!("policy", read("api.toml"));
    assert_snapshot!("manifest", read("Cargo.toml"));
    assert_eq!(place.run("check").code, Some(0));
    assert_snapshot!("another_time", place.run("init api.yaml").screen());
    assert_snapshot!("names", place.run("names").screen());
    // What is said in comments is what holds.
    let policy = read("api.toml");
    let lines = policy.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with(['[', '"']) || is_entry(rest) => rest.to_owned(),
        _ => line.to_owned(),
    });
    let stated: Vec<String> = lines
        .filter(|line| !line.contains("https://example"))
        .collect();
    let stated = stated.join("\n").replace("license = ", "# license = ");
    let stated = stated.replace("own_files = ", "# own_files = ");
    place.write("api.toml", &stated);
    let check = place.run("check --lock api.lock");
    // The lock is without what the policy names.
    assert!(
        !check.stdout.contains("stale "),
        "{}\n{stated}",
        check.screen()
    );
    assert!(
        check.stdout.contains("api.lock has not the names"),
        "{}\n{stated}",
        check.screen()
    );
}

fn is_entry(line: &str) -> bool {
    line.split_once(" = ")
        .is_some_and(|(key, _)| !key.contains(' '))
}

/// What wraps the responses is found without a policy, and stays what it is when the policy states it for a while.
#[test]
fn an_envelope_that_was_found_is_in_the_policy_and_stays() {
    let place = Place::empty(SDK);
    place.write("api.yaml", WRAPPED);
    assert_eq!(place.run("init api.yaml").code, Some(0));
    let read = |path: &str| std::fs::read_to_string(place.path(path)).expect(path);
    let inferred = read("api.lock");
    assert!(
        inferred.contains("envelope responses = success data errors messages\n"),
        "{inferred}"
    );
    let comment = read("api.toml");
    let (before, after) = comment
        .split_once("# [envelope]\n")
        .expect("it is a comment");
    let (block, rest) = after.split_once("\n\n").expect("a block ends");
    let block = block.replace("# ", "");
    place.write(
        "api.toml",
        &format!("{before}[envelope]\n{block}\n\n{rest}"),
    );
    assert_eq!(place.run("check").code, Some(0));
    place.write("api.toml", &comment);
    assert_eq!(place.run("check").code, Some(0));
}

const WRAPPED: &str = r##"openapi: 3.0.3
info: { title: Api, version: "1" }
paths:
  /a: { get: { operationId: a, responses: { "200": &wrapped { description: A., content: { application/json: { schema: { $ref: "#/components/schemas/W" } } } } } } }
  /b: { get: { operationId: b, responses: { "200": *wrapped } } }
components:
  schemas:
    W:
      type: object
      properties: { success: { type: boolean }, data: { type: string }, errors: { type: array, items: {} }, messages: { type: array, items: {} } }
"##;

#[test]
fn what_is_there_is_kept() {
    let place = Place::empty(SDK);
    place.write("up/openapi.json", "{}");
    place.write("api.yaml", DOCUMENT);
    let files = [
        "README.md",
        "api.toml",
        ".gitignore",
        ".github/workflows/schema-review.yml",
        ".github/workflows/sdk-pets.yml",
    ];
    for file in files {
        place.write(file, "");
    }
    let manifest = "# Mine.\n[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
    place.write("Cargo.toml", manifest);
    assert_snapshot!(
        place
            .run("init api.yaml --out crates/pets --name pets")
            .screen()
    );
    for file in files {
        assert_eq!(std::fs::read_to_string(place.path(file)).expect(file), "");
    }
    let read = || std::fs::read_to_string(place.path("Cargo.toml")).expect("it is there");
    assert_snapshot!("manifest_kept", read());
    // Another time nothing is left to do.
    let before = read();
    assert_eq!(
        place
            .run("init api.yaml --out crates/pets --name pets")
            .code,
        Some(0)
    );
    assert_eq!(read(), before);
    assert_snapshot!(
        "another_folder",
        place.run("init api.yaml --out crates/other").screen()
    );
    place.write("other.yaml", DOCUMENT);
    assert_snapshot!("another_document", place.run("init other.yaml").screen());
    let place = Place::empty(SDK);
    place.write("api.yaml", DOCUMENT);
    place.write("crates/other/mine.txt", "");
    assert_snapshot!(
        "strangers",
        place.run("init api.yaml --out crates/other").screen()
    );
}

/// Each way that a repository may have: what `cargo` then says of the crate is nothing.
#[test]
fn the_crate_is_a_member_of_the_workspace_that_is_there() {
    let place = Place::empty(SDK);
    place.write("api.yaml", DOCUMENT);
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
    };
    let read = |path: &str| std::fs::read_to_string(place.path(path)).expect(path);
    let init = |folder: &str| {
        let mut command = place.command("init ../api.yaml --name pets");
        tests::place::Run::of(command.current_dir(place.path(folder)))
    };
    place.write("one/Cargo.toml", &package("one"));
    place.write("one/src/lib.rs", "");
    assert_eq!(init("one").code, Some(0));
    assert_snapshot!("package", read("one/Cargo.toml"));
    assert_eq!(members(&place, "one"), ["one", "pets"]);
    // A list of several lines goes on as it was.
    let several = "[workspace]\nresolver = \"3\"\nmembers = [\n    \"app\", # Ours.\n]\n";
    place.write("several/Cargo.toml", several);
    place.write("several/app/Cargo.toml", &package("app"));
    place.write("several/app/src/lib.rs", "");
    assert_eq!(init("several").code, Some(0));
    assert_snapshot!("several_lines", read("several/Cargo.toml"));
    assert_eq!(members(&place, "several"), ["app", "pets"]);
    // Of a member, another file has the list.
    place.write(
        "within/Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n",
    );
    place.write("within/app/Cargo.toml", &package("app"));
    place.write("within/app/src/lib.rs", "");
    place.write("within/api.yaml", DOCUMENT);
    let run = init("within/app");
    let said = run.screen();
    assert_eq!(run.code, Some(0), "{said}");
    assert!(
        said.contains("within/Cargo.toml is the workspace of this package: add \"app/pets\""),
        "{said}"
    );
}

/// What Cargo finds, which it does not where a crate is in no workspace but below one.
fn members(place: &Place, folder: &str) -> Vec<String> {
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--no-deps", "--offline"]);
    let run = tests::place::Run::of(cargo.current_dir(place.path(folder)));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let metadata: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let names = packages.filter_map(|package| package["name"].as_str());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    names
}

#[test]
fn a_document_from_elsewhere_is_copied() {
    let place = Place::empty(SDK);
    place.write("above/api.yaml", DOCUMENT);
    std::fs::create_dir_all(place.path("here")).expect("a folder can be made");
    let run = || {
        let mut command = place.command("init ../above/api.yaml");
        tests::place::Run::of(command.current_dir(place.path("here")))
    };
    assert_eq!(run().code, Some(0));
    let copied = std::fs::read_to_string(place.path("here/schema/api.yaml"));
    assert_eq!(copied.expect("it is there"), DOCUMENT);
    place.write("above/api.yaml", &DOCUMENT.replace("Fine", "Better"));
    assert_snapshot!(run().screen());
}

/// And the crate is complete: it compiles by itself, wherever its folder is, and without a warning.
#[test]
fn own_files_are_kept_and_compiled() {
    let place = Place::with_case(SDK, "crud");
    assert_eq!(place.run("init schema.yaml --name pets").code, Some(0));
    let ext = "//! More.\n\n/// How many.\npub fn count(pets: &[crate::models::Pet]) -> usize {\n    pets.len()\n}\n";
    place.write("pets/src/ext.rs", ext);
    place.write("pets/LICENSE", "Mine.\n");
    let test = "//! Mine.\n\n#[test]\nfn none() {\n    assert_eq!(pets::ext::count(&[]), 0);\n}\n";
    place.write("pets/tests/mine.rs", test);
    assert_eq!(place.run("generate").code, Some(1));
    let policy = std::fs::read_to_string(place.path("schema.toml")).expect("it is there");
    let own = "own_files = [\"src/ext.rs\", \"LICENSE\", \"tests/mine.rs\", \"src/more.rs\"]\n";
    place.write("schema.toml", &format!("{own}{policy}"));
    assert_snapshot!("module_missing", place.run("generate").screen());
    place.write(
        "schema.toml",
        &format!("{}{policy}", own.replace(", \"src/more.rs\"", "")),
    );
    assert_eq!(place.run("generate").code, Some(0));
    assert_eq!(place.run("check").code, Some(0));
    assert_eq!(
        std::fs::read_to_string(place.path("pets/src/ext.rs"))
            .ok()
            .as_deref(),
        Some(ext)
    );
    let members = ["pets".to_owned()];
    Compiled::of(env!("CARGO_TARGET_TMPDIR"), place.path(""), &members).assert_compiles(&[]);
    let wrong = r#"own_files = ["../LICENSE", "src/lib.rs", "src/Ext.rs", "README.md"]"#;
    place.write("wrong.toml", wrong);
    assert_snapshot!(
        "wrong",
        place
            .run("check schema.yaml --out pets --policy wrong.toml")
            .screen()
    );
}

#[test]
fn completions_know_the_verbs() {
    let place = Place::empty(SDK);
    let run = place.run("completions bash");
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.contains("extract"), "{}", run.stdout);
}

/// Nothing is fetched, and what is missing is named.
#[test]
fn a_document_that_is_not_there_is_said_with_what_to_do() {
    let place = Place::empty(SDK);
    let url = "https://example.com/openapi.json";
    for command in [
        "init",
        "generate --out pets",
        "extract --path /a --out a.yaml --from",
    ] {
        let said = place.run(&format!("{command} {url}")).stderr;
        assert!(
            said.contains("help: nothing is fetched: download it"),
            "{said}"
        );
    }
    assert_snapshot!("no_document", place.run("init api.yaml").screen());
}

/// Cargo rejects a workspace whose member is not below it.
#[test]
fn a_crate_beside_the_folder_is_no_member() {
    let place = Place::empty(SDK);
    place.write("here/api.yaml", DOCUMENT);
    let mut command = place.command("init api.yaml --name pets --out ../pets/");
    let run = tests::place::Run::of(command.current_dir(place.path("here")));
    assert_eq!(run.code, Some(0), "{}", run.screen());
    assert_eq!(members(&place, "here"), [""; 0]);
    let mut command = place.command("check");
    let run = tests::place::Run::of(command.current_dir(place.path("here")));
    assert_eq!(run.code, Some(0), "{}", run.screen());
}

/// As of `cargo sdk names | head`.
#[test]
fn somebody_who_has_read_enough_is_no_failure() {
    let place = Place::empty(SDK);
    place.write("api.yaml", DOCUMENT);
    for arguments in [
        "completions bash",
        "names api.yaml",
        "explain",
        "explain E0104",
        "generate api.yaml --out crate",
        "check api.yaml --out crate",
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = std::process::Command::new(SDK);
        command
            .args(arguments.split(' '))
            .current_dir(place.path(""));
        let output = command.stdout(writer).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments}: {said}");
    }
}
