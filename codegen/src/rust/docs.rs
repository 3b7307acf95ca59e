//! Markdown from the document, made fit for rustdoc.
//!
//! HTML and headings would be taken as such, a code block would be compiled as a test, a bare URL
//! and an unknown link would be a warning: all of them become plain text, marked code or real links.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

/// The Markdown, cleaned. Ends without a line break.
pub fn clean(markdown: &str) -> String {
    let text: String = markdown
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !is_hostile(*c))
        .collect();
    let mut links = Vec::new();
    let events = merged(Parser::new(text.trim()))
        .into_iter()
        .flat_map(|event| cleaned(event, &mut links).into_iter())
        .collect::<Vec<_>>();
    let mut out = String::new();
    match pulldown_cmark_to_cmark::cmark(events.iter(), &mut out) {
        Ok(_) => out.trim_end().to_owned(),
        // Printing events cannot fail into a string; losing the docs beats losing the crate.
        Err(_) => String::new(),
    }
}

/// The text up to the end of its first sentence or paragraph, as one line.
pub fn first_sentence(markdown: &str) -> String {
    let paragraph = markdown
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .replace('\n', " ");
    match paragraph.find(". ") {
        Some(end) => paragraph[..=end].to_owned(),
        None => paragraph,
    }
}

/// Text as code: what would end the code is replaced, and nothing at all is said in words.
pub fn code(text: &str) -> String {
    let quoted = |c: char| if c == '`' || c.is_control() { '\'' } else { c };
    match text.is_empty() {
        true => "The empty text.".to_owned(),
        false => format!("`{}`", text.chars().map(quoted).collect::<String>()),
    }
}

/// Controls, and marks that reorder the text that follows.
fn is_hostile(c: char) -> bool {
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

fn cleaned<'a>(event: Event<'a>, links: &mut Vec<bool>) -> Vec<Event<'a>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => match text.trim() {
            tag if tag.starts_with("<br") => vec![Event::HardBreak],
            _ => vec![Event::Text(text)],
        },
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::CodeBlock(_)) => {
            let text = CodeBlockKind::Fenced("text".into());
            vec![Event::Start(Tag::CodeBlock(text))]
        }
        Event::Start(Tag::Heading { .. }) => {
            vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]
        }
        Event::End(TagEnd::Heading(_)) => {
            vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]
        }
        Event::Start(
            Tag::Link {
                dest_url,
                title,
                id,
                ..
            }
            | Tag::Image {
                dest_url,
                title,
                id,
                ..
            },
        ) => {
            links.push(is_absolute(&dest_url));
            match is_absolute(&dest_url) {
                true => vec![Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id,
                })],
                false => Vec::new(),
            }
        }
        Event::End(TagEnd::Link | TagEnd::Image) => match links.pop() {
            Some(true) => vec![Event::End(TagEnd::Link)],
            _ => Vec::new(),
        },
        Event::Text(text) if links.is_empty() => with_links(&text),
        Event::SoftBreak => vec![Event::Text(" ".into())],
        other => vec![other],
    }
}

fn is_absolute(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['<', '>'])
}

/// Bare URLs become links.
fn with_links<'a>(text: &str) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(start) = rest
        .find("https://")
        .into_iter()
        .chain(rest.find("http://"))
        .min()
    {
        let url_end = rest[start..]
            .find(|c: char| c.is_whitespace() || "<>()[]\"'`,;|\\{}".contains(c))
            .map_or(rest.len(), |end| start + end);
        let url = rest[start..url_end].trim_end_matches(['.', ':', '!', '?', '*', '_']);
        let end = start + url.len();
        if url.ends_with("//") {
            events.push(Event::Text(CowStr::from(
                rest[..url_end].replace("://", ":\u{200b}//"),
            )));
            rest = &rest[url_end..];
            continue;
        }
        events.push(Event::Text(CowStr::from(rest[..start].to_owned())));
        let dest_url = CowStr::from(url.to_owned());
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: dest_url.clone(),
            title: "".into(),
            id: "".into(),
        }));
        events.push(Event::Text(dest_url));
        events.push(Event::End(TagEnd::Link));
        rest = &rest[end..];
    }
    events.push(Event::Text(CowStr::from(rest.to_owned())));
    events
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_rustdoc_would_misread_is_plain_text() {
        let cases = [
            ("a <T> b", r"a \<T> b"),
            ("see https://a.example/x.", "see <https://a.example/x>."),
            ("[x] and [y](./local)", r"\[x] and y"),
            ("# Title", "**Title**"),
            ("    let x;", "```text\nlet x;\n```"),
            ("ends */ \"# here", r##"ends \*/ "# here"##),
            ("nul \0 bidi \u{202e}x", "nul  bidi x"),
        ];
        for (input, expected) in cases {
            assert_eq!(clean(input), expected, "{input:?}");
        }
    }
}
