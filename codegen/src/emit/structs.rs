//! Objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::attrs;
use super::tokens::{ident, ty};
use crate::rust::{Field, Presence, Struct, Ty};

pub fn structure(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let aliases = attrs::aliases(&item.aliases);
    let former = attrs::former(&item.name, &item.former);
    let deprecated = attrs::deprecated(item.deprecated);
    let derives = derives(item);
    let rename_all = item
        .rename_all
        .map(|rule| quote! { #[serde(rename_all = #rule)] });
    let fields = item.fields.iter().map(field);
    let extra = ident(&item.extra);
    let constructor = item.constructor.then(|| constructor(item));
    let debug = item.redacted.then(|| debug(item));
    quote! {
        #docs
        #aliases
        #deprecated
        #derives
        #[non_exhaustive]
        #rename_all
        pub struct #name {
            #(#fields)*
            /// What a response holds beyond the fields above; it is written back with them.
            #[serde(flatten)]
            pub #extra: Extra,
        }
        #former
        #constructor
        #debug
    }
}

/// Only what a later field can never take away: no `Eq`, no `Hash`, no `Copy`.
fn derives(item: &Struct) -> TokenStream {
    let mut list = vec![quote! { Clone }];
    if !item.redacted {
        list.push(quote! { Debug });
    }
    if item.default {
        list.push(quote! { Default });
    }
    quote! { #[derive(#(#list,)* PartialEq, Serialize, Deserialize)] }
}

fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = attrs::docs(&field.docs);
    let deprecated = attrs::deprecated(field.deprecated);
    let ty = ty(&field.ty);
    let settings = settings(field);
    let serde = (!settings.is_empty()).then(|| quote! { #[serde(#(#settings),*)] });
    quote! {
        #docs
        #deprecated
        #serde
        pub #name: #ty,
    }
}

fn settings(field: &Field) -> Vec<TokenStream> {
    let mut settings = Vec::new();
    if field.renamed {
        let wire = &field.wire;
        settings.push(quote! { rename = #wire });
    }
    let missing = field.presence != Presence::Required;
    let two_levels = field.presence == Presence::OptionalNullable;
    if missing && (field.exact || two_levels) {
        settings.push(quote! { default });
    }
    match (field.exact, two_levels) {
        (true, false) => settings.push(quote! { with = "crate::runtime::exact" }),
        (true, true) => settings.push(quote! { with = "crate::runtime::exact::nullable" }),
        (false, true) => settings.push(quote! { deserialize_with = "crate::runtime::nullable" }),
        (false, false) => {}
    }
    if matches!(
        field.presence,
        Presence::Optional | Presence::OptionalNullable
    ) {
        settings.push(quote! { skip_serializing_if = "Option::is_none" });
    }
    settings
}

/// `new` takes what must be there.
fn constructor(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs("A value with what is required; the rest is set afterwards.");
    let given = || {
        item.fields
            .iter()
            .filter_map(|field| Some((field, field.argument.as_ref()?)))
    };
    let arguments = given().map(|(field, argument)| {
        let name = ident(&field.name);
        match argument {
            Ty::String => quote! { #name: impl Into<String> },
            argument => {
                let ty = ty(argument);
                quote! { #name: #ty }
            }
        }
    });
    let values = item.fields.iter().map(initial);
    let many = (given().count() > 7).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let extra = ident(&item.extra);
    quote! {
        impl #name {
            #docs
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #extra: Extra::default() }
            }
        }
    }
}

/// The value of a field in `new`.
fn initial(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    match (&field.argument, field.presence) {
        (None, _) => quote! { #name: None },
        (Some(Ty::String), Presence::Required) => quote! { #name: #name.into() },
        (Some(_), Presence::Required) => quote! { #name },
        (Some(Ty::String), _) => quote! { #name: Some(#name.into()) },
        (Some(_), _) => quote! { #name: Some(#name) },
    }
}

/// `Debug` without the values that must not be seen.
fn debug(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let label = &item.name;
    let fields = item.fields.iter().map(|field| {
        let name = ident(&field.name);
        let label = field.name.trim_start_matches("r#");
        match (field.sensitive, field.presence) {
            (false, _) => quote! { .field(#label, &self.#name) },
            (true, Presence::Required) => quote! { .field(#label, &redact::Redacted) },
            (true, _) => quote! { .field(#label, &redact::option(&self.#name)) },
        }
    });
    let extra = ident(&item.extra);
    let extra_label = &item.extra;
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#label)
                    #(#fields)*
                    .field(#extra_label, &self.#extra)
                    .finish()
            }
        }
    }
}
