//! `cargo xtask types`: what the types of documents are called, and how many are copies of another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cargo_sdk::outcome::line;
use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::{Disk, Plain};
use codegen::rust::Crate;
use review::sides;

use crate::tools::{Outcome, Result, Unable, cannot};

mod measures;

pub use measures::Measures;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// OpenAPI documents
    #[arg(required = true, value_name = "FILE")]
    pub documents: Vec<PathBuf>,
    /// A line for each type: its name, and what it is a copy of
    #[arg(long)]
    pub list: bool,
}

pub fn run(options: &Options) -> Result<Outcome> {
    line(format_args!("{}", Measures::HEADER));
    let mut all = Measures::default();
    for path in &options.documents {
        let planned = planned(path)?;
        let measures = Measures::of(&planned);
        if options.list {
            list(&planned);
        }
        line(format_args!(
            "{}",
            measures.row(&path.display().to_string())
        ));
        all = all.and(&measures);
    }
    if options.documents.len() > 1 {
        line(format_args!("{}", all.row("all")));
    }
    Ok(Outcome::Fine)
}

/// The crate, of which nothing is printed.
fn planned(path: &Path) -> Result<Crate> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    let folder = Disk::of(path, &name, &[]);
    let mut diagnostics = Diagnostics::default();
    let source = Arc::new(Source::new(&name, text));
    let planned = Plain::read(source, Some(&folder), &[], &mut diagnostics)
        .and_then(|plain| sides::plan(&plain, None, None, &mut diagnostics));
    planned.map(|planned| planned.sdk).map_err(|_| {
        Unable(format!(
            "{name}: it is no document that a crate can be made of"
        ))
    })
}

fn list(planned: &Crate) {
    let items = measures::items(planned);
    for (item, copy) in items.iter().zip(measures::copies(&items)) {
        let of = copy.map_or("", |number| items[number].name());
        line(format_args!(
            "{}\t{}\t{of}",
            item.name(),
            item.location().pointer
        ));
    }
    for name in measures::numbered(&items) {
        line(format_args!("numbered\t{name}"));
    }
}
