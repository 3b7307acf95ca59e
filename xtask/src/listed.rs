//! The files that list on which cases this tool and another disagree and are meant to.

use std::collections::BTreeMap;
use std::fs;

use crate::tools::{self, Result, Unable};

/// From the name of a case to the reason for disagreeing. The file is named from the workspace's root.
pub fn disagreements(file: &str) -> Result<BTreeMap<String, String>> {
    let path = tools::root().join(file);
    let text = fs::read_to_string(&path).map_err(|error| tools::cannot("read", &path, &error))?;
    let listed: Listed =
        toml::from_str(&text).map_err(|error| Unable(format!("{file}: {error}")))?;
    let by_case = |group: Disagreement| {
        let reason = group.reason;
        let cases = group.cases.into_iter();
        cases.map(move |case| (case, reason.clone()))
    };
    Ok(listed.disagreement.into_iter().flat_map(by_case).collect())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    #[serde(default)]
    disagreement: Vec<Disagreement>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Disagreement {
    reason: String,
    cases: Vec<String>,
}
