//! Where the keys and values of a file are: a tree, walked by JSON pointer.

use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};
use std::sync::{Arc, OnceLock};

use serde::de::IgnoredAny;

use crate::diagnostic::Source;
use crate::location::{Pointer, pointer};
use crate::timings::{Stage, stage};

mod builder;
mod joined;
mod json;
mod yaml;

pub use joined::deeper_than;

/// The places of all keys and values of one document, read when first asked for.
#[derive(Debug)]
pub struct SourceMap {
    pub source: Arc<Source>,
    tree: OnceLock<Tree>,
}

#[derive(Debug)]
struct Tree {
    /// The root is the first. Empty if there is no value at all.
    nodes: Vec<Node>,
    /// The children of each container that has many: items in their order, members by name.
    wide: HashMap<u32, Vec<u32>>,
}

/// A key that its mapping holds already.
#[derive(Debug, PartialEq, Eq)]
pub struct Duplicate {
    pub pointer: Pointer,
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

impl SourceMap {
    pub fn of(source: Arc<Source>) -> Self {
        Self {
            source,
            tree: OnceLock::new(),
        }
    }

    /// Where a value is shown: itself when it is a scalar, its key otherwise, and failing both the
    /// nearest container that has a place.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        self.nearest(pointer, |node| match node.kind {
            Kind::Scalar => Some(node.span),
            _ => self.title(node),
        })
    }

    /// Where the key of a value is.
    pub fn key(&self, pointer: &str) -> Option<Range<usize>> {
        self.nearest(pointer, |node| match (node.kind, &node.key) {
            (Kind::Scalar, None) => Some(node.span),
            _ => self.title(node),
        })
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
        let positions = self.positions();
        for (index, node) in self.tree().nodes.iter().enumerate() {
            let mut seen = HashSet::new();
            for key in self.children(node).filter_map(|child| child.key.as_ref()) {
                let name = self.name(key);
                if !seen.insert(name) && name != "<<" {
                    found.push(Duplicate {
                        pointer: self.pointer(index, &positions).key(name),
                        key: name.to_owned(),
                        span: key.span.range(),
                    });
                }
            }
        }
        found.sort_by_key(|duplicate| duplicate.span.start);
        found
    }

    fn tree(&self) -> &Tree {
        let read = || Tree::read(&self.source.text);
        self.tree.get_or_init(|| stage(Stage::Locate, read))
    }

    /// What is shown of a value, or of the nearest container that shows anything.
    fn nearest(
        &self,
        pointer: &str,
        shown: impl Fn(&Node) -> Option<Span>,
    ) -> Option<Range<usize>> {
        let path = self.path(pointer);
        path.into_iter().rev().find_map(shown).map(Span::range)
    }

    /// The nodes on the way to a value, as far as they are there.
    fn path(&self, pointer: &str) -> Vec<&Node> {
        let mut path = Vec::from_iter(self.tree().nodes.first());
        for token in pointer::tokens(pointer) {
            match path.last().and_then(|node| self.child(node, &token)) {
                Some(child) => path.push(child),
                None => break,
            }
        }
        path
    }

    fn child(&self, node: &Node, token: &str) -> Option<&Node> {
        let tree = self.tree();
        let wide = node.first.and_then(|first| tree.wide.get(&first));
        // Of a key that is there twice the later one counts.
        match (wide, node.kind) {
            (Some(items), Kind::List) => {
                let index = items.get(token.parse::<usize>().ok()?)?;
                tree.nodes.get(*index as usize)
            }
            (Some(members), _) => {
                let name = |index: u32| tree.nodes[index as usize].name(&self.source.text);
                let after = members.partition_point(|index| name(*index) <= Some(token));
                let last = *members[..after].last()?;
                (name(last) == Some(token)).then(|| &tree.nodes[last as usize])
            }
            (None, Kind::List) => self.children(node).nth(token.parse().ok()?),
            (None, _) => {
                let named = |child: &&Node| child.name(&self.source.text) == Some(token);
                self.children(node).filter(named).last()
            }
        }
    }

    fn children(&self, node: &Node) -> impl Iterator<Item = &Node> {
        let at = |index: u32| self.tree().nodes.get(index as usize);
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
        key.name(&self.source.text)
    }

    /// Of each node, where it is in its list.
    fn positions(&self) -> Vec<usize> {
        let nodes = &self.tree().nodes;
        let mut positions = vec![0; nodes.len()];
        for node in nodes {
            let next = |index: &u32| nodes.get(*index as usize)?.next;
            for (position, index) in std::iter::successors(node.first, next).enumerate() {
                positions[index as usize] = position;
            }
        }
        positions
    }

    fn pointer(&self, index: usize, positions: &[usize]) -> Pointer {
        let mut tokens = Vec::new();
        let mut at = index;
        while at > 0 {
            let node = &self.tree().nodes[at];
            let parent = node.parent as usize;
            tokens.push(match &node.key {
                Some(key) => self.name(key).to_owned(),
                None => positions[at].to_string(),
            });
            at = parent;
        }
        let join = |pointer: Pointer, token: &String| pointer.key(token);
        tokens.iter().rev().fold(Pointer::default(), join)
    }

    fn line(&self, offset: u32) -> usize {
        self.source.line(offset as usize)
    }
}

