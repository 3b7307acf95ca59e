//! Whether two schemas mean the same, however they are spelled.

use std::collections::{HashMap, HashSet};

use super::document::{Document, UseKey};
use super::schema::{MOST_COMBINED, Use, is_combined};
use super::schema_pair::{Context, InForm, SchemaPair};
use super::schemas;
use super::unchanged::Unchanged;
use crate::taxonomy::{Area, Direction, Kind};

/// Compares schemas. What is known of a pair is kept, since the same pairs are asked for again and again.
pub struct Equivalence<'a, 'd> {
    pub base: &'d Document<'a>,
    pub head: &'d Document<'a>,
    unchanged: &'d Unchanged<'a>,
    today: &'d str,
    known: HashMap<(UseKey, UseKey), bool>,
    depth: usize,
}

/// Unions within unions are looked into so far; a document that goes further is compared as text.
const DEEPEST: usize = 12;

impl<'a, 'd> Equivalence<'a, 'd> {
    pub fn new(
        (base, head): (&'d Document<'a>, &'d Document<'a>),
        unchanged: &'d Unchanged<'a>,
        today: &'d str,
    ) -> Self {
        Self {
            base,
            head,
            unchanged,
            today,
            known: HashMap::new(),
            depth: 0,
        }
    }

    /// What differs between two schemas.
    pub fn compare(&mut self, uses: (&Use<'a>, &Use<'a>), context: Context) -> SchemaPair<'a, 'd> {
        let documents = (self.base, self.head);
        let (unchanged, today) = (self.unchanged, self.today);
        let mut equivalent = |base: &Use<'a>, head: &Use<'a>| self.holds(base, head);
        schemas::compare(documents, unchanged, uses, context, today, &mut equivalent)
    }

    /// Whether two schemas mean the same. Text for people does not count.
    pub fn holds(&mut self, base: &Use<'a>, head: &Use<'a>) -> bool {
        if self.unchanged.schemas(base, head) {
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
        let found = self.walk(base, head);
        self.depth -= 1;
        self.known.insert(key, found);
        found
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
            let pair = self.compare((&base, &head), context);
            if pair.edits.iter().any(|edit| edit.rule.kind != Kind::Docs) {
                return false;
            }
            pending.extend(pair.below);
        }
        true
    }

    fn key(&self, base: &Use<'a>, head: &Use<'a>) -> (UseKey, UseKey) {
        (self.base.key(base), self.head.key(head))
    }
}

const CONTEXT: Context = Context {
    area: Area::Schema,
    root: false,
    strong: true,
    required: false,
    repeats: false,
    form: InForm::Within,
    direction: Direction::Response,
    unseen: false,
};
