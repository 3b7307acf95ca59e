//! Resources: where their methods are reached, and their docs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Comparison, DOCS_ONLY, FlatCrate, read_otherwise};
use crate::taxonomy::Bump;
use codegen::location::Location;

impl<'a> Comparison<'a> {
    /// Resources of which all methods went to one other: one change each. Returns the pairs of
    /// accesses whose methods need none of their own. Where paths moved, each is an edit of its own.
    pub(super) fn moved_resources(&mut self) -> BTreeSet<(&'a str, &'a str)> {
        let (base, head) = (self.base, self.head);
        let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for &(one, two) in &self.pairs.methods {
            let (one, two) = (&base.methods[one], &head.methods[two]);
            targets.entry(one.access).or_default().insert(two.access);
        }
        let same_paths = |from: &str| {
            let pairs = self.pairs.methods.iter();
            let mut pairs = pairs.map(|&(one, two)| (&base.methods[one], &head.methods[two]));
            pairs.all(|(one, two)| one.access != from || one.operation() == two.operation())
        };
        let accesses = |access: &str| head.resources.iter().any(|r| r.resource.access == access);
        let mut moved = BTreeSet::new();
        for (from, to) in targets {
            let Some(&to) = to.first().filter(|_| to.len() == 1) else {
                continue;
            };
            if from != to && !accesses(from) && same_paths(from) {
                moved.insert((from, to));
            }
        }
        for &(from, to) in &moved {
            let find = |flat: &'a FlatCrate<'a>, access: &str| {
                flat.resources.iter().find(|r| r.resource.access == access)
            };
            let (Some(one), Some(two)) = (find(base, from), find(head, to)) else {
                continue;
            };
            let methods = self
                .pairs
                .methods
                .iter()
                .map(|&(one, two)| (&base.methods[one], &head.methods[two]));
            let places: Vec<(&Location, &Location)> = methods
                .filter(|(one, _)| one.access == from)
                .map(|(one, two)| (&one.method.location, &two.method.location))
                .collect();
            let (first_base, first_head) = places.first().copied().unzip();
            let note = format!("Write `{to}` instead of `{from}`.");
            let change = Change::new(Bump::Major, one.item(), note)
                .before(one.resource.accessor(""), first_base)
                .after(two.resource.accessor(""), first_head)
                .causes(places.iter().flat_map(|(one, two)| [*one, *two]));
            self.push(change);
        }
        moved
    }

    pub(super) fn resource_texts(&mut self) {
        let (base, head) = (self.base, self.head);
        for two in &head.resources {
            let Some(one) = base
                .resources
                .iter()
                .find(|r| r.resource.access == two.resource.access)
            else {
                continue;
            };
            let (item, note, bump) = if one.resource.path != two.resource.path {
                let note = format!(
                    "Write `{}` instead of `{}`.",
                    two.resource.path, one.resource.path
                );
                (one.resource.path.clone(), note, Bump::Major)
            } else if read_otherwise(&one.resource.docs, &two.resource.docs) {
                (two.resource.path.clone(), DOCS_ONLY.to_owned(), Bump::Patch)
            } else {
                continue;
            };
            let change = Change::new(bump, item, note)
                .before(one.resource.accessor(""), &one.resource.location)
                .after(two.resource.accessor(""), &two.resource.location);
            self.push(change);
        }
    }
}
