//! A part of a document: `--only` and `--path` of `generate`, and `cargo sdk extract`

use insta::assert_snapshot;
use tests::place::Place;

use crate::SDK;

#[test]
fn a_part_says_how_much_it_is() {
    let place = Place::with_case(SDK, "crud");
    let run = place.run("generate schema.yaml --out sdk --path /pets/*");
    assert_snapshot!(run.screen());
    let check = |part: &str| {
        place
            .run(&format!("check schema.yaml --out sdk {part}"))
            .code
    };
    assert_eq!(check("--path /pets/*"), Some(0));
    assert_eq!(check(""), Some(1));
}

#[test]
fn a_part_says_that_it_has_no_webhooks() {
    let place = Place::with_case(SDK, "webhooks_signed");
    let run = place.run("generate schema.yaml --out sdk --path /orders/*");
    let said = "  taken  1 of 1 operations\n   left out  2 webhooks, of which none is of a part\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert!(!place.path("sdk/src/webhooks.rs").exists());
}

#[test]
fn the_lock_of_a_part_is_that_of_the_whole() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    let lock = || std::fs::read_to_string(place.path("schema.lock")).expect("there is a lock");
    let whole = lock();
    assert_eq!(
        place
            .run("generate schema.yaml --out sdk --only pets.list")
            .code,
        Some(0)
    );
    assert_eq!(lock(), whole);
}

#[test]
fn a_pattern_of_no_operation_says_what_was_meant() {
    let place = Place::with_case(SDK, "crud");
    let run = place.run("generate schema.yaml --out sdk --only pest.** --only pets --path /pet");
    assert_snapshot!(run.screen());
    place.write("policy.toml", "only = [\"pets.lst\"]\n");
    assert_snapshot!(
        "in_the_policy",
        place
            .run("generate schema.yaml --out sdk --policy policy.toml")
            .screen()
    );
}

/// One run shows all that is wrong with the policy.
#[test]
fn a_pattern_of_no_operation_is_shown_beside_other_mistakes() {
    let place = Place::with_case(SDK, "crud");
    let policy = "only = [\"pet.**\"]\npaths = [\"/pest/*\"]\n[types.Pest]\nname = \"Pest\"\n";
    place.write("schema.toml", policy);
    let run = place.run("generate schema.yaml --out sdk");
    assert_snapshot!("all_mistakes", run.screen());
}

#[test]
fn a_review_is_about_the_part_of_the_policy() {
    let place = Place::with_case(SDK, "crud");
    let text = std::fs::read_to_string(place.path("schema.yaml")).expect("the document is there");
    for name in ["old", "new"] {
        place.write(&format!("{name}.toml"), "paths = [\"GET /pets\"]\n");
    }
    place.write("old.yaml", &text);
    place.write("new.yaml", &text.replace("    delete:\n", "    trace:\n"));
    let run = place.run("diff old.yaml new.yaml");
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    std::fs::remove_file(place.path("old.toml")).expect("it is there");
    std::fs::remove_file(place.path("new.toml")).expect("it is there");
    assert_eq!(place.run("diff old.yaml new.yaml").code, Some(1));
}

#[test]
fn an_extract_is_the_lines_of_its_operations() {
    let place = Place::with_case(SDK, "crud");
    let extract = |from: &str| {
        place.run(&format!(
            "extract --from {from} --path /pets/* --out part/pets.yaml"
        ))
    };
    assert_snapshot!(extract("schema.yaml").screen());
    let read = || std::fs::read_to_string(place.path("part/pets.yaml")).expect("it is there");
    let text = read();
    assert_snapshot!("extract", text);
    assert_snapshot!("an_extract_of_itself", extract("part/pets.yaml").screen());
    assert_eq!(read(), text);
}

#[test]
fn an_extract_says_what_it_cannot() {
    let place = Place::with_case(SDK, "crud");
    let run = |text: &str, out: &str| {
        place.write("a.yaml", text);
        place.run(&format!("extract --from a.yaml --path /a/** --out {out}"))
    };
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
    let elsewhere = format!("{head}paths: {{/a: {{$ref: 'b.yaml'}}, /b: {{get: {{}}}}}}\n");
    let elsewhere = elsewhere.replace("{$ref: 'b.yaml'}", "{get: {x: {$ref: 'b.yaml'}}}");
    assert_snapshot!("elsewhere", run(&elsewhere, "part/a.yaml").screen());
    assert_snapshot!("anew", run(&elsewhere, "c.yaml").screen());
    assert_snapshot!("no_operation", run(head, "c.yaml").screen());
    assert_snapshot!("no_document", run("a: [", "c.yaml").screen());
}
