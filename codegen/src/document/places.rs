//! Where the keys and values of a file are: a tree, walked by JSON pointer.

use std::collections::HashSet;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use saphyr_parser::{Event, Parser, Span as Marks};

use super::pointer;
use crate::diagnostic::Source;

/// The places of all keys and values of one document.
#[derive(Debug)]
pub struct Places {
    source: Arc<Source>,
    /// The root is the first. Empty if there is no value at all.
    nodes: Vec<Node>,
    /// Where each line but the first begins.
    lines: Vec<u32>,
}

/// A key that its mapping holds already.
#[derive(Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub pointer: String,
    pub key: String,
    /// Where the later one is.
    pub span: Range<usize>,
}

#[derive(Debug, Default)]
struct Node {
    /// What a mapping calls it; an item of a list has none.
    key: Option<Key>,
    span: Span,
    kind: Kind,
    parent: u32,
    first: Option<u32>,
    next: Option<u32>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Scalar,
    List,
    Mapping,
}

#[derive(Debug)]
struct Key {
    span: Span,
    name: Name,
}

#[derive(Debug)]
enum Name {
    /// As it is in the file.
    Written(Span),
    /// With escapes, or in several lines.
    Meant(Box<str>),
}

/// Half as large as a range, since there are two for each value.
#[derive(Debug, Default, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

impl Places {
    /// Reads YAML, of which JSON is a part, until the first syntax error; what follows has no place.
    pub fn read(source: Arc<Source>) -> Self {
        let text = &source.text;
        let mut builder = Builder::default();
        let mut offsets = Offsets::new(text);
        for event in Parser::new_from_str(text) {
            let Ok((event, marks)) = event else { break };
            builder.event(&event, offsets.span(marks), text);
        }
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            lines: newlines.map(|(at, _)| narrow(at + 1)).collect(),
            nodes: builder.nodes,
            source,
        }
    }

    /// Where a value is shown: itself when it is a scalar, its key otherwise, and failing both the
    /// nearest container that has a place.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        let shown = |node: &Node| match node.kind {
            Kind::Scalar => Some(node.span),
            _ => self.title(node),
        };
        self.path(pointer)
            .iter()
            .rev()
            .copied()
            .find_map(shown)
            .map(Span::range)
    }

    /// Where the key of a value is.
    pub fn key(&self, pointer: &str) -> Option<Range<usize>> {
        let shown = |node: &Node| match (node.kind, &node.key) {
            (Kind::Scalar, None) => Some(node.span),
            _ => self.title(node),
        };
        self.path(pointer)
            .iter()
            .rev()
            .copied()
            .find_map(shown)
            .map(Span::range)
    }

    /// The lines, from 1, of a value and its key; of the nearest container if the value is not there.
    pub fn lines(&self, pointer: &str) -> Option<RangeInclusive<usize>> {
        let node = *self.path(pointer).last()?;
        let start = node.key.as_ref().map_or(node.span, |key| key.span).start;
        // A value that was left out is placed where the next one begins.
        let is_there = node.span.end > node.span.start;
        let end = if is_there { node.span.end - 1 } else { start };
        Some(self.line(start)..=self.line(end))
    }

    /// The keys that are in their mapping already, in the order of the file.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        let mut found = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let mut seen = HashSet::new();
            for key in self.children(node).filter_map(|child| child.key.as_ref()) {
                let name = self.name(key);
                if !seen.insert(name) && name != "<<" {
                    found.push(Duplicate {
                        pointer: pointer::join(&self.pointer(index), name),
                        key: name.to_owned(),
                        span: key.span.range(),
                    });
                }
            }
        }
        found.sort_by_key(|duplicate| duplicate.span.start);
        found
    }

    /// The nodes on the way to a value, as far as they are there.
    fn path(&self, pointer: &str) -> Vec<&Node> {
        let mut path = Vec::from_iter(self.nodes.first());
        for token in pointer::tokens(pointer) {
            match path.last().and_then(|node| self.child(node, &token)) {
                Some(child) => path.push(child),
                None => break,
            }
        }
        path
    }

    fn child(&self, node: &Node, token: &str) -> Option<&Node> {
        if node.kind == Kind::List {
            return self.children(node).nth(token.parse().ok()?);
        }
        let named = |child: &&Node| child.key.as_ref().is_some_and(|k| self.name(k) == token);
        // Of a key that is there twice the later one counts.
        self.children(node).filter(named).last()
    }

    fn children(&self, node: &Node) -> impl Iterator<Item = &Node> {
        let at = |index: u32| self.nodes.get(index as usize);
        std::iter::successors(node.first.and_then(at), move |child| {
            child.next.and_then(at)
        })
    }

    /// What a container is shown by: its key, or the first key in it.
    fn title(&self, node: &Node) -> Option<Span> {
        let key = match &node.key {
            Some(key) => Some(key),
            None => self.children(node).next()?.key.as_ref(),
        };
        key.map(|key| key.span)
    }

    fn name<'a>(&'a self, key: &'a Key) -> &'a str {
        match &key.name {
            Name::Written(span) => self.source.text.get(span.range()).unwrap_or_default(),
            Name::Meant(text) => text,
        }
    }

    fn pointer(&self, index: usize) -> String {
        let mut tokens = Vec::new();
        let mut at = index;
        while at > 0 {
            let node = &self.nodes[at];
            let parent = node.parent as usize;
            tokens.push(match &node.key {
                Some(key) => self.name(key).to_owned(),
                None => {
                    let items = self.children(&self.nodes[parent]);
                    items
                        .take_while(|item| !std::ptr::eq(*item, node))
                        .count()
                        .to_string()
                }
            });
            at = parent;
        }
        let join = |pointer: String, token: &String| pointer::join(&pointer, token);
        tokens.iter().rev().fold(String::new(), join)
    }

    fn line(&self, offset: u32) -> usize {
        self.lines.partition_point(|start| *start <= offset) + 1
    }
}

