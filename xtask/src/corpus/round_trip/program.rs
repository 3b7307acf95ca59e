//! A program beside the crate that reads its document's examples: the models, the runtime, and a table of types.

use codegen::Files;
use codegen::rust::Ty;
use proc_macro2::TokenStream;
use quote::quote;

use super::samples::Samples;
use crate::tools::{Result, Unable};

/// What the program is made of, below the folder of the crate.
pub const ROOT: &str = "src/round_trip.rs";
const HARNESS: &str = "check/harness.rs";
pub const SAMPLES: &str = "check/samples.json";

/// The files of the program; none without examples.
pub fn files(samples: &Samples) -> Result<Files> {
    if samples.samples.is_empty() {
        return Ok(Files::new());
    }
    let json = serde_json::to_string_pretty(&samples.samples);
    let json = json.map_err(|error| Unable(error.to_string()))?;
    let root = syn::parse2(root(&samples.types)).expect("the tokens are those of a file");
    let files = [
        (ROOT, prettyplease::unparse(&root)),
        (HARNESS, include_str!("harness.rs").to_owned()),
        (SAMPLES, json + "\n"),
    ];
    Ok(files.map(|(path, text)| (path.to_owned(), text)).into())
}

fn root(types: &[Ty]) -> TokenStream {
    let models = types.iter().any(has_model).then(|| quote! { mod models; });
    let types = types.iter().map(ty);
    quote! {
        //! Reads the examples of the document and writes them again.
        #![allow(warnings)]
        #[path = "../check/harness.rs"]
        mod harness;
        #models
        mod runtime;

        fn main() {
            harness::run(&[#(harness::read::<#types>),*]);
        }
    }
}

fn has_model(ty: &Ty) -> bool {
    match ty {
        Ty::Model(_) => true,
        Ty::Vec(inner) | Ty::Map(inner) | Ty::Option(inner) | Ty::Boxed(inner) => has_model(inner),
        _ => false,
    }
}

fn ty(ty: &Ty) -> TokenStream {
    match ty {
        Ty::Unit => quote! { () },
        Ty::Bool => quote! { bool },
        Ty::I32 => quote! { i32 },
        Ty::I64 => quote! { i64 },
        Ty::U32 => quote! { u32 },
        Ty::U64 => quote! { u64 },
        Ty::F64 => quote! { f64 },
        Ty::Decimal => quote! { rust_decimal::Decimal },
        Ty::String => quote! { String },
        Ty::Bytes => quote! { Vec<u8> },
        Ty::Timestamp => quote! { jiff::Timestamp },
        Ty::Date => quote! { jiff::civil::Date },
        Ty::Value => quote! { serde_json::Value },
        Ty::Vec(inner) => generic(quote! { Vec }, inner),
        Ty::Option(inner) => generic(quote! { Option }, inner),
        Ty::Boxed(inner) => generic(quote! { Box }, inner),
        Ty::Map(inner) => {
            let inner = self::ty(inner);
            quote! { std::collections::BTreeMap<String, #inner> }
        }
        Ty::Model(name) => {
            let name: syn::Ident = syn::parse_str(name).expect("a model has a name");
            quote! { models::#name }
        }
    }
}

fn generic(of: TokenStream, inner: &Ty) -> TokenStream {
    let inner = ty(inner);
    quote! { #of<#inner> }
}
