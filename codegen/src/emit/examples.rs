//! `examples/*.rs`: a program for each of a few resources.

use proc_macro2::TokenStream;
use quote::quote;

use super::samples::At;
use super::tokens::ident;
use super::{attrs, samples};
use crate::format;
use crate::rust::{Crate, Method, Sample, Ty};

pub fn program(sdk: &Crate, method: &Method) -> String {
    let argument = method.example.from_command_line.map(|index| {
        let name = method.arguments[index].name.as_str();
        (name, &method.example.arguments[index])
    });
    let krate = ident(&sdk.package.lib_name);
    let docs = attrs::file_docs(&docs(sdk, method, argument.map(|(name, _)| name)));
    let allow = method
        .example
        .deprecated
        .then(|| quote! { #![allow(deprecated)] });
    let recursion_limit = attrs::recursion_limit(sdk);
    let setup = argument.map(|(name, sample)| from_command_line(name, sample));
    let binding = samples::binding(method, At::Program);
    let print = print(method);
    let models = samples::uses_models(method).then(|| quote! { use #krate::models::*; });
    format::file(quote! {
        #docs
        #recursion_limit
        #allow
        #models
        use #krate::{Client, Error};

        #[tokio::main]
        async fn main() -> Result<(), Error> {
            let client = Client::from_env()?;
            #setup
            #binding
            #print
            Ok(())
        }
    })
}

fn docs(sdk: &Crate, method: &Method, argument: Option<&str>) -> String {
    let name = &method.example.name;
    let variables: Vec<String> = sdk
        .service
        .alternatives
        .iter()
        .map(|alternative| {
            let names = alternative
                .schemes
                .iter()
                .map(|s| format!("`{}`", s.variable));
            names.collect::<Vec<_>>().join(" and ")
        })
        .collect();
    let credentials = if variables.is_empty() {
        String::new()
    } else {
        format!("\n\nCredentials are read from {}.", variables.join(", or "))
    };
    let server = if sdk.service.base_url.is_empty() {
        let variable = &sdk.service.base_url_variable;
        format!("\n\nThe base URL is read from `{variable}`.")
    } else {
        String::new()
    };
    let argument = argument.map_or(String::new(), |name| {
        format!(" -- {}", name.trim_start_matches("r#").to_uppercase())
    });
    format!(
        "{}\n\n`cargo run --example {name}{argument}`{server}{credentials}",
        method.summary
    )
}

/// The first argument of the program, or else the value that the document shows.
fn from_command_line(name: &str, sample: &Sample) -> TokenStream {
    let name = ident(name);
    let default = match sample {
        Sample::String(text) => text.as_str(),
        _ => "",
    };
    quote! {
        let #name = std::env::args().nth(1).unwrap_or_else(|| #default.to_owned());
    }
}

fn print(method: &Method) -> TokenStream {
    let result = ident(&method.example.result);
    match &method.output {
        Ty::Unit => quote! { println!("done"); },
        _ if samples::prints(method) => TokenStream::new(),
        Ty::String => {
            let text = format!("{{{result}}}");
            quote! { println!(#text); }
        }
        Ty::Bytes => quote! { println!("{} bytes", #result.len()); },
        Ty::Vec(_) => {
            let item = ident(&method.example.item);
            let shown = samples::debug(&item);
            quote! {
                println!("{} in all", #result.len());
                for #item in #result {
                    #shown
                }
            }
        }
        _ => samples::debug(&result),
    }
}
