//! Objects.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens::{ident, ty};
use super::{attrs, functions};
use crate::rust::serde::Member;
use crate::rust::signature::{Derive, File, ParameterType, Signature};
use crate::rust::{Field, Implied, Presence, Struct, Ty};

pub fn structure(item: &Struct) -> TokenStream {
    if item.plain {
        return literal(item);
    }
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let aliases = attrs::aliases(&item.aliases);
    let former = attrs::former(&item.name, &item.former);
    let deprecated = attrs::deprecated(item.deprecated);
    let mut derives = item.derives.clone();
    derives.retain(|derive| *derive != Derive::Default || !item.has_table_of_default());
    let derives = attrs::derives(&derives);
    let fields = item.fields.iter().map(field);
    let rest = rest(item);
    let constants = (!item.constants.is_empty()).then(|| constants(item));
    let constructor = match item.new_function() {
        Some(new) => Some(constructor(item, &new)),
        None => item
            .has_table_of_default()
            .then(|| table_of_new(item, None)),
    };
    let debug = item.redacted.then(|| debug(item));
    let members = members(item);
    let setters = (!item.setters.is_empty()).then(|| setters(item));
    quote! {
        #docs
        #aliases
        #deprecated
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #rest
        }
        #former
        #constants
        #constructor
        #setters
        #debug
        #members
    }
}

