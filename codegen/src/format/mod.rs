//! From tokens to the text of a file.
//!
//! `prettyplease` prints no blank lines of its own, but one for an empty verbatim item; and it prints
//! the items within a macro as loose tokens. So each item is printed by itself, and they are put
//! together here. What it prints has to be parsed, which costs most: docs and plain declarations, which are most of the text,
//! are printed without it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{File, ImplItem};

use crate::timings::{Stage, stage};

use items::{Item, is_mark};

mod items;
mod plain;
mod table;

const INDENT: &str = "    ";

/// The text of a Rust file.
pub fn file(tokens: TokenStream) -> String {
    stage(Stage::Format, || {
        print(tokens).expect("what is emitted is a Rust file")
    })
}

/// None if the tokens are no items.
fn print(tokens: TokenStream) -> Option<String> {
    let (attributes, items) = items::of_file(tokens);
    let mut text = String::new();
    if !attributes.is_empty() {
        let mut file: File = syn::parse2(attributes).ok()?;
        file.items.push(syn::Item::Verbatim(TokenStream::new()));
        text.push_str(&prettyplease::unparse(&file));
    }
    let mut before: Option<Kind> = None;
    for item in items {
        if before.is_some_and(|before| !before.adjoins(&item)) {
            text.push('\n');
        }
        before = Some(Kind::of(&item));
        text += &item.docs;
        text += &printed(item.tokens)?;
    }
    Some(text)
}

/// An item without the docs before it.
fn printed(tokens: Vec<TokenTree>) -> Option<String> {
    if let Some(text) = plain::item(&tokens) {
        return Some(text);
    }
    match macro_of_items(tokens) {
        Ok(text) => text,
        Err(tokens) => functions(&tokens).or_else(|| parsed(tokens)),
    }
}

fn parsed(tokens: Vec<TokenTree>) -> Option<String> {
    let mut item = syn::parse2(items::with_lines_of_docs(tokens)).ok()?;
    if let syn::Item::Impl(block) = &mut item {
        block.items = spaced_members(std::mem::take(&mut block.items));
    }
    Some(unparsed(item))
}

