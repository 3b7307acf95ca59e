//! Signatures as they are declared.

use proc_macro2::TokenStream;
use quote::quote;

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
    let parameters = parameters.map(|p| parameter(p, signature.file));
    let output = output(&signature.output);
    quote! { #allow pub fn #name(#receiver #(#parameters),*) -> #output }
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
        ParameterType::Secret => quote! { impl Into<SecretString> },
        ParameterType::Credentials => quote! { Credentials },
        ParameterType::Text => quote! { impl Display },
        ParameterType::List(_) => quote! { impl IntoIterator<Item = #named> },
        ParameterType::TextList => quote! { impl IntoIterator<Item = impl Display> },
    }
}

pub fn output(output: &Output) -> TokenStream {
    match output {
        Output::Own => quote! { Self },
        Output::OwnOrError => quote! { Result<Self, Error> },
        Output::Text => quote! { &str },
        Output::Type(name) => path(name),
    }
}
