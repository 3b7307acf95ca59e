//! The crates of documents that were changed at random compile without a warning: a sample, since each takes the compiler
//! a second. `MUTATIONS_COMPILED` says how many; none in a usual run.

use tests::compiled::Compiled;
use tests::modules;

use super::{CHANGES, TEMPORARY, Worker, changed, document, documents, number, output};

/// The package of all of them.
const SAMPLE: &str = "mutated";

#[test]
fn crates_of_changed_documents_compile() {
    let count = number("MUTATIONS_COMPILED", 0) as usize;
    if count == 0 {
        println!("skipped: MUTATIONS_COMPILED says of how many documents");
        return;
    }
    let (documents, seed) = (documents(), number("MUTATIONS_SEED", 1));
    let worker = Worker::new("compiled");
    let mut crates = Vec::new();
    for block in seed * 1_000_000.. {
        let number = block * CHANGES;
        let text = changed(&document(&documents, block), number);
        std::fs::write(&worker.document, text).expect("the document can be written");
        let made = output::run(&worker.document).unwrap_or_else(|problem| panic!("{problem}"));
        if let Some(files) = made {
            worker.keep(number);
            crates.push((format!("number_{number}"), files));
        }
        if crates.len() == count {
            break;
        }
    }
    let compiled = Compiled::workspace(TEMPORARY, SAMPLE, &[SAMPLE.to_owned()]);
    let examples = crate::compile::examples(SAMPLE, &crates);
    modules::write(&compiled.folder, SAMPLE, &crates, examples);
    compiled.assert_no_warning(&[]);
}
