//! From tokens to the text of a file.
//!
//! `prettyplease` prints no blank lines of its own, but one for an empty verbatim item; and it prints
//! the items within a macro as loose tokens. So each item is printed by itself, and they are put
//! together here.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{File, ImplItem, Item, ItemMacro, MacroDelimiter};

use crate::timings::{Stage, stage};

const INDENT: &str = "    ";

/// The text of a Rust file.
pub fn file(tokens: TokenStream) -> String {
    stage(Stage::Format, || {
        print(syn::parse2(tokens).expect("what is emitted is a Rust file"))
    })
}

fn print(mut file: File) -> String {
    let items = std::mem::take(&mut file.items);
    let pairs = items.windows(2);
    let mut apart: Vec<bool> = pairs.map(|pair| !adjoin(&pair[0], &pair[1])).collect();
    apart.insert(0, false);
    let mut text = String::new();
    if !file.attrs.is_empty() {
        file.items.push(Item::Verbatim(TokenStream::new()));
        text.push_str(&prettyplease::unparse(&file));
    }
    for (item, apart) in items.into_iter().zip(apart) {
        if apart {
            text.push('\n');
        }
        text.push_str(&print_item(item));
    }
    text
}

fn print_item(mut item: Item) -> String {
    match &mut item {
        Item::Impl(block) => block.items = spaced_members(std::mem::take(&mut block.items)),
        Item::Macro(call) => {
            if let Some(text) = macro_of_items(call) {
                return text;
            }
        }
        _ => {}
    }
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// A macro that is called with items between braces, or with a value, as [`file`] prints those.
fn macro_of_items(call: &ItemMacro) -> Option<String> {
    let (None, MacroDelimiter::Brace(_)) = (&call.ident, &call.mac.delimiter) else {
        return None;
    };
    let text = match syn::parse2(call.mac.tokens.clone()) {
        Ok(items) => print(items),
        Err(_) if call.mac.path.is_ident("requests") => rows(call.mac.tokens.clone()),
        Err(_) => {
            let value: syn::Expr = syn::parse2(call.mac.tokens.clone()).ok()?;
            statements(&value.to_token_stream()).join("\n")
        }
    };
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("{INDENT}{line}\n"),
    });
    let path = call.mac.path.to_token_stream();
    Some(format!("{path}! {{\n{}}}\n", lines.collect::<String>()))
}

/// A table with a line for each row, which ends with a semicolon.
fn rows(table: TokenStream) -> String {
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    let tokens: Vec<TokenTree> = table.into_iter().collect();
    let rows = tokens.split_inclusive(ends).map(line);
    rows.map(|row| row + "\n").collect()
}

/// Types, paths, values and attributes on one line.
fn line(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && is_apart(&tokens[..index], token) {
            text.push(' ');
        }
        match token {
            TokenTree::Group(group) => text.push_str(&within(group)),
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

fn within(group: &Group) -> String {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let inner = line(&tokens);
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// Whether a blank stands between what is there and the next token.
fn is_apart(before: &[TokenTree], next: &TokenTree) -> bool {
    let mark = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
        _ => None,
    };
    let last = before.last();
    let is_word = |token: &TokenTree| !matches!(token, TokenTree::Punct(_) | TokenTree::Group(_));
    match (mark(last), mark(Some(next))) {
        (Some('>'), _) if matches!(mark(before.iter().nth_back(1)), Some('=' | '-')) => true,
        (Some('='), Some('>')) => false,
        (Some(',' | '='), _) | (_, Some('=' | '#' | '|')) | (Some('|'), _) => true,
        // One colon, and not the end of two.
        (Some(':'), Some(':')) => false,
        (Some(':'), _) => mark(before.iter().nth_back(1)) != Some(':'),
        (None, None) => is_word(next) && last.is_some(),
        _ => false,
    }
}

/// The lines of a block's statements, as they stand in a file that is nothing but them.
pub fn statements(statements: &TokenStream) -> Vec<String> {
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
        (Item::Use(one), Item::Use(two)) => group(one) == group(two) && two.attrs.is_empty(),
        (Item::Mod(one), Item::Mod(two)) => one.content.is_none() && two.content.is_none(),
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
