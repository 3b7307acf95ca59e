//! Unions: one of several types, or one that a later version adds.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::{ident, ty};
use super::{attrs, functions};
use crate::rust::signature::{File, ParameterType};
use crate::rust::{Ty, Union, UnionVariant, docs};

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
    let table = table(item);
    let debug = item.redacted().then(|| debug(&name));
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
        #debug
        #table
    }
}

fn debug(name: &Ident) -> TokenStream {
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("[redacted]")
            }
        }
    }
}

/// How many texts that choose an alternative its docs say.
const MOST_TAGS: usize = 6;

fn variant(variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let ty = ty(&variant.ty, File::Models);
    let said = match variant.tags.as_slice() {
        [tag] => docs::wire_name(tag, &variant.name),
        tags => {
            let shown = match tags.len() {
                // Two words more say as much as one text.
                count if count > MOST_TAGS + 1 => MOST_TAGS,
                count => count,
            };
            let more = tags.len() - shown;
            let more = (more > 0).then(|| format!("{more} more"));
            let shown = tags.iter().take(shown).map(|tag| docs::code(tag));
            shown.chain(more).collect::<Vec<_>>().join(" or ")
        }
    };
    let docs = attrs::docs(&said);
    quote! { #docs #name(#ty), }
}

/// How it is made, read and written.
fn table(item: &Union) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&item.unknown));
    let rows = item.variants.iter().map(|variant| {
        let (name, written) = (ident(&variant.name), written(item, variant));
        let entries = variant.entries.as_ref().map(entries);
        let conversions = item.conversion(variant).filter(|_| entries.is_none());
        let conversions = conversions.into_iter();
        let conversions = conversions.chain(item.other_conversions(variant));
        let types: Vec<TokenStream> = conversions.flat_map(|made| given(&made.from)).collect();
        let items = item.items(variant);
        let texts = items.contains(&ParameterType::Reference(Ty::String));
        let texts = texts.then(|| quote! { texts });
        let items = items
            .iter()
            .filter(|ty| !matches!(ty, ParameterType::Reference(_)));
        let items: Vec<TokenStream> = items.flat_map(given).collect();
        let from = match (types.is_empty(), items.is_empty()) {
            (_, false) => quote! { of [#(#items),*] #texts },
            (false, true) => quote! { from #(#types),* },
            (true, true) => quote! {},
        };
        quote! { #name #written #entries #from; }
    });
    let discriminator = item.discriminator.as_ref();
    let by_tag = discriminator.and_then(|property| by_tag(item, property));
    let by_trial = by_trial(item);
    quote! {
        open_union! {
            #name {
                #(#rows)*
                ..#unknown
            }
            #by_tag
            #by_trial
        }
    }
}

/// The type, and of a text the other one that borrows it.
fn given(ty: &ParameterType) -> Vec<TokenStream> {
    let shown = functions::parameter_type(ty, File::Models);
    let owned = (*ty == ParameterType::Reference(Ty::String)).then(|| quote! { &String });
    [shown].into_iter().chain(owned).collect()
}

/// The names with values that a map is made of, by the words of the runtime's macro.
fn entries(given: &ParameterType) -> TokenStream {
    let value = given.ty().map(|value| ty(value, File::Models));
    match given {
        ParameterType::PairsInto(_) => quote! { of map [#value] },
        _ => quote! { of entries [#value] },
    }
}

/// How a variant is written, where that is not as its type is.
fn written(item: &Union, variant: &UnionVariant) -> Option<TokenStream> {
    let tagged = item.discriminator.iter().zip(&variant.written_tag).next();
    let tagged = tagged.map(|(property, tag)| quote! { .tagged(#property, #tag) });
    tagged.or_else(|| exactly(variant))
}

fn exactly(variant: &UnionVariant) -> Option<TokenStream> {
    variant.exact.then(|| quote! { .exact() })
}

/// The types that the discriminator chooses.
fn by_tag(item: &Union, property: &str) -> Option<TokenStream> {
    let tagged = item.variants.iter();
    let tagged = tagged.filter(|variant| !variant.tags.is_empty());
    let rows: Vec<TokenStream> = tagged
        .map(|variant| {
            let (name, tags) = (ident(&variant.name), &variant.tags);
            quote! { #(#tags)|* => #name; }
        })
        .collect();
    (!rows.is_empty()).then(|| quote! { by #property { #(#rows)* } })
}

/// Of those without a tag, the first type that the value can be read as.
fn by_trial(item: &Union) -> Option<TokenStream> {
    let trials = item.trials.iter().map(|trial| {
        let variant = &item.variants[trial.variant];
        let (name, exact) = (ident(&variant.name), exactly(variant));
        let listed = &trial.listed;
        let is_listed = exact.is_none() && !listed.is_empty();
        let listed = is_listed.then(|| quote! { .listed(#(#listed),*) });
        let known = trial.known.as_ref().filter(|_| item.ranked);
        let known = known.map(|names| quote! { [#(#names),*] });
        quote! { #name #exact #listed #known }
    });
    let order = ident(if item.ranked { "ranked" } else { "tried" });
    (!item.trials.is_empty()).then(|| quote! { #order #(#trials),*; })
}
