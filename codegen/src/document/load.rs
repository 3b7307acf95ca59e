//! From a file to plain values: reading, YAML and JSON syntax, and which specification it follows.

use std::path::Path;
use std::sync::Arc;

use serde_yaml::Value;

use super::source_map::{Duplicate, SourceMap};
use super::{Reporter, codes, reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Source};
use crate::location::Location;

/// The text of a file, which is to be what is named.
pub fn read(
    path: &Path,
    wanted: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Arc<Source>, Rejected> {
    let name = path.display().to_string();
    let problem = match std::fs::read(path) {
        Ok(bytes) => match text(bytes) {
            Ok(text) => return Ok(Arc::new(Source::new(name, text))),
            Err(problem) => problem,
        },
        Err(error) => error.to_string(),
    };
    let help = if name.contains("://") {
        "nothing is fetched: download it, and name the file".to_owned()
    } else {
        format!("name {wanted} in YAML or JSON")
    };
    diagnostics.push(
        Diagnostic::error(codes::UNREADABLE, format!("cannot read {name}: {problem}")).help(help),
    );
    Err(Rejected)
}

/// The text of a file, without a byte order mark; or why it has none.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    let marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if marked && bytes.len().is_multiple_of(2) {
        return Err("it is UTF-16; save it as UTF-8".to_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)),
        Err(_) => Err("it is not UTF-8 text".to_owned()),
    }
}

/// The document as plain values. Duplicate keys are reported all at once.
pub fn parse(file: &SourceMap, diagnostics: &mut Diagnostics) -> Result<Value, Rejected> {
    match reading::read(&file.source) {
        Ok(read) => {
            diagnostics.extend(read.not_json.into_iter().collect());
            if read.twice {
                report_duplicates(file, diagnostics);
            }
            Ok(read.value)
        }
        Err(problem) => {
            diagnostics.push(problem);
            Err(Rejected)
        }
    }
}

/// The versions of the specification that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Swagger 2.0
    V20,
    V30,
    V31,
    V32,
}

/// The document's version; what is none that is read is rejected with what it is instead.
pub fn version(value: &Value, reporter: &mut Reporter<'_>) -> Result<Version, Rejected> {
    let diagnostic = match (value.get("openapi"), value.get("swagger")) {
        (Some(version), _) => match version_text(version) {
            text if is_version(&text, "3.0") => return Ok(Version::V30),
            text if is_version(&text, "3.1") => return Ok(Version::V31),
            text if is_version(&text, "3.2") => return Ok(Version::V32),
            text => Diagnostic::error(codes::VERSION, format!("OpenAPI {text} is not supported"))
                .help("the generator reads OpenAPI 3.0 to 3.2, written as in `openapi: 3.0.3`, and Swagger 2.0"),
        },
        (None, Some(version)) => match version_text(version) {
            text if is_version(&text, "2.0") || text == "2" => return Ok(Version::V20),
            text => Diagnostic::error(codes::VERSION, format!("Swagger {text} is not supported"))
                .help(
                    "of Swagger the generator reads version 2.0, written as in `swagger: \"2.0\"`",
                ),
        },
        (None, None) => Diagnostic::error(codes::NOT_OPENAPI, "this is not an OpenAPI document")
            .help("an OpenAPI document begins with `openapi: 3.0.3`"),
    };
    let named = ["openapi", "swagger"]
        .into_iter()
        .find(|key| value.get(key).is_some());
    let root = Location::default();
    let at = named.map_or(root.clone(), |key| root.key(key));
    reporter.at(diagnostic, &at);
    Err(Rejected)
}

fn is_version(text: &str, minor: &str) -> bool {
    text.strip_prefix(minor)
        .is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

fn version_text(version: &Value) -> String {
    match version {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => "of an unknown version".to_owned(),
    }
}

/// Of two equal keys the later one counts.
pub fn report_duplicates(file: &SourceMap, diagnostics: &mut Diagnostics) {
    for Duplicate { pointer, key, span } in file.duplicates() {
        let message = format!("the key `{key}` is here twice: the later one is read");
        diagnostics.push(
            Diagnostic::warning(codes::DUPLICATE_KEY, message)
                .help("remove one of them: a mapping holds each key once")
                .location(pointer)
                .span(&file.source, span),
        );
    }
}
