//! What a fake of the API has, under the feature `testing`, beside what the table of requests says of each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{ident, path};
use crate::rust::{Crate, Method};

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
