//! Markdown from the document, made fit for rustdoc.
//!
//! HTML and headings would be taken as such, a code block would be compiled as a test, a bare URL
//! and an unknown link would be a warning: all of them become plain text, marked code or real links.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, LinkType, Options as Extensions, Parser, Tag, TagEnd,
};
use pulldown_cmark_to_cmark::{Options, cmark_with_options};

use super::html::{Piece, Stripper};

/// The Markdown, cleaned. Ends without a line break.
pub fn clean(markdown: &str) -> String {
    if is_plain(markdown) {
        markdown.trim_end().to_owned()
    } else {
        printed(markdown)
    }
}

/// Texts that were cleaned: the same is often said in many places.
#[derive(Debug, Default)]
pub struct Cleaned(Mutex<HashMap<String, String>>);

impl Cleaned {
    /// As [`clean`].
    pub fn of(&self, markdown: &str) -> String {
        if is_plain(markdown) {
            return markdown.trim_end().to_owned();
        }
        if let Some(known) = self.known().get(markdown) {
            return known.clone();
        }
        let text = printed(markdown);
        self.known().insert(markdown.to_owned(), text.clone());
        text
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the text is one line of words, which most are: it is its own Markdown.
fn is_plain(text: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || " .,'()-/\"".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(fine)
}

/// The Markdown, parsed and printed again.
fn printed(markdown: &str) -> String {
    let text: String = markdown
        .replace("\r\n", "\n")
        .replace('\t', "    ")
        .chars()
        .filter(|c| !is_hostile(*c))
        .collect();
    // The printer closes a block of code only behind a whole line.
    let lines = format!("{}\n", text.trim_end().trim_start_matches('\n'));
    let extensions = Extensions::ENABLE_TABLES;
    let parser = Parser::new_ext(&lines, extensions);
    let mut cleaner = Cleaner::default();
    let events: Vec<Event<'_>> = merged(parser)
        .into_iter()
        .flat_map(|event| cleaner.event(event))
        .collect();
    let events = tidied(events);
    let mut out = String::new();
    let options = Options {
        // At least; a block that holds as many gets more.
        code_block_token_count: 3,
        ..Options::default()
    };
    match cmark_with_options(events.iter(), &mut out, extensions, options) {
        Ok(_) => out.trim().to_owned(),
        // Printing events cannot fail into a string; losing the docs beats losing the crate.
        Err(_) => String::new(),
    }
}

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

/// Neighboring texts as one, so that a URL is seen whole.
fn merged<'a>(events: Parser<'a>) -> Vec<Event<'a>> {
    let mut list: Vec<Event<'a>> = Vec::new();
    for event in events {
        if let (Some(Event::Text(last)), Event::Text(text)) = (list.last_mut(), &event) {
            *last = CowStr::from(format!("{last}{text}"));
            continue;
        }
        list.push(event);
    }
    list
}

/// Tags that stand for new lines leave more of them than a reader would see, and blanks: no line begins with a blank, no two
/// new lines follow each other, and no paragraph begins or ends with one or is empty.
fn tidied(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut tidy: Vec<Event<'_>> = Vec::new();
    let mut in_code = false;
    for event in events {
        in_code |= matches!(event, Event::Start(Tag::CodeBlock(_)));
        in_code &= !matches!(event, Event::End(TagEnd::CodeBlock));
        match event {
            Event::Text(text) if !in_code && begins_line(tidy.last()) => {
                let text = text.trim_start();
                if !text.is_empty() {
                    tidy.push(Event::Text(CowStr::from(text.to_owned())));
                }
            }
            Event::HardBreak if begins_line(tidy.last()) => {}
            Event::HardBreak => {
                end_line(&mut tidy);
                tidy.push(event);
            }
            Event::End(TagEnd::Paragraph) => {
                while matches!(tidy.last(), Some(Event::HardBreak)) {
                    tidy.pop();
                }
                if let Some(Event::Start(Tag::Paragraph)) = tidy.last() {
                    tidy.pop();
                } else {
                    end_line(&mut tidy);
                    tidy.push(event);
                }
            }
            event => tidy.push(event),
        }
    }
    tidy
}

/// No line ends with blanks.
fn end_line(events: &mut [Event<'_>]) {
    if let Some(Event::Text(text)) = events.last_mut() {
        *text = CowStr::from(text.trim_end().to_owned());
    }
}

/// Whether what follows is the first of its line.
fn begins_line(last: Option<&Event<'_>>) -> bool {
    matches!(
        last,
        None | Some(Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item))
    )
}

/// What has to be known of the events before.
#[derive(Default)]
struct Cleaner {
    /// Whether each open link is kept.
    links: Vec<bool>,
    in_code: bool,
    html: Stripper,
}

