//! Runs that must not write, and runs that cannot.

use std::process::Command;

use insta::assert_snapshot;
use tests::place::{Place, Run};

use crate::SDK;

const GENERATE: &str = "generate --schema schema.yaml --out sdk";

#[test]
fn an_error_in_the_document_leaves_no_trace() {
    let place = Place::with_case(SDK, "not_openapi");
    assert_eq!(place.run(GENERATE).code, Some(1));
    assert!(!place.path("sdk").exists());
}

#[test]
fn a_denied_warning_leaves_no_trace() {
    let place = Place::with_case(SDK, "left_out_alone");
    let denied = place.run(&format!("{GENERATE} --deny-warnings"));
    assert_snapshot!(denied.screen());
    assert!(!place.path("sdk").exists());
    place.write("deny.toml", "deny_warnings = true\n");
    let denied = place.run(&format!("{GENERATE} --policy deny.toml"));
    assert_eq!(denied.code, Some(1));
    assert!(!place.path("sdk").exists());
    place.generate();
}

#[test]
fn an_operation_that_cannot_be_made_is_left_out_and_listed() {
    let place = Place::with_case(SDK, "left_out_alone");
    assert_snapshot!(place.run(GENERATE).screen());
    let readme = std::fs::read_to_string(place.path("sdk/README.md")).expect("it was written");
    let listed = "- `POST /photos`: nothing is at `#/components/requestBodies/Photo`";
    assert!(readme.contains(listed), "{readme}");
}

#[test]
fn several_errors_are_shown_and_counted() {
    let place = Place::with_case(SDK, "duplicate_key");
    let run = place.run(&format!("{GENERATE} --deny-warnings"));
    assert_snapshot!(run.screen());
}

#[test]
fn an_unreadable_document_and_an_unreadable_policy_are_named_together() {
    let place = Place::empty(SDK);
    let run = place.run("generate --schema missing.yaml --out sdk --policy missing.toml");
    assert_snapshot!(run.screen());
}

#[test]
fn a_folder_is_no_document_and_neither_are_bytes() {
    let place = Place::empty(SDK);
    std::fs::create_dir(place.path("schema.yaml")).expect("the folder can be made");
    assert_snapshot!("document_is_a_folder", place.run(GENERATE).screen());
    std::fs::remove_dir(place.path("schema.yaml")).expect("the folder can be removed");
    std::fs::write(place.path("schema.yaml"), [0xff, 0xfe, 0x00]).expect("the file can be written");
    assert_snapshot!("document_is_bytes", place.run(GENERATE).screen());
}

/// As of `diff`.
#[test]
fn a_file_that_cannot_be_read_is_a_wrong_use() {
    for (file, text) in [
        ("schema.yaml", "openapi: [3.0.3\n"),
        ("schema.yaml", "openapi: 3.0.3\n\tinfo: {}\n"),
        ("policy.toml", "[package\n"),
    ] {
        let place = Place::with_case(SDK, "crud");
        place.write("policy.toml", "");
        place.write(file, text);
        let run = place.run(&format!("{GENERATE} --policy policy.toml"));
        assert_eq!(run.code, Some(2), "{text}: {}", run.stderr);
        if file == "schema.yaml" {
            let run = place.run("diff schema.yaml schema.yaml");
            assert_eq!(run.code, Some(2), "{text}: {}", run.stderr);
        }
    }
}

#[test]
fn a_folder_with_files_of_others_is_rejected_and_untouched() {
    let place = Place::with_case(SDK, "crud");
    place.write("sdk/Cargo.toml", "[package]\nname = \"mine\"\n");
    place.write("sdk/notes/idea.txt", "mine\n");
    let before = place.files("sdk");
    assert_snapshot!(place.run(GENERATE).screen());
    assert!(place.files("sdk") == before);
}

#[test]
fn a_file_of_others_in_a_generated_folder_is_rejected_too() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    place.write("sdk/src/mine.rs", "// mine\n");
    place.write(
        "schema.yaml",
        "openapi: 3.0.3\ninfo: { title: Other, version: '1' }\npaths: {}\n",
    );
    let before = place.files("sdk");
    assert_eq!(place.run(GENERATE).code, Some(1));
    assert!(place.files("sdk") == before);
}

#[test]
fn a_file_where_a_folder_must_be_is_rejected() {
    let place = Place::with_case(SDK, "crud");
    place.write("sdk/src", "a file\n");
    assert_snapshot!(place.run(GENERATE).screen());
    assert_eq!(place.files("sdk").len(), 1);
}

#[test]
fn a_target_that_is_a_file_is_rejected() {
    let place = Place::with_case(SDK, "crud");
    place.write("sdk", "a file\n");
    assert_snapshot!(place.run(GENERATE).screen());
    assert_eq!(
        std::fs::read_to_string(place.path("sdk")).unwrap(),
        "a file\n"
    );
}

/// New files are prepared in a folder beside the target; here they cannot be.
#[test]
fn a_write_that_cannot_begin_leaves_the_old_files() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    let before = place.files("sdk");
    place.write(
        "schema.yaml",
        "openapi: 3.0.3\ninfo: { title: Other, version: '1' }\npaths: {}\n",
    );
    place.write(".sdk.new", "in the way\n");
    assert_snapshot!(place.run(GENERATE).screen());
    assert!(place.files("sdk") == before);
}

/// The limit on the size of files ends the process when some files are written and others are not.
#[cfg(unix)]
#[test]
fn a_write_that_stops_half_way_leaves_the_old_files_and_can_be_repeated() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    let before = place.files("sdk");
    let runtime = place.path("sdk/src/runtime/builder.rs");
    assert!(
        std::fs::metadata(&runtime).unwrap().len() > 8192,
        "choose another large file"
    );
    std::fs::write(&runtime, "// edited by hand\n").expect("the file can be written");
    place.write("sdk/Cargo.toml", "# edited by hand\n");
    let edited = place.files("sdk");

    let limited = place.command(GENERATE);
    let mut shell = Command::new("bash");
    shell
        .args(["-c", "ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(limited.get_program());
    shell.args(limited.get_args()).current_dir(place.path("."));
    assert_ne!(Run::of(&mut shell).code, Some(0));
    assert!(place.files("sdk") == edited);

    place.generate();
    assert!(place.files("sdk") == before);
    assert!(!place.path(".sdk.new").exists());
}

#[test]
fn wrong_usage_is_told_apart_from_findings() {
    let place = Place::with_case(SDK, "crud");
    for arguments in [
        "",
        "generat",
        "generate --schema schema.yaml",
        "generate --out sdk",
        "generate --name pets",
        "generate --color blue",
        "check --schema",
    ] {
        assert_eq!(place.run(arguments).code, Some(2), "{arguments}");
    }
    assert_snapshot!(place.run("generate --schema schema.yaml").screen());
}
