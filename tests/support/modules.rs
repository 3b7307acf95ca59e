//! Several generated crates as the modules of one: they share a runtime, which the compiler then sees once.
//!
//! A crate's files stand in the module as they were generated, but for three things: a path from the root begins with
//! the module's name, the runtime is that of the whole, and the methods that a crate adds to the runtime's types are
//! those of a trait, since two crates give them the same names.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::files::{self, Files};
use quote::{format_ident, quote};
use syn::{ImplItem, ImplItemFn, Item, ItemImpl};

use crate::shared;

/// The library `name` below the folder, with a module for each of the crates.
pub fn write(folder: &Path, name: &str, crates: &[(String, Files)], examples: Files) {
    let mut package = package(name, crates);
    package.insert("src/lib.rs".to_owned(), root_of(crates, ""));
    package.extend(examples);
    written(folder, name, &package);
}

/// The program `name` below the folder, likewise, of which the compiler makes code for no more than what `main` reaches.
pub fn write_program(
    folder: &Path,
    name: &str,
    crates: &[(String, Files)],
    own: Files,
    main: &str,
) {
    let mut package = package(name, crates);
    let manifest = package.get_mut("Cargo.toml").expect("there is one");
    *manifest = shared::added_to(manifest);
    let root = root_of(crates, "#![allow(unused)]\n");
    package.insert("src/main.rs".to_owned(), root + main);
    package.extend(own);
    written(folder, name, &package);
}

fn written(folder: &Path, name: &str, package: &Files) {
    files::write(&folder.join(name), package).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// All but the root.
fn package(name: &str, crates: &[(String, Files)]) -> Files {
    let (_, first) = crates.first().expect("there is a crate");
    let mut package: Files = first.clone();
    package.retain(|path, _| is_of_runtime(path));
    let methods = methods_of(package.values());
    for (module, files) in crates {
        let files = with_features(files, |_| true);
        let own = files.iter().filter(|(path, _)| !is_of_runtime(path));
        for (path, text) in own {
            let text = without_limit(text).replace("crate::", &format!("crate::{module}::"));
            let text = match path.as_str() {
                "src/lib.rs" => with_public_client(&with_links(&text)),
                "src/client.rs" => with_traits(&text, &methods),
                _ => text,
            };
            package.insert(format!("src/{module}/{path}"), text);
        }
        package.insert(format!("src/{module}/src/runtime.rs"), RUNTIME.to_owned());
    }
    package.insert("src/fakes.rs".to_owned(), FAKES.to_owned());
    package.insert(
        "Cargo.toml".to_owned(),
        manifest(crates.iter().map(|(_, files)| &files["Cargo.toml"]), name),
    );
    package
}

/// What only the root of a crate can say.
fn without_limit(text: &str) -> String {
    let says = |line: &&str| !line.starts_with("#![") || !line.contains("recursion_limit");
    text.lines()
        .filter(says)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The files of a crate with some of its features and none of the others, as `true` and `false` in its gates, and the examples
/// that these features have. Those that are the runtime's are left to the package.
pub fn with_features(files: &Files, on: impl Fn(&str) -> bool) -> Files {
    let manifest: toml::Table = files["Cargo.toml"].parse().expect("the manifest is TOML");
    let all = manifest["features"]
        .as_table()
        .expect("features are a table");
    let own = all.keys().filter(|name| !RUNTIMES.contains(&name.as_str()));
    let own: Vec<(String, &str)> = own
        .map(|name| {
            (
                format!("feature = \"{name}\""),
                if on(name) { "true" } else { "false" },
            )
        })
        .collect();
    let gated = |text: &String| {
        let mut text = text.clone();
        for (gate, value) in &own {
            text = text.replace(gate, value);
        }
        text
    };
    let without = examples_without(&manifest, on);
    let kept = files.iter().filter(|(path, _)| !without.contains(*path));
    let is_gated = |path: &str| path.starts_with("src/") && !is_of_runtime(path);
    let evaluated = kept.map(|(path, text)| {
        let text = if is_gated(path) {
            gated(text)
        } else {
            text.clone()
        };
        (path.clone(), text)
    });
    evaluated.collect()
}

/// Features of the runtime, which all crates have.
const RUNTIMES: [&str; 7] = [
    "default",
    "rustls",
    "rustls-no-provider",
    "native-tls",
    "blocking",
    "testing",
    "tracing",
];

/// The paths of the examples that need a feature which is not on.
fn examples_without(manifest: &toml::Table, on: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let examples = manifest.get("example").and_then(|list| list.as_array());
    let needs = |example: &&toml::Value| {
        let needed = example
            .get("required-features")
            .and_then(|list| list.as_array());
        let mut needed = needed
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str());
        needed.any(|name| !on(name))
    };
    let without = examples.into_iter().flatten().filter(needs);
    let names = without.filter_map(|example| example["name"].as_str());
    names.map(|name| format!("examples/{name}.rs")).collect()
}

fn is_of_runtime(path: &str) -> bool {
    path.starts_with("src/runtime/")
}

/// A file that uses one of the crates, which it calls `alias`.
pub fn user(text: &str, package: &str, module: &str, alias: &str) -> String {
    let text = without_limit(text);
    format!(
        "{text}\nuse {package}::{module} as {alias};\n#[allow(unused_imports)]\nuse {package}::{module}::client::*;\n"
    )
}

/// The root of a target that has nothing but modules; each is named with its path.
pub fn root<'m>(modules: impl Iterator<Item = (&'m str, String)>) -> String {
    let modules = modules.map(|(name, path)| format!("#[path = \"{path}\"]\nmod {name};\n"));
    let head = format!(
        "//! Files that use the crates.\n\n{LIMIT}#![allow(dead_code)]\n\nfn main() {{}}\n\n"
    );
    head + &modules.collect::<String>()
}

