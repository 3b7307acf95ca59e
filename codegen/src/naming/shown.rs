//! What the names that the lock keeps show of first words: whether those are a part of names, or only lead to them.

use std::collections::BTreeMap;

use super::walk::Walk;
use super::{Place, Tables};

/// So many names show it.
const LEAST: usize = 2;

/// First words of paths, and how often names that are kept begin with what follows them, and with the word itself.
#[derive(Debug, Default)]
pub struct Shown {
    prefixes: BTreeMap<String, Votes>,
    scopes: BTreeMap<String, Votes>,
}

#[derive(Debug, Default)]
struct Votes {
    passed: usize,
    named: usize,
}

impl Shown {
    /// Of walks of whole paths, and the names that operations have already.
    pub fn of(walks: &[Walk], kept: &[Option<Place>], tables: &Tables) -> Self {
        let mut shown = Self::default();
        for (walk, place) in walks.iter().zip(kept) {
            if let Some(place) = place {
                shown.count(walk, place, tables);
            }
        }
        shown
    }

    fn count(&mut self, walk: &Walk, place: &Place, tables: &Tables) {
        let mut walk = walk.clone();
        walk.pass_prefix(tables);
        let (first, is_scope, rest) = match walk.steps.as_slice() {
            [first, id, rest @ ..] if id.parameter => (first, true, rest),
            [first, rest @ ..] => (first, false, rest),
            [] => return,
        };
        if first.parameter {
            return;
        }
        let mut rest = Walk {
            steps: rest.to_vec(),
            ..walk.clone()
        };
        rest.pass_prefix(tables);
        let Some(next) = rest.steps.first().filter(|step| !step.parameter) else {
            return;
        };
        let words = if is_scope {
            &mut self.scopes
        } else {
            &mut self.prefixes
        };
        let votes = words.entry(first.word.clone()).or_default();
        let top = &place.resources[0];
        votes.named += usize::from(*top == first.word);
        votes.passed += usize::from(*top == next.word);
    }

    /// Whether names show that the word says nothing, or that it is a part of them; `None` where they do not say.
    pub fn is_prefix(&self, word: &str) -> Option<bool> {
        self.prefixes.get(word)?.passed()
    }

    /// The same of a word that an id follows.
    pub fn is_scope(&self, word: &str) -> Option<bool> {
        self.scopes.get(word)?.passed()
    }

    pub fn scopes(&self) -> impl Iterator<Item = &String> {
        self.scopes.keys()
    }
}

impl Votes {
    fn passed(&self) -> Option<bool> {
        (self.passed.max(self.named) >= LEAST).then_some(self.passed > self.named)
    }
}
