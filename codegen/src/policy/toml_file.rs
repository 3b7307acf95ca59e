//! A file of settings in TOML: all that is wrong with it in one run, each with its place.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected, Source};

/// What a file of settings may hold, and how problems with it are called.
pub struct TomlFile {
    /// As in "the policy file".
    pub name: &'static str,
    /// Every key, as in `package.name`; `*` stands for a name of the file's own.
    pub keys: &'static [&'static str],
    /// Keys that were, and what they are called now.
    pub renamed: &'static [(&'static str, &'static str)],
    pub unreadable: Code,
    pub syntax: Code,
    pub unknown_key: Code,
    pub invalid: Code,
}

impl TomlFile {
    /// The text of the file.
    pub fn load(
        &self,
        path: &Path,
        diagnostics: &mut Diagnostics,
    ) -> Result<Arc<Source>, Rejected> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Arc::new(Source::new(name, text))),
            Err(error) => {
                let message = format!("cannot read the {} {name}: {error}", self.name);
                let help = format!("name a {} in TOML, or none at all", self.name);
                diagnostics.push(Diagnostic::error(self.unreadable, message).help(help));
                Err(Rejected)
            }
        }
    }

    pub fn read<T: DeserializeOwned>(
        &self,
        source: &Arc<Source>,
        diagnostics: &mut Diagnostics,
    ) -> Result<T, Rejected> {
        match DeTable::parse(&source.text) {
            Ok(table) => self.check_keys(table.get_ref(), "", source, diagnostics),
            Err(error) => {
                let help = format!("the {} is written in TOML (https://toml.io)", self.name);
                let (message, span) = (error.message(), error.span());
                report(source, self.syntax, message, span, &help, diagnostics);
            }
        }
        diagnostics.gate()?;
        toml::from_str(&source.text).map_err(|error| {
            let (mut message, span) = (error.message().to_owned(), error.span());
            let mut help = "texts are in quotes, lists in brackets, tables in braces".to_owned();
            if let Some(key) = message.strip_prefix("missing field ") {
                let at = span.clone().and_then(|span| source.text.get(span));
                let table = at.and_then(|text| text.strip_prefix('[')?.strip_suffix(']'));
                message = match table {
                    Some(table) => format!("{key} is missing in `[{table}]`"),
                    None => format!("{key} is missing"),
                };
                help = table.map_or(help, |table| self.alternatives(table.trim()));
            }
            if message.ends_with("expected a sequence") {
                let text = span.clone().and_then(|span| source.text.get(span));
                help = format!("write a list in its place: [{}]", text.unwrap_or_default());
            }
            report(source, self.invalid, &message, span, &help, diagnostics);
            Rejected
        })
    }

    fn check_keys(
        &self,
        table: &DeTable<'_>,
        prefix: &str,
        source: &Arc<Source>,
        diagnostics: &mut Diagnostics,
    ) {
        for (key, value) in table {
            let name = key.get_ref();
            match self.known(prefix, name) {
                Some(path) => self.check_value(value.get_ref(), &path, source, diagnostics),
                None => {
                    let message = format!("`{name}` is not a key of the {}", self.name);
                    let help = match self.renamed(prefix, name) {
                        Some(new) => format!("it is called `{new}`"),
                        None if self.known("", name).as_deref() == Some(name) => {
                            format!("`{name}` stands above the first table")
                        }
                        None => match self.elsewhere(name) {
                            Some(table) => format!("it is a key of `{table}`: `{table}.{name}`"),
                            None => self.alternatives(prefix),
                        },
                    };
                    let span = Some(key.span());
                    report(source, self.unknown_key, &message, span, &help, diagnostics);
                }
            }
        }
    }

    fn check_value(
        &self,
        value: &DeValue<'_>,
        path: &str,
        source: &Arc<Source>,
        diagnostics: &mut Diagnostics,
    ) {
        match value {
            DeValue::Table(table) => self.check_keys(table, path, source, diagnostics),
            DeValue::Array(items) => {
                for item in items.iter() {
                    self.check_value(item.get_ref(), path, source, diagnostics);
                }
            }
            _ => {}
        }
    }

    /// The pattern that the key matches.
    fn known(&self, prefix: &str, key: &str) -> Option<String> {
        let mut paths = [key, "*"].map(|name| path(prefix, name)).into_iter();
        paths.find(|path| self.keys.contains(&path.as_str()))
    }

    fn renamed(&self, prefix: &str, key: &str) -> Option<&'static str> {
        let key = path(prefix, key);
        let mut renamed = self.renamed.iter();
        renamed.find_map(|(old, new)| (*old == key).then_some(*new))
    }

    /// The only table that has a key of this name.
    fn elsewhere(&self, name: &str) -> Option<&'static str> {
        let keys = self.keys.iter().filter_map(|key| key.rsplit_once('.'));
        let mut tables = keys.filter(|(table, key)| *key == name && !table.contains('*'));
        let (table, _) = tables.next()?;
        tables.next().is_none().then_some(table)
    }

    /// "the keys of `package` are ..."
    fn alternatives(&self, prefix: &str) -> String {
        let names: Vec<&str> = self
            .keys
            .iter()
            .filter_map(|key| match key.rsplit_once('.') {
                Some((parent, name)) => (parent == prefix).then_some(name),
                None => prefix.is_empty().then_some(*key),
            })
            .collect();
        match (prefix, names.as_slice()) {
            (_, []) => "no keys are expected here".to_owned(),
            ("", names) => format!("the tables are {}", names.join(", ")),
            (prefix, names) => format!("the keys of `{prefix}` are {}", names.join(", ")),
        }
    }
}

fn path(prefix: &str, key: &str) -> String {
    if prefix.is_empty() {
        key.to_owned()
    } else {
        format!("{prefix}.{key}")
    }
}

/// Reports an error at a value of the file.
pub fn report(
    source: &Arc<Source>,
    code: Code,
    message: &str,
    span: Option<Range<usize>>,
    help: &str,
    diagnostics: &mut Diagnostics,
) {
    let diagnostic = Diagnostic::error(code, message).span(source, span.unwrap_or(0..0));
    diagnostics.push(match help {
        "" => diagnostic,
        help => diagnostic.help(help),
    });
}
