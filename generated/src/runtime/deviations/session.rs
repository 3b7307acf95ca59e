//! What is known of one lenient reading while it goes on: serde hands nothing of the kind through
//! the types that are read, so that it is kept for the thread.

use std::cell::RefCell;

use super::hint::Hint;
use super::listing::Listing;
use super::tree::{Place, Treatment};
use crate::runtime::path::Step;

thread_local! {
    static CURRENT: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// One reading of a whole value.
#[derive(Default)]
pub struct Session {
    path: Vec<Step>,
    // What was read as what it means, and not as it is.
    found: Listing,
    // The unions around the value that is read, by the length of their path: the property that
    // names the type, and the name that it has.
    tags: Vec<(usize, String, String)>,
    // The last value that was read as text, for a union to look at.
    raw: Option<Place>,
    // What the last value that did not fit was read as, by the length of its path.
    hint: Option<(usize, Hint)>,
    giving_way: Option<GivingWay>,
    // An entry whose value is kept nowhere but in the body.
    last_resort: Option<GivingWay>,
    reason: Option<String>,
}

/// The innermost value that can go missing, or be unknown, around one that can't be read.
pub struct GivingWay {
    pub length: usize,
    pub treatment: Treatment,
    pub tags: Vec<(usize, String, String)>,
}

/// Why a reading failed.
pub struct Failed {
    pub path: Vec<Step>,
    pub hint: Option<Hint>,
    pub giving_way: Option<GivingWay>,
    /// The reason within a union, which says more than the error that came through it.
    pub reason: Option<String>,
}

/// Reads in a session of its own.
pub fn run<T, E>(read: impl FnOnce() -> Result<T, E>) -> Result<(T, Listing), (E, Failed)> {
    let outer = Outer::leave(Some(Session::default()));
    let result = read();
    let session = CURRENT.take().unwrap_or_default();
    drop(outer);
    match result {
        Ok(value) => Ok((value, session.found)),
        Err(error) => Err((error, session.failed())),
    }
}

/// Reads without the session at hand: a trial, which fits as it is or not at all.
pub fn suspended<T>(read: impl FnOnce() -> T) -> T {
    let outer = Outer::leave(None);
    let result = read();
    drop(outer);
    result
}

/// Changes the session at hand, if there is one.
pub fn with<T>(change: impl FnOnce(&mut Session) -> T) -> Option<T> {
    CURRENT.with_borrow_mut(|session| session.as_mut().map(change))
}

/// The session that is put back at the end, also if a type panics while it is read.
struct Outer(Option<Session>);

impl Outer {
    fn leave(inner: Option<Session>) -> Self {
        Self(CURRENT.replace(inner))
    }
}

impl Drop for Outer {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

impl Session {
    /// How long the path is.
    pub fn length(&self) -> usize {
        self.path.len()
    }

    /// Whether the value at hand is an item of a list or an entry of a map.
    pub fn is_element(&self) -> bool {
        matches!(self.path.last(), Some(Step::Item(_) | Step::Entry(_)))
    }

    /// Goes from a value, by the length of its path, to one within.
    pub fn enter(&mut self, length: usize, step: Step) {
        self.leave(length);
        self.path.push(step);
    }

    /// Comes back to a value that was read up to its end.
    pub fn leave(&mut self, length: usize) {
        self.path.truncate(length);
        self.tags.retain(|(union, ..)| *union <= length);
    }

    /// The value at hand is read as what it means.
    pub fn bent(&mut self, hint: Hint, place: &Place) {
        let found = place.kind().name();
        self.found.add(&self.path, hint.expected.into(), found);
    }

    /// The object at hand has several members of a name.
    pub fn repeated(&mut self, step: Step) {
        let mut path = self.path.clone();
        path.push(step);
        self.found
            .add(&path, "one member of this name".into(), "several");
    }

    /// The value at hand is not what it is read as.
    pub fn unfit(&mut self, hint: Hint) {
        self.hint = Some((self.path.len(), hint));
    }

    pub fn set_raw(&mut self, place: Place) {
        self.raw = Some(place);
    }

    pub fn raw(&self) -> Option<&Place> {
        self.raw.as_ref()
    }

    /// The value at hand is a union whose type is named.
    pub fn tagged(&mut self, property: &str, tag: &str) {
        let tag = (self.path.len(), property.to_owned(), tag.to_owned());
        self.tags.push(tag);
    }

    /// What can't be read is within the value whose path has this length, which can do without.
    pub fn gives_way(&mut self, length: usize, treatment: Treatment) {
        let tags = &self.tags;
        self.giving_way.get_or_insert_with(|| GivingWay {
            length,
            treatment,
            tags: tags.clone(),
        });
    }

    /// The same of an entry of a map. One of a member's map is kept with what no field names; another
    /// is left out only where nothing around it can go.
    pub fn entry_gives_way(&mut self, length: usize) {
        let mut around = self.path[..length].iter().rev();
        let holder = around.find(|step| !matches!(step, Step::Entry(_)));
        if matches!(holder, Some(Step::Member(_))) {
            return self.gives_way(length, Treatment::LeftOut);
        }
        let tags = &self.tags;
        self.last_resort.get_or_insert_with(|| GivingWay {
            length,
            treatment: Treatment::LeftOut,
            tags: tags.clone(),
        });
    }

    /// How the value whose path has this length goes missing: a field is left to what no field
    /// names, and anything else is null.
    pub fn absence(&self, length: usize) -> Treatment {
        let step = length.checked_sub(1).and_then(|last| self.path.get(last));
        match step {
            Some(Step::Member(_)) => Treatment::Extra,
            _ => Treatment::Null,
        }
    }

    pub fn take_reason(&mut self) -> Option<String> {
        self.reason.take()
    }

    pub fn set_reason(&mut self, reason: &str) {
        self.reason = Some(reason.to_owned());
    }

    fn failed(self) -> Failed {
        let length = self.path.len();
        let hint = self.hint.filter(|(at, _)| *at == length);
        Failed {
            path: self.path,
            hint: hint.map(|(_, hint)| hint),
            giving_way: self.giving_way.or(self.last_resort),
            reason: self.reason,
        }
    }
}
