//! The crate as it is compiled: its examples are one target, since a crate may have a thousand of them.

use codegen::{Files, Generated};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::tools::{Result, Unable};

/// The target of all examples.
const EXAMPLES: &str = "check/examples.rs";

/// The files of the crate, with one target more.
pub fn files(generated: &Generated) -> Result<Files> {
    let mut files = generated.files.clone();
    let examples = files.keys().filter(|path| path.starts_with("examples/"));
    let examples: Vec<String> = examples.map(|path| format!("../{path}")).collect();
    let manifest = manifest(&files["Cargo.toml"], !examples.is_empty());
    let manifest = manifest.map_err(|error| Unable(format!("Cargo.toml: {error}")))?;
    files.insert("Cargo.toml".to_owned(), manifest);
    if !examples.is_empty() {
        files.insert(EXAMPLES.to_owned(), format(modules(&examples)));
    }
    Ok(files)
}

fn manifest(text: &str, examples: bool) -> std::result::Result<String, toml::de::Error> {
    let mut manifest: toml::Table = text.parse()?;
    if let Some(toml::Value::Table(package)) = manifest.get_mut("package") {
        package.insert("autoexamples".to_owned(), false.into());
    }
    if examples {
        let target = [("name", "check-examples"), ("path", EXAMPLES)];
        let target = target.map(|(key, value)| (key.to_owned(), value.into()));
        let target: toml::Table = target.into_iter().collect();
        manifest.insert("example".to_owned(), vec![target].into());
    }
    Ok(manifest.to_string())
}

/// A program whose modules are the programs in the files.
fn modules(paths: &[String]) -> TokenStream {
    let modules = paths.iter().enumerate().map(|(index, path)| {
        let name = format_ident!("example_{index}");
        quote! { #[path = #path] mod #name; }
    });
    quote! {
        //! All examples of the crate.
        #![allow(dead_code)]
        #(#modules)*
        fn main() {}
    }
}

fn format(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("modules are a file");
    prettyplease::unparse(&file)
}
