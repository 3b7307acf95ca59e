//! Attributes that many items have: docs, aliases, derives, lints, deprecation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{ident, path};
use super::wrap::wrapped;
use crate::rust::signature::{Derive, Lint};
use crate::rust::{Crate, Section, docs};

/// `/// text`
pub fn docs(text: &str) -> TokenStream {
    docs_of_lines(&wrapped(text))
}

/// The same, of lines that are no longer than they may be: one attribute for all of them.
pub fn docs_of_lines(lines: &str) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let text = literal(lines);
    quote! { #[doc = #text] }
}

/// The lines, each behind a blank, as the text of a program. Only what has to be is escaped: docs are most of a crate.
fn literal(lines: &str) -> Literal {
    let mut written = String::with_capacity(lines.len() + lines.len() / 16 + 16);
    written.push('"');
    for (index, line) in lines.lines().enumerate() {
        written.push_str(if index > 0 { "\n" } else { "" });
        written.push_str(if line.is_empty() { "" } else { " " });
        let mut rest = line;
        while let Some(at) = rest.find(['"', '\\', '\r']) {
            written.push_str(&rest[..at]);
            written.push_str(match &rest[at..=at] {
                "\r" => "\\r",
                "\"" => "\\\"",
                _ => "\\\\",
            });
            rest = &rest[at + 1..];
        }
        written.push_str(rest);
    }
    written.push('"');
    written
        .parse()
        .unwrap_or_else(|_| Literal::string(&format!(" {lines}")))
}

/// Docs with sections below them; `example` gives the lines of the code of one.
pub fn docs_with_sections(
    text: &str,
    sections: &[Section],
    example: impl Fn() -> Vec<String>,
) -> TokenStream {
    let mut all = text.to_owned();
    let mut after_item = false;
    for section in sections {
        let is_item = !matches!(section, Section::Errors(_) | Section::Example);
        all += if after_item && is_item { "\n" } else { "\n\n" };
        all += &self::section(section, &example);
        after_item = is_item;
    }
    docs(&all)
}

fn section(section: &Section, example: impl Fn() -> Vec<String>) -> String {
    match section {
        Section::Arguments(arguments) => {
            // Further lines of a list item stay within it, and a block begins on a line of its own.
            let item = |(name, docs): &(String, String)| {
                let space = if docs::begins_block(docs) {
                    "\n\n  "
                } else {
                    " "
                };
                let name = name.trim_start_matches("r#");
                format!("- `{name}`:{space}{}", docs.replace('\n', "\n  "))
            };
            let items: Vec<String> = arguments.iter().map(item).collect();
            items.join("\n")
        }
        Section::Options { request, names } => {
            format!(
                "- Optional, set on the [request]({request}): {}.",
                first_of(names)
            )
        }
        Section::MediaTypes { request, names } => {
            let names: Vec<String> = names.iter().map(|name| docs::code(name)).collect();
            let names = names.join(", ");
            format!("- Other representations, which [`raw`]({request}::raw) asks for: {names}.")
        }
        Section::Headers { request, names } => {
            let names = names
                .iter()
                .map(|name| format!("[`{name}`](crate::headers::{name})"));
            let names: Vec<String> = names.collect();
            format!(
                "- Headers of the response, by [`with_response`]({request}::with_response) and `read_header`: {}.",
                names.join(", ")
            )
        }
        Section::Pages { request } => {
            format!("- Comes in pages: [`items`]({request}::items) gives the items of all.")
        }
        Section::Stream { request } => {
            format!("- [`stream`]({request}::stream) asks for items that are read as they arrive.")
        }
        Section::LongRunning { request } => {
            format!(
                "- It starts something that takes long: [`wait`]({request}::wait) gives it once it is done."
            )
        }
        Section::Errors(errors) => format!("# Errors\n\n{errors}"),
        Section::ErrorBodies(bodies) => format!("- {bodies}"),
        Section::Example => format!("```no_run\n{}\n```", example().join("\n")),
    }
}

/// The names as far as they fit on two lines, since the type of the request has all of them.
fn first_of(names: &[String]) -> String {
    const WIDTH: usize = 110;
    let mut text = String::new();
    for (index, name) in names.iter().enumerate() {
        let name = docs::code(name.trim_start_matches("r#"));
        let rest = names.len() - index;
        if rest > 1 && text.len() + name.len() > WIDTH {
            return format!("{text}, and {rest} more");
        }
        let comma = if text.is_empty() { "" } else { ", " };
        text = format!("{text}{comma}{name}");
    }
    text
}

/// `//! text`
pub fn file_docs(text: &str) -> TokenStream {
    let text = wrapped(text);
    let lines = text.lines().map(doc_line);
    quote! { #(#![doc = #lines])* }
}

pub fn aliases(aliases: &[String]) -> TokenStream {
    quote! { #(#[doc(alias = #aliases)])* }
}

/// The names that a model had before, as types of the same.
pub fn former(name: &str, former: &[String]) -> TokenStream {
    let docs = docs(&format!("What [`{name}`] was called before."));
    let name = ident(name);
    let former = former.iter().map(|name| ident(name));
    quote! { #(#docs pub type #former = #name;)* }
}

pub fn derives(derives: &[Derive]) -> TokenStream {
    let names = derives.iter().map(|derive| ident(derive.name()));
    quote! { #[derive(#(#names),*)] }
}

/// Of a whole file.
pub fn file_allow(lints: &[Lint]) -> TokenStream {
    let names = lints.iter().map(|lint| path(lint.name()));
    quote! { #(#![allow(#names)])* }
}

/// Of what is there with one of the features; without any it is always there.
pub fn gate(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [one] => quote! { #[cfg(feature = #one)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    }
}

/// Of the root of a crate.
pub fn recursion_limit(sdk: &Crate) -> Option<TokenStream> {
    let limit = sdk.recursion_limit?.to_string();
    Some(quote! { #![recursion_limit = #limit] })
}

pub fn allow(lints: &[Lint]) -> TokenStream {
    let names = lints.iter().map(|lint| path(lint.name()));
    quote! { #(#[allow(#names)])* }
}

pub fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote! { #[deprecated] }
    } else {
        TokenStream::new()
    }
}

fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