fn unparsed(item: syn::Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// An `impl` of nothing but functions, each as wide as one that stands alone, and its head as wide as a line may be.
fn functions(tokens: &[TokenTree]) -> Option<String> {
    let [head @ .., TokenTree::Group(block)] = tokens else {
        return None;
    };
    let is_impl = matches!(head.first(), Some(TokenTree::Ident(word)) if word == "impl");
    if !is_impl || block.delimiter() != Delimiter::Brace {
        return None;
    }
    let (_, members) = items::of_file(block.stream());
    if members.is_empty() || !members.iter().all(Item::is_function) {
        return None;
    }
    let functions = members.into_iter().map(|function| {
        let text = plain::item(&function.tokens)
            .or_else(|| Some(with_whole_head(&parsed(function.tokens)?)))?;
        Some(function.docs + &text)
    });
    let functions: Vec<String> = functions.collect::<Option<_>>()?;
    let none = Group::new(Delimiter::Brace, TokenStream::new());
    let head = head.iter().cloned().chain([none.into()]);
    let head = parsed(head.collect())?;
    let head = head.trim_end().trim_end_matches('}');
    Some(format!("{head}\n{}}}\n", indented(&functions.join("\n"))))
}

/// A function whose head is on one line where that is no wider than lines may be.
fn with_whole_head(function: &str) -> String {
    let lines: Vec<&str> = function.lines().collect();
    let opens = |line: &&str| line.starts_with("pub ") && line.ends_with('(');
    let closes = |line: &&str| line.starts_with(')') && line.ends_with('{');
    let head = lines
        .iter()
        .position(opens)
        .zip(lines.iter().position(closes));
    let Some((first, last)) = head.filter(|(first, last)| first < last) else {
        return function.to_owned();
    };
    let parameters: Vec<&str> = lines[first + 1..last]
        .iter()
        .map(|line| {
            line.strip_prefix(INDENT)
                .unwrap_or_default()
                .trim_end_matches(',')
        })
        .collect();
    let is_whole =
        |parameter: &&str| !parameter.is_empty() && !parameter.starts_with([' ', ')', '>']);
    let line = format!("{}{}{}", lines[first], parameters.join(", "), lines[last]);
    if !parameters.iter().all(is_whole) || INDENT.len() + line.len() > WIDTH {
        return function.to_owned();
    }
    let head = [line.as_str()];
    let lines = lines[..first].iter().chain(&head).chain(&lines[last + 1..]);
    lines.map(|line| format!("{line}\n")).collect()
}

/// A macro that is called with items between braces as [`file`] prints those, and one that is called with a table. What is none
/// comes back.
fn macro_of_items(mut tokens: Vec<TokenTree>) -> Result<Option<String>, Vec<TokenTree>> {
    let path = match tokens.as_slice() {
        [path @ .., mark, TokenTree::Group(block)]
            if is_mark(mark, '!') && block.delimiter() == Delimiter::Brace =>
        {
            table::whole(path)
        }
        _ => return Err(tokens),
    };
    match tokens.pop() {
        Some(TokenTree::Group(block)) => Ok(called_with(&path, items::opened(block))),
        _ => Ok(None),
    }
}

fn called_with(path: &str, block: TokenStream) -> Option<String> {
    if !TABLES.contains(&path) {
        let text = indented(&print(block)?);
        return Some(format!("{path}! {{\n{text}}}\n"));
    }
    let text = table::table(block);
    if text.starts_with("///") || !is_one_group(&text) {
        return Some(format!("{path}! {{\n{}}}\n", indented(&text)));
    }
    let text = text.trim_end();
    if text.contains("///") {
        return Some(format!("{path}!({text});\n"));
    }
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let line = format!("{path}!({line});\n");
    Some(if line.trim_end().len() <= WIDTH {
        line
    } else {
        format!("{path}!({text});\n")
    })
}

/// Whether it is rows within braces, and nothing behind these.
fn is_one_group(table: &str) -> bool {
    let mut lines = table.lines();
    let (first, last) = (lines.next(), lines.next_back());
    first.is_some() && last == Some("}") && lines.all(|line| line.starts_with(INDENT))
}

/// The macros of the runtime that take a table.
const TABLES: [&str; 11] = [
    "constructor",
    "events",
    "fakes",
    "members",
    "modules",
    "open_union",
    "options",
    "pages",
    "requests",
    "resource",
    "setters",
];

/// Of a line of a table.
const WIDTH: usize = 100;

fn indented(text: &str) -> String {
    let mut indented = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            indented.push_str(INDENT);
            indented.push_str(line);
        }
        indented.push('\n');
    }
    indented
}

/// The lines of a block's statements, as they stand in a file that is nothing but them.
pub fn statements(statements: &TokenStream) -> Vec<String> {
    let text = file(quote! { fn block() { #statements } });
    let lines: Vec<&str> = text.lines().collect();
    let body = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    let lines: Vec<String> = body
        .iter()
        .map(|line| line.strip_prefix(INDENT).unwrap_or(line).to_owned())
        .collect();
    with_whole_chain(lines)
}

/// One statement that is a chain of calls is on one line where that is not too wide for an example.
fn with_whole_chain(lines: Vec<String>) -> Vec<String> {
    let link = format!("{INDENT}.");
    let is_chain = lines.len() > 1 && lines[1..].iter().all(|line| line.starts_with(&link));
    let line = lines
        .iter()
        .map(|line| line.trim_start())
        .collect::<String>();
    if is_chain && line.len() <= EXAMPLE_WIDTH {
        vec![line]
    } else {
        lines
    }
}

/// Of a line of an example within docs.
const EXAMPLE_WIDTH: usize = 88;

/// What decides whether a blank line stands between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Imports of the standard library, of other crates, and of this crate stand apart.
    Use {
        public: bool,
        origin: u8,
    },
    Module,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        let mut words = item.words().peekable();
        let public = words.next_if(|word| word == "pub").is_some();
        match words.next().as_deref() {
            Some("use") => Self::Use {
                public,
                origin: match words.next().as_deref() {
                    Some("std") => 0,
                    Some("crate" | "self" | "super") => 2,
                    _ => 1,
                },
            },
            Some("mod") if !item.ends_with_braces() => Self::Module,
            _ => Self::Other,
        }
    }

    /// Whether no blank line stands between it and the next.
    fn adjoins(self, item: &Item) -> bool {
        let next = Self::of(item);
        match next {
            Self::Use { .. } => self == next && !item.has_attributes(),
            Self::Module => self == next,
            Self::Other => false,
        }
    }
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
