//! Which alternative of a union became which.

use std::collections::BTreeSet;

use super::document::{At, Document};
use super::local::Same;
use super::schema::View;

/// Pairs of indices; what has no partner was removed or added.
pub fn branches<'a>(
    documents: (&Document<'a>, &Document<'a>),
    base: &[At<'a>],
    head: &[At<'a>],
    same: Same<'_, 'a>,
) -> Vec<(usize, usize)> {
    let mut matched = Matched::default();
    matched.take(base.len(), head.len(), |b, h| {
        let name = |at: &At<'a>| at.text("$ref").map(str::to_owned);
        name(&base[b]).is_some() && name(&base[b]) == name(&head[h])
    });
    let traits = |document: &Document<'a>, list: &[At<'a>]| -> Vec<Traits> {
        list.iter().map(|at| Traits::of(document, at)).collect()
    };
    let (base_traits, head_traits) = (traits(documents.0, base), traits(documents.1, head));
    matched.take(base.len(), head.len(), |b, h| {
        base_traits[b].types == head_traits[h].types
            && base_traits[b].names == head_traits[h].names
            && same(&vec![base[b].clone()], &vec![head[h].clone()])
    });
    matched.best(&base_traits, &head_traits);
    matched.pairs.sort_unstable();
    matched.pairs
}

#[derive(Default)]
struct Matched {
    pairs: Vec<(usize, usize)>,
    base: BTreeSet<usize>,
    head: BTreeSet<usize>,
}

impl Matched {
    /// Pairs what the test takes, each once.
    fn take(&mut self, base: usize, head: usize, mut test: impl FnMut(usize, usize) -> bool) {
        for b in 0..base {
            for h in 0..head {
                if !self.base.contains(&b) && !self.head.contains(&h) && test(b, h) {
                    self.pair(b, h);
                }
            }
        }
    }

    fn pair(&mut self, b: usize, h: usize) {
        self.pairs.push((b, h));
        self.base.insert(b);
        self.head.insert(h);
    }

    /// Pairs what is left by likeness, the likest first. The order does not depend on which side is
    /// the base.
    fn best(&mut self, base: &[Traits], head: &[Traits]) {
        let mut candidates = Vec::new();
        for (b, ours) in base.iter().enumerate() {
            for (h, theirs) in head.iter().enumerate() {
                let likeness = ours.likeness(theirs);
                let free = !self.base.contains(&b) && !self.head.contains(&h);
                if free && likeness >= LEAST {
                    candidates.push((likeness, b, h));
                }
            }
        }
        candidates
            .sort_by_key(|&(likeness, b, h)| (std::cmp::Reverse(likeness), b + h, b.abs_diff(h)));
        for (_, b, h) in candidates {
            if !self.base.contains(&b) && !self.head.contains(&h) {
                self.pair(b, h);
            }
        }
    }
}

/// In hundredths.
const LEAST: usize = 50;

/// What tells alternatives from each other.
struct Traits {
    title: Option<String>,
    reference: bool,
    types: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Traits {
    fn of<'a>(document: &Document<'a>, at: &At<'a>) -> Self {
        let mut view = View::new(document, std::slice::from_ref(at));
        // Null can be written as an alternative beside the schema itself.
        view.inline_single(document);
        let names = view.properties();
        Self {
            title: at.text("title").map(str::to_owned),
            reference: at.text("$ref").is_some(),
            types: view
                .types(document)
                .map_or_else(BTreeSet::new, |(types, _)| types),
            names: names.keys().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn likeness(&self, other: &Self) -> usize {
        if self.title.is_some() && self.title == other.title {
            return 100;
        }
        // Another name is another schema, unless what is in it says otherwise.
        if self.types != other.types || (self.reference && other.reference && self.names.is_empty())
        {
            return 0;
        }
        let both = self.names.intersection(&other.names).count();
        let all = self.names.union(&other.names).count();
        let least = match self.reference && other.reference {
            true => 70,
            false => 0,
        };
        match (100 * both).checked_div(all) {
            None => LEAST,
            Some(likeness) if likeness < least => 0,
            Some(likeness) => likeness,
        }
    }
}
