//! From tokens to the text of a file.
//!
//! `prettyplease` prints no blank lines of its own, but one for an empty verbatim item; and it prints
//! the items within a macro as loose tokens. So each item is printed by itself, and they are put
//! together here.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{File, ImplItem, Item, ItemFn, ItemImpl, ItemMacro, Lit, MacroDelimiter};

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
        text += &match item {
            Item::Impl(block) if has_only_functions(&block) => functions(block),
            item => print_item(item),
        };
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
    unparsed(item)
}

fn unparsed(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

fn has_only_functions(block: &ItemImpl) -> bool {
    let is_function = |member: &ImplItem| matches!(member, ImplItem::Fn(_));
    !block.items.is_empty() && block.items.iter().all(is_function)
}

/// An `impl` of nothing but functions, each as wide as one that stands alone, and its head as wide as a line may be.
fn functions(mut block: ItemImpl) -> String {
    let members = std::mem::take(&mut block.items);
    let functions = members.into_iter().filter_map(|member| match member {
        ImplItem::Fn(function) => {
            let function = unparsed(Item::Fn(ItemFn {
                attrs: function.attrs,
                vis: function.vis,
                modifiers: function.modifiers,
                sig: function.sig,
                block: Box::new(function.block),
            }));
            Some(with_whole_head(&function))
        }
        _ => None,
    });
    let functions: Vec<String> = functions.collect();
    let head = unparsed(Item::Impl(block));
    let head = head.trim_end().trim_end_matches('}');
    format!("{head}\n{}}}\n", indented(&functions.join("\n")))
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

/// A macro that is called with items between braces as [`file`] prints those, and one that is called with a table.
fn macro_of_items(call: &mut ItemMacro) -> Option<String> {
    let (None, MacroDelimiter::Brace(_)) = (&call.ident, &call.mac.delimiter) else {
        return None;
    };
    let path = call.mac.path.to_token_stream();
    if !TABLES.iter().any(|name| call.mac.path.is_ident(name)) {
        let items = syn::parse2(call.mac.tokens.clone()).ok()?;
        let text = indented(&print(items));
        return Some(format!("{path}! {{\n{text}}}\n"));
    }
    let text = table(std::mem::take(&mut call.mac.tokens));
    if text.starts_with("///") || !is_one_group(&text) {
        return Some(format!("{path}! {{\n{}}}\n", indented(&text)));
    }
    let text = text.trim_end();
    if text.contains("///") {
        return Some(format!("{path}!({text});\n"));
    }
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let line = format!("{path}!({line});\n");
    Some(match line.trim_end().len() <= WIDTH {
        true => line,
        false => format!("{path}!({text});\n"),
    })
}

/// Whether it is rows within braces, and nothing behind these.
fn is_one_group(table: &str) -> bool {
    let mut lines = table.lines();
    let (first, last) = (lines.next(), lines.next_back());
    first.is_some() && last == Some("}") && lines.all(|line| line.starts_with(INDENT))
}

/// The macros of the runtime that take a table.
const TABLES: [&str; 10] = [
    "constructor",
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
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("{INDENT}{line}\n"),
    });
    lines.collect()
}

/// A table with a line for each row, which ends with a semicolon, or has more rows within braces. What is said of a row
/// stands above it.
fn table(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut row = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(rows) if rows.delimiter() == Delimiter::Brace => {
                let head = filled(&pieces(&std::mem::take(&mut row), false));
                text += &format!("{head} {{\n{}}}\n", indented(&table(rows.stream())));
            }
            TokenTree::Group(said) if is_attribute(&row, &said) => {
                row.clear();
                text += &attribute(said.stream());
            }
            TokenTree::Punct(end) if end.as_char() == ';' => {
                text += &filled(&pieces(&std::mem::take(&mut row), false));
                text += ";\n";
            }
            token => row.push(token),
        }
    }
    if !row.is_empty() {
        text += &pieces(&row, false).concat();
        text.push('\n');
    }
    text
}

