//! `cargo xtask corpus` on a folder of three documents; a script stands for Cargo where crates are compiled.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;
use tests::place::{Place, Run};

use crate::XTASK;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
              example: [{name: Rex, age: 3.0}, {name: Tom, age: old}]
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
";

const FUTURE: &str = "openapi: 4.0.0\ninfo: {title: Future, version: '1'}\npaths: {}\n";

/// A document that becomes a crate, one that does not, and a file that is none.
fn place() -> Place {
    let place = Place::empty(XTASK);
    place.write("documents/pets.yaml", PETS);
    place.write("documents/later/future.yaml", FUTURE);
    place.write("documents/notes.json", "{\"title\": \"no document\"}");
    place
}

/// What is made is below the place.
fn run(place: &Place, arguments: &str) -> Run {
    let mut command = place.command(&format!("corpus documents {arguments}"));
    Run::of(command.env("CARGO_TARGET_DIR", place.path("target")))
}

fn report(place: &Place, file: &str) -> Value {
    let text = std::fs::read_to_string(place.path(file)).expect("the report is there");
    serde_json::from_str(&text).expect("the report is JSON")
}

#[track_caller]
fn assert_lines(run: &Run, expected: &[&str]) {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = run.stdout.lines().map(words).collect();
    for expected in expected {
        let found = lines.iter().any(|line| line.starts_with(expected));
        assert!(
            found,
            "no line `{expected}` in\n{}{}",
            run.stdout, run.stderr
        );
    }
}

#[test]
fn each_document_has_a_line_and_all_have_a_sum() {
    let place = place();
    let all = run(&place, "");
    assert_eq!(all.code, Some(1), "{}", all.stderr);
    assert_lines(
        &all,
        &[
            "document version operations types left out warned CPU ms lines",
            "later/future.yaml 4.0.0 - - - -",
            "pets.yaml 3.0.3 1 1 0 0",
            "documents 2",
            "generated 1",
            "complete (nothing left out) 1",
            "E0005: OpenAPI 4.0.0 is not supported 1 1",
            "no OpenAPI document",
            "notes.json",
        ],
    );
    assert!(!all.stdout.contains("compiled"), "{}", all.stdout);
    assert_eq!(run(&place, "--only pets*").code, Some(0));
}

#[test]
fn without_documents_there_is_nothing_to_do() {
    let place = place();
    for arguments in ["--only *.toml", "--baseline none.json"] {
        let run = run(&place, arguments);
        assert_eq!(run.code, Some(2), "{arguments}");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
}

#[test]
fn what_passed_in_the_baseline_has_to_pass() {
    let place = place();
    assert_eq!(run(&place, "--report before.json").code, Some(1));
    let same = run(&place, "--baseline before.json --report after.json");
    assert_eq!(same.code, Some(0), "{}", same.stdout);
    assert_eq!(report(&place, "before.json"), report(&place, "after.json"));

    place.write("documents/pets.yaml", FUTURE);
    let worse = run(&place, "--baseline before.json");
    assert_eq!(worse.code, Some(1));
    assert_lines(
        &worse,
        &[
            "passed in the baseline and fails now:",
            "pets.yaml: generated",
        ],
    );
    assert_eq!(
        run(&place, "--baseline before.json --only later/*").code,
        Some(0)
    );

    std::fs::remove_file(place.path("documents/pets.yaml")).expect("it is there");
    let gone = run(&place, "--baseline before.json");
    assert_eq!(gone.code, Some(1));
    assert_lines(&gone, &["pets.yaml: it is not there"]);
}

#[test]
fn only_what_changed_is_done_again() {
    let place = place();
    run(&place, "");
    let kept = kept(&place, "pets", ".made");
    let text = std::fs::read_to_string(&kept).expect("the file is there");
    let changed = text.replace("\"operations\": 1", "\"operations\": 99");
    assert_ne!(text, changed);
    std::fs::write(&kept, changed).expect("the file can be written");
    assert_lines(&run(&place, ""), &["pets.yaml 3.0.3 99"]);

    place.write("documents/pets.yaml", &format!("{PETS}# edited\n"));
    assert_lines(&run(&place, ""), &["pets.yaml 3.0.3 1 "]);
}

fn kept(place: &Place, name: &str, ending: &str) -> PathBuf {
    let folder = std::fs::read_dir(place.path("target/corpus/kept")).expect("it is there");
    let mut files = folder.map(|entry| entry.expect("it can be read").path());
    let is_it = |file: &PathBuf| {
        let file = file.file_name().and_then(|name| name.to_str());
        file.is_some_and(|file| file.starts_with(name) && file.ends_with(ending))
    };
    files.find(is_it).expect("it was kept")
}

/// One crate has a warning, one does not compile, and of one nothing is said, which happens when Cargo rejects another.
const CARGO: &str = r#"#!/bin/sh
case $(grep -c . runs 2>/dev/null) in
    '' | 0) silent=quiet ;;
    *) silent=none ;;
