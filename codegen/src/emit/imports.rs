//! `use`, one line for each module.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{ident, path};

/// The imports by where they come from: the standard library, other crates, this one.
pub fn imports(imports: &[String]) -> TokenStream {
    let mut modules: Vec<(&str, Vec<&str>)> = Vec::new();
    for import in imports {
        let (module, name) = import.rsplit_once("::").unwrap_or_default();
        match modules.iter_mut().find(|(known, _)| *known == module) {
            Some((_, names)) => names.push(name),
            None => modules.push((module, vec![name])),
        }
    }
    modules.sort_by_key(|(module, _)| origin(module));
    let lines = modules.iter().map(|(module, names)| {
        let module = path(module);
        let names = names.iter().map(|name| ident(name));
        if names.len() == 1 {
            quote! { use #module::#(#names)*; }
        } else {
            quote! { use #module::{#(#names),*}; }
        }
    });
    quote! { #(#lines)* }
}

fn origin(module: &str) -> u8 {
    match module.split("::").next() {
        Some("std") => 0,
        Some("super") => 2,
        Some("crate") => 3,
        _ => 1,
    }
}
