//! Whether two schemas mean the same, however they are spelled.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::document::{At, Document};
use super::references::respelling;
use super::schema::{MOST_COMBINED, Use, is_combined};
use super::schema_pair::{self, Context, Local};
use super::subject;
use super::unchanged::Untouched;
use crate::{Area, Direction, Kind};

/// Answers are kept, since the same pairs are asked for again and again.
pub struct Equality<'a, 'd> {
    base: &'d Document<'a>,
    head: &'d Document<'a>,
    untouched: &'d Untouched<'a>,
    today: &'d str,
    known: HashMap<(String, String), bool>,
    depth: usize,
}

/// Unions within unions are looked into so far; a document that goes further is compared as text.
const DEEPEST: usize = 12;

impl<'a, 'd> Equality<'a, 'd> {
    pub fn new(
        (base, head): (&'d Document<'a>, &'d Document<'a>),
        untouched: &'d Untouched<'a>,
        today: &'d str,
    ) -> Self {
        Self {
            base,
            head,
            untouched,
            today,
            known: HashMap::new(),
            depth: 0,
        }
    }

    /// Text for people does not count.
    pub fn same(&mut self, base: &Use<'a>, head: &Use<'a>) -> bool {
        if self.untouched.schemas(base, head) {
            return true;
        }
        let key = self.key(base, head);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.depth >= DEEPEST {
            return base.len() == head.len()
                && base.iter().zip(head).all(|(b, h)| b.value == h.value);
        }
        self.depth += 1;
        let answer = self.walk(base, head);
        self.depth -= 1;
        self.known.insert(key, answer);
        answer
    }

    fn walk(&mut self, base: &Use<'a>, head: &Use<'a>) -> bool {
        let mut pending = vec![(base.clone(), head.clone(), CONTEXT)];
        let mut seen = HashSet::new();
        let mut combined = 0;
        while let Some((base, head, context)) = pending.pop() {
            let key = self.key(&base, &head);
            match self.known.get(&key) {
                Some(true) => continue,
                Some(false) => return false,
                None => {}
            }
            if !seen.insert(key) {
                continue;
            }
            combined += usize::from(is_combined(&base, &head));
            if combined > MOST_COMBINED {
                return false;
            }
            let local = schema_pair::compare(
                (self.base, self.head),
                self.untouched,
                (&base, &head),
                context,
                self.today,
                &mut |b, h| self.same(b, h),
            );
            if local.edits.iter().any(|edit| edit.rule.kind != Kind::Docs) {
                return false;
            }
            pending.extend(local.below);
        }
        true
    }

    fn key(&self, base: &Use<'a>, head: &Use<'a>) -> (String, String) {
        (self.base.identity(base), self.head.identity(head))
    }
}

const CONTEXT: Context = Context {
    area: Area::Schema,
    root: false,
    strong: true,
    required: false,
    repeats: false,
    direction: Direction::Response,
    unseen: false,
};

/// The place and the manner in which two schemas that mean the same are spelled differently.
pub fn spelling<'a>(uses: &(Use<'a>, Use<'a>), local: &Local<'a, '_>) -> Option<(String, String)> {
    let (base, head) = (uses.0.first()?, uses.1.first()?);
    if base.text("$ref") != head.text("$ref") {
        let place = subject::subject(&head.pointer, local.head_document);
        return Some((head.pointer.clone(), respelling(&place, base, head)));
    }
    let home = local.home();
    let at = |message: &str| Some((home.clone(), message.to_owned()));
    match (local.base.members.len(), local.head.members.len()) {
        (0, 1..) => return at("split into `allOf`"),
        (1.., 0) => return at("`allOf` merged"),
        _ => {}
    }
    let words = respelled(&local.base.parts, &local.head.parts);
    match words.as_slice() {
        [] => None,
        words => at(&format!("{} written in another way", words.join(", "))),
    }
}

/// The keywords that are not the same on both sides, as they are shown.
fn respelled(base: &[At<'_>], head: &[At<'_>]) -> Vec<String> {
    let own = |places: &[At<'_>]| {
        let mut words: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (word, value) in places.iter().flat_map(|at| shallow(at.value)) {
            words.entry(word).or_default().push(value);
        }
        words
    };
    let (before, after) = (own(base), own(head));
    let words: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = words
        .into_iter()
        .filter(|word| before.get(*word) != after.get(*word));
    changed.map(|word| format!("`{word}`")).collect()
}

/// The keywords of one schema, those of the schemas in it left out.
fn shallow(value: &Value) -> Vec<(String, Value)> {
    let object = value.as_object();
    let members = object.into_iter().flatten().map(|(key, value)| {
        let value = match value {
            Value::Object(_) => Value::Null,
            Value::Array(list) if list.iter().any(Value::is_object) => Value::from(list.len()),
            value => value.clone(),
        };
        (key.clone(), value)
    });
    members.collect()
}
