//! Where each node of a rewritten document was before.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::location::{Location, Pointer, pointer};

/// The places that rewriting made, each with the one that it was made of; what is within moved with it, and everything
/// else is where it was.
#[derive(Debug, Default, Clone)]
pub struct Origins {
    moved: BTreeMap<String, Origin>,
    /// Of the document that this one was made of, which was rewritten itself.
    earlier: Option<Box<Self>>,
}

/// Where a node was.
#[derive(Debug, Clone)]
enum Origin {
    File(Location),
    /// A pointer into the document that this one was made of.
    Earlier(String),
}

impl Origins {
    /// Of a document that is made anew of another one.
    pub fn of_another(earlier: Self) -> Self {
        Self {
            moved: BTreeMap::new(),
            earlier: Some(Box::new(earlier)),
        }
    }

    /// Notes that what is at the pointer now is what the user wrote at the location.
    pub fn record(&mut self, now: String, from: Location) {
        self.moved.insert(now, Origin::File(from));
    }

    /// Notes that what is at the pointer now was at another one in the document that this one is made of.
    pub fn record_earlier(&mut self, now: String, was: String) {
        self.moved.insert(now, Origin::Earlier(was));
    }

    /// Notes that what was at a pointer is at another one now.
    pub fn renamed(&mut self, was: &str, now: &str) {
        let from = self.origin(was);
        for at in Vec::from_iter(self.within(was).map(|(at, _)| at.clone())) {
            if let Some(from) = self.moved.remove(&at) {
                self.moved
                    .insert(format!("{now}{}", &at[was.len()..]), from);
            }
        }
        self.moved.remove(was);
        self.moved.insert(now.to_owned(), from);
    }

    /// Notes that what is at a pointer is inside something new that is there instead.
    pub fn wrapped(&mut self, at: &str, inside: &str) {
        let from = self.origin(at);
        let known = Vec::from_iter(self.within(at).map(|(at, _)| at.clone()));
        for known in known {
            if let Some(from) = self.moved.remove(&known) {
                self.moved
                    .insert(format!("{inside}{}", &known[at.len()..]), from);
            }
        }
        self.moved.insert(inside.to_owned(), from.clone());
        self.moved.insert(at.to_owned(), from);
    }

    /// Notes that items of a list are gone, so that those behind them moved up.
    pub fn removed(&mut self, list: &str, length: usize, items: &BTreeSet<usize>) {
        let first = items.first().copied().unwrap_or(length);
        let kept = (first..length).filter(|index| !items.contains(index));
        for (offset, index) in kept.enumerate() {
            let at = |index: usize| pointer::join(list, index.to_string());
            self.renamed(&at(index), &at(first + offset));
        }
    }

    /// What was noted, with where each was in the files.
    pub fn recorded(&self) -> impl Iterator<Item = (String, Location)> {
        let moved = self.moved.keys();
        moved.map(|now| (now.clone(), self.location(now)))
    }

    fn within(&self, at: &str) -> impl Iterator<Item = (&String, &Origin)> {
        let below = format!("{at}/");
        let within = self.moved.range(below.clone()..);
        within.take_while(move |(at, _)| at.starts_with(&below))
    }

    /// Notes that nothing is known any more of what is at the pointer.
    pub fn forget(&mut self, now: &str) {
        let within = self.within(now).map(|(at, _)| at.clone());
        for at in Vec::from_iter(within) {
            self.moved.remove(&at);
        }
        self.moved.remove(now);
    }

    /// The location of what a location in the rewritten document is about.
    pub fn settled(&self, now: &Location) -> Location {
        if self.moved.is_empty() {
            return now.clone();
        }
        self.location(&now.pointer)
    }

    /// The location of what is at the pointer now.
    pub fn location(&self, now: &str) -> Location {
        if self.moved.is_empty() {
            return self.earlier_location(now);
        }
        match self.origin(now) {
            Origin::File(location) => location,
            Origin::Earlier(was) => self.earlier_location(&was),
        }
    }

