//! `src/resources.rs` and the files below it: the accessors on the client and their methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{ident, path};
use super::{attrs, methods};
use crate::format;
use crate::rust::{Crate, ListStyle, Method, ObjectStyle, Resource, Role};

pub fn index(sdk: &Crate) -> String {
    let docs = attrs::file_docs("The parts of the API, as they are reached from the client.");
    let modules = sdk.resources.iter().map(|resource| ident(&resource.module));
    format::file(quote! {
        #docs
        #(pub mod #modules;)*
    })
}

pub fn file(resource: &Resource) -> String {
    let docs = attrs::file_docs(&format!("`{}`", resource.access));
    let modules = resource.children.iter().map(|child| ident(&child.module));
    let imports = imports(resource);
    let accessor = accessor(resource);
    let requests = resource
        .methods
        .iter()
        .map(|method| methods::request(&resource.type_name, method));
    format::file(quote! {
        #docs
        #imports
        #(pub mod #modules;)*
        #accessor
        #(#requests)*
    })
}

/// The client's or a resource's method that leads to a resource.
pub fn step(resource: &Resource, client: TokenStream, module: TokenStream) -> TokenStream {
    let name = ident(&resource.name);
    let file = ident(&resource.module);
    let ty = ident(&resource.type_name);
    let docs = attrs::docs(&resource.docs);
    quote! {
        #docs
        pub fn #name(&self) -> #module #file::#ty {
            #module #file::#ty::new(#client)
        }
    }
}

fn accessor(resource: &Resource) -> TokenStream {
    let name = ident(&resource.type_name);
    let docs = attrs::docs(&resource.docs);
    let children = resource
        .children
        .iter()
        .map(|child| step(child, quote! { self.client.clone() }, TokenStream::new()));
    let methods = resource.methods.iter().map(methods::method);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
        }

        impl #name {
            pub(crate) fn new(client: Client) -> Self {
                Self { client }
            }
            #(#children)*
            #(#methods)*
        }
    }
}

fn imports(resource: &Resource) -> TokenStream {
    if resource.methods.is_empty() {
        return quote! { use crate::runtime::Client; };
    }
    let paths = |wanted: fn(&str) -> bool| {
        let chosen = resource.imports.iter().filter(move |import| wanted(import));
        chosen.map(|import| path(import)).collect::<Vec<_>>()
    };
    let standard = paths(|import| import.starts_with("std::"));
    let own = paths(|import| import.starts_with("crate::"));
    let foreign = paths(|import| !import.starts_with("std::") && !import.starts_with("crate::"));
    let styles = styles(&resource.methods);
    quote! {
        #(use #standard;)*
        #(use #foreign;)*
        #(use #own;)*
        use crate::runtime::{Client, #(#styles,)* Method, Request, decode, request};
    }
}

fn styles(methods: &[Method]) -> Vec<TokenStream> {
    let roles = || {
        methods
            .iter()
            .flat_map(|m| m.arguments.iter().chain(&m.options))
            .map(|a| &a.role)
    };
    let lists = roles().any(|role| matches!(role, Role::QueryList(..)));
    let objects = roles().any(|role| matches!(role, Role::QueryObject(..)));
    let mut names = Vec::new();
    if lists {
        names.push(quote! { ListStyle });
    }
    if objects {
        names.push(quote! { ObjectStyle });
    }
    names
}

pub fn list_style(style: ListStyle) -> TokenStream {
    match style {
        ListStyle::Exploded => quote! { ListStyle::Exploded },
        ListStyle::Comma => quote! { ListStyle::Comma },
        ListStyle::Space => quote! { ListStyle::Space },
        ListStyle::Pipe => quote! { ListStyle::Pipe },
        ListStyle::Brackets => quote! { ListStyle::Brackets },
    }
}

pub fn object_style(style: ObjectStyle) -> TokenStream {
    match style {
        ObjectStyle::DeepObject => quote! { ObjectStyle::DeepObject },
        ObjectStyle::Exploded => quote! { ObjectStyle::Exploded },
        ObjectStyle::Comma => quote! { ObjectStyle::Comma },
    }
}
