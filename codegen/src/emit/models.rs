//! `src/models.rs` and the files below it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens::{ident, path};
use super::{attrs, enums, structs, unions};
use crate::format;
use crate::rust::{Crate, Item, ModelFile};

pub fn index(sdk: &Crate) -> String {
    let docs = attrs::file_docs("The objects that requests and responses are made of.");
    let modules = sdk.models.iter().map(|file| ident(&file.module));
    let exports = sdk.models.iter().map(|file| {
        let module = ident(&file.module);
        let names: Vec<TokenStream> = file.items.iter().flat_map(names).collect();
        match names.len() {
            1 => quote! { pub use #module::#(#names)*; },
            _ => quote! { pub use #module::{#(#names),*}; },
        }
    });
    format::file(quote! {
        #docs
        #(mod #modules;)*
        #(#exports)*
    })
}

pub fn file(file: &ModelFile) -> String {
    let docs = attrs::file_docs(&file.docs);
    let needs = Needs::of(&file.items);
    let fmt = needs.fmt.then(|| quote! { use std::fmt; });
    let serde = match needs.manual_serde {
        true => quote! { use serde::{Deserialize, Deserializer, Serialize, Serializer}; },
        false => quote! { use serde::{Deserialize, Serialize}; },
    };
    let (std, crates, own) = grouped(&file.imports);
    let runtime = needs.runtime();
    let items = file.items.iter().map(item);
    format::file(quote! {
        #docs
        #(use #std;)*
        #fmt
        #(use #crates;)*
        #serde
        #own
        #runtime
        #(#items)*
    })
}

/// The imports by where they come from: the standard library, other crates, other models.
fn grouped(imports: &[String]) -> (Vec<TokenStream>, Vec<TokenStream>, TokenStream) {
    let of = |wanted: fn(&str) -> bool| -> Vec<TokenStream> {
        imports
            .iter()
            .filter(|i| wanted(i))
            .map(|import| path(import))
            .collect()
    };
    let models: Vec<_> = imports
        .iter()
        .filter_map(|i| i.strip_prefix("super::"))
        .map(ident)
        .collect();
    let models = match models.as_slice() {
        [] => TokenStream::new(),
        [model] => quote! { use super::#model; },
        models => quote! { use super::{#(#models),*}; },
    };
    (
        of(|i| i.starts_with("std::")),
        of(|i| !i.starts_with("std::") && !i.starts_with("super::")),
        models,
    )
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => structs::structure(item),
        Item::Enum(item) => enums::enumeration(item),
        Item::Union(item) => unions::union(item),
    }
}

/// What the item is called, and was before.
fn names(item: &Item) -> Vec<TokenStream> {
    let (name, former) = match item {
        Item::Struct(item) => (&item.name, &item.former),
        Item::Enum(item) => (&item.name, &item.former),
        Item::Union(item) => (&item.name, &item.former),
    };
    let names = [name].into_iter().chain(former);
    names.map(|name| ident(name).into_token_stream()).collect()
}

/// What the items of a file use.
#[derive(Default)]
struct Needs {
    fmt: bool,
    manual_serde: bool,
    extra: bool,
    redaction: bool,
    variants: bool,
}

impl Needs {
    fn of(items: &[Item]) -> Self {
        let mut needs = Self::default();
        for item in items {
            match item {
                Item::Struct(item) => {
                    needs.extra = true;
                    needs.fmt |= item.redacted;
                    needs.redaction |= item.redacted;
                }
                Item::Enum(_) => {
                    needs.fmt = true;
                    needs.manual_serde = true;
                }
                Item::Union(_) => {
                    needs.variants = true;
                    needs.manual_serde = true;
                }
            }
        }
        needs
    }

    fn runtime(&self) -> TokenStream {
        let names = [
            (self.extra, quote! { Extra }),
            (self.variants, quote! { RawVariant }),
            (self.variants, quote! { UnknownVariant }),
            (self.redaction, quote! { redact }),
        ];
        let names: Vec<TokenStream> = names
            .into_iter()
            .filter_map(|(needed, name)| needed.then_some(name))
            .collect();
        match names.as_slice() {
            [] => TokenStream::new(),
            [name] => quote! { use crate::runtime::#name; },
            names => quote! { use crate::runtime::{#(#names),*}; },
        }
    }
}
