//! What the API sends to its users.

use super::super::webhooks::example;
use super::super::wrap::wrapped;
use super::operations::MOST_OPERATIONS;
use crate::rust::{Crate, Webhooks, docs};

/// What is sent to users: a list of a few, or how many there are.
pub(super) fn section(sdk: &Crate, webhooks: &Webhooks) -> String {
    let name = &sdk.package.name;
    let add = if webhooks.alone {
        String::new()
    } else {
        format!(", behind the feature of that name: `cargo add {name} --features webhooks`")
    };
    let mut sections = vec![
        "## Webhooks".to_owned(),
        wrapped(&format!(
            "What the API sends to its users has a type in the module `webhooks`{add}."
        )),
    ];
    let payloads = &webhooks.payloads;
    if payloads.len() > MOST_OPERATIONS {
        sections.push(format!("There are {} of them.", payloads.len()));
    } else if !payloads.is_empty() {
        let items = payloads.iter().map(|payload| {
            let wire = docs::code(&payload.wire);
            format!("- {wire}: `webhooks::{}`", payload.name)
        });
        sections.push(items.collect::<Vec<_>>().join("\n"));
    }
    if let Some(example) = example(sdk, webhooks) {
        let text = "A `Verifier` distinguishes them from those of others by the secret that they are signed with, and rejects those of \
                    more than five minutes ago, where they say when they were signed. Its errors show neither the secret nor \
                    the body.";
        sections.extend(webhooks.signature.map(|_| wrapped(text)));
        sections.push(format!("```rust,ignore\n{example}```"));
    }
    sections.join("\n\n")
}
