//! The program that makes calls with a crate: a function for each operation, made of the `Crate` value.

use codegen::rust::signature::{File, ParameterType};
use codegen::rust::{Argument, Crate, Item, Method, RequiredField, Role, Ty, declaration};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::REST;

/// The text of the program; it calls the methods by their position.
pub fn text(sdk: &Crate) -> String {
    let file = syn::parse2(root(sdk, &sdk.methods())).expect("the tokens are those of a file");
    prettyplease::unparse(&file)
}

fn root(sdk: &Crate, methods: &[&Method]) -> TokenStream {
    let krate = ident(&sdk.package.lib_name);
    let models = (!sdk.models.is_empty()).then(|| quote! { use #krate::models; });
    let functions = methods.iter().enumerate().map(|(n, m)| function(sdk, n, m));
    let names = (0..methods.len()).map(name);
    let main = main();
    quote! {
        //! Makes calls with the crate.
        #![allow(warnings)]
        use std::collections::BTreeMap;
        use std::time::Duration;
        use jiff::{Timestamp, civil::Date};
        use rust_decimal::Decimal;
        use #krate::{Client, Error, Part, UnknownVariant, Written};
        use bytes::Bytes;
        use harness::{Given, Operation, Sending, Unmade};
        #models

        mod harness;

        #main

        const OPERATIONS: &[Operation<Client>] = &[#(#names),*];
        const TIMEOUT: Duration = Duration::from_secs(60);

        #(#functions)*
    }
}

/// The client has the credentials that the environment gives it.
fn main() -> TokenStream {
    quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() {
            let address = std::env::args().nth(1).expect("an address is named");
            let builder = Client::builder().from_env().expect("the environment is right");
            let is_strict = std::env::args().nth(3).is_some_and(|reading| reading == "strict");
            let builder = if is_strict { builder.strict() } else { builder };
            let client = builder.base_url(address).build().expect("there is a client");
            harness::run(&client, OPERATIONS).await;
        }

        fn kind(error: &Error) -> &'static str {
            match error {
                Error::Configuration(_) => "configuration",
                Error::InvalidArgument(_) => "argument",
                Error::Connect(_) => "connect",
                Error::Timeout(_) => "timeout",
                Error::Api(_) => "api",
                Error::Decode(_) => "decode",
                _ => "other",
            }
        }
    }
}

fn name(number: usize) -> Ident {
    format_ident!("call_{number}")
}

fn function(sdk: &Crate, number: usize, method: &Method) -> TokenStream {
    let (name, called) = (name(number), ident(&method.name));
    let steps = method.example.calls.iter().map(|step| ident(step));
    let arguments = method.arguments.iter().map(|one| argument(sdk, one));
    let options = method.options.iter().map(|one| option(sdk, one));
    let rest = method.fields.as_ref().map(|_| {
        let (rest, fields_of) = (REST, ident(REST));
        quote! {
            let request = if given.has(#rest) {
                request.#fields_of(&given.value::<serde_json::Value>(#rest)?)
            } else {
                request
            };
        }
    });
    quote! {
        fn #name(client: &Client, given: &Given) -> Result<Sending, Unmade> {
            let request = client #(.#steps())* .#called(#(#arguments),*);
            #(#options)*
            #rest
            let request = request.timeout(TIMEOUT).max_retries(0).header(harness::CALL, &given.call);
            Ok(harness::sending(request.with_response(), kind))
        }
    }
}

fn option(sdk: &Crate, option: &Argument) -> TokenStream {
    let (name, wire) = (ident(&option.name), &option.name);
    let value = (!option.takes_nothing()).then(|| argument(sdk, option));
    quote! {
        let request = if given.has(#wire) { request.#name(#value) } else { request };
    }
}

/// The value of an argument, out of what is given by its name.
fn argument(sdk: &Crate, argument: &Argument) -> TokenStream {
    let name = &argument.name;
    if let (Role::Required(fields), Some(Ty::Model(model))) = (&argument.role, argument.ty.ty()) {
        return literal(sdk, model, fields);
    }
    value(sdk, name, &argument.ty)
}

fn value(sdk: &Crate, name: &str, taken: &ParameterType) -> TokenStream {
    match taken {
        ParameterType::Into(Ty::Bytes) | ParameterType::Stream | ParameterType::File => {
            quote! { given.bytes(#name)? }
        }
        ParameterType::FileList => quote! { given.files(#name)? },
        ParameterType::Part => quote! { Part::new(#name, given.bytes(#name)?) },
        ParameterType::PartList => quote! { [Part::new(#name, given.bytes(#name)?)] },
        ParameterType::Nullable(value) => {
            let ty = ty(value);
            quote! { given.value::<Option<#ty>>(#name)? }
        }
        ParameterType::Value(value)
        | ParameterType::Into(value)
        | ParameterType::Optional(value)
        | ParameterType::OptionalInto(value) => {
            let ty = ty(value);
            match unknown_arm(sdk, value) {
                None => quote! { given.value::<#ty>(#name)? },
                Some(arm) => quote! {
                    given.union(#name, |value| #ty::#arm(UnknownVariant(value)))?
                },
            }
        }
        ParameterType::Reference(value) | ParameterType::OptionalReference(value) => {
            let ty = ty(value);
            match unknown_arm(sdk, value) {
                None => quote! { &given.value::<#ty>(#name)? },
                Some(arm) => quote! {
                    &given.union(#name, |value| #ty::#arm(UnknownVariant(value)))?
                },
            }
        }
        ParameterType::List(item) | ParameterType::Lent(item) | ParameterType::ListInto(item) => {
            let ty = ty(item);
            quote! { given.value::<Vec<#ty>>(#name)? }
        }
        ParameterType::Pairs(value) | ParameterType::PairsInto(value) => {
            let ty = ty(value);
            quote! { given.value::<BTreeMap<String, #ty>>(#name)? }
        }
        ParameterType::TextList => quote! { given.texts(#name)? },
        ParameterType::Perhaps(inner) | ParameterType::Maybe(inner) => value(sdk, name, inner),
        ParameterType::Text
        | ParameterType::OptionalText
        | ParameterType::Secret
        | ParameterType::Server
        | ParameterType::Credentials => quote! { given.text(#name)? },
    }
}

/// A struct, field by field.
fn literal(sdk: &Crate, model: &str, fields: &[RequiredField]) -> TokenStream {
    let items = sdk.models.iter().flat_map(|file| &file.items);
    let mut structs = items.filter_map(|item| match item {
        Item::Struct(item) if item.name == model => Some(item),
        _ => None,
    });
    let item = structs.next();
    let fields = fields.iter().filter_map(|field| {
        let own = item?.fields.iter().find(|own| own.name == field.name)?;
        let (name, wire, ty) = (ident(&own.name), &own.name, ty(&own.ty));
        Some(quote! { #name: given.value::<#ty>(#wire)? })
    });
    let name = ident(model);
    quote! { models::#name { #(#fields),* } }
}

/// That of a union, for what the document does not list.
fn unknown_arm(sdk: &Crate, ty: &Ty) -> Option<Ident> {
    let Ty::Model(name) = ty else {
        return None;
    };
    let mut items = sdk.models.iter().flat_map(|file| &file.items);
    items.find_map(|item| match item {
        Item::Union(union) if union.name == *name => Some(ident(&union.unknown)),
        _ => None,
    })
}

fn ty(ty: &Ty) -> syn::Type {
    let text = declaration::ty(ty, File::Resources);
    syn::parse_str(&text).expect("a type of the crate is one of Rust")
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
