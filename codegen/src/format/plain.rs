//! What fits on a line for each of its parts: imports, structs, enumerations, functions of simple statements. They are most of what
//! is printed, and come out as `prettyplease` prints them, which would have to parse them first. What is not known to is left to it.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::INDENT;
use super::items::{is_mark, push_docs};
use super::table::whole;

/// A line that is wider may be broken by `prettyplease`.
const WIDTH: usize = 80;

/// A statement that is no wider than `prettyplease` has lines is on one.
const WHOLE: usize = 89;

/// The text of an item without the docs before it, if it is one of those.
pub fn item(tokens: &[TokenTree]) -> Option<String> {
    statement_of_file(tokens)
        .or_else(|| declaration(tokens))
        .or_else(|| function(tokens))
}

/// `use path;`, `use path::{several};`, `pub mod name;` or `pub type Name = Type;`
fn statement_of_file(tokens: &[TokenTree]) -> Option<String> {
    let (end, statement) = tokens.split_last()?;
    let words = match statement {
        [TokenTree::Ident(public), words @ ..] if public == "pub" => words,
        words => words,
    };
    let kinds = ["use", "mod", "type"];
    let is_kind = |word: &TokenTree| matches!(word, TokenTree::Ident(word) if kinds.iter().any(|kind| word == kind));
    if !is_mark(end, ';') || !words.first().is_some_and(is_kind) {
        return None;
    }
    let line = match statement {
        [path @ .., TokenTree::Group(names)] if names.delimiter() == Delimiter::Brace => {
            let names: Vec<TokenTree> = names.stream().into_iter().collect();
            let several = names.iter().any(|name| is_mark(name, ','));
            let are_names = path.iter().chain(&names).all(is_of_type);
            (several && are_names).then(|| format!("{}{{{}}};\n", whole(path), whole(&names)))?
        }
        statement => {
            let is_known = |token: &TokenTree| is_of_type(token) || is_mark(token, '=');
            statement
                .iter()
                .all(is_known)
                .then(|| whole(statement) + ";\n")?
        }
    };
    (line.len() <= WIDTH).then_some(line)
}

/// A struct or an enumeration.
fn declaration(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(tokens, "", &mut text)?;
    let (head, block) = match rest {
        [head @ .., TokenTree::Group(block)] if is_group(&rest[head.len()], Delimiter::Brace) => {
            (head, block.stream())
        }
        _ => return None,
    };
    let words = match head {
        [TokenTree::Ident(public), words @ ..] if public == "pub" => words,
        words => words,
    };
    let is_part = match words {
        [TokenTree::Ident(kind), TokenTree::Ident(_)] if kind == "struct" => is_field,
        [TokenTree::Ident(kind), TokenTree::Ident(_)] if kind == "enum" => is_variant,
        _ => return None,
    };
    line(head, "", " {\n", &mut text)?;
    let parts = parts(block);
    for part in &parts {
        let part = attributes(part, INDENT, &mut text)?;
        is_part(part).then(|| line(part, INDENT, ",\n", &mut text))??;
    }
    text.push_str("}\n");
    (!parts.is_empty()).then_some(text)
}

/// What is behind the attributes, which are a line each.
fn attributes<'t>(
    mut tokens: &'t [TokenTree],
    indent: &str,
    text: &mut String,
) -> Option<&'t [TokenTree]> {
    while let [mark, TokenTree::Group(said), rest @ ..] = tokens
        && is_mark(mark, '#')
    {
        if !push_docs(said, indent, text) {
            text.push_str(indent);
            let said: Vec<TokenTree> = said.stream().into_iter().collect();
            text.push_str("#[");
            line(&said, "", "]\n", text)?;
        }
        tokens = rest;
    }
    Some(tokens)
}

/// A function that is nothing but simple statements.
fn function(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let rest = attributes(tokens, "", &mut text)?;
    let (TokenTree::Group(body), head) = rest.split_last()? else {
        return None;
    };
    let is_arguments = |token: &TokenTree| is_group(token, Delimiter::Parenthesis);
    let behind = head.iter().position(is_arguments)? + 1;
    let (called, returns) = head.split_at(behind);
    let public = match called {
        [TokenTree::Ident(public), TokenTree::Ident(word), ..] if public == "pub" => word == "fn",
        [TokenTree::Ident(word), ..] if word == "fn" => false,
        _ => return None,
    };
    let returns = match returns {
        [] => String::new(),
        [line, mark, ty @ ..] if is_mark(line, '-') && is_mark(mark, '>') => {
            format!(" -> {}", simple(ty)?)
        }
        _ => return None,
    };
    let head = format!("{}{returns} {{\n", simple(called)?);
    if head.len() <= if public { WHOLE_HEAD } else { WIDTH } {
        text.push_str(&head);
    } else {
        let is_broken = public && head.len() > WHOLE_HEAD + "\n".len();
        is_broken.then(|| broken_head(called, &returns, &mut text))??;
    }
    body_of(body, &mut text)?;
    text.push_str("}\n");
    Some(text)
}

