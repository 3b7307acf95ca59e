//! Which entry of a policy file is about a place of the document.

use toml::de::{DeTable, DeValue};

use codegen::diagnostic::Source;
use codegen::document::pointer;

/// A line of the file, as it is written.
#[derive(Debug, PartialEq, Eq)]
pub struct PolicyLine {
    pub line: usize,
    pub text: String,
}

/// The entry that names the operation or the schema that the pointer is in.
pub fn about(source: &Source, pointer: &str) -> Option<PolicyLine> {
    let table = DeTable::parse(&source.text).ok()?;
    let table = table.get_ref();
    let tokens: Vec<_> = pointer::tokens(pointer).collect();
    let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
    let start = match tokens.as_slice() {
        ["paths", path, "additionalOperations", method, ..] => {
            of_operation(table, &format!("{method} {path}"))
        }
        ["paths", path, method, ..] => {
            of_operation(table, &format!("{} {path}", method.to_uppercase()))
        }
        ["components", "schemas", name, ..] | ["definitions", name, ..] => {
            key(table, "types", name)
        }
        _ => None,
    }?;
    Some(PolicyLine {
        line: source.line(start),
        text: source.text[source.lines_around(&(start..start))]
            .trim()
            .to_owned(),
    })
}

fn of_operation(table: &DeTable<'_>, operation: &str) -> Option<usize> {
    key(table, "methods", operation).or_else(|| item(table, "skip", operation))
}

/// Where a key of the table is.
fn key(file: &DeTable<'_>, table: &str, key: &str) -> Option<usize> {
    let table = file.get(table)?.get_ref().as_table()?;
    let (key, _) = table.iter().find(|(name, _)| name.get_ref() == key)?;
    Some(key.span().start)
}

/// Where an item of the list is.
fn item(file: &DeTable<'_>, list: &str, item: &str) -> Option<usize> {
    let list = file.get(list)?.get_ref().as_array()?;
    let is = |value: &&toml::Spanned<DeValue<'_>>| value.get_ref().as_str() == Some(item);
    Some(list.iter().find(is)?.span().start)
}
