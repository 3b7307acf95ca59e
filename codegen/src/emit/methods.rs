//! Operations: the method that makes a request, and the request as a builder.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::tokens::{ident, outer_ty};
use super::{attrs, resources, samples};
use crate::rust::{Argument, Decode, Method, Role, Ty, docs};

/// `client.resource().method(required)`
pub fn method(method: &Method) -> TokenStream {
    let name = ident(&method.name);
    let request = ident(&method.request);
    let docs = attrs::docs(&method_docs(method));
    let deprecated = attrs::deprecated(method.deprecated);
    let many =
        (method.arguments.len() > 6).then(|| quote! { #[allow(clippy::too_many_arguments)] });
    let arguments = method.arguments.iter().map(parameter);
    let verb = Ident::new(&method.http_method, Span::call_site());
    let path = &method.path;
    let decode = decode(method.decode);
    let anonymous = method.anonymous.then(|| quote! { .anonymous() });
    let settings = method.arguments.iter().map(setting);
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(&self, #(#arguments),*) -> #request {
            let request = Request::new(&self.client, Method::#verb, #path, #decode);
            #request(request #anonymous #(#settings)*)
        }
    }
}

/// The type of the request, with what only this one can be told.
pub fn request(resource: &str, method: &Method) -> TokenStream {
    let name = ident(&method.request);
    let docs = attrs::docs(&request_docs(resource, method));
    let output = outer_ty(&method.output);
    let key = method
        .idempotency_key
        .then(|| quote! { #[idempotency_key] });
    let options = method.options.iter().map(option);
    let own = (!method.options.is_empty()).then(|| quote! { impl #name { #(#options)* } });
    quote! {
        request! {
            #key
            #docs
            pub struct #name(Request<#output>);
            #own
        }
    }
}

fn option(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let docs = attrs::docs(&option_docs(argument));
    let deprecated = attrs::deprecated(argument.deprecated);
    let parameter = parameter(argument);
    let setting = setting(argument);
    let convention = breaks_convention(&argument.name)
        .then(|| quote! { #[allow(clippy::wrong_self_convention)] });
    quote! {
        #docs
        #deprecated
        #convention
        pub fn #name(self, #parameter) -> Self {
            Self(self.0 #setting)
        }
    }
}

/// A setter is named after its parameter, even where the name suggests a conversion.
fn breaks_convention(name: &str) -> bool {
    ["from_", "to_", "into_", "as_", "is_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// An argument in a signature.
fn parameter(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let ty = match (&argument.ty, &argument.role) {
        (Ty::Vec(item), Role::QueryList(..)) => match **item {
            Ty::String => quote! { impl IntoIterator<Item = impl Display> },
            ref item => {
                let item = outer_ty(item);
                quote! { impl IntoIterator<Item = #item> }
            }
        },
        (ty, Role::JsonBody | Role::FormBody | Role::QueryObject(..)) => reference(ty),
        (Ty::Bytes, Role::RawBody(_)) => quote! { impl Into<Bytes> },
        (Ty::String, _) => quote! { impl Display },
        (ty, _) => outer_ty(ty),
    };
    quote! { #name: #ty }
}

fn reference(ty: &Ty) -> TokenStream {
    match ty {
        Ty::String => quote! { &str },
        Ty::Vec(item) => {
            let item = outer_ty(item);
            quote! { &[#item] }
        }
        ty => {
            let ty = outer_ty(ty);
            quote! { &#ty }
        }
    }
}

/// The call on the runtime's request that takes the argument.
fn setting(argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    // What is not sized is serialized through one more reference.
    let value = match (&argument.role, &argument.ty) {
        (Role::JsonBody | Role::FormBody | Role::QueryObject(..), Ty::String | Ty::Vec(_)) => {
            quote! { &#name }
        }
        _ => quote! { #name },
    };
    match &argument.role {
        Role::Path(name) => quote! { .path(#name, #value) },
        Role::Query(name) => quote! { .set_query(#name, #value) },
        Role::QueryList(name, style) => {
            let style = resources::list_style(*style);
            quote! { .set_query_list(#name, #style, #value) }
        }
        Role::QueryObject(name, style) => {
            let style = resources::object_style(*style);
            quote! { .set_query_object(#name, #style, #value) }
        }
        Role::Header(name) => quote! { .header(#name, #value) },
        Role::Cookie(name) => quote! { .cookie(#name, #value) },
        Role::JsonBody => quote! { .json(#value) },
        Role::FormBody => quote! { .form(#value) },
        Role::RawBody(media_type) => quote! { .body(#media_type, #value) },
    }
}

fn decode(decode: Decode) -> TokenStream {
    match decode {
        Decode::Json => quote! { decode::json },
        Decode::OptionalJson => quote! { decode::optional_json },
        Decode::Enveloped => quote! { decode::enveloped },
        Decode::Text => quote! { decode::text },
        Decode::Bytes => quote! { decode::bytes },
        Decode::Empty => quote! { decode::empty },
    }
}

fn method_docs(method: &Method) -> String {
    let mut sections = vec![method.docs.clone()];
    let described: Vec<String> = method
        .arguments
        .iter()
        .filter(|argument| !argument.docs.is_empty())
        .map(|argument| format!("- `{}`: {}", argument.name, indented(&argument.docs)))
        .collect();
    if !described.is_empty() {
        sections.push(format!("# Arguments\n\n{}", described.join("\n")));
    }
    sections.extend(optional(method));
    let example = samples::doc_example(method).join("\n");
    sections.push(format!("# Example\n\n```no_run\n{example}\n```"));
    sections.join("\n\n")
}

/// Where the arguments that a caller may leave out are set.
fn optional(method: &Method) -> Option<String> {
    let request = &method.request;
    let names = method
        .options
        .iter()
        .map(|option| match option.name.strip_prefix("r#") {
            // A link cannot name a raw identifier.
            Some(name) => format!("`{name}`"),
            None => format!("[`{0}`]({request}::{0})", option.name),
        });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("Optional, set on the request: {}.", names.join(", ")))
}

fn request_docs(resource: &str, method: &Method) -> String {
    match method.name.strip_prefix("r#") {
        Some(name) => format!("A call of `{resource}::{name}`, sent when it is awaited."),
        None => format!(
            "A call of [`{resource}::{}`], sent when it is awaited.",
            method.name
        ),
    }
}

fn option_docs(argument: &Argument) -> String {
    match argument.docs.is_empty() {
        true => match &argument.role {
            Role::Header(wire) => format!("Sends the header {}.", docs::code(wire)),
            Role::Cookie(wire) => format!("Sends the cookie {}.", docs::code(wire)),
            Role::Path(wire)
            | Role::Query(wire)
            | Role::QueryList(wire, _)
            | Role::QueryObject(wire, _) => format!("Sets {}.", docs::code(wire)),
            Role::JsonBody | Role::FormBody | Role::RawBody(_) => "The request body.".to_owned(),
        },
        false => argument.docs.clone(),
    }
}

/// Further lines of a list item stay within it.
fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}
