//! What the document says of things, as the docs of the crate have it.

pub use markdown::{Cleaned, clean};

mod docstrings;
mod markdoc;
mod markdown;
mod readable;
mod tables;

/// A text as one line.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    line.chars().filter(|c| !is_hostile(*c)).collect()
}

/// The text up to the end of its first sentence or paragraph, as one line.
pub fn first_sentence(markdown: &str) -> String {
    let paragraph = one_line(markdown.split("\n\n").next().unwrap_or_default());
    let mut stops = paragraph.match_indices(". ").map(|(at, _)| at);
    match stops.find(|at| ends_sentence(&paragraph, *at)) {
        Some(end) => paragraph[..=end].to_owned(),
        None => paragraph,
    }
}

/// Whether the full stop there is the end of a sentence: not that of `e.g.`, nor before more of the sentence, nor within code,
/// a link or brackets.
fn ends_sentence(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    let is_abbreviation = word.contains('.') && word.len() < 6;
    let goes_on = text[at + 2..].starts_with(char::is_lowercase);
    let count = |c| before.matches(c).count();
    let is_within = count('[') > count(']') || count('(') > count(')');
    let is_marked = ['`', '*', '"'].iter().any(|mark| count(*mark) % 2 == 1);
    !is_abbreviation && !goes_on && !is_within && !is_marked
}

/// The first sentence of what is said of something, for a list of many. What begins with a list or a table has none.
pub fn summary(markdown: &str) -> String {
    let mut paragraphs = markdown.split("\n\n").map(str::trim);
    let is_heading = |text: &&str| text.starts_with('#');
    let text = paragraphs.find(|text| !is_heading(text));
    let text = text.filter(|text| !begins_block(text)).unwrap_or_default();
    first_sentence(text)
}

/// Text as code: what would end the code is replaced, and nothing at all is said in words.
pub fn code(text: &str) -> String {
    if text.is_empty() {
        "The empty text.".to_owned()
    } else {
        format!("`{}`", within_code(text))
    }
}

/// The name as the document has it, or nothing where the identifier that it became says as much.
pub fn wire_name(wire: &str, identifier: &str) -> String {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    if !wire.is_empty()
        && letters(wire) == letters(identifier.trim_start_matches("r#"))
        && is_spelled(wire)
    {
        String::new()
    } else {
        code(wire)
    }
}

/// Whether the text only repeats the name, as "The `comment_id` parameter." does.
pub fn says_nothing(text: &str, name: &str) -> bool {
    const FILLING: [&str; 5] = ["a", "an", "the", "parameter", "param"];
    let words = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.map(str::to_lowercase);
        words.filter(|word| !FILLING.contains(&&**word)).collect()
    };
    // That it is a schema is known.
    let of_what = |words: String| words.trim_end_matches("schema").to_owned();
    let said = words(text);
    !said.is_empty() && !name.is_empty() && of_what(said) == of_what(words(name))
}

/// Whether a title is a name, as `DiscountMode` is, or has no word that is not in the name.
pub fn is_part_of(title: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    title.chars().all(is_name) || letters(name).contains(&letters(title))
}

/// Whether the text says which value is the default, as "Defaults to `true`" does.
pub fn says_default(text: &str, value: &str) -> bool {
    let value = value.trim_matches('"').to_lowercase();
    let text = text.to_lowercase();
    let follows = |(at, word): (usize, &str)| {
        let rest = text[at + word.len()..].trim_start_matches(char::is_alphabetic);
        let stated = rest.trim_start_matches(|c: char| " :=`\"'*".contains(c));
        let stated = ["value", "is", "to", "of"]
            .iter()
            .fold(stated, |rest, filling| {
                let rest = rest.strip_prefix(filling).unwrap_or(rest);
                rest.trim_start_matches(|c: char| " :=`\"'*".contains(c))
            });
        stated.strip_prefix(&value).is_some_and(ends_word)
    };
    !value.is_empty() && text.match_indices("default").any(follows)
}

/// Whether a word has ended before the text.
fn ends_word(text: &str) -> bool {
    let mut rest = text.chars();
    match (rest.next(), rest.next()) {
        (Some('.' | '-' | ','), Some(next)) => !next.is_alphanumeric(),
        (Some(next), _) => !next.is_alphanumeric() && next != '_',
        (None, _) => true,
    }
}

/// Whether there is nothing in it but letters, digits, and marks that part words.
fn is_spelled(wire: &str) -> bool {
    let parts = |c: char| matches!(c, '_' | '-' | '.' | ' ' | ':' | '/');
    let inner = wire.trim_matches(|c: char| c == '_');
    inner.starts_with(char::is_alphanumeric)
        && inner.ends_with(char::is_alphanumeric)
        && inner.chars().all(|c| c.is_alphanumeric() || parts(c))
}

/// Text that stands between backticks.
pub fn within_code(text: &str) -> String {
    let ends = |c: char| c == '`' || c.is_control() || is_hostile(c);
    text.chars()
        .map(|c| if ends(c) { '\'' } else { c })
        .collect()
}

/// Controls, and marks that reorder the text that follows.
pub fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// Whether Markdown begins with something other than a paragraph: code, a list, a quote, a table, a heading.
pub fn begins_block(markdown: &str) -> bool {
    let marks = ["```", "* ", "- ", "> ", "|", "# ", "    "];
    let digits = markdown.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < markdown.len() && digits.starts_with(". ");
    numbered || marks.iter().any(|mark| markdown.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::{first_sentence, says_default, says_nothing, summary};

    #[test]
    fn a_text_that_only_repeats_the_name_says_nothing() {
        for text in ["comment_id parameter", "The comment id.", "`comment-id`"] {
            assert!(says_nothing(text, "comment_id"), "{text:?}");
        }
        assert!(says_nothing("Comment schema", "Comment"));
        for text in ["", "The id of the comment.", "id"] {
            assert!(!says_nothing(text, "comment_id"), "{text:?}");
        }
    }

    #[test]
    fn the_first_sentence_ends_where_a_reader_sees_it_end() {
        let sentences = [
            ("Lists pets. Sorted by name.", "Lists pets."),
            ("Formats, e.g. PDF. More", "Formats, e.g. PDF."),
            (
                "Of [a. B](https://example.com) all. More",
                "Of [a. B](https://example.com) all.",
            ),
            ("Set `a. B` first. More", "Set `a. B` first."),
            ("Lists pets", "Lists pets"),
        ];
        for (text, first) in sentences {
            assert_eq!(first_sentence(text), first);
        }
    }

    #[test]
    fn a_summary_is_of_the_first_paragraph_that_is_text() {
        assert_eq!(summary("# Pets\n\nAll\npets. More\n\n* one"), "All pets.");
        assert_eq!(summary("* one\n* two"), "");
    }

    #[test]
    fn a_text_may_say_the_default_itself() {
        for (text, value) in [
            ("Defaults to `true`.", "true"),
            ("The page. Default: 1", "1"),
            ("The default value is \"asc\".", "\"asc\""),
            ("Which one (default ASC)", "\"asc\""),
            ("Defaulted to 2.5, or less", "2.5"),
        ] {
            assert!(says_default(text, value), "{text:?}");
        }
        for (text, value) in [
            ("Defaults to 10.", "1"),
            ("Defaults to 1.5.", "1"),
            ("Defaults to `true`.", "false"),
            ("Not 1 by default.", "1"),
            ("By default.", "\"\""),
            ("default_1", "1"),
        ] {
            assert!(!says_default(text, value), "{text:?}");
        }
    }
}
