//! `cargo xtask validate`: the schema by the rules of an independent validator, and each example by its own schema.

use std::process::Command;

use crate::tools::{self, Outcome, Result, Unable};

/// Validates `schema/billing.yaml`.
pub fn run() -> Result<Outcome> {
    let folder = tools::root().join("tests/schema");
    let python = tools::install::python("schema", &folder.join("requirements.txt"))?;
    let mut validate = Command::new(python);
    validate
        .arg(folder.join("validate.py"))
        .arg("schema/billing.yaml")
        .current_dir(tools::root());
    let status = validate
        .status()
        .map_err(|error| Unable(format!("validate.py: {error}")))?;
    match status.code() {
        Some(0) => Ok(Outcome::Fine),
        Some(1) => Ok(Outcome::Findings),
        _ => Err(Unable(format!(
            "validate.py could not do its work ({status})"
        ))),
    }
}