/// Enough for each of the crates.
const LIMIT: &str = "#![recursion_limit = \"4096\"]\n";

const RUNTIME: &str = "//! The runtime of the whole.\n\npub use crate::runtime::*;\n";

/// The fake of a crate has the methods of a trait, since the type is that of the whole.
const FAKES: &str = include_str!("fakes.rs");

/// The runtime's docs link to what each crate adds to it; they are checked where crates are compiled one by one.
fn root_of(crates: &[(String, Files)], lints: &str) -> String {
    let module = |name: &String| format!("#[path = \"{name}/src/lib.rs\"]\npub mod {name};\n");
    let modules = crates.iter().map(|(name, _)| module(name));
    let head = format!(
        "//! Generated crates.\n\n{LIMIT}{lints}// A case may be called as a module of its crate.\n#![allow(clippy::module_inception)]\n\n#[allow(rustdoc::broken_intra_doc_links)]\n#[macro_use]\npub mod runtime;\n#[macro_use]\nmod fakes;\n\n"
    );
    head + &modules.collect::<String>()
}

/// The dependencies are those of all crates. What their examples need is among them, so that all commands of
/// Cargo compile the dependencies with the same features.
fn manifest<'m>(generated: impl Iterator<Item = &'m String>, name: &str) -> String {
    let mut manifest = toml::Table::new();
    let mut dependencies = toml::Table::new();
    for text in generated {
        manifest = text.parse().expect("the manifest is TOML");
        manifest.remove("example");
        manifest.remove("lib");
        let own = manifest["dependencies"].as_table();
        let own = own.expect("dependencies are a table").clone();
        dependencies.extend(without_options(own, &manifest["features"]));
    }
    manifest.insert("dependencies".to_owned(), dependencies.into());
    if let Some(features) = manifest["features"].as_table_mut() {
        features.remove("webhooks");
        features.insert("default".to_owned(), vec!["rustls"].into());
    }
    let mut package = toml::Table::new();
    package.insert("name".to_owned(), name.into());
    package.insert("edition".to_owned(), manifest["package"]["edition"].clone());
    manifest.insert("package".to_owned(), package.into());
    let features = manifest["dev-dependencies"]["tokio"]["features"].clone();
    let features = features.as_array().expect("features are a list");
    let tokio = manifest["dependencies"]["tokio"]["features"].as_array_mut();
    tokio
        .expect("features are a list")
        .extend(features.iter().cloned());
    manifest.to_string()
}