esac
echo "$@" >> runs
for folder in $(grep -o 'crates/[a-z0-9-]*' Cargo.toml); do
    at='"manifest_path": "'$PWD/$folder'/Cargo.toml"'
    artifact='{"reason": "compiler-artifact", '$at', "filenames": ["'$PWD/$folder'.rmeta"], "executable": null}'
    message='{"reason": "compiler-message", '$at', "message": {"code": {"code": "CODE"}, "level": "LEVEL", "message": "m", "rendered": "r"}}'
    case $folder in
        crates/$silent*) ;;
        crates/broken*) echo "$message" | sed 's/CODE/E0308/; s/LEVEL/error/' ;;
        crates/pets*) echo "$message" | sed 's/CODE/clippy::x/; s/LEVEL/warning/' ;;
    esac
    case $folder in
        crates/$silent* | crates/broken*) ;;
        *) touch $folder.rmeta; echo "$artifact" ;;
    esac
done
"#;

fn script(place: &Place, name: &str, text: &str) -> PathBuf {
    place.write(name, text);
    let path = place.path(name);
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&path, executable).expect("the file is there");
    path
}

#[test]
fn one_crate_that_fails_hides_no_other() {
    let place = Place::empty(XTASK);
    for name in ["broken", "pets", "quiet"] {
        let title = format!("title: {name}");
        place.write(
            &format!("documents/{name}.yaml"),
            &PETS.replace("title: Pets", &title),
        );
    }
    let cargo = script(&place, "cargo", CARGO);
    let check = || {
        let mut command = place.command("corpus documents --check --report report.json");
        let command = command.env("CARGO_TARGET_DIR", place.path("target"));
        Run::of(command.env("CARGO", &cargo))
    };
    let first = check();
    assert_eq!(first.code, Some(1), "{}", first.stderr);
    assert_lines(
        &first,
        &[
            "compiled 2",
            "without warnings of the compiler 1",
            "E0308 1 1",
            "clippy::x 1 1",
        ],
    );
    let runs = || std::fs::read_to_string(place.path("target/corpus/runs")).expect("Cargo ran");
    assert_eq!(
        runs().lines().count(),
        2,
        "the crates together, then the one that nothing was said of"
    );
    let left = place.files("target/corpus/crates");
    assert!(
        !left.keys().any(|file| file.ends_with(".rmeta")),
        "what was compiled is removed"
    );
    let second = check();
    assert_eq!((second.stdout, runs().lines().count()), (first.stdout, 2));
    assert_eq!(
        report(&place, "report.json")["documents"][0]["check"]["errors"]["E0308"],
        1
    );
}

#[test]
fn examples_are_held_against_what_their_types_write() {
    let place = place();
    let program =
        "#!/bin/sh\necho '{\"written\": [{\"name\": \"Rex\", \"age\": 3}, {\"name\": \"Tom\"}]}'\n";
    let program = script(&place, "program", program);
    let cargo = format!(
        "#!/bin/sh\nfolder=$(grep -o 'crates/[a-z0-9-]*' Cargo.toml)\n\
         echo '{{\"reason\": \"compiler-artifact\", \"filenames\": [], \"executable\": \"{}\", \
         \"manifest_path\": \"'$PWD/$folder'/Cargo.toml\"}}'\n",
        program.display()
    );
    let cargo = script(&place, "cargo", &cargo);
    let mut command =
        place.command("corpus documents --only pets* --round-trip --report report.json");
    let command = command.env("CARGO_TARGET_DIR", place.path("target"));
    let run = Run::of(command.env("CARGO", cargo));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_lines(
        &run,
        &[
            "examples that come back equal 0 of 1 (0.0 %)",
            "a property is dropped 1 1",
        ],
    );
    let examples = &report(&place, "report.json")["documents"][0]["round_trip"]["examples"];
    let failure = &examples["GET /pets: response 200 application/json"];
    assert_eq!(failure["at"], "/1/age");
    assert!(!program.exists(), "what was compiled is removed");
    let modules = |file: &str| {
        let files = place.files("target/corpus/crates");
        let (_, text) = files
            .iter()
            .find(|(path, _)| path.ends_with(file))
            .expect("there is one");
        let text = String::from_utf8_lossy(text);
        let lines = text.lines().map(|line| line.trim_start_matches("pub "));
        let of_both = ["#[macro_use]", "mod runtime;", "mod models;"];
        let lines = lines.filter(|line| of_both.contains(line));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let of_library = modules("src/lib.rs");
    assert_eq!(of_library.len(), 3, "{of_library:?}");
    assert_eq!(modules("src/round_trip.rs"), of_library);
}
