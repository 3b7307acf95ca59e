//! `cargo xtask pages`: how the pages of each list follow each other, and how often as in another SDK.

use std::collections::BTreeMap;
use std::path::PathBuf;

use codegen::rust::{Method, Paging};

use crate::driver;
use crate::tools::{self, Result};

pub const HELP: &str = "\
Prints METHOD, path and scheme of each operation that gives the items of all pages, separated by tabs. OFFICIAL is a table with
the columns `method`, `path` and `page_class`, separated by tabs and named in its first line, as another SDK has them: of its
operations with a class it prints how many have a scheme of the kind. A class whose name begins with `Cursor` is a cursor, one
that begins with `Single` is no pages, and any other with `Page` in it is a number of a page.

Exit codes: 0 all is printed, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document
    #[arg(long, value_name = "FILE")]
    pub schema: PathBuf,
    /// The policy file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The classes in another SDK
    #[arg(long, value_name = "FILE")]
    pub official: Option<PathBuf>,
    /// Print what differs
    #[arg(long)]
    pub verbose: bool,
}

pub fn run(options: &Options) -> Result<tools::Outcome> {
    let generated = driver::generate(&options.schema, options.config.as_deref())?;
    let methods = generated.sdk.methods();
    let Some(official) = &options.official else {
        for method in methods.iter().filter(|method| method.pages.is_some()) {
            println!(
                "{}\t{}\t{}",
                method.http_method,
                method.path,
                scheme(method)
            );
        }
        return Ok(tools::Outcome::Fine);
    };
    let text = std::fs::read_to_string(official);
    let text = text.map_err(|error| tools::cannot("read", official, &error))?;
    let schemes: BTreeMap<(&str, &str), &str> = methods
        .iter()
        .map(|method| ((&*method.http_method, &*method.path), scheme(method)))
        .collect();
    let (mut all, mut equal) = (0, 0);
    for (key, class) in classes(&text) {
        // What is not in the document has no scheme to compare.
        let Some(own) = schemes.get(&key) else {
            continue;
        };
        all += 1;
        equal += usize::from(kind(class) == *own);
        if options.verbose && kind(class) != *own {
            println!("{}\t{}\t{own}\t{class}", key.0, key.1);
        }
    }
    println!("{equal} of {all} page classes equal");
    Ok(tools::Outcome::Fine)
}

fn scheme(method: &Method) -> &'static str {
    match method.pages.as_ref().map(|pages| &pages.pagination.scheme) {
        None => "none",
        Some(Paging::Number { .. }) => "page",
        Some(Paging::Offset { .. }) => "offset",
        Some(Paging::Cursor { .. }) => "cursor",
        Some(Paging::LastId { .. }) => "last_id",
        Some(Paging::Url { .. }) => "next_url",
        Some(Paging::Link) => "link",
    }
}

/// The scheme that a class of another SDK is.
fn kind(class: &str) -> &'static str {
    match class {
        _ if class.starts_with("Cursor") => "cursor",
        _ if class.starts_with("Single") => "none",
        _ if class.contains("Page") => "page",
        _ => "unknown",
    }
}

/// The operations that have one.
fn classes(table: &str) -> Vec<((&str, &str), &str)> {
    let mut rows = table
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|column| *column == name);
    let columns = (column("method"), column("path"), column("page_class"));
    let (Some(method), Some(path), Some(class)) = columns else {
        return Vec::new();
    };
    rows.filter_map(|row| {
        let class = *row.get(class)?;
        (!class.is_empty()).then_some(((*row.get(method)?, *row.get(path)?), class))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_by_the_head_of_the_table() {
        let table = "method\tname\tpath\tpage_class\nGET\ta\t/a\tCursorPage\nGET\tb\t/b\t\n";
        assert_eq!(classes(table), [(("GET", "/a"), "CursorPage")]);
        assert_eq!(kind("CursorPage"), "cursor");
        assert_eq!(kind("V4PagePagination"), "page");
        assert_eq!(kind("SinglePage"), "none");
    }
}
