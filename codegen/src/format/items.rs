//! Items, as the tokens of a file or of a block hold them one after the other.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use quote::quote;
use syn::Lit;

/// What stands by itself.
#[derive(Debug, Default)]
pub struct Item {
    /// The lines of its docs, as far as they come before everything else.
    pub docs: String,
    /// What is behind those.
    pub tokens: Vec<TokenTree>,
}

/// The attributes of a file, and its items.
pub fn of_file(tokens: TokenStream) -> (TokenStream, Vec<Item>) {
    let mut attributes = TokenStream::new();
    let mut items = Vec::new();
    let mut item = Item::default();
    for token in tokens {
        item.push(token);
        if item.is_attribute_of_file() {
            attributes.extend(item.tokens.drain(..));
        } else if item.is_whole() {
            items.push(std::mem::take(&mut item));
        }
    }
    if !item.tokens.is_empty() {
        items.push(item);
    }
    (attributes, items)
}

impl Item {
    fn push(&mut self, token: TokenTree) {
        let token = match (self.tokens.as_slice(), token) {
            ([mark], TokenTree::Group(said)) if is_mark(mark, '#') => {
                let said = Said::of(said);
                let text = said.docs();
                if text.is_some_and(|text| push_lines(&text, "", &mut self.docs)) {
                    return self.tokens.clear();
                }
                said.into_group().into()
            }
            (_, token) => token,
        };
        self.tokens.push(token);
    }

    fn is_attribute_of_file(&self) -> bool {
        match self.tokens.as_slice() {
            [hash, mark, TokenTree::Group(_)] => is_mark(hash, '#') && is_mark(mark, '!'),
            _ => false,
        }
    }

    /// Whether it ends with its last token: a semicolon, or braces that are no part of a value or a path.
    fn is_whole(&self) -> bool {
        if !self.ends_with_braces() {
            return self.tokens.last().is_some_and(|end| is_mark(end, ';'));
        }
        let mut words = self.words().skip_while(|word| word == "pub");
        match words.next().as_deref() {
            Some("use" | "static" | "type") => false,
            Some("const") => words.next().is_some_and(|word| word == "fn"),
            _ => true,
        }
    }

    /// Whether it is a function with a body.
    pub fn is_function(&self) -> bool {
        self.ends_with_braces() && self.words().any(|word| word == "fn")
    }

    pub fn has_attributes(&self) -> bool {
        !self.docs.is_empty() || self.tokens.first().is_some_and(|first| is_mark(first, '#'))
    }

    pub fn ends_with_braces(&self) -> bool {
        let end = self.tokens.last();
        matches!(end, Some(TokenTree::Group(block)) if block.delimiter() == Delimiter::Brace)
    }

    pub fn words(&self) -> impl Iterator<Item = String> {
        self.tokens.iter().filter_map(|token| match token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        })
    }
}

/// What is within a group. It is taken out of it, since all that a group still holds would be copied.
pub fn opened(group: Group) -> TokenStream {
    let tokens = group.stream();
    drop(group);
    tokens
}

/// What an attribute says.
pub struct Said {
    delimiter: Delimiter,
    pub tokens: Vec<TokenTree>,
}

impl Said {
    pub fn of(group: Group) -> Self {
        Self {
            delimiter: group.delimiter(),
            tokens: opened(group).into_iter().collect(),
        }
    }

    /// The text, if it is docs.
    pub fn docs(&self) -> Option<String> {
        match self.tokens.as_slice() {
            [TokenTree::Ident(name), equal, TokenTree::Literal(line), ..]
                if name == "doc" && is_mark(equal, '=') =>
            {
                text(line)
            }
            _ => None,
        }
    }

    fn into_group(self) -> Group {
        Group::new(self.delimiter, self.tokens.into_iter().collect())
    }
}

/// Writes `/// text` for each line, if the attribute is docs, without the blanks at its end.
pub fn push_docs(said: &Group, indent: &str, docs: &mut String) -> bool {
    text_of_docs(said).is_some_and(|text| push_lines(&text, indent, docs))
}

fn push_lines(text: &str, indent: &str, docs: &mut String) -> bool {
    // Those are no docs.
    if text.split('\n').any(|line| line.starts_with('/')) {
        return false;
    }
    for line in text.split('\n') {
        for part in [indent, "///", line.trim_end_matches(' '), "\n"] {
            docs.push_str(part);
        }
    }
    true
}

/// The same tokens with an attribute for each line of docs, at whatever depth, as `prettyplease` prints them as lines.
pub fn with_lines_of_docs(tokens: impl IntoIterator<Item = TokenTree>) -> TokenStream {
    let mut all: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            all.push(token);
            continue;
        };
        let is_attribute = all.last().is_some_and(|last| is_mark(last, '#'));
        let text = text_of_docs(&group).filter(|text| is_attribute && text.contains('\n'));
        let Some(text) = text else {
            let mut same = Group::new(group.delimiter(), with_lines_of_docs(group.stream()));
            same.set_span(group.span());
            all.push(same.into());
            continue;
        };
        all.pop();
        let lines = text.split('\n');
        all.extend(lines.flat_map(|line| quote! { #[doc = #line] }));
    }
    all.into_iter().collect()
}

/// What an attribute says, if it is docs.
fn text_of_docs(said: &Group) -> Option<String> {
    Said::of(said.clone()).docs()
}

/// What the literal of a string says.
fn text(literal: &Literal) -> Option<String> {
    let mut written = literal.to_string();
    if written.starts_with('"') && !written.contains('\\') {
        written.pop();
        written.remove(0);
        return Some(written);
    }
    if let Some(text) = unescaped(&written) {
        return Some(text);
    }
    match Lit::new(literal.clone()) {
        Lit::Str(line) => Some(line.value()),
        _ => None,
    }
}

/// A text between quotes in which nothing is escaped but quotes, backslashes and ends of lines.
fn unescaped(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written.strip_prefix('"')?.strip_suffix('"')?;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        text.push(match rest[at + 1..].chars().next()? {
            'n' => '\n',
            'r' => '\r',
            plain @ ('"' | '\\') => plain,
            _ => return None,
        });
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    Some(text)
}

pub fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == mark)
}
