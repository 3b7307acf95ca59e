//! A program beside the crate that reads its document's examples: the models, the runtime, and a table of types.

use codegen::Files;
use codegen::rust::signature::File;
use codegen::rust::{Ty, declaration};
use proc_macro2::TokenStream;
use quote::quote;

use super::samples::Samples;
use crate::tools::{Result, Unable};

/// What the program is made of, below the folder of the crate.
pub const ROOT: &str = "src/round_trip.rs";
const HARNESS: &str = "check/harness.rs";
pub const SAMPLES: &str = "check/samples.json";

/// What the program has of the crate; it calls nothing.
const MODULES: [&str; 2] = ["runtime", "models"];

/// The files of the program beside the crate with this root; none without examples.
pub fn files(samples: &Samples, library: &str) -> Result<Files> {
    if samples.samples.is_empty() {
        return Ok(Files::new());
    }
    let json = serde_json::to_string_pretty(&samples.samples);
    let json = json.map_err(|error| Unable(error.to_string()))?;
    let library = syn::parse_file(library).map_err(|error| Unable(error.to_string()))?;
    let root = syn::parse2(root(&samples.types, library)).expect("the tokens are those of a file");
    let files = [
        (ROOT, prettyplease::unparse(&root)),
        (HARNESS, include_str!("harness.rs").to_owned()),
        (SAMPLES, json + "\n"),
    ];
    Ok(files.map(|(path, text)| (path.to_owned(), text)).into())
}

/// Its modules are written as those of the crate, since one has the macros of another.
fn root(types: &[Ty], library: syn::File) -> TokenStream {
    let modules = library.items.into_iter().filter(|item| match item {
        syn::Item::Mod(module) => MODULES.iter().any(|name| module.ident == name),
        _ => false,
    });
    let types = types.iter().map(|ty| {
        let ty = declaration::ty(ty, File::Resources);
        syn::parse_str::<syn::Type>(&ty).expect("a type of the crate is one of Rust")
    });
    quote! {
        //! Reads the examples of the document and writes them again.
        #![allow(warnings)]
        use std::collections::BTreeMap;
        use bytes::Bytes;
        use jiff::{Timestamp, civil::Date};
        use runtime::Written;
        use rust_decimal::Decimal;

        #[path = "../check/harness.rs"]
        mod harness;
        #(#modules)*

        fn main() {
            harness::run(&[#(harness::read::<#types>),*]);
        }
    }
}
