//! Texts of a document, made fit for a line: cut, and without what a reader cannot see.

use serde_json::Value;

/// A value in a line, as JSON.
pub fn value(value: &Value, most: usize) -> String {
    match value {
        Value::String(text) => string(text, most),
        Value::Array(list) if list.len() > most => format!("[{} values]", list.len()),
        Value::Object(map) if map.len() > most => format!("{{{} values}}", map.len()),
        value => text(&value.to_string(), most),
    }
}

/// A value beside the one that it was or became: cut where both begin alike, if that hides the difference.
pub fn differing(one: &Value, other: &Value, most: usize) -> String {
    let cut = value(one, most);
    if one == other || cut != value(other, most) {
        return cut;
    }
    let (one, other) = (one.to_string(), other.to_string());
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let hidden = alike.count().saturating_sub(most / 3);
    let rest: String = one.chars().skip(hidden).take(most).collect();
    format!("…{}", text(&rest, most - 1))
}

/// A text between quotes, as JSON and TOML have it.
pub fn string(text: &str, most: usize) -> String {
    // Only what is shown is escaped, since the rest can be long.
    self::text(&Value::from(head(text, most)).to_string(), most)
}

/// At most so many characters of the first line and those after it, as one line.
pub fn text(text: &str, most: usize) -> String {
    let mut short: String = head(text, most).chars().map(visible).collect();
    if text.chars().nth(most).is_some() {
        short.pop();
        short.push('…');
    }
    short
}

/// The lines of a text, so many and each so long, without what cannot be seen.
pub fn lines(text: &str, most: usize, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = text
        .lines()
        .take(most)
        .map(|line| self::text(line, width))
        .collect();
    let left = text.lines().skip(most).count();
    if left > 0 {
        lines.push(format!("… {left} more lines"));
    }
    lines
}

/// A sentence of ours that quotes a document between backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'t> {
    Text(&'t str),
    Code(&'t str),
}

/// The spans of a sentence. Quoted text that has backticks itself only moves the borders of spans.
pub fn spans(sentence: &str) -> impl Iterator<Item = Span<'_>> {
    let spans = sentence.split('`').enumerate();
    spans
        .filter(|(_, span)| !span.is_empty())
        .map(|(at, span)| match at % 2 {
            0 => Span::Text(span),
            _ => Span::Code(span),
        })
}

/// Stands for what would move the cursor, change the color, or turn the direction of the text.
fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn head(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Span, differing, lines, spans, text, value};

    #[test]
    fn a_text_is_one_line_of_visible_characters() {
        assert_eq!(
            text("a\nb\u{1b}[31m\u{202e}", 20),
            "a b\u{fffd}[31m\u{fffd}"
        );
        assert_eq!(text("äöü", 3), "äöü");
        assert_eq!(text("äöüß", 3), "äö…");
    }

    #[test]
    fn a_value_is_cut() {
        assert_eq!(value(&json!("abcdefgh"), 6), "\"abcd…");
        assert_eq!(value(&json!({ "a": [1, 2] }), 40), r#"{"a":[1,2]}"#);
        assert_eq!(value(&json!([0, 0, 0, 0, 0]), 4), "[5 values]");
    }

    #[test]
    fn what_differs_is_shown() {
        let (one, two) = (
            json!(["a very long beginning", 1]),
            json!(["a very long beginning", 2]),
        );
        assert_eq!(differing(&one, &two, 15), "…ing\",1]");
        assert_eq!(differing(&two, &one, 15), "…ing\",2]");
        assert_eq!(differing(&json!(1), &json!(2), 15), "1");
    }

    #[test]
    fn lines_that_are_left_are_counted() {
        assert_eq!(lines("a\nb\nc\nd", 2, 9), ["a", "b", "… 2 more lines"]);
    }

    #[test]
    fn what_is_between_backticks_is_code() {
        let found: Vec<Span<'_>> = spans("the `a` was").collect();
        assert_eq!(
            found,
            [Span::Text("the "), Span::Code("a"), Span::Text(" was")]
        );
    }
}
