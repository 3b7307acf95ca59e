//! No bytes make the generator panic, hang, or grow without end; what it rejects it gives a reason for.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs, process};

use codegen::{Diagnostics, Generator, Severity};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    fs::write(&*DOCUMENT, document).expect("the document can be written");
    let mut diagnostics = Diagnostics::default();
    // What is emitted is parsed and printed on the way, so that it is Rust.
    let generated = Generator::new(&*DOCUMENT).generate(&mut diagnostics);
    diagnostics.sort();
    for diagnostic in diagnostics.iter() {
        diagnostic.render(false);
    }
    let errors = diagnostics.count(Severity::Error);
    assert_eq!(
        generated.is_ok(),
        errors == 0,
        "a reason is given for what is rejected, and for nothing else"
    );
});

/// In a folder of its own, so that references lead to no other file.
static DOCUMENT: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = env::temp_dir().join(format!("codegen-fuzz-{}", process::id()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder.join("document")
});