/// A line for each parameter.
fn broken_head(called: &[TokenTree], returns: &str, text: &mut String) -> Option<()> {
    let (TokenTree::Group(parameters), name) = called.split_last()? else {
        return None;
    };
    let returns = format!("){returns} {{\n");
    let name = simple(name)? + "(\n";
    let parameters = parts(parameters.stream());
    let lines = parameters.iter().map(|parameter| simple(parameter));
    let lines: Vec<String> = lines.collect::<Option<_>>()?;
    let fits = |line: &String| INDENT.len() + line.len() <= WIDTH;
    if !lines.iter().chain([&name, &returns]).all(fits) {
        return None;
    }
    text.push_str(&name);
    for line in lines {
        for part in [INDENT, &line, ",\n"] {
            text.push_str(part);
        }
    }
    text.push_str(&returns);
    Some(())
}

/// The head of a public function is on one line up to here, as `with_whole_head` has it.
const WHOLE_HEAD: usize = super::WIDTH - INDENT.len();

fn body_of(block: &Group, text: &mut String) -> Option<()> {
    let body: Vec<TokenTree> = block.stream().into_iter().collect();
    if body.is_empty() || block.delimiter() != Delimiter::Brace {
        return None;
    }
    if let [TokenTree::Ident(own), TokenTree::Group(fields)] = body.as_slice()
        && own == "Self"
    {
        return literal(fields, text);
    }
    for statement in body.split_inclusive(|token| is_mark(token, ';')) {
        let (end, statement) = match statement.split_last() {
            Some((end, statement)) if is_mark(end, ';') => (";\n", statement),
            _ => ("\n", statement),
        };
        let line = simple(statement)?;
        if line.is_empty() || INDENT.len() + line.len() + end.trim_end().len() > WHOLE {
            return None;
        }
        for part in [INDENT, &line, end] {
            text.push_str(part);
        }
    }
    Some(())
}

/// `Self { fields }`, which `prettyplease` writes on one line where it is short.
fn literal(fields: &Group, text: &mut String) -> Option<()> {
    const SHORT: usize = 40;
    let parts = parts(fields.stream());
    let lines = parts.iter().map(|part| simple(part));
    let lines: Vec<String> = lines.collect::<Option<_>>()?;
    let is_short = lines.iter().map(String::len).sum::<usize>() < SHORT;
    if is_short || lines.iter().any(|line| line.len() > WIDTH - INDENT.len()) {
        return None;
    }
    text.push_str("    Self {\n");
    for line in lines {
        for part in [INDENT, INDENT, &line, ",\n"] {
            text.push_str(part);
        }
    }
    text.push_str("    }\n");
    Some(())
}

/// On one line, if it is made of names, literals, calls, references and types alone.
fn simple(tokens: &[TokenTree]) -> Option<String> {
    are_simple(tokens).then(|| whole(tokens))
}

fn are_simple(tokens: &[TokenTree]) -> bool {
    // In a table a blank stands there.
    let is_index = |pair: &[TokenTree]| {
        matches!(pair[0], TokenTree::Ident(_)) && is_group(&pair[1], Delimiter::Bracket)
    };
    tokens.iter().all(is_simple) && !tokens.windows(2).any(is_index)
}

fn is_simple(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(mark) if mark.as_char() == '=' => mark.spacing() == Spacing::Alone,
        TokenTree::Punct(mark) => "<>,:.&?'".contains(mark.as_char()),
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let ends_in_comma = inner.last().is_some_and(|end| is_mark(end, ','));
            group.delimiter() != Delimiter::Brace && !ends_in_comma && are_simple(&inner)
        }
    }
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

fn line(tokens: &[TokenTree], indent: &str, end: &str, text: &mut String) -> Option<()> {
    let line = whole(tokens);
    for part in [indent, &line, end] {
        text.push_str(part);
    }
    (line.len() <= WIDTH).then_some(())
}

/// Between commas, but those between the arguments of a type.
fn parts(block: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut angles = 0;
    for token in block {
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == '<' => angles += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' => angles -= 1,
            TokenTree::Punct(mark) if mark.as_char() == ',' && angles == 0 => {
                parts.push(Vec::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is one").push(token);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `pub name: Type`
fn is_field(part: &[TokenTree]) -> bool {
    match part {
        [TokenTree::Ident(_), TokenTree::Ident(_), colon, ty @ ..] => {
            is_mark(colon, ':') && ty.iter().all(is_of_type)
        }
        _ => false,
    }
}

/// `Name`, `Name(Type)` or `Name = "text"`
fn is_variant(part: &[TokenTree]) -> bool {
    match part {
        [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), TokenTree::Group(ty)] => {
            ty.delimiter() == Delimiter::Parenthesis
                && ty.stream().into_iter().all(|t| is_of_type(&t))
        }
        [TokenTree::Ident(_), equal, TokenTree::Literal(_)] => is_mark(equal, '='),
        _ => false,
    }
}

fn is_of_type(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(mark) => "<>,:".contains(mark.as_char()),
        TokenTree::Group(tuple) => {
            is_group(token, Delimiter::Parenthesis)
                && tuple.stream().into_iter().all(|t| is_of_type(&t))
        }
        TokenTree::Literal(_) => false,
    }
}
