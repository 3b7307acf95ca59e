//! Lists that come in pages: the data by which a request gives all of them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::{ident, ty};
use crate::rust::signature::File;
use crate::rust::{List, Method, PagePlace, Pages, Pagination, Paging};

/// What the runtime makes `items` and `pages` of the requests of a resource of.
pub fn pages(methods: &[Method]) -> Option<TokenStream> {
    let paged = methods.iter();
    let paged = paged.filter_map(|method| Some((ident(&method.request), method.pages.as_ref()?)));
    let rows: Vec<TokenStream> = paged.map(|(request, pages)| row(&request, pages)).collect();
    (!rows.is_empty()).then(|| quote! { pages! { #(#rows)* } })
}

fn row(request: &Ident, pages: &Pages) -> TokenStream {
    let item = ty(&pages.item, File::Resources);
    let pagination = pagination(&pages.pagination);
    let list = match &pages.list {
        List::Whole => quote! { |page| page },
        List::Field(field) => {
            let field = ident(field);
            quote! { |page| page.#field }
        }
        List::FieldOfOption(field) => {
            let field = ident(field);
            quote! { |page| page.map(|page| page.#field) }
        }
        List::Within { outer, field } => {
            let (outer, field) = (ident(outer), ident(field));
            quote! { |page| page.#outer.#field }
        }
        List::WithinOption { outer, field } => {
            let (outer, field) = (ident(outer), ident(field));
            quote! { |page| page.#outer.map(|page| page.#field) }
        }
    };
    quote! { const #request: PagesOf<#item> = (#list, #pagination); }
}

fn pagination(pagination: &Pagination) -> TokenStream {
    let scheme = match &pagination.scheme {
        Paging::Number {
            parameter,
            first: 0,
        } => quote! { number_from_zero(#parameter) },
        Paging::Number { parameter, .. } => quote! { number(#parameter) },
        Paging::Offset {
            parameter,
            first: 0,
        } => quote! { offset(#parameter) },
        Paging::Offset { parameter, .. } => quote! { offset_from_one(#parameter) },
        Paging::Cursor { parameter, next } => quote! { cursor(#parameter, #next) },
        Paging::LastId { parameter, id } => quote! { last_id(#parameter, #id) },
        Paging::Url { next } => quote! { url(#next) },
        Paging::Link => quote! { link() },
    };
    let stated = |pointer: &str, setter: TokenStream| {
        (!pointer.is_empty()).then(|| quote! { .#setter(#pointer) })
    };
    let place = match pagination.place {
        PagePlace::Query => None,
        PagePlace::Body => Some(quote! { .in_body() }),
        PagePlace::BodyNumber => Some(quote! { .in_body_as_number() }),
    };
    let items = stated(&pagination.items, quote! { items });
    let total_pages = stated(&pagination.total_pages, quote! { total_pages });
    let total = stated(&pagination.total, quote! { total });
    let has_more = stated(&pagination.has_more, quote! { has_more });
    let next = stated(&pagination.next, quote! { next });
    quote! { Pagination::#scheme #place #items #total_pages #total #has_more #next }
}
