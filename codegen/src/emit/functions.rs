//! Signatures as they are declared.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Lifetime;

use super::attrs;
use super::tokens::{ident, path, ty};
use crate::rust::Ty;
use crate::rust::signature::{File, Output, Parameter, ParameterType, Receiver, Signature};

/// `pub fn name(parameters) -> output`, without docs and body.
pub fn signature(signature: &Signature) -> TokenStream {
    let allow = attrs::allow(&signature.allow);
    let name = ident(&signature.name);
    let receiver = match signature.receiver {
        Receiver::None => TokenStream::new(),
        Receiver::Reference => quote! { &self, },
        Receiver::Value => quote! { self, },
    };
    let parameters = signature.parameters.iter();
    let generics = generics(parameters.clone().filter_map(|p| p.ty.generic()));
    let parameters = parameters.map(|p| parameter(p, signature.file));
    let output = output(&signature.output);
    quote! { #allow pub fn #name #generics(#receiver #(#parameters),*) -> #output }
}

/// `name(type)` of a setter whose parameter is called as itself.
pub fn row(signature: &Signature) -> TokenStream {
    let allow = attrs::allow(&signature.allow);
    let name = ident(&signature.name);
    let parameters = signature.parameters.iter();
    let generics = generics(parameters.clone().filter_map(|p| p.ty.generic()));
    let types = parameters.map(|p| parameter_type(&p.ty, signature.file));
    quote! { #allow #name #generics(#(#types),*) }
}

/// `<'a, T>`
fn generics(names: impl Iterator<Item = &'static str>) -> TokenStream {
    let names: Vec<TokenStream> = names
        .map(|name| match name.strip_prefix('\'') {
            Some(_) => Lifetime::new(name, Span::call_site()).into_token_stream(),
            None => ident(name).into_token_stream(),
        })
        .collect();
    if names.is_empty() {
        TokenStream::new()
    } else {
        quote! { <#(#names),*> }
    }
}

fn parameter(parameter: &Parameter, file: File) -> TokenStream {
    let name = ident(&parameter.name);
    let ty = parameter_type(&parameter.ty, file);
    quote! { #name: #ty }
}

pub fn parameter_type(parameter: &ParameterType, file: File) -> TokenStream {
    let named = parameter.ty().map(|named| ty(named, file));
    match parameter {
        ParameterType::Value(_) => quote! { #named },
        ParameterType::Reference(Ty::String) => quote! { &str },
        ParameterType::Reference(Ty::Vec(item)) => {
            let item = ty(item, file);
            quote! { &[#item] }
        }
        ParameterType::Reference(_) => quote! { &#named },
        ParameterType::Into(_) => quote! { impl Into<#named> },
        ParameterType::Secret => quote! { impl Into<Secret> },
        ParameterType::Credentials => quote! { Credentials },
        ParameterType::Server => quote! { Server },
        ParameterType::Text => quote! { impl Display },
        ParameterType::Optional(Ty::F64) => quote! { impl OptionalNumber },
        ParameterType::Optional(_) => quote! { impl Into<Option<#named>> },
        ParameterType::OptionalReference(_) => quote! { impl Into<Option<&'a #named>> },
        ParameterType::OptionalText => quote! { impl OptionalText<T> },
        ParameterType::List(_) => quote! { impl IntoIterator<Item = #named> },
        ParameterType::Lent(_) => quote! { impl IntoIterator<Item = impl Borrow<#named>> },
        ParameterType::Nullable(_) => quote! { impl Into<Nullable<#named>> },
        ParameterType::OptionalInto(_) => quote! { impl OptionalInto<#named, K> },
        ParameterType::Perhaps(inner) => {
            let by = ident(inner.perhaps_by());
            match (&**inner, named) {
                (_, Some(item)) => quote! { impl #by<#item, K> },
                (ParameterType::TextList, _) => quote! { impl #by<K> },
                _ => quote! { impl #by<File, K> },
            }
        }
        ParameterType::Maybe(inner) => {
            let inner = parameter_type(inner, file);
            quote! { Option<#inner> }
        }
        ParameterType::ListInto(_) => quote! { impl IntoIterator<Item = impl Into<#named>> },
        ParameterType::Pairs(_) => {
            quote! { impl IntoIterator<Item = (impl Into<String>, #named)> }
        }
        ParameterType::PairsInto(_) => {
            quote! { impl IntoIterator<Item = (impl Into<String>, impl Into<#named>)> }
        }
        ParameterType::TextList => quote! { impl IntoIterator<Item = impl Display> },
        ParameterType::Stream => quote! { impl Into<ByteStream> },
        ParameterType::File => quote! { impl Into<File> },
        ParameterType::FileList => quote! { impl IntoIterator<Item = impl Into<File>> },
        ParameterType::Part => quote! { Part },
        ParameterType::PartList => quote! { impl IntoIterator<Item = Part> },
    }
}

pub fn output(output: &Output) -> TokenStream {
    match output {
        Output::Own => quote! { Self },
        Output::OwnOrError => quote! { Result<Self, Error> },
        Output::Text => quote! { &str },
        Output::Request(output) => {
            let output = ty(output, File::Resources);
            quote! { Request<#output> }
        }
        Output::Reconnecting(item) => {
            let item = ty(item, File::Resources);
            quote! { Reconnecting<#item> }
        }
        Output::Type(name) => path(name),
    }
}
