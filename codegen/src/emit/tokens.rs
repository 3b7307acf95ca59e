//! Identifiers, paths and types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::rust::Ty;
use crate::rust::signature::File;

pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A path of plain names, as in `std::fmt::Display`.
pub fn path(path: &str) -> TokenStream {
    let names = path.split("::").map(ident);
    quote! { #(#names)::* }
}

/// A type as it is written in such a file.
pub fn ty(ty: &Ty, file: File) -> TokenStream {
    let inner = |ty: &Ty| self::ty(ty, file);
    match ty {
        Ty::Unit => quote! { () },
        Ty::Bool => quote! { bool },
        Ty::I32 => quote! { i32 },
        Ty::I64 => quote! { i64 },
        Ty::U32 => quote! { u32 },
        Ty::U64 => quote! { u64 },
        Ty::I128 => quote! { i128 },
        Ty::U128 => quote! { u128 },
        Ty::F64 => quote! { f64 },
        Ty::Decimal => quote! { Decimal },
        Ty::String => quote! { String },
        Ty::Bytes => quote! { Bytes },
        Ty::Timestamp => quote! { Timestamp },
        Ty::Date => quote! { Date },
        Ty::Value => quote! { serde_json::Value },
        Ty::Vec(ty) => {
            let ty = inner(ty);
            quote! { Vec<#ty> }
        }
        Ty::Map(ty) => {
            let ty = inner(ty);
            quote! { BTreeMap<String, #ty> }
        }
        Ty::Option(ty) => {
            let ty = inner(ty);
            quote! { Option<#ty> }
        }
        Ty::Boxed(ty) => {
            let ty = inner(ty);
            quote! { Box<#ty> }
        }
        Ty::Tuple(items) => {
            let items = items.iter().map(inner);
            quote! { (#(#items),*) }
        }
        Ty::Written(ty) => {
            let ty = inner(ty);
            quote! { Written<#ty> }
        }
        Ty::Items(ty) => {
            let ty = inner(ty);
            quote! { ItemStream<#ty> }
        }
        Ty::Foreign(name) => {
            let name = path(name);
            quote! { ::#name }
        }
        Ty::Outcomes(name) => {
            let name = ident(name);
            quote! { #name }
        }
        Ty::Model(name) => {
            let name = ident(name);
            if file == File::Models {
                quote! { #name }
            } else {
                quote! { models::#name }
            }
        }
    }
}
