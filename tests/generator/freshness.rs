//! What is checked in is what the generator makes, runtime and all.

use std::path::Path;

use codegen::diagnostic::Diagnostics;
use codegen::files::{self, Files};
use tests::workspace;

#[test]
fn the_checked_in_crate_is_fresh() {
    let difference = files::compare(&workspace::root().join("generated"), &own());
    let difference = difference.expect("generated/ can be read");
    assert!(
        difference.is_empty(),
        "generated/ is not what schema/ says; run: cargo xtask generate\n{difference:#?}"
    );
}

/// A file that was added to the runtime and not to the list in `embed.rs` would be missing.
#[test]
fn a_generated_crate_has_every_file_of_the_runtime_byte_for_byte() {
    let folder = workspace::root().join("codegen/runtime/src/runtime");
    let mut expected = Files::new();
    for path in workspace::files(&folder) {
        let relative = path
            .strip_prefix(&folder)
            .expect("the file is in the folder");
        expected.insert(
            format!("src/runtime/{}", slashed(relative)),
            workspace::read(&path),
        );
    }
    let mut embedded = own();
    embedded.retain(|path, _| path.starts_with("src/runtime/"));
    let missing: Vec<&String> = expected
        .keys()
        .filter(|path| !embedded.contains_key(*path))
        .collect();
    let surplus: Vec<&String> = embedded
        .keys()
        .filter(|path| !expected.contains_key(*path))
        .collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "mend the list in codegen/src/embed.rs: it lacks {missing:?}, and should not have {surplus:?}"
    );
    for (path, text) in expected {
        assert_eq!(embedded[&path], text, "{path}");
    }
}

/// The files of this workspace's own crate.
fn own() -> Files {
    let schema = workspace::root().join("schema");
    let (document, policy) = (schema.join("billing.yaml"), schema.join("billing.toml"));
    let mut diagnostics = Diagnostics::default();
    let mut generator = codegen::Generator::new(document);
    generator.policy = Some(policy);
    generator.lock = Some(schema.join("billing.lock"));
    generator
        .generate(&mut diagnostics)
        .unwrap_or_else(|rejected| {
            panic!("{rejected}: {:?}", diagnostics.iter().collect::<Vec<_>>())
        })
        .files
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
