//! From a JSON pointer to its place in the file.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::pointer;

/// The places of all keys and values of one document.
#[derive(Debug, Default)]
pub struct SourceMap {
    places: HashMap<String, Place>,
    /// Keys that a mapping holds twice: pointer and place of the later one.
    pub duplicates: Vec<(String, Range<usize>)>,
}

#[derive(Debug, Default, Clone)]
struct Place {
    key: Option<Range<usize>>,
    /// Scalars have one, and the items of lists: any other container is shown by its key.
    value: Option<Range<usize>>,
}

impl SourceMap {
    /// Reads positions until the first syntax error; what follows it has none.
    pub fn read(text: &str) -> Self {
        Builder::new(text).run()
    }

    /// Where a value is shown: itself when it is a scalar, its key otherwise, and failing both the
    /// nearest container that has a place.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        self.nearest(pointer, |place| place.value.clone().or(place.key.clone()))
    }

    /// Where the key of a value is.
    pub fn key(&self, pointer: &str) -> Option<Range<usize>> {
        self.nearest(pointer, |place| place.key.clone().or(place.value.clone()))
    }

    fn nearest(
        &self,
        pointer: &str,
        choose: impl Fn(&Place) -> Option<Range<usize>>,
    ) -> Option<Range<usize>> {
        let mut at = Some(pointer);
        while let Some(pointer) = at {
            if let Some(range) = self.places.get(pointer).and_then(&choose) {
                return Some(range);
            }
            at = pointer::parent(pointer);
        }
        None
    }
}

struct Builder<'a> {
    map: SourceMap,
    offsets: Offsets<'a>,
    stack: Vec<Container>,
}

enum Container {
    Sequence {
        pointer: String,
        next: usize,
    },
    Mapping {
        pointer: String,
        key: Option<(String, Range<usize>)>,
    },
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            map: SourceMap::default(),
            offsets: Offsets::new(text),
            stack: Vec::new(),
        }
    }

    fn run(mut self) -> SourceMap {
        for event in Parser::new_from_str(self.offsets.text) {
            let Ok((event, span)) = event else { break };
            self.event(&event, span);
        }
        self.map
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) => {
                let range = self.offsets.range(span);
                if !self.take_key(text, &range) {
                    self.place(Some(range));
                }
            }
            Event::Alias(_) => {
                let range = self.offsets.range(span);
                self.place(Some(range));
            }
            Event::MappingStart(..) => {
                let pointer = self.place(None);
                self.stack.push(Container::Mapping { pointer, key: None });
            }
            Event::SequenceStart(..) => {
                let pointer = self.place(None);
                self.stack.push(Container::Sequence { pointer, next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.stack.pop();
            }
            _ => {}
        }
    }

    /// Keeps the scalar as the key of the next value, if a mapping waits for one.
    fn take_key(&mut self, text: &str, range: &Range<usize>) -> bool {
        let Some(Container::Mapping {
            pointer,
            key: key @ None,
        }) = self.stack.last_mut()
        else {
            return false;
        };
        *key = Some((text.to_owned(), range.clone()));
        if let Some(
            place @ Place {
                key: None,
                value: None,
            },
        ) = self.map.places.get_mut(pointer)
        {
            // An item of a list has no key: it is shown by the first of its own.
            place.value = Some(range.clone());
        }
        let pointer = pointer::join(pointer, text);
        if text != "<<" && self.map.places.contains_key(&pointer) {
            self.map.duplicates.push((pointer, range.clone()));
        }
        true
    }

    /// Records the value that starts here and returns its pointer.
    fn place(&mut self, value: Option<Range<usize>>) -> String {
        let (pointer, key) = match self.stack.last_mut() {
            None => (String::new(), None),
            Some(Container::Sequence { pointer, next }) => {
                let pointer = pointer::join(pointer, next.to_string());
                *next += 1;
                (pointer, None)
            }
            Some(Container::Mapping { pointer, key }) => match key.take() {
                Some((key, range)) => (pointer::join(pointer, key), Some(range)),
                // A container as a key; OpenAPI has none, and the typed parse refuses it.
                None => (pointer.clone(), None),
            },
        };
        self.map
            .places
            .entry(pointer.clone())
            .or_insert(Place { key, value });
        pointer
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

    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.offset(span.start.index());
        let (character, byte) = (self.character, self.byte);
        let end = self.offset(span.end.index());
        // The next place may begin before this one ends.
        (self.character, self.byte) = (character, byte);
        start..end.max(start)
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
