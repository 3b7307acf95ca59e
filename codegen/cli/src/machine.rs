//! Diagnostics for programs: JSON, and SARIF 2.1.0, which GitHub shows on the lines.

use codegen::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use serde_json::{Value, json};

use crate::explain::TABLE;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// One object with the list `diagnostics`
    Json,
    /// SARIF 2.1.0, for GitHub's code scanning
    Sarif,
}

pub fn document(diagnostics: &Diagnostics, format: Format) -> Value {
    match format {
        Format::Sarif => sarif(diagnostics),
        Format::Json | Format::Text => {
            let list: Vec<Value> = diagnostics.iter().map(plain).collect();
            json!({ "diagnostics": list })
        }
    }
}

fn plain(diagnostic: &Diagnostic) -> Value {
    let mut value = json!({
        "code": diagnostic.code.0,
        "severity": word(diagnostic.severity),
        "message": diagnostic.message,
    });
    if let Some(span) = &diagnostic.span {
        value["file"] = span.source.name.clone().into();
        let Place { start, end } = Place::of(span);
        value["line"] = start.0.into();
        value["column"] = start.1.into();
        value["end_line"] = end.0.into();
        value["end_column"] = end.1.into();
    }
    if let Some(location) = &diagnostic.location {
        value["pointer"] = location.pointer.to_string().into();
    }
    if let Some(help) = &diagnostic.help {
        value["help"] = help.clone().into();
    }
    value
}

fn sarif(diagnostics: &Diagnostics) -> Value {
    let rules = TABLE.iter().map(|one| {
        json!({
            "id": one.code.0,
            "shortDescription": { "text": one.title },
            "fullDescription": { "text": one.text },
            "help": { "text": format!("Wrong:\n\n{}\nRight:\n\n{}", one.wrong, one.right) },
        })
    });
    let rules: Vec<Value> = rules.collect();
    let results: Vec<Value> = diagnostics.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "columnKind": "unicodeCodePoints",
            "tool": { "driver": {
                "name": "cargo-sdk",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "results": results,
        }],
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
    let text: String = std::iter::once(diagnostic.message.clone())
        .chain(help)
        .collect();
    let mut value = json!({
        "ruleId": diagnostic.code.0,
        "ruleIndex": TABLE.iter().position(|one| one.code == diagnostic.code),
        "level": word(diagnostic.severity),
        "message": { "text": text },
    });
    if let Some(span) = &diagnostic.span {
        let Place { start, end } = Place::of(span);
        value["locations"] = json!([{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&span.source.name) },
                "region": {
                    "startLine": start.0,
                    "startColumn": start.1,
                    "endLine": end.0,
                    "endColumn": end.1,
                },
            },
        }]);
    }
    value
}

/// Lines and columns, from 1.
struct Place {
    start: (usize, usize),
    end: (usize, usize),
}

impl Place {
    fn of(span: &Span) -> Self {
        Self {
            start: span.line_column(),
            end: span.source.line_column(span.range.end),
        }
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a reference; one from the root is that of a file.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut text = String::new();
    if path.starts_with('/') {
        text.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(uri("a b/ü.yaml"), "a%20b/%C3%BC.yaml");
        assert_eq!(uri("/a/b.yaml"), "file:///a/b.yaml");
    }
}
