//! `cargo sdk init`, `cargo sdk names` and files of one's own

use insta::assert_snapshot;
use tests::compiled::Compiled;
use tests::place::Place;

use crate::SDK;

const API: &str = "\
openapi: 3.0.3
info: {title: Pet store, version: '1'}
servers: [{url: 'https://pets.example'}]
security: [{key: []}]
paths:
  /pets:
    get: {responses: {'200': {description: Fine, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}}
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: Fine, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
";

#[test]
fn an_empty_folder_becomes_a_repository() {
    let place = Place::empty(SDK);
    place.write("api.yaml", API);
    assert_snapshot!(place.run("init api.yaml").screen());
    let read = |path: &str| std::fs::read_to_string(place.path(path)).expect(path);
    assert_snapshot!("policy", read("api.toml"));
    assert_snapshot!("manifest", read("Cargo.toml"));
    assert_eq!(place.run("check").code, Some(0));
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

#[test]
fn what_is_there_is_kept() {
    let place = Place::empty(SDK);
    place.write("up/openapi.json", "{}");
    place.write("api.yaml", API);
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
    place.write("crates/other/mine.txt", "");
    assert_snapshot!(
        "strangers",
        place.run("init api.yaml --out crates/other").screen()
    );
}

#[test]
fn a_document_from_elsewhere_is_copied() {
    let place = Place::empty(SDK);
    place.write("above/api.yaml", API);
    std::fs::create_dir_all(place.path("here")).expect("a folder can be made");
    let run = || {
        let mut command = place.command("init ../above/api.yaml");
        tests::place::Run::of(command.current_dir(place.path("here")))
    };
    assert_eq!(run().code, Some(0));
    let copied = std::fs::read_to_string(place.path("here/schema/api.yaml"));
    assert_eq!(copied.expect("it is there"), API);
    place.write("above/api.yaml", &API.replace("Fine", "Better"));
    assert_snapshot!(run().screen());
}

#[test]
fn own_files_are_kept_and_compiled() {
    let place = Place::empty(SDK);
    place.write("api.yaml", API);
    assert_eq!(place.run("init api.yaml --name pets").code, Some(0));
    let ext = "//! More.\n\n/// How many.\npub fn count(pets: &[crate::models::Pet]) -> usize {\n    pets.len()\n}\n";
    place.write("pets/src/ext.rs", ext);
    place.write("pets/LICENSE", "Mine.\n");
    let test = "//! Mine.\n\n#[test]\nfn none() {\n    assert_eq!(pets::ext::count(&[]), 0);\n}\n";
    place.write("pets/tests/mine.rs", test);
    assert_eq!(place.run("generate").code, Some(1));
    let policy = std::fs::read_to_string(place.path("api.toml")).expect("it is there");
    let own = "own_files = [\"src/ext.rs\", \"LICENSE\", \"tests/mine.rs\", \"src/more.rs\"]\n";
    place.write("api.toml", &format!("{own}{policy}"));
    assert_snapshot!("module_missing", place.run("generate").screen());
    place.write(
        "api.toml",
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
    place.write("Cargo.toml", "");
    std::fs::remove_file(place.path("Cargo.toml")).expect("it is there");
    Compiled::at(env!("CARGO_TARGET_TMPDIR"), place.path("pets")).assert_compiles();
    let wrong = r#"own_files = ["../LICENSE", "src/lib.rs", "src/Ext.rs", "README.md"]"#;
    place.write("wrong.toml", wrong);
    assert_snapshot!(
        "wrong",
        place
            .run("check api.yaml --out pets --policy wrong.toml")
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

/// As of `cargo sdk names | head`.
#[test]
fn somebody_who_has_read_enough_is_no_failure() {
    let place = Place::empty(SDK);
    place.write("api.yaml", API);
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
