//! `src/headers.rs`: the headers of responses.

use quote::quote;

use super::tokens::{ident, ty};
use super::{attrs, imports};
use crate::format;
use crate::rust::HeaderFile;
use crate::rust::signature::File;

pub fn headers(file: &HeaderFile) -> String {
    let docs = attrs::file_docs(
        "Headers of responses, for `read_header` of [`Response`](crate::Response::read_header) and of \
         [`ApiError`](crate::ApiError::read_header).",
    );
    let imports = imports::imports(&file.imports);
    let headers = file.headers.iter().map(|header| {
        let docs = attrs::docs(&header.docs);
        let deprecated = attrs::deprecated(header.deprecated);
        let (name, wire) = (ident(&header.name), &header.wire);
        let ty = ty(&header.ty, File::Models);
        quote! { #docs #deprecated pub const #name: Header<#ty> = Header::new(#wire); }
    });
    format::file(quote! {
        #docs
        #imports
        #(#headers)*
    })
}
