//! From tokens to the text of a file.
//!
//! `prettyplease` prints no blank lines of its own; it prints one for an empty verbatim item, and
//! so the lines that a person would leave between items are put in as such before printing.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{File, ImplItem, Item};

/// The text of a Rust file.
pub fn file(tokens: TokenStream) -> String {
    let mut file: File = syn::parse2(tokens).expect("what is emitted is a Rust file");
    let mut items = Vec::new();
    for mut item in std::mem::take(&mut file.items) {
        if let Item::Impl(block) = &mut item {
            block.items = spaced_members(std::mem::take(&mut block.items));
        }
        let first = items.is_empty() && file.attrs.is_empty();
        if !first && !items.last().is_some_and(|last| adjoin(last, &item)) {
            items.push(Item::Verbatim(TokenStream::new()));
        }
        items.push(item);
    }
    file.items = items;
    prettyplease::unparse(&file)
}

/// The lines of a block's statements, as they stand in a file that is nothing but them.
pub fn statements(statements: &TokenStream) -> Vec<String> {
    const INDENT: &str = "    ";
    let text = file(quote! { fn block() { #statements } });
    let lines: Vec<&str> = text.lines().collect();
    let body = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    body.iter()
        .map(|line| line.strip_prefix(INDENT).unwrap_or(line).to_owned())
        .collect()
}

/// Whether no blank line stands between the two.
fn adjoin(one: &Item, two: &Item) -> bool {
    match (one, two) {
        (Item::Use(one), Item::Use(two)) => group(one) == group(two),
        (Item::Mod(one), Item::Mod(two)) => one.content.is_none() && two.content.is_none(),
        (Item::Verbatim(tokens), _) => tokens.is_empty(),
        _ => false,
    }
}

/// Imports of the standard library, of other crates, and of this crate stand apart.
fn group(item: &syn::ItemUse) -> (bool, u8) {
    let public = !matches!(item.vis, syn::Visibility::Inherited);
    let root = match &item.tree {
        syn::UseTree::Path(path) => path.ident.to_string(),
        _ => String::new(),
    };
    let group = match root.as_str() {
        "std" => 0,
        "crate" | "self" | "super" => 2,
        _ => 1,
    };
    (public, group)
}

fn spaced_members(members: Vec<ImplItem>) -> Vec<ImplItem> {
    let mut spaced: Vec<ImplItem> = Vec::new();
    for member in members {
        let both_types = matches!(
            (spaced.last(), &member),
            (Some(ImplItem::Type(_)), ImplItem::Type(_))
        );
        if !spaced.is_empty() && !both_types {
            spaced.push(ImplItem::Verbatim(TokenStream::new()));
        }
        spaced.push(member);
    }
    spaced
}
