//! A folder with two states of a document, compared.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::Disk;
use review::settings::Settings;
use review::{Input, Report};

use crate::workspace;

/// The day on which the tests judge.
const TODAY: &str = "2026-11-22";

/// Where the folders are, from the root of the workspace.
const FOLDER: &str = "tests/review";

pub fn folder(name: &str) -> PathBuf {
    workspace::root().join(FOLDER).join(name)
}

/// What `cargo sdk diff` finds between `base.yaml` and `head.yaml`, each with its policy if it has one.
pub fn report(name: &str) -> Report {
    let mut diagnostics = Diagnostics::default();
    let (base, head) = (input(name, "base"), input(name, "head"));
    let report = review::compare(&base, &head, &Settings::default(), TODAY, &mut diagnostics);
    report.unwrap_or_else(|_| panic!("{name}: refused"))
}

fn input(name: &str, side: &str) -> Input {
    let path = |extension| {
        Path::new(FOLDER)
            .join(name)
            .join(format!("{side}.{extension}"))
    };
    let document = source(&path("yaml"));
    let file = workspace::root().join(path("yaml"));
    let folder = Disk::of(&file, &path("yaml").display().to_string(), &[]);
    Input {
        document: document.unwrap_or_else(|| panic!("{name} has no {side}.yaml")),
        policy: source(&path("toml")),
        lock: source(&path("lock")),
        folder: Some(Arc::new(folder)),
        overlays: Vec::new(),
        path: Some(path("yaml")),
        absent: false,
    }
}

fn source(path: &Path) -> Option<Arc<Source>> {
    let text = std::fs::read_to_string(workspace::root().join(path)).ok()?;
    let name = path.display().to_string();
    Some(Arc::new(Source::new(name, text)))
}