impl Span {
    fn new(range: Range<usize>) -> Self {
        Self {
            start: narrow(range.start),
            end: narrow(range.end),
        }
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files of more than 4 GB have no places past it.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Puts the tree together while a file is read.
#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
}

/// A container whose end was not met yet.
struct Open {
    node: u32,
    last: Option<u32>,
    /// The key of the next value.
    key: Option<Key>,
    /// The container is itself a key, and so not in the tree.
    is_key: bool,
}

impl Builder {
    fn event(&mut self, event: &Event<'_>, span: Span, text: &str) {
        match event {
            Event::Scalar(scalar, ..) => {
                let span = without_end(span, text);
                match self.awaits_key() {
                    true => self.key(span, name(span, scalar, text)),
                    false => drop(self.add(Kind::Scalar, span)),
                }
            }
            Event::Alias(_) => match self.awaits_key() {
                true => self.key(span, Name::Written(span)),
                false => drop(self.add(Kind::Scalar, span)),
            },
            Event::MappingStart(..) => self.start(Kind::Mapping, span),
            Event::SequenceStart(..) => self.start(Kind::List, span),
            Event::MappingEnd | Event::SequenceEnd => {
                let is_written = matches!(text.get(span.range()), Some("}" | "]"));
                self.end(is_written.then_some(span.end));
            }
            _ => {}
        }
    }

    fn awaits_key(&self) -> bool {
        let in_mapping = |open: &Open| self.nodes[open.node as usize].kind == Kind::Mapping;
        self.open
            .last()
            .is_some_and(|open| open.key.is_none() && in_mapping(open))
    }

    fn key(&mut self, span: Span, name: Name) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { span, name });
        }
    }

    fn start(&mut self, kind: Kind, span: Span) {
        let is_key = self.awaits_key();
        let node = match is_key {
            true => self.push(Node {
                kind,
                span,
                ..Node::default()
            }),
            false => self.add(kind, span),
        };
        self.open.push(Open {
            node,
            last: None,
            key: None,
            is_key,
        });
    }

    /// Ends a container, at its last value if nothing in the file closes it.
    fn end(&mut self, closed_at: Option<u32>) {
        let Some(open) = self.open.pop() else { return };
        let last = open.last.map(|last| &self.nodes[last as usize]);
        let end = closed_at.or(last.map(Node::end));
        let node = &mut self.nodes[open.node as usize];
        node.span.end = end.unwrap_or(node.span.end);
        if open.is_key {
            let span = node.span;
            self.key(span, Name::Meant("".into()));
        }
    }

    /// Adds a value to the innermost container.
    fn add(&mut self, kind: Kind, span: Span) -> u32 {
        let open = self.open.last_mut();
        let parent = open.as_ref().map_or(0, |open| open.node);
        let previous = open.as_ref().and_then(|open| open.last);
        let key = open.and_then(|open| open.key.take());
        let node = self.push(Node {
            key,
            span,
            kind,
            parent,
            ..Node::default()
        });
        if let Some(open) = self.open.last_mut() {
            open.last = Some(node);
            match previous {
                Some(previous) => self.nodes[previous as usize].next = Some(node),
                None => self.nodes[parent as usize].first = Some(node),
            }
        }
        node
    }

    fn push(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        narrow(self.nodes.len() - 1)
    }
}

impl Node {
    /// A value that was left out ends with its key.
    fn end(&self) -> u32 {
        match &self.key {
            Some(key) if self.span.end == self.span.start => key.span.end,
            _ => self.span.end,
        }
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
