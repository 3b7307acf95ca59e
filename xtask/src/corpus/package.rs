//! The crate as it is compiled: its examples are one target, since a crate may have a thousand of them.

use std::path::Path;

use codegen::rust::ALL_FEATURE;
use codegen::{Files, Generated};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::round_trip::samples::Samples;
use super::round_trip::{self, program};
use crate::tools::{Result, Unable};

/// The target of all examples.
const EXAMPLES: &str = "check/examples.rs";

/// The files of the crate, with a target of all examples and one that reads the document's.
pub fn files(generated: &Generated, samples: &Samples, folder: &Path) -> Result<Files> {
    let mut files = generated.files.clone();
    let programs = files.keys().filter(|path| is_example(path));
    let programs: Vec<String> = programs.map(|path| format!("../{path}")).collect();
    let mut targets = Vec::new();
    if !programs.is_empty() {
        for (_, text) in files.iter_mut().filter(|(path, _)| is_example(path)) {
            *text = without_limit(text);
        }
        let root = modules(&programs, generated.sdk.recursion_limit);
        files.insert(EXAMPLES.to_owned(), format(root));
        targets.push(("example", "check-examples".to_owned(), EXAMPLES));
    }
    if !samples.samples.is_empty() {
        files.extend(program::files(samples, &generated.files["src/lib.rs"])?);
        targets.push(("bin", round_trip::binary(folder), program::ROOT));
    }
    let manifest = manifest(&files["Cargo.toml"], targets);
    let manifest = manifest.map_err(|error| Unable(format!("Cargo.toml: {error}")))?;
    files.insert("Cargo.toml".to_owned(), manifest);
    Ok(files)
}

fn is_example(path: &str) -> bool {
    path.starts_with("examples/")
}

/// What only the root of a crate can say, and a module may not.
fn without_limit(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .filter(|line| !line.starts_with("#![recursion_limit"))
        .collect()
}

/// The manifest with these targets (kind, name, path) and no others beside the library.
fn manifest(
    text: &str,
    targets: Vec<(&str, String, &str)>,
) -> std::result::Result<String, toml::de::Error> {
    let mut manifest: toml::Table = text.parse()?;
    if let Some(toml::Value::Table(package)) = manifest.get_mut("package") {
        package.insert("autoexamples".to_owned(), false.into());
    }
    // All resources, and no TLS, which takes longer to compile than all of that.
    if let Some(toml::Value::Table(features)) = manifest.get_mut("features") {
        let all = features.contains_key(ALL_FEATURE).then_some(ALL_FEATURE);
        let all: Vec<&str> = all.into_iter().collect();
        features.insert("default".to_owned(), all.into());
    }
    for (kind, name, path) in targets {
        let target = [("name", name), ("path", path.to_owned())];
        let target = target.map(|(key, value)| (key.to_owned(), value.into()));
        let target: toml::Table = target.into_iter().collect();
        manifest.insert(kind.to_owned(), vec![target].into());
    }
    Ok(manifest.to_string())
}

/// A program whose modules are the programs in the files.
fn modules(paths: &[String], limit: Option<usize>) -> TokenStream {
    let limit = limit.map(|limit| {
        let limit = limit.to_string();
        quote! { #![recursion_limit = #limit] }
    });
    let modules = paths.iter().enumerate().map(|(index, path)| {
        let name = format_ident!("example_{index}");
        quote! { #[path = #path] mod #name; }
    });
    quote! {
        //! All examples of the crate.
        #limit
        #![allow(dead_code)]
        #(#modules)*
        fn main() {}
    }
}

fn format(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("modules are a file");
    prettyplease::unparse(&file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_root_has_a_limit() {
        let example = "//! An example.\n#![recursion_limit = \"512\"]\nfn main() {}\n";
        assert_eq!(without_limit(example), "//! An example.\nfn main() {}\n");
        let programs = ["../examples/a.rs".to_owned()];
        let root = |limit| format(modules(&programs, limit));
        assert!(root(Some(512)).contains("#![recursion_limit = \"512\"]"));
        assert!(!root(None).contains("recursion_limit"));
    }
}
