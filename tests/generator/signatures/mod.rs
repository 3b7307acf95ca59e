//! The public items of a generated crate are what the plan says that they are: what the review compares as data is
//! what a compiler reads.

mod planned;
mod reserved;
mod written;

use std::collections::BTreeSet;

use codegen::diagnostic::Diagnostics;
use codegen::{Generated, Generator};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use tests::workspace;

use crate::crates::CRATES;

#[test]
fn this_workspaces_crate_is_as_planned() {
    let schema = workspace::root().join("schema");
    let mut generator = Generator::new(schema.join("billing.yaml"));
    generator.policy = Some(schema.join("billing.toml"));
    let generated = generator.generate(&mut Diagnostics::default());
    compare("billing", &generated.expect("the schema is accepted"));
}

#[test]
fn the_crates_of_all_cases_are_as_planned() {
    for (case, generated) in CRATES.iter() {
        compare(&case.name, generated);
    }
}

/// Every item, with the file that it is in.
fn compare(name: &str, generated: &Generated) {
    let planned = planned::items(&generated.sdk);
    let written = written::items(&generated.files);
    let only = |ones: &BTreeSet<String>, others: &BTreeSet<String>| -> String {
        let items: Vec<&str> = ones.difference(others).map(String::as_str).collect();
        items.join("\n    ")
    };
    assert!(
        planned == written,
        "{name}\n  planned:\n    {}\n  written:\n    {}",
        only(&planned, &written),
        only(&written, &planned)
    );
}

/// Rust with one blank between all tokens, wherever it comes from.
fn normal(code: &str) -> String {
    let tokens: TokenStream = code
        .parse()
        .unwrap_or_else(|error| panic!("{code}: {error}"));
    spaced(tokens)
}

fn spaced(tokens: TokenStream) -> String {
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::None => ("", ""),
            };
            format!("{open} {} {close}", spaced(group.stream()))
        }
        token => token.to_string(),
    });
    let mut tokens: Vec<String> = tokens.collect();
    tokens.push(String::new());
    // The comma that ends a list over several lines.
    let ends = |next: &str| next.is_empty() || next == ">";
    let kept = tokens
        .windows(2)
        .filter(|pair| pair[0] != "," || !ends(&pair[1]));
    kept.map(|pair| pair[0].as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
