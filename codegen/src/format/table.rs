//! Tables, as macros of the runtime take them: rows of loose tokens.

use std::fmt::Write;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::items::{Said, is_mark, opened};
use super::{INDENT, WIDTH, indented};

/// A table with a line for each row, which ends with a semicolon, or has more rows within braces. What is said of a row
/// stands above it.
pub fn table(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut row = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(rows) if rows.delimiter() == Delimiter::Brace => {
                let head = filled(&pieces(&std::mem::take(&mut row)));
                text += &format!("{head} {{\n{}}}\n", indented(&table(opened(rows))));
            }
            TokenTree::Group(said) if is_attribute(&row, &said) => {
                row.clear();
                text += &attribute(said);
            }
            TokenTree::Punct(end) if end.as_char() == ';' => {
                text += &filled(&pieces(&std::mem::take(&mut row)));
                text += ";\n";
            }
            token => row.push(token),
        }
    }
    if !row.is_empty() {
        text += &whole(&row);
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
fn attribute(said: Group) -> String {
    let said = Said::of(said);
    if let Some(text) = said.docs() {
        return text
            .split('\n')
            .map(|line| format!("///{line}\n"))
            .collect();
    }
    format!("#[{}]\n", whole(&said.tokens))
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

/// Types, paths, values and attributes, on one line.
pub fn whole(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && is_apart(&tokens[..index], token) {
            text.push(' ');
        }
        push(token, &mut text);
    }
    text
}

fn push(token: &TokenTree, text: &mut String) {
    let written = match token {
        TokenTree::Group(group) => {
            let (open, close) = marks(group);
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            text.push_str(open);
            text.push_str(&whole(&inner));
            text.push_str(close);
            Ok(())
        }
        TokenTree::Ident(word) => write!(text, "{word}"),
        TokenTree::Punct(mark) => text.write_char(mark.as_char()),
        TokenTree::Literal(value) => write!(text, "{value}"),
    };
    written.expect("a text takes all that is written");
}

fn marks(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => ("", ""),
    }
}

/// The same, broken before what something is, and before each further text of a pattern, and behind each comma of a list that
/// stands alone or within brackets.
fn pieces(tokens: &[TokenTree]) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut angles = 0;
    for (index, token) in tokens.iter().enumerate() {
        let mut piece = pieces.pop().unwrap_or_default();
        match token {
            token if is_mark(token, '<') => angles += 1,
            token if is_mark(token, '>') && !is_arrow(&tokens[..index]) => angles -= 1,
            _ => {}
        }
        let breaks = angles == 0;
        if index > 0 && is_apart(&tokens[..index], token) {
            piece.push(' ');
            let is_alternative = is_mark(token, '|') && is_literal(&tokens[index - 1]);
            if breaks && (is_mark(token, '=') || is_alternative) {
                pieces.push(std::mem::take(&mut piece));
            }
        }
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inner = self::pieces(&inner);
                inner[0].insert_str(0, &(piece + "["));
                piece = inner.pop().unwrap_or_default() + "]";
                pieces.extend(inner);
            }
            token => push(token, &mut piece),
        }
        pieces.push(piece);
        if breaks && is_mark(token, ',') {
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

fn is_literal(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Literal(_))
}

/// Whether a blank stands between what is there and the next token.
fn is_apart(before: &[TokenTree], next: &TokenTree) -> bool {
    let mark = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
        _ => None,
    };
    let last = before.last();
    let is_bar = |token: &&TokenTree| mark(Some(token)) == Some('|');
    let is_word = |token: &TokenTree| match token {
        TokenTree::Punct(_) => false,
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        _ => true,
    };
    match (mark(last), mark(Some(next))) {
        (Some('>'), _) if matches!(mark(before.iter().nth_back(1)), Some('=' | '-')) => true,
        (Some('='), Some('>')) => false,
        // A word behind the arguments of a type.
        (Some('>'), None) => matches!(next, TokenTree::Ident(_)),
        (Some(',' | '='), _) | (_, Some('=' | '#')) => true,
        // Between alternatives, and behind the arguments of a closure.
        (Some('|'), _) => is_literal(next) || before.iter().filter(is_bar).count() % 2 == 0,
        (_, Some('|')) => last.is_some_and(is_literal),
        // One colon, and neither the beginning nor the end of two.
        (Some(':'), Some(':')) if matches!(last, Some(TokenTree::Punct(first)) if first.spacing() == Spacing::Joint) => {
            false
        }
        (Some(':'), _) => mark(before.iter().nth_back(1)) != Some(':'),
        (None, None) => is_word(next) && last.is_some(),
        _ => false,
    }
}
