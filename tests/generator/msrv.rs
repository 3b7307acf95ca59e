//! The Rust version that the SDK states is true as far as its dependencies state theirs, and no file
//! uses the one later piece of syntax that edition 2024 is tempted by. Whether it is, `.ci/run` finds
//! out with that compiler.

use std::collections::BTreeSet;
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;
use tests::workspace;

/// Only what an application builds with the SDK counts, not what tests and tools need.
#[test]
fn no_dependency_of_the_sdk_needs_a_later_rust_than_it_states() {
    let metadata = workspace::metadata();
    let packages = metadata["packages"]
        .as_array()
        .expect("packages are a list");
    let by_id = |id: &str| packages.iter().find(|package| package["id"] == id);
    let sdk = packages
        .iter()
        .find(|package| package["name"] == "cloudflare-billing");
    let sdk = sdk.expect("the SDK is a member");
    let stated = version(&sdk["rust_version"]).expect("the SDK states its Rust version");
    let mut later = BTreeSet::new();
    for id in tree(&metadata, sdk["id"].as_str().expect("an id is a string")) {
        let package = by_id(&id).expect("every id is of a package");
        if version(&package["rust_version"]).is_some_and(|needed| needed > stated) {
            later.insert(format!(
                "{} {}: {}",
                package["name"], package["version"], package["rust_version"]
            ));
        }
    }
    assert!(
        later.is_empty(),
        "these need a later Rust than the {stated:?} of Cargo.toml: {later:#?}"
    );
}

/// Rust has them since 1.88, and the compiler that the workspace is built with takes them.
#[test]
fn no_file_of_the_sdk_has_a_chain_of_lets() {
    let chained: TokenStream = "fn f() { g!(if let Some(a) = b && a { c() }) }"
        .parse()
        .expect("it is Rust");
    assert!(has_chain_of_lets(chained), "the test finds what it is for");
    let mut found = Vec::new();
    for folder in ["codegen/runtime/src", "generated/src"] {
        let files = workspace::files(&workspace::root().join(folder));
        let is_rust = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "rs");
        found.extend(files.into_iter().filter(is_rust).filter(|file| {
            let text = workspace::read(file);
            has_chain_of_lets(text.parse().expect("the file is Rust"))
        }));
    }
    assert!(found.is_empty(), "`if let .. && ..` in {found:#?}");
}

/// `if` or `while`, then `let` and `&&` before the block; also in the rules of a macro.
fn has_chain_of_lets(tokens: TokenStream) -> bool {
    let (mut is_head, mut has_let, mut ampersands) = (false, false, 0);
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "if" || word == "while" => {
                (is_head, has_let, ampersands) = (true, false, 0);
            }
            TokenTree::Ident(word) if word == "let" => has_let = true,
            TokenTree::Punct(sign) if sign.as_char() == '&' => ampersands += 1,
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Brace {
                    is_head = false;
                }
                if has_chain_of_lets(group.stream()) {
                    return true;
                }
            }
            _ => ampersands = 0,
        }
        if is_head && has_let && ampersands == 2 {
            return true;
        }
    }
    false
}

/// The package and all that it is built with on any system.
fn tree(metadata: &Value, root: &str) -> BTreeSet<String> {
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes are a list");
    let mut found = BTreeSet::new();
    let mut pending = vec![root.to_owned()];
    while let Some(id) = pending.pop() {
        let node = nodes.iter().find(|node| node["id"] == id.as_str());
        if found.insert(id) {
            let dependencies = node
                .and_then(|node| node["deps"].as_array())
                .into_iter()
                .flatten();
            let built = dependencies.filter(|dependency| is_built(dependency));
            pending.extend(built.filter_map(|d| d["pkg"].as_str().map(str::to_owned)));
        }
    }
    found
}

fn is_built(dependency: &Value) -> bool {
    let kinds = dependency["dep_kinds"].as_array();
    kinds
        .into_iter()
        .flatten()
        .any(|kind| kind["kind"] != "dev")
}

/// `1.85` and `1.85.0` are the same.
fn version(stated: &Value) -> Option<Vec<u64>> {
    let parts = stated.as_str()?.split('.').map(|part| part.parse().ok());
    let mut parts: Vec<u64> = parts.collect::<Option<_>>()?;
    parts.resize(3, 0);
    Some(parts)
}
