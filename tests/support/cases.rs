//! The cases: small documents, one folder each, with what becomes of them beside them.

use std::path::{Path, PathBuf};

use codegen::diagnostic::{Diagnostics, Rejected};
use codegen::{Generated, Generator};

use serde_json::{Value, json};

use crate::workspace;

/// A folder of `tests/cases/`.
#[derive(Debug, Clone)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    pub folder: PathBuf,
}

/// What the generator makes of a case.
pub struct Outcome {
    pub generated: Result<Generated, Rejected>,
    pub diagnostics: Diagnostics,
}

/// All cases, by name.
pub fn all() -> Vec<Case> {
    let folder = workspace::root().join("tests/cases");
    let entries = std::fs::read_dir(&folder).expect("the folder of the cases can be read");
    let mut cases: Vec<Case> = entries
        .map(|entry| entry.expect("a folder entry can be read"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| Case {
            name: entry.file_name().to_string_lossy().into_owned(),
            folder: entry.path(),
        })
        .collect();
    cases.sort_by(|one, two| one.name.cmp(&two.name));
    cases
}

/// The case with 2^18 combinations of schemas. What is tried often takes [`combined`] with fewer of them in its place.
pub const COMBINED: &str = "all_of_multiplied";

/// An object with a property for each set of so many schemas, the last of which has this property.
pub fn combined(count: usize, end: &Value) -> Value {
    let named = |index: usize| json!({"$ref": format!("#/components/schemas/S{index}")});
    let own = json!({"$ref": "#/components/schemas/A"});
    let both = json!({"allOf": [own, named(1)]});
    let mut schemas = json!({"A": {"type": "object", "properties": {"a": both, "b": own}}});
    for index in 1..count {
        let next = json!({"properties": {"a": named(index + 1), "b": named(index + 1)}});
        schemas[format!("S{index}")] = next;
    }
    schemas[format!("S{count}")] = json!({"properties": {"end": end}});
    let content = json!({"application/json": {"schema": own}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1.0.0"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "Fine", "content": content}}}}},
        "components": {"schemas": schemas},
    })
}

impl Case {
    /// Runs the generator. Nothing is written.
    pub fn generate(&self) -> Outcome {
        self.generate_with_lock(self.folder.join("schema.lock"))
    }

    /// The same, where the names that are kept are elsewhere.
    pub fn generate_with_lock(&self, lock: PathBuf) -> Outcome {
        let mut diagnostics = Diagnostics::default();
        let mut generator = Generator::new(self.schema());
        generator.policy = Some(self.folder.join("policy.toml")).filter(|path| path.exists());
        generator.lock = Some(lock);
        let generated = generator.generate(&mut diagnostics);
        diagnostics.sort();
        Outcome {
            generated,
            diagnostics,
        }
    }

    /// The document.
    pub fn schema(&self) -> PathBuf {
        let json = self.folder.join("schema.json");
        if json.exists() {
            json
        } else {
            self.folder.join("schema.yaml")
        }
    }
}

impl Outcome {
    /// All diagnostics as they are printed, without colors; paths as seen from the case's folder.
    pub fn report(&self, folder: &Path) -> String {
        let rendered: Vec<String> = self.diagnostics.iter().map(|d| d.render(false)).collect();
        let prefix = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        rendered.join("\n\n").replace(&prefix, "")
    }
}
