//! The places of a YAML file.

use saphyr_parser::{Event, Parser, Span as Marks};

use super::builder::Builder;
use super::joined::joined;
use super::{Kind, Name, Node, Span, narrow};

/// Reads until the first syntax error; what follows has no place.
pub fn read(text: &str) -> Vec<Node> {
    match read_as(text, text) {
        Read::Whole(nodes) => nodes,
        // The parser rejects layouts that the reader of the values takes.
        Read::Part(nodes) => match read_as(&joined(text), text) {
            Read::Whole(more) => more,
            Read::Part(more) if more.len() > nodes.len() => more,
            Read::Part(_) => nodes,
        },
    }
}

enum Read {
    Whole(Vec<Node>),
    /// Until a syntax error.
    Part(Vec<Node>),
}

/// What is parsed has each byte of a value where `text` has it.
fn read_as(parsed: &str, text: &str) -> Read {
    let mut builder = Builder::default();
    let mut offsets = Offsets::new(parsed);
    for next in Parser::new_from_str(parsed) {
        let Ok((found, marks)) = next else {
            return Read::Part(builder.nodes);
        };
        event(&mut builder, &found, offsets.span(marks), text);
    }
    Read::Whole(builder.nodes)
}

fn event(builder: &mut Builder, event: &Event<'_>, span: Span, text: &str) {
    match event {
        Event::Scalar(scalar, ..) => {
            let span = without_end(span, text);
            if builder.awaits_key() {
                builder.key(span, name(span, scalar, text));
            } else {
                builder.add(Kind::Scalar, span);
            }
        }
        Event::Alias(_) => {
            if builder.awaits_key() {
                builder.key(span, Name::Written(span));
            } else {
                builder.add(Kind::Scalar, span);
            }
        }
        Event::MappingStart(..) => builder.start(Kind::Mapping, span),
        Event::SequenceStart(..) => builder.start(Kind::List, span),
        Event::MappingEnd | Event::SequenceEnd => {
            let is_written = matches!(text.get(span.range()), Some("}" | "]"));
            builder.end(is_written.then_some(span.end));
        }
        _ => {}
    }
}

/// The span without the line breaks that follow a text of several lines.
fn without_end(span: Span, text: &str) -> Span {
    let length = text
        .get(span.range())
        .map_or(0, |text| text.trim_end().len());
    Span {
        start: span.start,
        end: span.start + narrow(length),
    }
}

fn name(span: Span, key: &str, text: &str) -> Name {
    let written = text.get(span.range()).unwrap_or_default();
    let inner = Span {
        start: span.start + 1,
        end: span.end.saturating_sub(1),
    };
    if written == key {
        Name::Written(span)
    } else if text.get(inner.range()) == Some(key) {
        Name::Written(inner)
    } else {
        Name::Meant(key.into())
    }
}

/// Turns the parser's places, which count characters, into byte offsets. Places come in order, so
/// that the text is walked once.
struct Offsets<'a> {
    text: &'a str,
    ascii: bool,
    character: usize,
    byte: usize,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            ascii: text.is_ascii(),
            character: 0,
            byte: 0,
        }
    }

    fn span(&mut self, marks: Marks) -> Span {
        let start = self.offset(marks.start.index());
        let (character, byte) = (self.character, self.byte);
        let end = self.offset(marks.end.index());
        // The next place may begin before this one ends.
        (self.character, self.byte) = (character, byte);
        Span::new(start..end.max(start))
    }

    fn offset(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        if character < self.character {
            (self.character, self.byte) = (0, 0);
        }
        let ahead = self.text[self.byte..]
            .char_indices()
            .nth(character - self.character);
        self.byte = ahead.map_or(self.text.len(), |(at, _)| self.byte + at);
        self.character = character;
        self.byte
    }
}
