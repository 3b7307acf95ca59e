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

use super::docstrings::with_sections;
use super::is_hostile;
use super::markdoc::without_tags;
use super::readable::readable;
use super::tables::with_tables;
use crate::rust::html::{Piece, Stripper};

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
    let text = without_tags(text.trim_end().trim_start_matches('\n'));
    let text = with_tables(&with_sections(&text));
    let lines = format!("{text}\n");
    let extensions = Extensions::ENABLE_TABLES;
    let parser = Parser::new_ext(&lines, extensions);
    let mut cleaner = Cleaner::default();
    let events: Vec<Event<'_>> = merged(parser)
        .into_iter()
        .flat_map(|event| cleaner.event(event))
        .collect();
    let events = one_line_cells(tidied(events));
    let mut out = String::new();
    let options = Options {
        // At least; a block that holds as many gets more.
        code_block_token_count: 3,
        increment_ordered_list_bullets: true,
        ..Options::default()
    };
    match cmark_with_options(events.iter(), &mut out, extensions, options) {
        Ok(_) => readable(out.trim()),
        // Printing events cannot fail into a string; losing the docs beats losing the crate.
        Err(_) => String::new(),
    }
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
            Event::End(TagEnd::TableCell) => {
                while matches!(tidy.last(), Some(Event::HardBreak)) {
                    tidy.pop();
                }
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

/// A cell of a table is one line: what begins a new one within it is the tag that does so.
fn one_line_cells(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut in_cell = false;
    for event in &mut events {
        match event {
            Event::Start(Tag::TableCell) => in_cell = true,
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::HardBreak if in_cell => *event = Event::InlineHtml("<br>".into()),
            _ => {}
        }
    }
    events
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
        None | Some(Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell))
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

#[cfg(test)]
mod tests {
    use super::{clean, is_plain, printed};

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
    fn a_cell_of_a_table_is_one_line() {
        let table = "|A|B|\n|---|---|\n|a<br/><br>b|<ul><li>c</li><li>d</li></ul>|";
        assert_eq!(
            clean(table),
            "|A|B|\n|-|-|\n|a<br>b|\u{2022} c<br>\u{2022} d|"
        );
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
            ("1. a\n\n   b\n2. c", "1. a\n\n   b\n\n2. c"),
            ("a & b &amp;lt; `&amp;`", "a & b &amp;lt; `&amp;`"),
            ("a & b &amp;lt; c", "a & b &amp;lt; c"),
            ("nul \0 bidi \u{202e}x", "nul  bidi x"),
        ];
        for (input, expected) in cases {
            assert_eq!(clean(input), expected, "{input:?}");
        }
    }
}
