//! Puts the tree of places together while a file is read.

use super::{Key, Kind, Name, Node, Span, narrow};

#[derive(Default)]
pub struct Builder {
    pub nodes: Vec<Node>,
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
    pub fn awaits_key(&self) -> bool {
        let in_mapping = |open: &Open| self.nodes[open.node as usize].kind == Kind::Mapping;
        self.open
            .last()
            .is_some_and(|open| open.key.is_none() && in_mapping(open))
    }

    pub fn key(&mut self, span: Span, name: Name) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { span, name });
        }
    }

    pub fn start(&mut self, kind: Kind, span: Span) {
        let is_key = self.awaits_key();
        let node = if is_key {
            self.push(Node {
                kind,
                span,
                ..Node::default()
            })
        } else {
            self.add(kind, span)
        };
        self.open.push(Open {
            node,
            last: None,
            key: None,
            is_key,
        });
    }

    /// Ends a container, at its last value if nothing in the file closes it.
    pub fn end(&mut self, closed_at: Option<u32>) {
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
    pub fn add(&mut self, kind: Kind, span: Span) -> u32 {
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
