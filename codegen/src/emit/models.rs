//! `src/models.rs` and the files below it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens::ident;
use super::{attrs, enums, imports, structs, unions};
use crate::format;
use crate::rust::{Crate, Item, ModelFile, OtherName};

pub fn index(sdk: &Crate) -> String {
    let docs = attrs::file_docs("The objects that requests and responses are made of.");
    let modules = sdk.models.iter().map(|file| {
        let (gate, module) = (attrs::gate(&file.features), ident(&file.module));
        quote! { #gate mod #module; }
    });
    let exports = sdk.models.iter().map(|file| {
        let module = ident(&file.module);
        let others = file.others.iter().map(|other| &other.item);
        let names: Vec<TokenStream> = file.items.iter().chain(others).flat_map(names).collect();
        let gate = attrs::gate(&file.features);
        match names.len() {
            1 => quote! { #gate pub use #module::#(#names)*; },
            _ => quote! { #gate pub use #module::{#(#names),*}; },
        }
    });
    format::file(quote! {
        #docs
        #(#modules)*
        #(#exports)*
    })
}

pub fn file(file: &ModelFile) -> String {
    let docs = attrs::file_docs(&file.docs);
    let imports = imports::imports(&file.imports);
    let allow = attrs::file_allow(&file.allow);
    let items = file.items.iter().map(item);
    let others = file.others.iter().map(other_name);
    format::file(quote! {
        #docs
        #allow
        #imports
        #(#items)*
        #(#others)*
    })
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => structs::structure(item),
        Item::Enum(item) => enums::enumeration(item),
        Item::Union(item) => unions::union(item),
    }
}

fn other_name(other: &OtherName) -> TokenStream {
    let docs = attrs::docs(other.item.docs());
    let aliases = attrs::aliases(other.item.aliases());
    let deprecated = attrs::deprecated(*other.item.deprecated());
    let name = ident(other.item.name());
    let of = ident(&other.of);
    let former = attrs::former(other.item.name(), other.item.former());
    quote! { #docs #aliases #deprecated pub type #name = #of; #former }
}

/// What the item is called, and was before.
fn names(item: &Item) -> Vec<TokenStream> {
    let former = item.former().iter().map(String::as_str);
    let names = [item.name()].into_iter().chain(former);
    names.map(|name| ident(name).into_token_stream()).collect()
}
