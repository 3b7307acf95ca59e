//! Attributes that many items have: docs, aliases, deprecation.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::wrap::wrapped;

/// `/// text`, one attribute a line.
pub fn docs(text: &str) -> TokenStream {
    let text = wrapped(text);
    let lines = text.lines().map(doc_line);
    quote! { #(#[doc = #lines])* }
}

/// `//! text`
pub fn file_docs(text: &str) -> TokenStream {
    let text = wrapped(text);
    let lines = text.lines().map(doc_line);
    quote! { #(#![doc = #lines])* }
}

pub fn aliases(aliases: &[String]) -> TokenStream {
    quote! { #(#[doc(alias = #aliases)])* }
}

/// The names that a model had before, as types of the same.
pub fn former(name: &str, former: &[String]) -> TokenStream {
    let docs = docs(&format!("What [`{name}`] was called before."));
    let name = ident(name);
    let former = former.iter().map(|name| ident(name));
    quote! { #(#docs pub type #former = #name;)* }
}

pub fn deprecated(deprecated: bool) -> TokenStream {
    match deprecated {
        true => quote! { #[deprecated] },
        false => TokenStream::new(),
    }
}

fn doc_line(line: &str) -> String {
    match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    }
}