/// Names of integers that fields may be.
fn constants(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let allow = item.deprecated.then(|| quote! { #[allow(deprecated)] });
    let rows = item.constants.iter().map(|constant| {
        let docs = attrs::docs(&constant.docs);
        let name = ident(&constant.name);
        let ty = ty(&constant.ty, File::Models);
        let value: Option<TokenStream> = constant.value.parse().ok();
        quote! { #docs pub const #name: #ty = #value; }
    });
    quote! {
        #allow
        impl #name {
            #(#rows)*
        }
    }
}

/// A struct that callers write out.
fn literal(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let docs = attrs::docs(&item.docs);
    let deprecated = attrs::deprecated(item.deprecated);
    let derives = attrs::derives(&item.derives);
    let fields = item.fields.iter().map(field);
    let debug = item.redacted.then(|| debug(item));
    quote! {
        #docs
        #deprecated
        #derives
        pub struct #name {
            #(#fields)*
        }
        #debug
    }
}

/// The field for what no other field names.
fn rest(item: &Struct) -> TokenStream {
    let (extra, kind) = (ident(&item.extra), ident(item.extra_type()));
    match &item.additional {
        None => quote! {
            pub #extra: #kind,
        },
        Some(additional) => {
            let ty = ty(&additional.ty, File::Models);
            quote! {
                /// The properties with names of their own.
                pub #extra: #kind<#ty>,
            }
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = attrs::docs(&field.docs);
    let deprecated = attrs::deprecated(field.deprecated);
    let ty = ty(&field.ty, File::Models);
    quote! {
        #docs
        #deprecated
        pub #name: #ty,
    }
}

/// What sets fields that may be missing.
fn setters(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let rows = item.setters.iter().map(|setter| {
        let (how, given) = setter.how();
        let (name, field, how) = (ident(&setter.name), ident(&setter.field), ident(how));
        let maybe = setter.maybe.as_deref().map(ident);
        let maybe = maybe.map(|maybe| quote! { , #maybe });
        let given = given.map(|given| {
            let given = ty(given, File::Models);
            quote! { as #given }
        });
        quote! { #name #maybe: #how #field #given; }
    });
    quote! {
        setters! {
            #name {
                #(#rows)*
            }
        }
    }
}

/// How it is read and written.
fn members(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let exactly = |exact: bool| exact.then(|| quote! { .exact() });
    let members: Vec<Member<'_>> = item.members().collect();
    let rows = members.chunk_by(|one, two| one.presence == two.presence);
    let rows = rows.map(|members| {
        let presence = ident(members[0].presence);
        let members = members.iter().map(|member| {
            let (field, exact) = (ident(member.field), exactly(member.exact));
            let name = (member.name != member.field).then(|| {
                let name = member.name;
                quote! { (#name) }
            });
            let entries = (0..member.maps).map(|_| quote! { .entries() });
            quote! { #field #name #exact #(#entries)* }
        });
        quote! { #presence #(#members),*; }
    });
    let extra = ident(&item.extra);
    let extra_exact = exactly(item.extra_exact());
    quote! {
        members! {
            #name {
                #(#rows)*
                ..#extra #extra_exact
            }
        }
    }
}

/// `new` takes what must be there.
fn constructor(item: &Struct, new: &Signature) -> TokenStream {
    if item.has_table_of_new() {
        return table_of_new(item, Some(new));
    }
    let name = ident(&item.name);
    let docs = attrs::docs("A value with what is required; the rest is set afterwards.");
    let signature = functions::signature(new);
    let values = item.fields.iter().map(initial);
    let extra = ident(&item.extra);
    let kind = ident(item.extra_type());
    quote! {
        impl #name {
            #docs
            #signature {
                Self { #(#values,)* #extra: #kind::default() }
            }
        }
    }
}

/// The same, where each value that it takes is that of a field; `Default` of what takes none.
fn table_of_new(item: &Struct, new: Option<&Signature>) -> TokenStream {
    let (name, extra) = (ident(&item.name), ident(&item.extra));
    let boxed = |given: &ParameterType, name: &str| {
        let mut fields = item.fields.iter();
        fields.any(|field| field.name == name && is_boxed_here(field, given))
    };
    let parameters = new.iter().flat_map(|new| &new.parameters);
    let given = parameters.map(|parameter| {
        let name = ident(&parameter.name);
        let ty = functions::parameter_type(&parameter.ty, File::Models);
        let made_of = match &parameter.ty {
            ParameterType::List(_) | ParameterType::ListInto(_) => quote! { as list },
            ParameterType::Pairs(_) | ParameterType::PairsInto(_) => quote! { as map },
            given if boxed(given, &parameter.name) => quote! { as boxed },
            _ => TokenStream::new(),
        };
        quote! { #name: #ty #made_of }
    });
    let given = new.map(|_| quote! { given #(#given),*; });
    let is_left = |field: &&Field| field.argument.is_none();
    let (fixed, empty): (Vec<&Field>, Vec<&Field>) = item
        .fields
        .iter()
        .filter(is_left)
        .partition(|field| field.implied.is_some());
    let empty = empty.iter().map(|field| ident(&field.name)).chain([extra]);
    let fixed = fixed.iter().filter_map(|field| {
        let name = ident(&field.name);
        let value = implied(field)?;
        Some(quote! { #name: #value })
    });
    let fixed: Vec<TokenStream> = fixed.collect();
    let fixed = (!fixed.is_empty()).then(|| quote! { fixed #(#fixed),*; });
    quote! {
        constructor! {
            #name {
                #given
                #fixed
                empty #(#empty),*;
            }
        }
    }
}

fn implied(field: &Field) -> Option<TokenStream> {
    let (whole, is_optional) = match &field.ty {
        Ty::Option(of) => (&**of, true),
        of => (of, false),
    };
    let value = match field.implied.as_ref()? {
        Implied::Variant(variant) => {
            let (of, variant) = (ty(whole, File::Models), ident(variant));
            quote! { #of::#variant }
        }
        Implied::Text(text) => quote! { #text.to_owned() },
    };
    Some(if is_optional {
        quote! { Some(#value) }
    } else {
        value
    })
}

/// Whether `new` is given what is in the box.
fn is_boxed_here(field: &Field, given: &ParameterType) -> bool {
    matches!(given, ParameterType::Into(ty) if field.ty.unboxed() == ty && field.ty != *ty)
}

/// The value of a field in `new`.
fn initial(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    if let Some(value) = implied(field) {
        return quote! { #name: #value };
    }
    let Some(argument) = &field.argument else {
        return quote! { #name: None };
    };
    let value = match argument {
        given if is_boxed_here(field, given) => quote! { Box::new(#name.into()) },
        ParameterType::Into(_) => quote! { #name.into() },
        ParameterType::List(_) | ParameterType::ListInto(_) => {
            quote! { #name.into_iter().map(Into::into).collect() }
        }
        ParameterType::Pairs(_) | ParameterType::PairsInto(_) => {
            quote! { #name.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
        }
        _ if field.presence == Presence::Required => return name.into_token_stream(),
        _ => name.to_token_stream(),
    };
    match field.presence {
        Presence::Required => quote! { #name: #value },
        _ => quote! { #name: Some(#value) },
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
    let extra = (!item.plain).then(|| {
        let (label, extra) = (&item.extra, ident(&item.extra));
        quote! { .field(#label, &self.#extra) }
    });
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#label)
                    #(#fields)*
                    #extra
                    .finish()
            }
        }
    }
}