/// Whether it is the brackets of an attribute that begins a row.
fn is_attribute(row: &[TokenTree], said: &Group) -> bool {
    let is_mark = matches!(row, [TokenTree::Punct(mark)] if mark.as_char() == '#');
    is_mark && said.delimiter() == Delimiter::Bracket
}

/// `/// docs`, or the attribute, on a line of its own.
fn attribute(said: TokenStream) -> String {
    let tokens: Vec<TokenTree> = said.into_iter().collect();
    if let [TokenTree::Ident(name), _, TokenTree::Literal(line)] = tokens.as_slice()
        && name == "doc"
        && let Lit::Str(line) = Lit::new(line.clone())
    {
        return format!("///{}\n", line.value());
    }
    format!("#[{}]\n", pieces(&tokens, true).concat())
}

/// On as many lines as they need.
fn filled(pieces: &[String]) -> String {
    let mut text = String::new();
    let mut used = 0;
    for piece in pieces {
        if used > INDENT.len() && 2 * INDENT.len() + used + piece.trim_end().len() > WIDTH {
            text = format!("{}\n{INDENT}", text.trim_end());
            used = INDENT.len();
        }
        text += piece;
        used += piece.len();
    }
    text
}

/// Types, paths, values and attributes, broken before what something is and behind each comma of a list that stands alone
/// or within brackets; or not at all, where they are `whole`.
fn pieces(tokens: &[TokenTree], whole: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut angles = 0;
    for (index, token) in tokens.iter().enumerate() {
        let mut piece = pieces.pop().unwrap_or_default();
        let apart = index > 0 && is_apart(&tokens[..index], token);
        let mark = match token {
            TokenTree::Punct(mark) => Some(mark.as_char()),
            _ => None,
        };
        match mark {
            Some('<') => angles += 1,
            Some('>') if !is_arrow(&tokens[..index]) => angles -= 1,
            _ => {}
        }
        let breaks = !whole && angles == 0;
        if apart {
            piece.push(' ');
        }
        if apart && breaks && mark == Some('=') {
            pieces.push(std::mem::take(&mut piece));
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inner =
                    self::pieces(&inner, whole || group.delimiter() != Delimiter::Bracket);
                inner[0].insert_str(0, open);
                inner[0].insert_str(0, &piece);
                piece = inner.pop().unwrap_or_default() + close;
                pieces.extend(inner);
            }
            token => piece += &token.to_string(),
        }
        pieces.push(piece);
        if breaks && mark == Some(',') {
            pieces.push(String::new());
        }
    }
    // A blank behind a comma belongs to the line of the comma.
    for index in 1..pieces.len() {
        if pieces[index].starts_with(' ') {
            pieces[index].remove(0);
            pieces[index - 1].push(' ');
        }
    }
    pieces
}

/// Whether the next `>` is the head of `=>` or `->`.
fn is_arrow(before: &[TokenTree]) -> bool {
    let last = before.last();
    matches!(last, Some(TokenTree::Punct(mark)) if "=-".contains(mark.as_char()) && mark.spacing() == Spacing::Joint)
}

/// Whether a blank stands between what is there and the next token.
fn is_apart(before: &[TokenTree], next: &TokenTree) -> bool {
    let mark = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
        _ => None,
    };
    let last = before.last();
    let is_bar = |token: &&TokenTree| mark(Some(token)) == Some('|');
    let is_literal = |token: &TokenTree| matches!(token, TokenTree::Literal(_));
    let is_word = |token: &TokenTree| match token {
        TokenTree::Punct(_) => false,
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        _ => true,
    };
    match (mark(last), mark(Some(next))) {
        (Some('>'), _) if matches!(mark(before.iter().nth_back(1)), Some('=' | '-')) => true,
        (Some('='), Some('>')) => false,
        (Some(',' | '='), _) | (_, Some('=' | '#')) => true,
        // Between alternatives, and behind the arguments of a closure.
        (Some('|'), _) => is_literal(next) || before.iter().filter(is_bar).count() % 2 == 0,
        (_, Some('|')) => last.is_some_and(is_literal),
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
