//! JSON as a list of nodes that refer to the text, each with what is made of it while it is read.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::text;

/// What is longer, or nested deeper, is not read again.
const LONGEST: usize = 16 * 1024 * 1024;
const DEEPEST: usize = 127;

/// The text and its nodes in the order of the text: an object is followed by the names and values
/// of its members in turn, a list by its items.
pub struct Tree {
    text: Box<str>,
    nodes: Vec<Node>,
}

struct Node {
    start: usize,
    end: usize,
    // The node behind all that is in this one.
    next: usize,
    kind: Kind,
    treatment: Cell<Treatment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// As in "found a string".
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// What a value is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    AsItIs,
    /// A member that no field has.
    Extra,
    Null,
    /// A value of no type that a union knows.
    Unknown,
    /// An entry that its map is read without.
    LeftOut,
    /// A member whose name a later one has as well, which is the one that counts.
    Repeated,
    /// A map of which entries are left out, directly or in a map within.
    Partly,
}

/// One value of a tree.
#[derive(Clone)]
pub struct Place {
    tree: Rc<Tree>,
    at: usize,
}

impl Place {
    /// The whole of a text, if it is JSON that is neither too long nor too deep.
    pub fn root(text: &str) -> Option<Self> {
        let fits = text.len() <= LONGEST && serde_json::from_str::<IgnoredAny>(text).is_ok();
        let nodes = fits.then(|| nodes(text.as_bytes())).flatten()?;
        let text = text.into();
        let tree = Rc::new(Tree { text, nodes });
        let root = Self { tree, at: 0 };
        root.treat_repeated();
        Some(root)
    }

    fn treat_repeated(&self) {
        let places = (0..self.tree.nodes.len()).map(|at| Self {
            tree: Rc::clone(&self.tree),
            at,
        });
        for object in places.filter(|place| place.kind() == Kind::Object) {
            let mut last: HashMap<String, Self> = HashMap::new();
            for (name, value) in object.entries() {
                if let Some(earlier) = last.insert(name, value) {
                    earlier.node().treatment.set(Treatment::Repeated);
                }
            }
        }
    }

    pub fn text(&self) -> &str {
        let node = self.node();
        &self.tree.text[node.start..node.end]
    }

    /// What kind of value it is read as.
    pub fn kind(&self) -> Kind {
        match self.treatment() {
            Treatment::Null => Kind::Null,
            _ => self.node().kind,
        }
    }

    pub fn treatment(&self) -> Treatment {
        self.node().treatment.get()
    }

    /// What is within is then as it was.
    pub fn treat(&self, treatment: Treatment) {
        for node in &self.tree.nodes[self.at + 1..self.node().next] {
            node.treatment.set(Treatment::AsItIs);
        }
        self.node().treatment.set(treatment);
    }

    /// Some entries of the map, or of one within, are left out.
    pub fn treat_partly(&self) {
        self.node().treatment.set(Treatment::Partly);
    }

    /// The entries that are left out, as they are, in maps as they are nested.
    pub fn left_out(&self) -> Value {
        let entries = self.entries().filter_map(|(name, value)| {
            let left_out = match value.treatment() {
                Treatment::LeftOut => value.value(),
                Treatment::Partly => value.left_out(),
                _ => return None,
            };
            Some((name, left_out))
        });
        entries.collect()
    }

    /// A number that no value can hold is its text.
    fn value(&self) -> Value {
        let text = || match self.node().kind {
            Kind::String => self.string(),
            _ => self.text().into(),
        };
        serde_json::from_str(self.text()).unwrap_or_else(|_| text().into())
    }

    /// The items of a list; none of what is no list.
    pub fn items(&self) -> Children {
        self.children(Kind::Array)
    }

    /// The names and values of an object in turn; none of what is no object.
    pub fn members(&self) -> Children {
        self.children(Kind::Object)
    }

    /// The same with their names as they mean.
    pub fn entries(&self) -> impl Iterator<Item = (String, Self)> + use<> {
        let mut members = self.members();
        std::iter::from_fn(move || {
            let (name, value) = (members.next()?, members.next()?);
            Some((name.string().into_owned(), value))
        })
    }

    /// The last member of this name.
    pub fn member(&self, name: &str) -> Option<Self> {
        let mut members = self.members();
        let mut found = None;
        while let (Some(key), Some(value)) = (members.next(), members.next()) {
            if key.string() == name {
                found = Some(value);
            }
        }
        found
    }

    /// What a string says.
    pub fn string(&self) -> Cow<'_, str> {
        let text = self.text();
        if text.contains('\\') {
            text::unescaped(text)
        } else {
            text.trim_matches('"').into()
        }
    }

    /// Whether a string has half a character, which is no text.
    pub fn is_broken(&self) -> bool {
        self.node().kind == Kind::String && text::is_broken(self.text())
    }

    /// What a scalar says: a string without its quotes, a number or a boolean as it is written.
    pub fn scalar(&self) -> Option<Cow<'_, str>> {
        match self.kind() {
            Kind::String => Some(self.string()),
            Kind::Number | Kind::Boolean => Some(self.text().into()),
            Kind::Null | Kind::Array | Kind::Object => None,
        }
    }

    fn node(&self) -> &Node {
        &self.tree.nodes[self.at]
    }

    fn children(&self, kind: Kind) -> Children {
        let is_empty = self.kind() != kind;
        let end = if is_empty { self.at } else { self.node().next };
        Children {
            tree: Rc::clone(&self.tree),
            at: (self.at + 1).min(end),
            end,
        }
    }
}

/// The values that one is directly made of.
pub struct Children {
    tree: Rc<Tree>,
    at: usize,
    end: usize,
}

impl Iterator for Children {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        if self.at >= self.end {
            return None;
        }
        let place = Place {
            tree: Rc::clone(&self.tree),
            at: self.at,
        };
        self.at = place.node().next;
        Some(place)
    }
}

/// The nodes of a text that is known to be JSON.
fn nodes(text: &[u8]) -> Option<Vec<Node>> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let (kind, end) = match byte {
            b'{' => (Kind::Object, at + 1),
            b'[' => (Kind::Array, at + 1),
            b'"' => (Kind::String, string_end(text, at)),
            b't' | b'f' => (Kind::Boolean, scalar_end(text, at)),
            b'n' => (Kind::Null, scalar_end(text, at)),
            b'-' | b'0'..=b'9' => (Kind::Number, scalar_end(text, at)),
            b'}' | b']' => {
                at += 1;
                let next = nodes.len();
                let node: &mut Node = &mut nodes[open.pop()?];
                (node.end, node.next) = (at, next);
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        if matches!(kind, Kind::Object | Kind::Array) {
            open.push(nodes.len());
        }
        if open.len() > DEEPEST {
            return None;
        }
        nodes.push(Node {
            start: at,
            end,
            next: nodes.len() + 1,
            kind,
            treatment: Cell::new(Treatment::AsItIs),
        });
        at = end;
    }
    Some(nodes)
}

fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn scalar_end(text: &[u8], start: usize) -> usize {
    let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
    let length = text[start..].iter().position(is_end);
    length.map_or(text.len(), |length| start + length)
}
