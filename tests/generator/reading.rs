//! What is generated from the cases reads the values that their documents describe, and writes them back; and sends what
//! they say.
//!
//! A case that holds `reads.rs` says which: its function `reads` is called with the crate of the case as `api`. The
//! crates of these cases are the modules of one.

use std::path::Path;
use std::process::Command;

use tests::cases;
use tests::compiled::Compiled;
use tests::modules;

const TEMPORARY: &str = env!("CARGO_TARGET_TMPDIR");
/// The package, and the program in it.
const READS: &str = "reads";
/// A module beside the cases, for those that are about what is sent.
const SERVER: &str = include_str!("reading/server.rs");

#[test]
fn values_are_read_as_the_cases_say() {
    let mut crates = Vec::new();
    let mut examples = codegen::files::Files::new();
    for case in cases::all() {
        let Ok(text) = std::fs::read_to_string(case.folder.join("reads.rs")) else {
            continue;
        };
        let generated = case.generate().generated.expect("the case is generated");
        let program = modules::user(&text, READS, &case.name, "api");
        examples.insert(format!("examples/{READS}/{}.rs", case.name), program);
        crates.push((case.name.clone(), generated.files));
    }
    let names: Vec<&str> = crates.iter().map(|(name, _)| name.as_str()).collect();
    examples.insert(format!("examples/{READS}/main.rs"), main(&names));
    examples.insert(format!("examples/{READS}/server.rs"), SERVER.to_owned());
    let compiled = Compiled::workspace(TEMPORARY, READS, &[READS.to_owned()]);
    modules::write(&compiled.folder, READS, &crates, examples);
    let built = compiled.cargo(&["build", "--quiet", "--example", READS], &[]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let target = Path::new(TEMPORARY)
        .parent()
        .expect("the folder has a parent");
    let program = target.join("debug/examples").join(READS);
    let output = Command::new(program).output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let read = String::from_utf8_lossy(&output.stdout);
    assert_eq!(Vec::from_iter(read.lines()), names);
}

/// Calls each of the modules, and says which was called.
fn main(names: &[&str]) -> String {
    let module = |name: &&str| format!("mod {name};\n");
    let call = |name: &&str| format!("    {name}::reads();\n    println!(\"{name}\");\n");
    let modules: String = names.iter().map(module).collect();
    let calls: String = names.iter().map(call).collect();
    format!("//! What the crates read.\n\nmod server;\n{modules}\nfn main() {{\n{calls}}}\n")
}
