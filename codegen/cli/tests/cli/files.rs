//! A document in several files: what is read, and what is not.

use tests::place::Place;

use crate::SDK;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: list
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: FILE } } } }
";

const PET: &str = "type: object\nproperties: { nickname: { type: string } }\n";

/// What the crate has where the schema was read.
const FIELD: &str = "pub nickname: Option<String>";

#[test]
fn a_file_in_a_folder_below_is_read_and_one_above_is_not() {
    let place = Place::empty(SDK);
    place.write("pet.yaml", PET);
    place.write("api/models/pet.yaml", PET);
    assert_eq!(
        generate(&place, "models/pet.yaml", ""),
        (true, String::new())
    );
    let (read, said) = generate(&place, "../pet.yaml", "");
    assert!(!read);
    assert!(
        said.contains("`../pet.yaml` is outside of the document's folder"),
        "{said}"
    );
    assert!(said.contains("api/schema.yaml:8:"), "{said}");
    // Whether it is there is not said.
    let (_, said) = generate(&place, "../nothing.yaml", "");
    assert!(said.contains("`../nothing.yaml` is outside"), "{said}");
}

#[test]
fn a_folder_outside_can_be_allowed() {
    let place = Place::empty(SDK);
    place.write("common/pet.yaml", PET);
    place.write("other/pet.yaml", PET);
    assert!(generate(&place, "../common/pet.yaml", "--allow-outside common").0);
    assert!(!generate(&place, "../other/pet.yaml", "--allow-outside common").0);
    // The command that mends a stale crate says so, too.
    place.write("sdk/src/lib.rs", "");
    let check = place.run("check api/schema.yaml --out sdk --allow-outside common");
    assert!(
        check.stdout.contains("--allow-outside common"),
        "{}",
        check.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_no_way_out() {
    let place = Place::empty(SDK);
    place.write("secret/pet.yaml", PET);
    place.write("api/real/pet.yaml", PET);
    let link = |to: &str, from: &str| {
        std::os::unix::fs::symlink(place.path(to), place.path(from)).expect("a link can be made");
    };
    link("secret", "api/models");
    link("api/real/pet.yaml", "api/link.yaml");
    let (read, said) = generate(&place, "models/pet.yaml", "");
    assert!(
        !read && said.contains("outside of the document's folder"),
        "{said}"
    );
    assert!(generate(&place, "link.yaml", "").0);
}

#[test]
fn a_way_out_and_back_leads_to_the_same_file() {
    let place = Place::empty(SDK);
    place.write(
        "api/pet.yaml",
        "$ref: '../api/schema.yaml#/components/schemas/Pet'\n",
    );
    let components = "components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }\n";
    place.write(
        "api/schema.yaml",
        &format!("{}{components}", DOCUMENT.replace("FILE", "pet.yaml")),
    );
    let run = place.run("generate api/schema.yaml --out sdk");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(place.files("sdk/src/models").len(), 1);
}

#[test]
fn a_file_with_a_mistake_rejects_the_document() {
    let place = Place::empty(SDK);
    place.write("api/pet.yaml", "type: object\nproperties: [\n");
    let (read, said) = generate(&place, "pet.yaml", "");
    assert!(!read);
    assert!(
        said.contains("error[E0002]") && said.contains("api/pet.yaml:3:"),
        "{said}"
    );
}

#[test]
fn a_mark_of_the_byte_order_is_no_text_and_utf_16_is_called_so() {
    let place = Place::empty(SDK);
    place.write("api/pet.yaml", &format!("\u{feff}{PET}"));
    assert!(generate(&place, "pet.yaml", "").0);
    let utf_16 = PET.encode_utf16().flat_map(u16::to_le_bytes);
    let utf_16 = [0xff, 0xfe].into_iter().chain(utf_16);
    std::fs::write(place.path("api/pet.yaml"), Vec::from_iter(utf_16))
        .expect("the file can be written");
    let (read, said) = generate(&place, "pet.yaml", "");
    assert!(
        !read && said.contains("it is UTF-16; save it as UTF-8"),
        "{said}"
    );
}

#[test]
fn overlays_are_applied_in_order_after_those_of_the_policy_file() {
    let place = Place::empty(SDK);
    place.write("api/pet.yaml", PET);
    place.write("sdk.toml", "overlays = [\"one.yaml\"]\n");
    place.write(
        "one.yaml",
        &overlay(
            "$.components.schemas.pet.properties",
            "age: { type: string }",
        ),
    );
    place.write(
        "two.yaml",
        &overlay("$.components.schemas.pet.properties.age", "type: integer"),
    );
    let arguments = "--policy sdk.toml --overlay two.yaml";
    assert_eq!(
        generate(&place, "pet.yaml", arguments),
        (true, String::new())
    );
    let model = String::from_utf8_lossy(&place.files("sdk/src/models")["pet.rs"]).into_owned();
    assert!(model.contains("pub age: Option<i64>"), "{model}");
    place.write("sdk/src/lib.rs", "");
    let check = place.run(&format!("check api/schema.yaml --out sdk {arguments}"));
    assert!(
        check.stdout.contains("--overlay two.yaml"),
        "{}",
        check.stdout
    );
    let missing = place.run("generate api/schema.yaml --out sdk --overlay three.yaml");
    assert_eq!(missing.code, Some(2));
    assert!(
        missing.stderr.contains("cannot read three.yaml"),
        "{}",
        missing.stderr
    );
}

#[test]
fn files_that_multiply_each_other_are_cut() {
    let place = Place::empty(SDK);
    let document = DOCUMENT.replace("FILE", "pet.yaml") + "  /all: { $ref: p0.yaml }\n";
    place.write("api/schema.yaml", &document);
    place.write("api/pet.yaml", PET);
    for index in 0..32 {
        let next = format!("{{ $ref: p{}.yaml }}", index + 1);
        let text = format!(
            "get:\n  responses: {{ '204': {{ description: D. }} }}\n  callbacks:\n    \
             one: {{ '{{$url}}': {next} }}\n    two: {{ '{{$url}}': {next} }}\n"
        );
        place.write(&format!("api/p{index}.yaml"), &text);
    }
    let run = place.run("generate api/schema.yaml --out sdk");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("multiplies the document beyond any use"),
        "{}",
        run.stderr
    );
}

fn overlay(target: &str, update: &str) -> String {
    format!(
        "overlay: 1.0.0\ninfo: {{ title: O, version: '1' }}\nactions:\n- target: {target}\n  update: {{ {update} }}\n"
    )
}

/// Whether the schema was read, and what was said on the way.
fn generate(place: &Place, file: &str, more: &str) -> (bool, String) {
    place.write("api/schema.yaml", &DOCUMENT.replace("FILE", file));
    let run = place.run(&format!("generate api/schema.yaml --out sdk {more}"));
    let files = place.path("sdk").exists().then(|| place.files("sdk/src"));
    let has_field = |text: &Vec<u8>| String::from_utf8_lossy(text).contains(FIELD);
    let read = run.code == Some(0) && files.is_some_and(|files| files.values().any(has_field));
    (read, run.stderr)
}
