//! What a fake of the API has, under the feature `testing`: the data of each operation, of which the runtime makes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{ident, path};
use crate::rust::{Crate, Decode, Items, Method, Resource};

/// Of the operations of a resource.
pub fn of_resource(resource: &Resource) -> Option<TokenStream> {
    let name = ident(&resource.type_name);
    let operations = resource.methods.iter().map(operation);
    let table = quote! { fakes! { #name { #(#operations)* } } };
    (!resource.methods.is_empty()).then_some(table)
}

/// Of the client.
pub fn of_client(sdk: &Crate) -> TokenStream {
    let resources = sdk.resources.iter().map(|resource| {
        let (name, fake) = (ident(&resource.name), ident(&resource.fake));
        let ty = path(&resource.path);
        let gate = resource
            .feature
            .as_ref()
            .map(|feature| quote! { , #feature });
        quote! { #name => #fake as #ty #gate; }
    });
    quote! {
        fakes! {
            SERVICE as Client {
                #(#resources)*
            }
        }
    }
}

/// What leads to an operation on a fake: `fake.billing().usage().paygo()`
pub fn access(sdk: &Crate, method: &Method) -> TokenStream {
    let mut steps = method.example.calls.iter();
    let first = steps.next();
    let top = sdk
        .resources
        .iter()
        .find(|resource| Some(&resource.name) == first);
    let top = top.map(|resource| ident(&resource.fake));
    let (steps, name) = (steps.map(|step| ident(step)), ident(&method.name));
    quote! { fake .#top() #(.#steps())* .#name() }
}

fn operation(method: &Method) -> TokenStream {
    let route = format!("{} {}", method.http_method, method.path);
    let (name, request) = (ident(&method.name), ident(&method.request));
    let encoding = ident(encoding(method.decode));
    quote! { #route, #name: #encoding(#request); }
}

/// The type of the runtime by which a response is written that is read so.
fn encoding(decode: Decode) -> &'static str {
    match decode {
        Decode::Json => "Json",
        Decode::OptionalJson => "OptionalJson",
        Decode::Enveloped => "Enveloped",
        Decode::OptionalEnveloped => "OptionalEnveloped",
        Decode::Text => "Text",
        Decode::OptionalText => "OptionalText",
        Decode::AnyText => "AnyText",
        Decode::OptionalAnyText => "OptionalAnyText",
        Decode::Scalar => "Scalar",
        Decode::OptionalScalar => "OptionalScalar",
        Decode::Bytes => "Bytes",
        Decode::OptionalBytes => "OptionalBytes",
        Decode::Empty => "Empty",
        Decode::Outcomes => "Outcomes",
        Decode::Items(Items::Lines) => "Lines",
        Decode::Items(Items::TextLines) => "TextLines",
        Decode::Items(Items::Records) => "Records",
        Decode::Items(Items::Events) => "Events",
        Decode::Items(Items::TextEvents) => "TextEvents",
        Decode::Items(Items::WholeEvents) => "WholeEvents",
    }
}
