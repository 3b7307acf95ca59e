//! How a part of the crate is compiled alone.

use super::super::wrap::wrapped;
use crate::rust::{Crate, docs};

/// How a part of the crate is compiled alone.
pub(super) fn section(sdk: &Crate) -> Option<String> {
    let first = sdk.features.first()?;
    let name = &sdk.package.name;
    let names = sdk.features.iter().map(|feature| docs::code(&feature.name));
    let names: Vec<String> = names.collect();
    let text = format!(
        "Each resource on the client is behind a feature of its name, with the models that it leads to. All are on by default; a \
         program that needs one compiles faster with it alone: `cargo add {name} --no-default-features --features rustls,{}`.",
        first.name
    );
    Some(format!(
        "## Features\n\n{}\n\n{}",
        wrapped(&text),
        wrapped(&format!("{}.", names.join(", ")))
    ))
}
