//! The Rust version that the SDK states is true as far as its dependencies state theirs. Whether it
//! is, `.ci/run` finds out with that compiler.

use std::collections::BTreeSet;

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
