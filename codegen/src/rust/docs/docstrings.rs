//! Sections of docstrings (`Args:` and lines indented below it), which Markdown would run together, as lists.

/// The text, in which the lines below such a heading, each with a name and a colon, are items.
pub(super) fn with_sections(text: &str) -> String {
    if !text.contains(":\n  ") {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut fenced = false;
    let mut section = None;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        fenced ^= is_fence(line);
        let indent = indented(line);
        let before = section;
        section = section.filter(|base| !fenced && indent >= *base && !line.trim().is_empty());
        if section < before {
            out.push(String::new());
        }
        out.push(match section {
            Some(base) => item(&line[base..]),
            None => line.to_owned(),
        });
        let next = lines.peek().copied().unwrap_or_default();
        if section.is_none() && !fenced && is_heading(line) && begins_section(next) {
            out.push(String::new());
            section = Some(indented(next));
        }
    }
    out.join("\n")
}

/// `Args:`, which is a paragraph and neither an item nor within one.
fn is_heading(line: &str) -> bool {
    let words = line.strip_suffix(':').unwrap_or_default();
    words.starts_with(|c: char| c.is_ascii_uppercase())
        && words.chars().all(|c| c.is_ascii_alphabetic() || c == ' ')
}

fn begins_section(line: &str) -> bool {
    indented(line) >= 2 && named(line.trim_start()).is_some()
}

/// `start: When it begins` as an item; what has no name goes on with the one before.
fn item(line: &str) -> String {
    match named(line) {
        Some((name, rest)) => format!("- `{name}`{rest}"),
        None => line.to_owned(),
    }
}

/// The name at the beginning, and what follows it: a colon, or a type and a colon.
fn named(line: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (name, rest) = line.split_at(line.find(|c| !is_part(c))?);
    let after_type = rest.strip_prefix(" (").and_then(|ty| ty.split_once(')'));
    let after = after_type.map_or(rest, |(_, after)| after);
    let fine = after == ":" || after.starts_with(": ");
    (fine && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((name, rest))
}

fn indented(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_fence(line: &str) -> bool {
    ["```", "~~~"]
        .iter()
        .any(|fence| line.trim_start().starts_with(fence))
}
