//! What must hold of everything that is generated, whatever the document says.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use codegen::diagnostic::{Diagnostics, Severity};
use codegen::files::Files;
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// What documents put where code would be: no name that is made of a name has these letters in this case.
pub const MARKER: &str = "pWnEd";

/// The files that a document becomes, if it becomes any; or what is wrong with the run.
pub fn run(document: &Path) -> Result<Option<Files>, String> {
    let run = || {
        let mut diagnostics = Diagnostics::default();
        let generated = codegen::Generator::new(document).generate(&mut diagnostics);
        let rendered = diagnostics.iter().map(|d| d.render(false));
        let unprintable = rendered.filter(|text| !is_printable(text)).last();
        let errors = diagnostics.count(Severity::Error);
        (
            generated.map(|generated| generated.files).ok(),
            unprintable,
            errors,
        )
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(format!(
                "the generator panics: {}",
                text.unwrap_or_default()
            ))
        }
        Ok((_, Some(text), _)) => Err(format!("the report has control characters: {text:?}")),
        Ok((Some(_), _, 1..)) => Err("there are errors, and files all the same".to_owned()),
        Ok((None, _, 0)) => Err("it is rejected without a reason".to_owned()),
        Ok((files, ..)) => Ok(files),
    }
}

/// What is wrong with the files of a crate.
pub fn problem(files: &Files) -> Option<String> {
    let mut names = BTreeSet::new();
    let own = files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.into_iter().find_map(|(path, text)| {
        let problem = if !is_sane(path) {
            Some("this is no name of a file".to_owned())
        } else if !names.insert(path.to_lowercase()) {
            Some("another file differs only in case".to_owned())
        } else if !is_printable(text) {
            Some("it has control characters".to_owned())
        } else if path.ends_with(".rs") {
            of_rust(text)
        } else if path.ends_with(".toml") {
            of_toml(text)
        } else {
            None
        };
        problem.map(|problem| format!("{path}: {problem}"))
    })
}

/// Whether a path is below the folder, and a file can be called so on any system.
fn is_sane(path: &str) -> bool {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let is_device = |stem: &str| {
        let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
        let digit = |rest: &str| rest.len() == 1 && rest.bytes().all(|c| c.is_ascii_digit());
        DEVICES.contains(&stem) || numbered.is_some_and(digit)
    };
    path.split('/').all(|name| {
        let stem = name.split('.').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || ['_', '.', '-'].contains(&c);
        !stem.is_empty()
            && !is_device(&stem.to_lowercase())
            && !name.ends_with('.')
            && name.len() <= 255
            && name.chars().all(plain)
    })
}

/// Whether a text shows all that it says.
fn is_printable(text: &str) -> bool {
    let hides = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .all(|c| c == '\n' || !(c.is_control() || hides(c)))
}

fn of_rust(text: &str) -> Option<String> {
    match syn::parse_file(text) {
        Err(error) => Some(format!("it is not Rust: {error}")),
        Ok(_) => {
            let tokens: TokenStream = text.parse().expect("what parses is tokens");
            of_tokens(tokens)
        }
    }
}

fn of_tokens(tokens: TokenStream) -> Option<String> {
    let mut docs = String::new();
    for token in tokens {
        let problem = match token {
            TokenTree::Ident(name) if name.to_string().contains(MARKER) => {
                Some(format!("the document wrote `{name}`"))
            }
            TokenTree::Group(group) => {
                docs.push_str(&doc(group.stream()).unwrap_or_default());
                of_tokens(group.stream())
            }
            TokenTree::Punct(_) => continue,
            _ => of_docs(&std::mem::take(&mut docs)),
        };
        if problem.is_some() {
            return problem;
        }
    }
    of_docs(&docs)
}

/// The line of an attribute `doc = "..."`.
fn doc(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.into_iter();
    let is_doc = tokens.next()?.to_string() == "doc";
    let TokenTree::Literal(line) = tokens.nth(1).filter(|_| is_doc)? else {
        return None;
    };
    let line: syn::LitStr = syn::parse_str(&line.to_string()).ok()?;
    Some(format!("{}\n", line.value()))
}

/// Code in docs is compiled and run by `cargo test`, if it is not said to be something else.
fn of_docs(docs: &str) -> Option<String> {
    if !docs.contains(MARKER) {
        return None;
    }
    let mut code: Option<String> = None;
    for event in Parser::new(docs) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                if &*language == "text" => {}
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::Text(text) => code.iter_mut().for_each(|code| code.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => {
                let code = code.take().unwrap_or_default();
                let lines = code
                    .lines()
                    .map(|line| line.strip_prefix("# ").unwrap_or(line));
                let problem = match lines.collect::<Vec<_>>().join("\n").parse() {
                    Ok(tokens) => of_tokens(tokens),
                    Err(error) => Some(format!("an example is not Rust: {error}: {code:?}")),
                };
                if problem.is_some() {
                    return problem;
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                return Some(format!("the document wrote HTML: {html:?}"));
            }
            _ => {}
        }
    }
    None
}

fn of_toml(text: &str) -> Option<String> {
    match text.parse::<toml::Table>() {
        Err(error) => Some(format!("it is not TOML: {error}")),
        Ok(table) => table
            .iter()
            .flat_map(|(name, value)| {
                let inner = value.as_table().into_iter().flat_map(toml::Table::keys);
                inner.chain([name])
            })
            .find(|name| name.contains(MARKER))
            .map(|name| format!("the document wrote the key {name:?}")),
    }
}
