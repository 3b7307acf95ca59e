//! What takes long: the data by which a request waits for it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::methods::decode;
use super::tokens::{ident, ty};
use crate::rust::signature::File;
use crate::rust::{LongRunning, Method, StatePlace};

/// What the runtime makes `wait` of the requests of a resource of.
pub fn long_running(methods: &[Method]) -> Option<TokenStream> {
    let waiting = methods.iter();
    let waiting = waiting.filter_map(|method| Some((method, method.long_running.as_ref()?)));
    let rows: Vec<TokenStream> = waiting
        .map(|(method, waits)| {
            let (request, state) = (ident(&method.request), ty(&waits.state, File::Resources));
            let place = match &waits.place {
                StatePlace::Itself => quote! { itself() },
                StatePlace::Header(name) => quote! { header(#name) },
                StatePlace::Path { path, id } => quote! { path(#path, #id) },
            };
            let LongRunning {
                field,
                done,
                failed,
                ..
            } = &**waits;
            let field = (!field.is_empty())
                .then(|| quote! { .field(#field, &[#(#done),*], &[#(#failed),*]) });
            let seconds = Literal::u64_unsuffixed(waits.seconds);
            let decode = ident(decode(waits.decode));
            quote! {
                const #request: Waits<#state> =
                    (LongRunning::#place #field.seconds(#seconds), decode::#decode);
            }
        })
        .collect();
    (!rows.is_empty()).then(|| quote! { long_running! { #(#rows)* } })
}
