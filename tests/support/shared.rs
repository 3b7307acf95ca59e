//! Dependencies of generated crates as the packages of this workspace have them compiled.

use toml::{Table, Value};

/// What the packages of this workspace ask of the dependencies of a generated crate beyond what that asks for: who asks for it too has
/// them as they are compiled here.
pub const ASKED: &str = "\
bitflags = { version = \"2\", features = [\"std\"] }
indexmap = { version = \"2\", features = [\"serde\"] }
num-traits = { version = \"0.2\", default-features = false, features = [\"std\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"test-util\"] }
";

/// A manifest that asks for it as well.
pub fn added_to(manifest: &str) -> String {
    let mut manifest: Table = manifest.parse().expect("it is TOML");
    let dependencies = manifest["dependencies"].as_table_mut();
    add(dependencies.expect("dependencies are a table"));
    manifest.to_string()
}

/// The manifest of a package with the dependencies of a crate that is generated, all that TLS, fakes and calls that block have.
pub fn package(generated: &str) -> String {
    let generated: Table = generated.parse().expect("it is TOML");
    let mut dependencies = generated["dependencies"].as_table().cloned();
    let dependencies = dependencies.as_mut().expect("dependencies are a table");
    dependencies.remove("tracing");
    for (_, dependency) in dependencies.iter_mut() {
        dependency.as_table_mut().map(|one| one.remove("optional"));
    }
    for feature in ["rustls", "testing", "blocking"] {
        let enables = generated["features"][feature].as_array();
        let enables = enables.into_iter().flatten().filter_map(Value::as_str);
        for (name, feature) in enables.filter_map(|one| one.split_once('/')) {
            let features = dependencies
                .get_mut(name)
                .and_then(|one| one.get_mut("features"));
            let features = features.and_then(Value::as_array_mut);
            features.expect("it has features").push(feature.into());
        }
    }
    add(dependencies);
    let head = "[package]\nname = \"shared\"\nedition = \"2024\"\n";
    let rest = Table::from_iter([("dependencies".to_owned(), dependencies.clone().into())]);
    format!("{head}\n{rest}")
}

fn add(dependencies: &mut Table) {
    let shared: Table = ASKED.parse().expect("it is TOML");
    for (name, asked) in shared {
        let known = dependencies.get_mut(&name);
        match known.and_then(|known| known.get_mut("features")?.as_array_mut()) {
            Some(features) => {
                features.extend(asked["features"].as_array().cloned().unwrap_or_default())
            }
            None => drop(dependencies.insert(name, asked)),
        }
    }
}
