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

/// What the README says of the first five minutes, in an empty folder.
#[test]
fn the_first_five_minutes_are_as_the_readme_has_them() {
    use std::io::{Read, Write};
    let readme = tests::workspace::read(&tests::workspace::root().join("README.md"));
    let (_, section) = readme
        .split_once("\n## Five minutes\n")
        .expect("there is the section");
    let (section, _) = section.split_once("\n## ").expect("another follows");
    let blocks = section.split("```sh\n").skip(1);
    let lines = blocks.filter_map(|block| Some(block.split_once("```")?.0.lines()));
    let commands: Vec<&str> = lines
        .flatten()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .collect();
    assert_eq!(commands.len(), 6, "{commands:?}");
    let place = Place::empty(SDK);
    place.write("petstore.yaml", &API.replace("Pet store", "Petstore"));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let url = format!(
        "http://{}",
        listener.local_addr().expect("it has an address")
    );
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
    let mut printed = String::new();
    for command in commands {
        if let Some(arguments) = command.strip_prefix("cargo sdk ") {
            if arguments == "diff" {
                git(&place);
            }
            let run = place.run(arguments);
            assert_eq!(run.code, Some(0), "{command}: {}", run.screen());
        } else {
            let arguments = command
                .strip_prefix("cargo ")
                .expect("it is a command of cargo");
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let compiled = Compiled::at(env!("CARGO_TARGET_TMPDIR"), place.path(""));
            printed = compiled.run(
                &arguments,
                &[("PETSTORE_BASE_URL", &url), ("PETSTORE_KEY", "k")],
            );
        }
    }
    assert!(printed.contains("Fido"), "{printed}");
    let request = server.join().expect("it was called");
    assert!(request.starts_with("GET /pets "), "{request}");
    assert!(request.contains("x-key: k"), "{request}");
}

fn git(place: &Place) {
    let commands: [&[&str]; 3] = [
        &["init", "--quiet", "--initial-branch=main"],
        &["add", "--all"],
        &[
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "commit",
            "--quiet",
            "-m",
            "all",
        ],
    ];
    for arguments in commands {
        let mut git = std::process::Command::new("git");
        let run = tests::place::Run::of(git.args(arguments).current_dir(place.path("")));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
}

fn workflow(install: &str) -> serde_yaml::Value {
    let place = Place::empty(SDK);
    place.write("api.yaml", API);
    let mut command = place.command("init api.yaml --install");
    assert_eq!(tests::place::Run::of(command.arg(install)).code, Some(0));
    let text = std::fs::read_to_string(place.path(".github/workflows/schema-review.yml"));
    serde_yaml::from_str(&text.expect("it is there")).expect("it is YAML")
}

fn step<'w>(workflow: &'w serde_yaml::Value, name: &str) -> &'w serde_yaml::Value {
    let steps = workflow["jobs"]["review"]["steps"].as_sequence();
    let mut steps = steps.expect("there are steps").iter();
    let step = steps.find(|step| step["name"] == name);
    step.unwrap_or_else(|| panic!("there is no step {name}"))
}

#[test]
fn the_workflow_runs_what_was_asked_for() {
    let install = "cargo install --git 'https://example.com/a b' # \"now\"";
    let workflow = workflow(install);
    let inputs = &workflow["on"]["workflow_call"]["inputs"];
    assert_eq!(inputs["install"]["default"], install);
    let run = &step(&workflow, "Install cargo sdk")["env"]["INSTALL"];
    let expected = format!(
        "${{{{ inputs.install || '{}' }}}}",
        install.replace('\'', "''")
    );
    assert_eq!(*run, *expected);
    // What others write into a pull request is in no script.
    for step in workflow["jobs"]["review"]["steps"]
        .as_sequence()
        .expect("there are steps")
    {
        let run = step["run"].as_str().unwrap_or_default();
        assert!(!run.contains("${{"), "{run}");
    }
    // The actions of this repository's own workflow.
    let own = tests::workspace::root().join(".github/workflows/schema-review.yml");
    let own = tests::workspace::read(&own);
    for step in workflow["jobs"]["review"]["steps"]
        .as_sequence()
        .expect("there are steps")
    {
        if let Some(action) = step["uses"].as_str() {
            assert!(own.contains(action), "{action}");
        }
    }
}

/// The script against a `gh` that says what it is asked for.
#[cfg(unix)]
#[test]
fn the_comment_is_written_renewed_and_removed() {
    use std::os::unix::fs::PermissionsExt;
    let workflow = workflow("true");
    let script = step(&workflow, "Keep the comment")["run"].as_str();
    let script = script.expect("it is a script");
    let run = |known: &str, report: &str| {
        let place = Place::empty(SDK);
        let gh = "#!/bin/sh\ncase \"$*\" in\n*--paginate*) echo \"$KNOWN\" ;;\n*) echo \"$*\" >> calls ;;\nesac\n";
        place.write("bin/gh", gh);
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(place.path("bin/gh"), mode).expect("it is ours");
        place.write("schema-review.md", report);
        place.write("calls", "");
        let path = std::env::var("PATH").expect("there is a PATH");
        let mut bash = std::process::Command::new("bash");
        bash.args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(place.path(""))
            .env("PATH", format!("{}:{path}", place.path("bin").display()))
            .env("KNOWN", known)
            .env("GITHUB_REPOSITORY", "me/pets")
            .env("PULL_REQUEST", "7");
        let run = tests::place::Run::of(&mut bash);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        std::fs::read_to_string(place.path("calls")).expect("it is there")
    };
    let body = "--field body=@schema-review.md\n";
    let new = format!("api --silent --method POST repos/me/pets/issues/7/comments {body}");
    assert_eq!(run("", "Breaking.\n"), new);
    let renewed = format!("api --silent --method PATCH repos/me/pets/issues/comments/12 {body}");
    assert_eq!(run("12", "Breaking.\n"), renewed);
    let removed = "api --silent --method DELETE repos/me/pets/issues/comments/12\n";
    assert_eq!(run("12", ""), removed);
    assert_eq!(run("", ""), "");
}
