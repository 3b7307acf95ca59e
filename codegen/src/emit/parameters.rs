//! Parameters: the call on the runtime's request by which each is sent.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::{Form, ListStyle, ObjectStyle, Place, Style, Styled};

/// `Parameter::path("name").matrix().list(value)`
pub fn styled(styled: &Styled, value: &TokenStream) -> TokenStream {
    let name = &styled.name;
    let place = match styled.place {
        Place::Path => quote! { path },
        Place::Query => quote! { query },
        Place::Header => quote! { header },
        Place::Cookie => quote! { cookie },
    };
    let style = match styled.style {
        Style::Label => quote! { .label() },
        Style::Matrix => quote! { .matrix() },
        _ => TokenStream::new(),
    };
    let explode = styled.explode.then(|| quote! { .exploded() });
    let reserved = styled.reserved.then(|| quote! { .reserved() });
    let separator = styled.separator.as_ref();
    let separator = separator.map(|separator| quote! { .separated(#separator) });
    let value = match styled.form {
        Form::Text => quote! { .text(#value) },
        Form::List => quote! { .list(#value) },
        Form::Value => quote! { .value(#value) },
        Form::Json => quote! { .json(#value) },
    };
    quote! { Parameter::#place(#name) #style #explode #reserved #separator #value }
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
        ObjectStyle::Space => quote! { ObjectStyle::Space },
        ObjectStyle::Pipe => quote! { ObjectStyle::Pipe },
    }
}
