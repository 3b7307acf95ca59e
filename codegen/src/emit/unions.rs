//! Unions: one of several types, or one that a later version adds.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{ident, ty};
use super::{attrs, functions};
use crate::rust::signature::{Conversion, File, ParameterType};
use crate::rust::{Trial, Union, UnionVariant, docs};

pub fn union(item: &Union) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let aliases = attrs::aliases(&item.aliases);
    let former = attrs::former(&item.name, &item.former);
    let deprecated = attrs::deprecated(item.deprecated);
    let derives = attrs::derives(&item.derives);
    let allow = attrs::allow(&item.allow);
    let variants = item.variants.iter().map(variant);
    let unknown = ident(&item.unknown);
    let conversions = item.variants.iter();
    let conversions = conversions.flat_map(|variant| {
        let all = [
            item.conversion(variant),
            item.conversion_of_literals(variant),
        ];
        all.into_iter()
            .flatten()
            .map(|from| conversion(variant, &from))
            .collect::<Vec<_>>()
    });
    let serialize = serialize(item);
    let deserialize = deserialize(item);
    quote! {
        #docs
        #aliases
        #deprecated
        #derives
        #[non_exhaustive]
        #allow
        pub enum #name {
            #(#variants)*
            /// A type that this version of the crate does not know.
            #unknown(UnknownVariant),
        }
        #former
        #(#conversions)*
        #serialize
        #deserialize
    }
}

fn variant(variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let ty = ty(&variant.ty, File::Models);
    let said = match variant.tags.as_slice() {
        [tag] => docs::wire_name(tag, &variant.name),
        tags => {
            let tags: Vec<String> = tags.iter().map(|tag| docs::code(tag)).collect();
            tags.join(" or ")
        }
    };
    let docs = attrs::docs(&said);
    quote! { #docs #name(#ty), }
}

fn conversion(variant: &UnionVariant, conversion: &Conversion) -> TokenStream {
    let name = ident(&conversion.into);
    let arm = ident(&variant.name);
    let ty = functions::parameter_type(&conversion.from, File::Models);
    let is_own = conversion.from == ParameterType::Value(variant.ty.clone());
    let value = match is_own {
        true => quote! { value },
        false => quote! { value.into() },
    };
    quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#arm(#value)
            }
        }
    }
}

fn serialize(item: &Union) -> TokenStream {
    let name = ident(&item.name);
    let arms = item
        .variants
        .iter()
        .map(|variant| (&variant.name, variant.exact))
        .chain([(&item.unknown, false)])
        .map(|(name, exact)| {
            let name = ident(name);
            let written = if exact {
                quote! { crate::runtime::exact::serialize(value, serializer) }
            } else {
                quote! { value.serialize(serializer) }
            };
            quote! { Self::#name(value) => #written, }
        });
    quote! {
        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                }
            }
        }
    }
}

fn deserialize(item: &Union) -> TokenStream {
    let name = ident(&item.name);
    let unknown = ident(&item.unknown);
    let by_tag = item
        .discriminator
        .as_ref()
        .map(|property| by_tag(item, property));
    let by_trial = by_trial(item);
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = RawVariant::deserialize(deserializer)?;
                #by_tag
                #by_trial
                Ok(Self::#unknown(raw.into_unknown()))
            }
        }
    }
}

/// The types that the discriminator chooses.
fn by_tag(item: &Union, property: &str) -> TokenStream {
    let tagged = item
        .variants
        .iter()
        .filter(|variant| !variant.tags.is_empty());
    let arms: Vec<(TokenStream, TokenStream)> = tagged
        .map(|variant| {
            let name = ident(&variant.name);
            let tags = &variant.tags;
            (
                quote! { Some(#(#tags)|*) },
                quote! { return raw.read(#property).map(Self::#name) },
            )
        })
        .collect();
    match arms.as_slice() {
        [] => TokenStream::new(),
        [(pattern, read)] => quote! {
            if let #pattern = raw.tag(#property).as_deref() {
                #read;
            }
        },
        arms => {
            let arms = arms
                .iter()
                .map(|(pattern, read)| quote! { #pattern => #read, });
            quote! {
                match raw.tag(#property).as_deref() {
                    #(#arms)*
                    _ => {}
                }
            }
        }
    }
}

/// Of those without a tag, the first type that the value can be read as.
fn by_trial(item: &Union) -> TokenStream {
    if item.ranked {
        return by_rank(item);
    }
    let trials = item.trials.iter().map(|trial| {
        let variant = &item.variants[trial.variant];
        let name = ident(&variant.name);
        let read = try_read(variant, trial);
        quote! {
            if let Some(value) = raw.#read {
                return Ok(Self::#name(value));
            }
        }
    });
    quote! { #(#trials)* }
}

/// The same, where those come first that know most of the value's members.
fn by_rank(item: &Union) -> TokenStream {
    let last = item.trials.len().saturating_sub(1);
    let known = item.trials.iter().map(|trial| {
        let names = &trial.known;
        quote! { &[#(#names),*] }
    });
    let arms = item.trials.iter().enumerate().map(|(number, trial)| {
        let variant = &item.variants[trial.variant];
        let name = ident(&variant.name);
        let read = try_read(variant, trial);
        let pattern = if number == last {
            quote! { _ }
        } else {
            let number = Literal::usize_unsuffixed(number);
            quote! { #number }
        };
        quote! { #pattern => raw.#read.map(Self::#name), }
    });
    quote! {
        for number in raw.ranked(&[#(#known),*]) {
            let found = match number {
                #(#arms)*
            };
            if let Some(found) = found {
                return Ok(found);
            }
        }
    }
}

fn try_read(variant: &UnionVariant, trial: &Trial) -> TokenStream {
    if variant.exact {
        quote! { try_read_exact() }
    } else if trial.listed.is_empty() {
        quote! { try_read() }
    } else {
        let listed = &trial.listed;
        quote! { try_read_listed(&[#(#listed),*]) }
    }
}