    /// The location of what was at a pointer into the document that this one was made of.
    pub fn earlier_location(&self, was: &str) -> Location {
        match &self.earlier {
            Some(earlier) => earlier.location(was),
            None => Location::from(Pointer::from(was)),
        }
    }

    fn origin(&self, now: &str) -> Origin {
        match self.nearest(now) {
            Some((at, Origin::File(from))) => Origin::File(Location {
                file: from.file,
                pointer: format!("{}{}", from.pointer, &now[at.len()..]).into(),
            }),
            Some((at, Origin::Earlier(was))) => {
                Origin::Earlier(format!("{was}{}", &now[at.len()..]))
            }
            None => Origin::Earlier(now.to_owned()),
        }
    }

    /// What was noted of the place itself, or else of the nearest around it.
    fn nearest<'n>(&self, now: &'n str) -> Option<(&'n str, &Origin)> {
        let mut at = now;
        loop {
            // Each pointer that `at` begins with is a beginning of the last one in order that does not come behind it, too.
            let before = (Bound::Unbounded, Bound::Included(at));
            let (known, origin) = self.moved.range::<str, _>(before).next_back()?;
            let pairs = known.bytes().zip(at.bytes());
            let shared = pairs.take_while(|(one, two)| one == two).count();
            let is_whole = matches!(at.as_bytes().get(shared), None | Some(b'/'));
            if is_whole && shared == known.len() {
                return Some((&now[..shared], origin));
            }
            let end = if is_whole { Some(shared) } else { None };
            at = &at[..end.or_else(|| at[..shared].rfind('/'))?];
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Origins;
    use crate::diagnostic::{Diagnostics, Source};
    use crate::document::Document;

    #[test]
    fn what_was_rewritten_is_where_the_user_wrote_it() {
        let schemas = "{A: {type: [string, 'null', array], items: {type: [integer, number]}}, \
                       B: {$ref: '#/components/schemas/A', allOf: [{type: string}]}, \
                       C: {const: c}, D: {type: object, properties: {e: {type: string}}}}";
        let document = document(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents: {{schemas: {schemas}}}"
        ));
        for (now, written) in [
            ("A", "A"),
            ("A/anyOf/0", "A/type/0"),
            ("A/anyOf/1", "A/type/2"),
            ("A/anyOf/1/items/format", "A/items/format"),
            ("A/anyOf/1/items/anyOf/1", "A/items/type/1"),
            ("B/allOf/0", "B"),
            ("B/allOf/1/type", "B/allOf/0/type"),
            ("C/enum/0", "C/const"),
            ("D/properties/e", "D/properties/e"),
        ] {
            let at = |path| format!("/components/schemas/{path}");
            assert_eq!(*document.location(&at(now)).pointer, at(written), "{now}");
        }
    }

    #[test]
    fn what_is_around_a_place_is_found_past_what_only_begins_like_it() {
        let mut origins = Origins::default();
        for (now, was) in [
            ("/a", "/1"),
            ("/a/b", "/2"),
            ("/a/b-c", "/3"),
            ("/a/b/d/e", "/4"),
        ] {
            origins.record_earlier(now.to_owned(), was.to_owned());
        }
        for (now, was) in [
            ("", ""),
            ("/a", "/1"),
            ("/aa", "/aa"),
            ("/a/a", "/1/a"),
            ("/a/b", "/2"),
            ("/a/b-d", "/1/b-d"),
            ("/a/b-c/d", "/3/d"),
            ("/a/b/c", "/2/c"),
            ("/a/b/d/e", "/4"),
            ("/a/b/d/f", "/2/d/f"),
            ("/a/bb", "/1/bb"),
            ("/b", "/b"),
        ] {
            assert_eq!(*origins.location(now).pointer, *was, "{now}");
        }
    }

    fn document(text: &str) -> Document {
        let source = Source::new("a.yaml", text);
        let mut found = Diagnostics::default();
        let document = Document::parse(Arc::new(source), &mut found);
        document.unwrap_or_else(|_| panic!("{found:?}"))
    }
}
