//! The public items of a crate as a parser finds them in its files.

use std::collections::BTreeSet;

use codegen::Files;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Fields, ImplItem, ItemEnum, ItemImpl, ItemStruct, Lit, Meta, Token,
    UseTree, Visibility,
};

use super::normal;

/// `file: item`
pub fn items(files: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_copied = |path: &str| {
        ["src/runtime/", "src/webhooks/"]
            .iter()
            .any(|folder| path.starts_with(folder))
    };
    let own = |path: &str| path.starts_with("src/") && !is_copied(path);
    for (path, text) in files.iter().filter(|(path, _)| own(path)) {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in &file.items {
            let items = self::item(item);
            found.extend(items.iter().map(|item| format!("{path}: {}", normal(item))));
        }
    }
    found
}

/// What the item is to a caller, and what it imports; nothing if it is private.
fn item(item: &syn::Item) -> Vec<String> {
    match item {
        syn::Item::Struct(item) if is_public(&item.vis) => structure(item),
        syn::Item::Enum(item) if is_public(&item.vis) => enumeration(item),
        syn::Item::Type(item) if is_public(&item.vis) => {
            let (name, ty) = (&item.ident, &item.ty);
            vec![quote! { pub type #name = #ty }.to_string()]
        }
        syn::Item::Const(item) if is_public(&item.vis) => {
            let (name, ty) = (&item.ident, &item.ty);
            vec![quote! { pub const #name: #ty }.to_string()]
        }
        syn::Item::Mod(item) if is_public(&item.vis) => vec![format!("pub mod {}", item.ident)],
        syn::Item::Use(item) => {
            let public = if is_public(&item.vis) { "pub " } else { "" };
            let paths = paths(&item.tree);
            paths
                .iter()
                .map(|path| format!("{public}use {path}"))
                .collect()
        }
        syn::Item::Impl(item) => implementation(item),
        syn::Item::Macro(call) if call.mac.path.is_ident("members") => members(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("setters") => setters(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("constructor") => constructor(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("open_union") => open_union(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("open_enum") => open_enum(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("requests") => requests(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("fakes") => fakes(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("resource") => resource(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("options") => options(call),
        syn::Item::Macro(call) if call.mac.path.is_ident("modules") => modules(call),
        // What it makes is the runtime's.
        syn::Item::Macro(call) if call.mac.path.is_ident("events") => Vec::new(),
        syn::Item::Macro(call) => {
            let items: syn::File = syn::parse2(call.mac.tokens.clone()).expect("a macro has items");
            items.items.iter().flat_map(self::item).collect()
        }
        _ => Vec::new(),
    }
}

/// The setters of a model, as the runtime's macro defines them.
fn setters(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let model: syn::Ident = input.parse()?;
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.is_empty() {
            let name = rows.call(syn::Ident::parse_any)?;
            let maybe = rows.parse::<Option<Token![,]>>()?;
            let maybe = maybe.map(|_| rows.parse::<syn::Ident>()).transpose()?;
            rows.parse::<Token![:]>()?;
            let how: syn::Ident = rows.parse()?;
            rows.call(syn::Ident::parse_any)?;
            let mut ty = None;
            if rows.parse::<Option<Token![as]>>()?.is_some() {
                ty = Some(rows.parse::<syn::Type>()?);
            }
            rows.parse::<Token![;]>()?;
            let given = match (how.to_string().as_str(), &maybe) {
                ("null", _) => quote! { #name(self) },
                ("into", Some(_)) => quote! { impl Into<#ty> },
                ("list", Some(_)) => quote! { impl IntoIterator<Item = impl Into<#ty>> },
                (_, Some(_)) => quote! { #ty },
                ("number", None) => quote! { #name(self, value: impl OptionalNumber) },
                ("into", None) => quote! { #name<K>(self, value: impl OptionalInto<#ty, K>) },
                ("items", None) => quote! { #name<K>(self, value: impl OptionalItems<#ty, K>) },
                ("list", None) => quote! { #name<K>(self, value: impl OptionalList<#ty, K>) },
                ("entries", None) => quote! { #name<K>(self, value: impl OptionalEntries<#ty, K>) },
                ("map", None) => quote! { #name<K>(self, value: impl OptionalMap<#ty, K>) },
                (_, None) => quote! { #name(self, value: impl Into<Option<#ty>>) },
            };
            let functions = match maybe {
                None => vec![given],
                Some(maybe) => vec![
                    quote! { #name(self, value: #given) },
                    quote! { #maybe(self, value: Option<#given>) },
                ],
            };
            let functions = functions.iter();
            found.extend(functions.map(|one| quote! { #model :: pub fn #one -> Self }.to_string()));
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of setters")
}

/// What `new` of a model takes: `Model { given name: Type, name: Type as list, ...; ... }`; `Default` of what takes nothing.
fn constructor(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let model: syn::Ident = input.parse()?;
        let rows;
        syn::braced!(rows in input);
        if rows.parse::<syn::Ident>()? == "fixed" {
            rows.parse::<proc_macro2::TokenStream>()?;
            return Ok(vec![quote! { impl Default for #model }.to_string()]);
        }
        let given = |rows: ParseStream<'_>| {
            let given: syn::FnArg = rows.parse()?;
            if rows.peek(Token![as]) {
                rows.parse::<Token![as]>()?;
                rows.parse::<syn::Ident>()?;
            }
            Ok(given)
        };
        let given = Punctuated::<_, Token![,]>::parse_separated_nonempty_with(&rows, given)?;
        rows.parse::<proc_macro2::TokenStream>()?;
        Ok(vec![
            quote! { #model :: pub fn new(#given) -> Self }.to_string(),
        ])
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of what makes a model")
}

/// How a model is read and written: `Model { presence field("name").exact(), ...; ..rest }`
fn members(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let name: syn::Ident = input.parse()?;
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.peek(Token![..]) {
            let presence: syn::Ident = rows.parse()?;
            let members = Punctuated::<Expr, Token![,]>::parse_separated_nonempty(&rows)?;
            rows.parse::<Token![;]>()?;
            let members = members
                .iter()
                .map(|member| quote! { #name :: members #presence #member });
            found.extend(members.map(|member| member.to_string()));
        }
        let rest: proc_macro2::TokenStream = rows.parse()?;
        found.push(quote! { #name :: members #rest }.to_string());
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of members")
}

/// An enumeration, and what its macro makes of it.
fn open_enum(call: &syn::ItemMacro) -> Vec<String> {
    let item: ItemEnum = syn::parse2(call.mac.tokens.clone()).expect("an enumeration");
    let name = &item.ident;
    let made = [
        quote! { #name :: pub fn as_str(&self) -> &str },
        quote! { impl From<&str> for #name },
        quote! { impl From<String> for #name },
    ];
    let made = made.iter().map(ToString::to_string);
    enumeration(&item).into_iter().chain(made).collect()
}

/// What a union is made from: `Union { Variant.exact() from Type, ...; List of [Item, ...]; ..Unknown } ...`
fn open_union(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let name: syn::Ident = input.parse()?;
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.peek(Token![..]) {
            rows.call(syn::Ident::parse_any)?;
            while !rows.peek(Token![;]) {
                let token: proc_macro2::TokenTree = rows.parse()?;
                let made_of = token.to_string();
                if made_of == "from" {
                    let types = listed_types(&rows)?;
                    // What takes a borrowed text takes a borrowed `String`.
                    let made = types
                        .iter()
                        .filter(|ty| quote!(#ty).to_string() != "& String");
                    let made = made.map(|ty| quote! { impl From<#ty> for #name });
                    found.extend(made.map(|made| made.to_string()));
                } else if made_of == "entries" || made_of == "map" {
                    let value;
                    syn::bracketed!(value in rows);
                    let value: syn::Type = value.parse()?;
                    let map = quote! { BTreeMap<String, #value> };
                    found.push(quote! { impl From<#map> for #name }.to_string());
                } else if made_of == "of" && rows.peek(syn::token::Bracket) {
                    let items;
                    syn::bracketed!(items in rows);
                    let made = listed_types(&items)?;
                    let made = made
                        .iter()
                        .map(|ty| quote! { impl From<Vec<#ty>> for #name });
                    found.extend(made.map(|made| made.to_string()));
                } else if made_of == "texts" {
                    found.push(quote! { impl From<Vec<&str>> for #name }.to_string());
                }
            }
            rows.parse::<Token![;]>()?;
        }
        rows.parse::<proc_macro2::TokenStream>()?;
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of variants")
}

fn listed_types(input: ParseStream<'_>) -> syn::Result<Punctuated<syn::Type, Token![,]>> {
    Punctuated::parse_separated_nonempty(input)
}

/// The types of requests, and what a fake has of each: `Resource, ALL { method => Name(Output) #[fields] = json "GET /path", OWN; }`
fn requests(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let of: syn::Ident = input.parse()?;
        security(input)?;
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.is_empty() {
            rows.call(Attribute::parse_outer)?;
            let method = rows.call(syn::Ident::parse_any)?;
            rows.parse::<Token![=>]>()?;
            let name: syn::Ident = rows.parse()?;
            let output;
            syn::parenthesized!(output in rows);
            let output: syn::Type = output.parse()?;
            let attributes = attributes(&rows.call(Attribute::parse_outer)?);
            rows.parse::<Token![=]>()?;
            while !rows.peek(syn::LitStr) {
                rows.parse::<proc_macro2::TokenTree>()?;
            }
            let operation: syn::LitStr = rows.parse()?;
            security(&rows)?;
            rows.parse::<Token![;]>()?;
            found.push(quote! { #attributes pub struct #name(Request<#output>) }.to_string());
            found.push(quote! { Faked<#of> :: #method -> #name #operation }.to_string());
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of requests")
}

/// `, crate::security::ALTERNATIVES`, if it is there.
fn security(input: ParseStream<'_>) -> syn::Result<()> {
    if input.parse::<Option<Token![,]>>()?.is_some() {
        input.call(syn::Path::parse_mod_style)?;
    }
    Ok(())
}

/// A part of the API: `Resource { child => module::Type; }`
fn resource(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        input.call(Attribute::parse_outer)?;
        let name: syn::Ident = input.parse()?;
        let rows;
        syn::braced!(rows in input);
        let mut found = vec![quote! { #[derive(Clone, Debug)] pub struct #name }.to_string()];
        while !rows.is_empty() {
            rows.call(Attribute::parse_outer)?;
            let child = rows.call(syn::Ident::parse_any)?;
            rows.parse::<Token![=>]>()?;
            let ty: syn::Path = rows.parse()?;
            rows.parse::<Token![;]>()?;
            found.push(quote! { #name :: pub fn #child(&self) -> #ty }.to_string());
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of resources")
}

/// What requests can be told: `[Request, Another] { name<K>(type) => call("wire", name); }`
fn options(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let mut requests = Vec::new();
        if input.peek(syn::token::Bracket) {
            let several;
            syn::bracketed!(several in input);
            let several = Punctuated::<syn::Ident, Token![,]>::parse_terminated(&several)?;
            requests.extend(several);
        } else {
            requests.push(input.parse()?);
        }
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.is_empty() {
            let attributes = attributes(&rows.call(Attribute::parse_outer)?);
            let name = rows.call(syn::Ident::parse_any)?;
            let generics: syn::Generics = rows.parse()?;
            let given;
            syn::parenthesized!(given in rows);
            let given = (!given.is_empty()).then(|| given.parse::<syn::Type>());
            let given = given.transpose()?.map(|ty| quote! { , #name: #ty });
            if rows.parse::<Option<Token![,]>>()?.is_some() {
                rows.call(Attribute::parse_outer)?;
                let maybe: syn::Ident = rows.parse()?;
                let generics: syn::Generics = rows.parse()?;
                let given;
                syn::parenthesized!(given in rows);
                let given: syn::Type = given.parse()?;
                let signature = quote! { pub fn #maybe #generics (self, #name: #given) -> Self };
                let of = requests.iter();
                found.extend(of.map(|request| quote! { #request :: #signature }.to_string()));
            }
            while !rows.peek(Token![;]) {
                rows.parse::<proc_macro2::TokenTree>()?;
            }
            rows.parse::<Token![;]>()?;
            let signature = quote! { pub fn #name #generics (self #given) -> Self };
            let signature = quote! { #attributes #signature };
            let of = requests.iter();
            found.extend(of.map(|request| quote! { #request :: #signature }.to_string()));
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of options")
}

/// The files of models, with the features that have them: `#[cfg(..)] one, another;`
fn modules(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        let mut found = Vec::new();
        while !input.is_empty() {
            let gates = input.call(Attribute::parse_outer)?;
            let modules = Punctuated::<syn::Ident, Token![,]>::parse_separated_nonempty(input)?;
            input.parse::<Token![;]>()?;
            let modules = modules.iter();
            found.extend(modules.map(|module| quote! { #(#gates)* use #module::* }.to_string()));
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of modules")
}

/// What a fake has of the client: `SERVICE as Client { name => accessor as path, "feature"; }`
fn fakes(call: &syn::ItemMacro) -> Vec<String> {
    let table = |input: ParseStream<'_>| {
        input.parse::<syn::Ident>()?;
        input.parse::<Token![as]>()?;
        input.parse::<syn::Ident>()?;
        let rows;
        syn::braced!(rows in input);
        let mut found = Vec::new();
        while !rows.is_empty() {
            rows.call(syn::Ident::parse_any)?;
            rows.parse::<Token![=>]>()?;
            let name = rows.call(syn::Ident::parse_any)?;
            rows.parse::<Token![as]>()?;
            let path: syn::Path = rows.parse()?;
            found.push(quote! { Fake :: #name -> #path }.to_string());
            if rows.parse::<Option<Token![,]>>()?.is_some() {
                rows.parse::<syn::LitStr>()?;
            }
            rows.parse::<Token![;]>()?;
        }
        Ok(found)
    };
    let tokens = call.mac.tokens.clone();
    table.parse2(tokens).expect("a table of a fake")
}

fn structure(item: &ItemStruct) -> Vec<String> {
    let (own, name) = (attributes(&item.attrs), &item.ident);
    let mut found = Vec::new();
    match &item.fields {
        Fields::Unnamed(fields) => found.push(quote! { #own pub struct #name #fields }.to_string()),
        fields => {
            found.push(quote! { #own pub struct #name }.to_string());
            for field in fields.iter().filter(|field| is_public(&field.vis)) {
                let attributes = attributes(&field.attrs);
                let (field, ty) = (&field.ident, &field.ty);
                found.push(quote! { #name :: #attributes pub #field: #ty }.to_string());
            }
        }
    }
    found
}

fn enumeration(item: &ItemEnum) -> Vec<String> {
    let (attributes, name) = (attributes(&item.attrs), &item.ident);
    let mut found = vec![quote! { #attributes pub enum #name }.to_string()];
    for variant in &item.variants {
        let (variant, fields) = (&variant.ident, &variant.fields);
        found.push(quote! { #name :: #variant #fields }.to_string());
    }
    found
}

fn implementation(item: &ItemImpl) -> Vec<String> {
    let ty = &item.self_ty;
    if let Some((path, _)) = &item.trait_ {
        let conversion = quote! { impl #path for #ty }.to_string();
        let is_conversion = path.segments.last().is_some_and(|s| s.ident == "From");
        return Vec::from_iter(is_conversion.then_some(conversion));
    }
    let mut found = Vec::new();
    for member in &item.items {
        if let ImplItem::Fn(function) = member
            && is_public(&function.vis)
        {
            let attributes = attributes(&function.attrs);
            let (is_async, name) = (&function.sig.asyncness, &function.sig.ident);
            let (generics, output) = (&function.sig.generics, &function.sig.output);
            let inputs = function.sig.inputs.iter();
            let signature = quote! { #is_async fn #name #generics (#(#inputs),*) #output };
            found.push(quote! { #ty :: #attributes pub #signature }.to_string());
            let headings = function.attrs.iter().filter_map(heading);
            found.extend(headings.map(|heading| quote! { #ty :: #name #heading }.to_string()));
        }
    }
    found
}

/// Those that the plan has a say in.
fn attributes(attributes: &[Attribute]) -> proc_macro2::TokenStream {
    let planned = ["derive", "allow", "idempotency_key", "fields"];
    let planned = attributes
        .iter()
        .filter(|attribute| planned.iter().any(|name| attribute.path().is_ident(name)));
    quote! { #(#planned)* }
}

/// A line of docs that begins a section: `# Errors`
fn heading(attribute: &Attribute) -> Option<proc_macro2::TokenStream> {
    let Meta::NameValue(doc) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(line),
        ..
    }) = &doc.value
    else {
        return None;
    };
    let line = line.value();
    let is_heading = attribute.path().is_ident("doc") && line.starts_with(" # ");
    let only_words = line
        .chars()
        .all(|c| c.is_ascii_alphabetic() || " #".contains(c));
    (is_heading && only_words).then(|| line.parse().expect("words are tokens"))
}

/// Every path that is imported.
fn paths(tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => {
            let inner = paths(&path.tree);
            inner
                .iter()
                .map(|inner| format!("{}::{inner}", path.ident))
                .collect()
        }
        UseTree::Group(group) => group.items.iter().flat_map(paths).collect(),
        tree => vec![tree.to_token_stream().to_string()],
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