impl Tree {
    fn read(text: &str) -> Self {
        let is_json =
            text.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok();
        let nodes = if is_json {
            json::read(text)
        } else {
            yaml::read(text)
        };
        Self {
            wide: wide(&nodes, text),
            nodes,
        }
    }
}

/// What has more children is not searched from the first to the last.
const WIDE: usize = 16;

/// By the first child.
fn wide(nodes: &[Node], text: &str) -> HashMap<u32, Vec<u32>> {
    let mut found = HashMap::new();
    for node in nodes {
        let at = |index: &u32| nodes.get(*index as usize)?.next;
        let mut children: Vec<u32> = std::iter::successors(node.first, at).collect();
        if let Some(&first) = children.first().filter(|_| children.len() > WIDE) {
            if node.kind == Kind::Mapping {
                // Stable: of equal names the later one stays behind.
                children.sort_by_key(|index| nodes[*index as usize].name(text));
            }
            found.insert(first, children);
        }
    }
    found
}

impl Node {
    fn name<'a>(&'a self, text: &'a str) -> Option<&'a str> {
        self.key.as_ref().map(|key| key.name(text))
    }
}

impl Key {
    fn name<'a>(&'a self, text: &'a str) -> &'a str {
        match &self.name {
            Name::Written(span) => text.get(span.range()).unwrap_or_default(),
            Name::Meant(name) => name,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{
      "a\"b": [1, -2.5e3, true, null, "\\", [], {}],
      "ü": {"c/d": "\u00fc", "": {"e": "two\nlines"}},
      "empty": [[{"f": [{"g": 0}]}]]
    }"#;

    #[test]
    fn both_readers_find_the_same_places() {
        assert_eq!(described(json::read(JSON)), described(yaml::read(JSON)));
    }

    #[test]
    fn each_value_of_json_has_its_own_place() {
        let places = places(JSON);
        let value = |pointer| places.value(pointer).map(|range| &JSON[range]);
        let key = |pointer| places.key(pointer).map(|range| &JSON[range]);
        assert_eq!(value("/a\"b/1"), Some("-2.5e3"));
        assert_eq!(key("/a\"b/1"), Some("-2.5e3"));
        assert_eq!(value("/a\"b/4"), Some(r#""\\""#));
        assert_eq!(value("/a\"b"), Some(r#""a\"b""#));
        assert_eq!(value("/ü/c~1d"), Some(r#""\u00fc""#));
        assert_eq!(key("/ü/c~1d"), Some(r#""c/d""#));
        assert_eq!(value("/ü//e/none"), Some(r#""two\nlines""#));
        // A mapping in a list is shown by its first key, and a list in a list by the outer one.
        assert_eq!(value("/empty/0/0"), Some(r#""f""#));
        assert_eq!(value("/empty/0"), Some(r#""empty""#));
    }

    #[test]
    fn a_wide_container_is_searched_as_a_narrow_one() {
        let keys: Vec<String> = (0..40).rev().map(|n| format!("k{n}: {n}")).collect();
        let items: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        let text = format!(
            "a: {{{}, k7: again}}\nb: [{}]\n",
            keys.join(", "),
            items.join(", ")
        );
        let places = places(&text);
        let value = |pointer| places.value(pointer).map(|range| &text[range]);
        assert_eq!(value("/a/k39"), Some("39"));
        assert_eq!(value("/a/k7"), Some("again"));
        assert_eq!(value("/b/31"), Some("31"));
        assert_eq!(value("/a/k40"), Some("a"));
        assert_eq!(value("/b/40"), Some("b"));
    }

    #[test]
    fn what_follows_a_mistake_has_no_place() {
        let text = "a: 1\nb: [2\nc: 3\n";
        let places = places(text);
        assert_eq!(places.value("/a"), Some(3..4));
        assert_eq!(places.lines("/b/0"), Some(2..=2));
        assert_eq!(self::places("").lines("/a"), None);
    }

    #[test]
    fn duplicates_are_named_by_their_pointers() {
        let text = "a:\n- b: {c: 1, c: 2}\n- 1: 0\n  '1': 0\n";
        let places = places(text);
        let found = places.duplicates();
        let pointers: Vec<&str> = found.iter().map(|d| &*d.pointer).collect();
        assert_eq!(pointers, ["/a/0/b/c", "/a/1/1"]);
        // The later one counts.
        let value = places.value("/a/0/b/c").map(|range| &text[range]);
        assert_eq!(value, Some("2"));
    }

    fn places(text: &str) -> SourceMap {
        SourceMap::of(Arc::new(Source::new("a", text)))
    }

    fn described(nodes: Vec<Node>) -> Vec<String> {
        nodes.iter().map(|node| format!("{node:?}")).collect()
    }
}