impl Cleaner {
    fn event<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                vec![Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                    "text".into(),
                )))]
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                vec![event]
            }
            Event::Text(_) if self.in_code => vec![event],
            Event::Text(text) => self.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak => vec![Event::Text(" ".into())],
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            other => vec![other],
        }
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Vec<Event<'a>> {
        let tags = match tag {
            Tag::HtmlBlock => vec![Tag::Paragraph],
            Tag::Heading { .. } => vec![Tag::Paragraph, Tag::Strong],
            Tag::Link {
                dest_url, title, ..
            }
            | Tag::Image {
                dest_url, title, ..
            } => {
                let kept = is_absolute(&dest_url);
                self.links.push(kept);
                if kept {
                    vec![link(LinkType::Inline, dest_url, title)]
                } else {
                    Vec::new()
                }
            }
            tag => vec![tag],
        };
        tags.into_iter().map(Event::Start).collect()
    }

    fn end<'a>(&mut self, tag: TagEnd) -> Vec<Event<'a>> {
        let tags = match tag {
            TagEnd::HtmlBlock => vec![TagEnd::Paragraph],
            TagEnd::Heading(_) => vec![TagEnd::Strong, TagEnd::Paragraph],
            TagEnd::Link | TagEnd::Image => match self.links.pop() {
                Some(true) => vec![TagEnd::Link],
                _ => Vec::new(),
            },
            tag => vec![tag],
        };
        tags.into_iter().map(Event::End).collect()
    }

    fn html<'a>(&mut self, html: &str) -> Vec<Event<'a>> {
        let pieces = self.html.strip(&html.replace('\n', " "));
        let events = |piece| match piece {
            Piece::Text(text) => self.text(&text),
            Piece::Break => vec![Event::HardBreak],
            Piece::Item => vec![Event::HardBreak, Event::Text("\u{2022} ".into())],
        };
        pieces.into_iter().flat_map(events).collect()
    }

    fn text<'a>(&self, text: &str) -> Vec<Event<'a>> {
        if self.links.is_empty() {
            with_links(text)
        } else {
            plain(text)
        }
    }
}

fn link<'a>(link_type: LinkType, dest_url: CowStr<'a>, title: CowStr<'a>) -> Tag<'a> {
    Tag::Link {
        link_type,
        dest_url,
        title,
        id: "".into(),
    }
}

/// Text in pieces that begin with what has a meaning in Markdown: the printer escapes there only.
fn plain<'a>(text: &str) -> Vec<Event<'a>> {
    let special = |c: char| "[<*`\\".contains(c);
    let mut events = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if special(c) && at > start {
            events.push(Event::Text(CowStr::from(text[start..at].to_owned())));
            start = at;
        }
    }
    events.push(Event::Text(CowStr::from(text[start..].to_owned())));
    events
}

fn is_absolute(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['<', '>'])
}

/// Bare URLs become links.
fn with_links<'a>(text: &str) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut rest = text;
    let scheme = |text: &str| {
        text.find("https://")
            .into_iter()
            .chain(text.find("http://"))
            .min()
    };
    while let Some(start) = scheme(rest) {
        let end = rest[start..]
            .find(|c: char| c.is_whitespace() || "<>()[]\"'`,;|\\{}".contains(c))
            .map_or(rest.len(), |end| start + end);
        let url = rest[start..end].trim_end_matches(['.', ':', '!', '?', '*', '_']);
        events.extend(plain(&rest[..start]));
        if url.ends_with("//") {
            // A scheme and nothing after it.
            events.push(Event::Code(CowStr::from(rest[start..end].to_owned())));
            rest = &rest[end..];
            continue;
        }
        let address = CowStr::from(url.to_owned());
        events.push(Event::Start(link(
            LinkType::Autolink,
            address.clone(),
            "".into(),
        )));
        events.push(Event::Text(address));
        events.push(Event::End(TagEnd::Link));
        rest = &rest[start + url.len()..];
    }
    events.extend(plain(rest));
    events
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
    use super::{clean, first_sentence, is_plain, printed, says_default, says_nothing, summary};

    #[test]
    fn plain_text_is_what_parsing_it_gives() {
        let texts = [
            "",
            "a",
            "A - b, c/d (e) \"f\" 'g'.  h ",
            "a---b ... c",
            "a - ",
            "Title 1. 2) - x",
        ];
        for text in texts {
            assert!(text.is_empty() || is_plain(text), "{text:?}");
            assert_eq!(clean(text), printed(text), "{text:?}");
        }
        for text in [
            "- a",
            "1. a",
            "a\nb",
            "a_b_",
            "https://a.example",
            " a",
            "a\u{202e}",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn tags_of_lines_leave_no_blanks_and_no_empty_lines() {
        for (html, text) in [
            (
                "<p>Returns a list. </p>\n\n<p>Note this.</p>\n",
                "Returns a list.\n\nNote this.",
            ),
            ("<p>One</p> <p> Two</p>", "One\u{20}\u{20}\nTwo"),
            ("a<br/><br/> b", "a\u{20}\u{20}\nb"),
            ("<p></p>\n\nb", "b"),
        ] {
            assert_eq!(clean(html), text, "{html:?}");
        }
    }

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

    #[test]
    fn what_rustdoc_would_misread_is_plain_text() {
        let cases = [
            ("a <T> b", r"a \<T> b"),
            ("see https://a.example/x.", "see <https://a.example/x>."),
            ("[x] and [y](./local)", r"\[x\] and y"),
            ("# Title", "**Title**"),
            ("    let x;", "```text\nlet x;\n```"),
            ("- a\n  ```\n  let x;", "* a\n  ```text\n  let x;\n  ```"),
            ("````\n```\n````", "````text\n```\n````"),
            ("Section [RFC7519], a_[b]", r"Section \[RFC7519\], a\_\[b\]"),
            (
                "<b>see</b> <a href=\"https://a.example\">two</a>",
                "see two (<https://a.example>)",
            ),
            (
                "```\nhttps://a.example\n```",
                "```text\nhttps://a.example\n```",
            ),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "|a|b|\n|-|-|\n|1|2|"),
            ("ends */ \"# here", r##"ends \*/ "# here"##),
            ("nul \0 bidi \u{202e}x", "nul  bidi x"),
        ];
        for (input, expected) in cases {
            assert_eq!(clean(input), expected, "{input:?}");
        }
    }
}