/// What the webhooks of a crate need, since there are no gates; other features are the runtime's, which all crates have.
fn without_options(dependencies: toml::Table, features: &toml::Value) -> toml::Table {
    let needed = features.get("webhooks").and_then(|list| list.as_array());
    let needed = needed
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str());
    let needed: Vec<&str> = needed
        .filter_map(|name| name.strip_prefix("dep:"))
        .collect();
    let always = dependencies.into_iter().map(|(name, mut dependency)| {
        let settings = dependency.as_table_mut();
        if let Some(settings) = settings.filter(|_| needed.contains(&name.as_str())) {
            settings.remove("optional");
        }
        (name, dependency)
    });
    always.collect()
}

/// The docs of the runtime's types are those of the whole, and not once more in each module.
fn with_links(library: &str) -> String {
    library.replace(
        "\npub use runtime::",
        "\n#[doc(no_inline)]\npub use runtime::",
    )
}

fn with_public_client(library: &str) -> String {
    assert_eq!(library.matches("\nmod client;\n").count(), 1, "{library}");
    library.replace("\nmod client;\n", "\npub mod client;\n")
}

/// The inherent methods of the runtime, as `Client::get`.
fn methods_of<'f>(files: impl Iterator<Item = &'f String>) -> BTreeSet<String> {
    let blocks =
        files.flat_map(|text| inherent(syn::parse_file(text).expect("it is Rust").items).0);
    blocks
        .flat_map(|(name, block)| {
            methods(&block)
                .map(|method| format!("{name}::{}", method.sig.ident))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The file with a trait in place of each inherent implementation, whose methods must not be the runtime's.
fn with_traits(text: &str, known: &BTreeSet<String>) -> String {
    let file = syn::parse_file(text).expect("it is Rust");
    let attributes = &file.attrs;
    let (blocks, others) = inherent(file.items);
    let traits = blocks.iter().map(|(name, block)| {
        for method in methods(block) {
            let path = format!("{name}::{}", method.sig.ident);
            assert!(!known.contains(&path), "`{path}` is the runtime's");
        }
        declared(name, block)
    });
    let tokens = quote! { #(#attributes)* #(#others)* #(#traits)* };
    prettyplease::unparse(&syn::parse2(tokens).expect("it is Rust"))
}

fn declared(name: &str, block: &ItemImpl) -> proc_macro2::TokenStream {
    let (of, named) = (&block.self_ty, format_ident!("{name}Methods"));
    let signatures = methods(block).map(|method| {
        let (attributes, signature) = (&method.attrs, &method.sig);
        quote! { #(#attributes)* #signature; }
    });
    let bodies = methods(block).map(|method| {
        let (signature, body) = (&method.sig, &method.block);
        let gates = method.attrs.iter().filter(|one| one.path().is_ident("cfg"));
        quote! { #(#gates)* #signature #body }
    });
    // Clippy lets the public methods of a type be called as they are, and not those of a trait.
    quote! {
        /// What this crate adds.
        #[allow(clippy::wrong_self_convention)]
        pub trait #named: Sized { #(#signatures)* }
        impl #named for #of { #(#bodies)* }
    }
}

/// Inherent implementations with the names of their types, and everything else.
fn inherent(items: Vec<Item>) -> (Vec<(String, ItemImpl)>, Vec<Item>) {
    let (mut blocks, mut others) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Impl(block) if block.trait_.is_none() => {
                let of = &block.self_ty;
                let name = quote! { #of }.to_string();
                blocks.push((name, block));
            }
            other => others.push(other),
        }
    }
    (blocks, others)
}

fn methods(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}
