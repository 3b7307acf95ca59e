//! `src/models.rs` and the files below it.

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::ident;
use super::{attrs, enums, imports, structs, unions};
use crate::format;
use crate::rust::{Crate, Item, ModelFile, OtherName};

pub fn index(sdk: &Crate) -> String {
    let docs = attrs::file_docs("The objects that requests and responses are made of.");
    let mut by_gate: IndexMap<&[String], Vec<Ident>> = IndexMap::new();
    for file in &sdk.models {
        let modules = by_gate.entry(&file.features).or_default();
        modules.push(ident(&file.module));
    }
    let rows = by_gate.iter().map(|(features, modules)| {
        let gate = attrs::gate(features);
        quote! { #gate #(#modules),*; }
    });
    format::file(quote! {
        #docs
        modules! { #(#rows)* }
    })
}

pub fn file(file: &ModelFile) -> String {
    let imports = imports::imports(&file.imports);
    let allow = attrs::file_allow(&file.allow);
    let items = file.items.iter().map(item);
    let others = file.others.iter().map(other_name);
    format::file(quote! {
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
