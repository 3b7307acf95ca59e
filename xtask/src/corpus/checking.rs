//! `--check`: the crates under clippy.

use super::batch::{self, Pending};
use super::progress;
use super::record::Record;
use super::store::Store;
use crate::tools::Result;

/// Nothing stops at a lint: all are counted.
const ARGUMENTS: [&str; 10] = [
    "clippy",
    "--workspace",
    "--lib",
    "--examples",
    "--keep-going",
    "--quiet",
    "--message-format=json",
    "--",
    "--warn=clippy::correctness",
    "--warn=clippy::suspicious",
];

/// What clippy says of each crate.
pub fn run(records: &mut [Record], store: &Store) -> Result<()> {
    let toolchain = batch::toolchain(&ARGUMENTS)?;
    let mut pending = Vec::new();
    for (index, record) in records.iter_mut().enumerate() {
        let Some(generated) = &record.generated else {
            continue;
        };
        let next = Pending::new(index, &record.document, generated, &toolchain);
        record.check = store.kept("checked", &record.document, &next.key);
        if record.check.is_none() {
            pending.push(next);
        }
    }
    let bar = progress::bar("checking", pending.len());
    for batch in batch::batches(pending) {
        for (pending, made) in batch::cargo(&batch, &ARGUMENTS, store, &bar)? {
            made.remove_files();
            store.keep("checked", &pending.document, &pending.key, &made.check)?;
            records[pending.index].check = Some(made.check);
        }
    }
    bar.finish_and_clear();
    Ok(())
}
