//! Enumerations: open, so that a value of a later version is kept.

use proc_macro2::TokenStream;
use quote::quote;

use super::attrs;
use super::tokens::ident;
use crate::rust::{Enum, docs};

pub fn enumeration(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let aliases = attrs::aliases(&item.aliases);
    let former = attrs::former(&item.name, &item.former);
    let deprecated = attrs::deprecated(item.deprecated);
    let derives = attrs::derives(&item.derives);
    let variants = item.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        let docs = attrs::docs(&docs::wire_name(wire, &variant.name));
        quote! { #docs #name = #wire, }
    });
    let unknown = ident(&item.unknown);
    quote! {
        open_enum! {
            #docs
            #aliases
            #deprecated
            #derives
            pub enum #name {
                #(#variants)*
                /// A value that this version of the crate does not know.
                #unknown(String),
            }
        }
        #former
    }
}
