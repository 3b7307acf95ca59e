//! Which alternative of a union became which.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{At, Document};
use super::schema::View;
use super::schema_pair::AreEquivalent;

/// Pairs of indices; what has no partner was removed or added.
pub fn branches<'a>(
    documents: (&Document<'a>, &Document<'a>),
    base: &[At<'a>],
    head: &[At<'a>],
    equivalent: AreEquivalent<'_, 'a>,
) -> Vec<(usize, usize)> {
    let mut matched = BranchPairs::default();
    let names = |list: &[At<'a>]| -> Vec<Option<&'a str>> {
        list.iter().map(|at| at.text("$ref")).collect()
    };
    matched.take(&names(base), &names(head), |_, _| true);
    if matched.pairs.len() == base.len().min(head.len()) {
        matched.pairs.sort_unstable();
        return matched.pairs;
    }
    // What is written as before comes before what only means the same.
    let texts = |list: &[At<'a>]| -> Vec<Option<String>> {
        list.iter().map(|at| Some(at.value.to_string())).collect()
    };
    matched.take(&texts(base), &texts(head), |_, _| true);
    let traits = |document: &Document<'a>, list: &[At<'a>]| -> Vec<Traits> {
        list.iter().map(|at| Traits::of(document, at)).collect()
    };
    let (base_traits, head_traits) = (traits(documents.0, base), traits(documents.1, head));
    matched.take(&contents(&base_traits), &contents(&head_traits), |b, h| {
        equivalent(&vec![base[b].clone()], &vec![head[h].clone()])
    });
    matched.best(&base_traits, &head_traits);
    matched.pairs.sort_unstable();
    matched.pairs
}

fn contents(list: &[Traits]) -> Vec<Option<(&BTreeSet<String>, &BTreeSet<String>)>> {
    let contents = list.iter().map(|traits| (&traits.types, &traits.names));
    contents.map(Some).collect()
}

#[derive(Default)]
struct BranchPairs {
    pairs: Vec<(usize, usize)>,
    base: BTreeSet<usize>,
    head: BTreeSet<usize>,
}

impl BranchPairs {
    /// Pairs what has the same key and passes the test, each once.
    fn take<K: Ord>(
        &mut self,
        base: &[Option<K>],
        head: &[Option<K>],
        mut test: impl FnMut(usize, usize) -> bool,
    ) {
        let mut by_key: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
        for (h, key) in head.iter().enumerate() {
            if let (Some(key), false) = (key, self.head.contains(&h)) {
                by_key.entry(key).or_default().push(h);
            }
        }
        for (b, key) in base.iter().enumerate() {
            let Some(free) = key.as_ref().and_then(|key| by_key.get_mut(key)) else {
                continue;
            };
            // Among many that are alike, the next is tried and those that follow it.
            let mut tried = free.iter().take(MOST_TRIED);
            if let (false, Some(index)) = (self.base.contains(&b), tried.position(|h| test(b, *h)))
            {
                let h = free.remove(index);
                self.pair(b, h);
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
        let left = |count: usize, taken: &BTreeSet<usize>| -> Vec<usize> {
            (0..count).filter(|index| !taken.contains(index)).collect()
        };
        let gone = left(base.len(), &self.base);
        let come = left(head.len(), &self.head);
        // Where much was exchanged at once, only what kept its place is compared.
        let all = gone.len() * come.len() <= MOST_COMPARED;
        let mut candidates = Vec::new();
        for (place, b) in gone.into_iter().enumerate() {
            let come = if all {
                come.as_slice()
            } else {
                come.get(place..=place).unwrap_or_default()
            };
            for h in come {
                let likeness = base[b].likeness(&head[*h]);
                if likeness >= LEAST {
                    candidates.push((likeness, b, *h));
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
const MOST_TRIED: usize = 32;
const MOST_COMPARED: usize = 10_000;

/// What distinguishes alternatives.
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
        let least = if self.reference && other.reference {
            70
        } else {
            0
        };
        match (100 * both).checked_div(all) {
            None => LEAST,
            Some(likeness) if likeness < least => 0,
            Some(likeness) => likeness,
        }
    }
}
