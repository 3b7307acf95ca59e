//! Text of a document in the Markdown that GitHub reads: it stays text, and calls nobody.

use crate::render::short::{self, Span, spans};

/// Between a sign and what follows it, so that GitHub makes no link, mention or command of both.
const APART: char = '\u{200b}';

/// A sentence with quoted names, on one line. It must not begin the line: of what means something
/// only there, a list or a quote, nothing is escaped.
pub fn prose(sentence: &str, most: usize) -> String {
    let sentence = short::text(sentence, most);
    let spans = spans(&sentence).map(|span| match span {
        Span::Text(text) => plain(text),
        Span::Code(text) => code(text, most),
    });
    spans.collect()
}

/// A name or a value, on one line.
pub fn code(text: &str, most: usize) -> String {
    let text = short::text(text, most);
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Lines as they are, as part of a list.
pub fn block(language: &str, lines: &[String]) -> String {
    let longest = lines.iter().map(|line| longest_run(line)).max();
    let fence = "`".repeat((longest.unwrap_or_default() + 1).max(3));
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("  {fence}{language}\n{lines}  {fence}\n")
}

fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            // Signs of mathematics; a backslash does not help here.
            '$' => escaped.push_str("&#36;"),
            '\\' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '#' | '@' => {
                escaped.push('\\');
                escaped.push(c);
                escaped.push(APART);
            }
            '/' | '.' | '-' if is_link(&escaped) => {
                escaped.push(APART);
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// `https:`, `www` and `GH` begin what GitHub makes a link of.
fn is_link(before: &str) -> bool {
    let ends = |word: &str| {
        let start = before.len().checked_sub(word.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    before.ends_with(':') || ends("www") || ends("gh")
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{block, code, prose};

    #[test]
    fn quoted_names_are_code() {
        assert_eq!(prose("the `a_b` of c_d", 99), "the `a_b` of c\\_d");
    }

    #[test]
    fn nobody_is_called_and_nothing_linked() {
        assert_eq!(prose("@all #1", 99), "\\@\u{200b}all \\#\u{200b}1");
        assert_eq!(prose("https://a.example", 99), "https:\u{200b}//a.example");
        assert_eq!(prose("WWW.a.example", 99), "WWW\u{200b}.a.example");
        assert_eq!(prose("<b> $x$", 99), "\\<b> &#36;x&#36;");
    }

    #[test]
    fn code_is_longer_fenced_than_what_it_holds() {
        assert_eq!(code("a``b", 99), "```a``b```");
        assert_eq!(code("`", 99), "`` ` ``");
        assert_eq!(block("", &["```".to_owned()]), "  ````\n  ```\n  ````\n");
    }
}
