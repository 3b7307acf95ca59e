//! Enumerations: open, so that a value of a later version is kept.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions};
use crate::rust::{Enum, docs};

pub fn enumeration(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let aliases = attrs::aliases(&item.aliases);
    let former = attrs::former(&item.name, &item.former);
    let deprecated = attrs::deprecated(item.deprecated);
    let derives = attrs::derives(&item.derives);
    let variants = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = attrs::docs(&docs::wire_name(&variant.wire, &variant.name));
        quote! { #docs #name, }
    });
    let unknown = ident(&item.unknown);
    let text = text(item);
    let conversions = conversions(item);
    let serde = serde(item);
    quote! {
        #docs
        #aliases
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this version of the crate does not know.
            #unknown(String),
        }
        #former
        #text
        #conversions
        #serde
    }
}

fn text(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let unknown = ident(&item.unknown);
    let arms = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let wire = &variant.wire;
        quote! { Self::#name => #wire, }
    });
    let as_str = functions::signature(&item.as_str());
    quote! {
        impl #name {
            /// The value as it is sent.
            #as_str {
                match self {
                    #(#arms)*
                    Self::#unknown(value) => value,
                }
            }
        }

        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

fn conversions(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    let unknown = ident(&item.unknown);
    let arms = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let wire = &variant.wire;
        quote! { #wire => Self::#name, }
    });
    quote! {
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#arms)*
                    other => Self::#unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
    }
}

fn serde(item: &Enum) -> TokenStream {
    let name = ident(&item.name);
    quote! {
        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                open_text(deserializer).map(Self::from)
            }
        }
    }
}
