//! The pairs of schemas that are compared, each once for each way it is used, and which pair leads to which.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::document::{Document, UseKey};
use super::schema::{MOST_COMBINED, Use, is_combined};
use super::schema_pair::{Below, Context};

#[derive(Default)]
pub struct SchemaPairs<'a> {
    list: Vec<UsedPair<'a>>,
    /// By the keys of both uses.
    known: HashMap<(UseKey, UseKey, Context), usize>,
    /// How many pairs have several schemas that hold together.
    combined: usize,
    /// SchemaPairs that are still to be compared. No recursion, since schemas contain themselves.
    pending: Vec<usize>,
    /// Operations, and the pairs that they lead to themselves.
    roots: Vec<(usize, usize)>,
}

/// A pair of schemas, in one way of use.
struct UsedPair<'a> {
    uses: (Use<'a>, Use<'a>),
    context: Context,
    below: Vec<usize>,
    edited: bool,
}

impl<'a> SchemaPairs<'a> {
    /// The number of a pair, which is compared if it is new.
    pub fn add(
        &mut self,
        (base, head): (&Document<'a>, &Document<'a>),
        (one, two, context): Below<'a>,
    ) -> usize {
        let key = (base.key(&one), head.key(&two), context);
        if let Some(pair) = self.known.get(&key) {
            return *pair;
        }
        let pair = self.list.len();
        self.known.insert(key, pair);
        self.combined += usize::from(is_combined(&one, &two));
        self.pending.push(pair);
        self.list.push(UsedPair {
            uses: (one, two),
            context,
            below: Vec::new(),
            edited: false,
        });
        pair
    }

    /// The next pair to compare.
    pub fn next(&mut self) -> Option<(usize, Below<'a>)> {
        let index = self.pending.pop()?;
        let pair = &self.list[index];
        let (base, head) = pair.uses.clone();
        Some((index, (base, head, pair.context)))
    }

    pub fn below(&mut self, outer: usize, inner: usize) {
        self.list[outer].below.push(inner);
    }

    pub fn root(&mut self, operation: usize, pair: usize) {
        self.roots.push((operation, pair));
    }

    pub fn edited(&mut self, pair: usize) {
        self.list[pair].edited = true;
    }

    /// Places that hold together are compared together, as long as there are not too many of them.
    pub fn bounded(&self, below: Vec<Below<'a>>) -> Vec<Below<'a>> {
        if self.combined < MOST_COMBINED {
            return below;
        }
        let one_by_one = |(base, head, context): Below<'a>| {
            let pairs = base.into_iter().zip(head);
            pairs.map(move |(base, head)| (vec![base], vec![head], context))
        };
        below.into_iter().flat_map(one_by_one).collect()
    }

    /// The keys of all pairs, however they are used.
    pub fn keys(&self) -> HashSet<(UseKey, UseKey)> {
        let known = self.known.keys();
        known
            .map(|(base, head, _)| (base.clone(), head.clone()))
            .collect()
    }

    /// The operations that reach each pair that was edited. The reference graph cannot say it: it knows neither in which
    /// direction a schema is used, nor which properties that leaves out, nor what is within a body without a reference.
    pub fn operations(&self) -> Vec<BTreeSet<usize>> {
        let leads = self.leading_to_edits();
        let mut reached = vec![BTreeSet::new(); self.list.len()];
        for (operation, root) in &self.roots {
            let mut pending = vec![*root];
            while let Some(pair) = pending.pop() {
                if leads.contains(&pair) && reached[pair].insert(*operation) {
                    pending.extend(&self.list[pair].below);
                }
            }
        }
        reached
    }

    /// Only what leads to an edit has to be walked.
    fn leading_to_edits(&self) -> HashSet<usize> {
        let mut above: Vec<Vec<usize>> = vec![Vec::new(); self.list.len()];
        for (index, pair) in self.list.iter().enumerate() {
            for below in &pair.below {
                above[*below].push(index);
            }
        }
        let edited = (0..self.list.len()).filter(|pair| self.list[*pair].edited);
        let mut leads: HashSet<usize> = edited.collect();
        let mut pending: Vec<usize> = leads.iter().copied().collect();
        while let Some(pair) = pending.pop() {
            for outer in &above[pair] {
                if leads.insert(*outer) {
                    pending.push(*outer);
                }
            }
        }
        leads
    }
}
