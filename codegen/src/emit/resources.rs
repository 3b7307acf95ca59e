//! `src/resources.rs` and the files below it: the accessors on the client and their methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions, imports, methods, options, streams};
use crate::format;
use crate::rust::{Crate, Resource};

pub fn index(sdk: &Crate) -> String {
    let docs = attrs::file_docs("The parts of the API, as they are reached from the client.");
    let modules = sdk.resources.iter().map(|resource| {
        let (gate, module) = (gate(resource), ident(&resource.module));
        quote! { #gate pub mod #module; }
    });
    format::file(quote! {
        #docs
        #(#modules)*
    })
}

pub fn file(resource: &Resource) -> String {
    let docs = attrs::file_docs(&format!("`{}`", resource.access));
    let modules = resource.children.iter().map(|child| ident(&child.module));
    let allow = attrs::file_allow(&resource.allow);
    let imports = imports::imports(&resource.imports);
    let accessor = accessor(resource);
    let requests = methods::requests(resource);
    let options = options::options(&resource.methods);
    let streams = resource.methods.iter().filter_map(streams::streams);
    let choices = resource
        .methods
        .iter()
        .filter_map(|method| methods::choice(&resource.type_name, method));
    format::file(quote! {
        #docs
        #allow
        #imports
        #(pub mod #modules;)*
        #accessor
        #options
        #(#streams)*
        #requests
        #(#choices)*
    })
}

/// The client's method that leads to a resource.
pub fn step(resource: &Resource) -> TokenStream {
    let accessor = resource.accessor("");
    let docs = attrs::docs(&resource.summary());
    let signature = functions::signature(&accessor);
    let ty = functions::output(&accessor.output);
    let gate = gate(resource);
    quote! {
        #docs
        #gate
        #signature {
            #ty::new(self.clone())
        }
    }
}

fn gate(resource: &Resource) -> TokenStream {
    attrs::gate(resource.feature.as_slice())
}

fn accessor(resource: &Resource) -> TokenStream {
    let name = ident(&resource.type_name);
    let access = format!("Reached by `{}`.", resource.access);
    let docs = match resource.docs.as_str() {
        "" => attrs::docs(&access),
        docs => attrs::docs(&format!("{docs}\n\n{access}")),
    };
    let children = resource.children.iter().map(child);
    let methods = resource.methods.iter().map(methods::method);
    let methods = (!resource.methods.is_empty()).then(|| quote! { impl #name { #(#methods)* } });
    quote! {
        resource! {
            #docs
            #name { #(#children)* }
        }
        #methods
    }
}

/// `name => module::Type;`
fn child(resource: &Resource) -> TokenStream {
    let docs = attrs::docs(&resource.summary());
    let (name, module, ty) = (
        ident(&resource.name),
        ident(&resource.module),
        ident(&resource.type_name),
    );
    quote! { #docs #name => #module::#ty; }
}
