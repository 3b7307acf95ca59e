//! Unions and their variants.

use std::collections::{HashMap, HashSet};

use super::models::{removed_arm, retyped};
use super::{Change, Comparison, listed, stated};
use crate::taxonomy::Bump;
use codegen::rust::signature::Conversion;
use codegen::rust::{Item, Union, UnionVariant, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn union(&mut self, base: &'a Union, head: &'a Union, first: bool) {
        let own = format!("models::{}", if first { &head.name } else { &base.name });
        let before = self.changes.len();
        let matched = self.union_variants(base, head);
        let kept: HashMap<usize, usize> = matched.iter().copied().collect();
        let known: HashSet<usize> = matched.iter().map(|(_, to)| *to).collect();
        for (n, one) in base.variants.iter().enumerate() {
            let path = format!("{own}::{}", one.name);
            match kept.get(&n) {
                None => {
                    let change = removed_arm(path, &head.unknown);
                    self.push(change.before(declaration::union_variant(one), &one.location));
                }
                Some(m) => {
                    let two = &head.variants[*m];
                    self.union_variant(path, (base, one), (head, two));
                }
            }
        }
        for (m, two) in head.variants.iter().enumerate() {
            if !known.contains(&m) {
                let note = format!(
                    "Match `{}::{}` where such a value was taken as `{}`.",
                    head.name, two.name, head.unknown
                );
                let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), note)
                    .after(declaration::union_variant(two), &two.location);
                self.push(change);
            }
        }
        self.unknown(
            &own,
            (
                &base.unknown,
                declaration::unknown_variant(base),
                &base.location,
            ),
            (
                &head.unknown,
                declaration::unknown_variant(head),
                &head.location,
            ),
        );
        if self.changes.len() == before && base.discriminator != head.discriminator {
            let note = match &head.discriminator {
                Some(property) => format!("Nothing: `{property}` selects the variant now."),
                None => "Nothing: the variants are tried in turn now.".to_owned(),
            };
            let change = Change::new(Bump::Patch, own, note)
                .fails_at_run_time()
                .before(
                    declaration::model(&Item::Union(base.clone())),
                    &base.location,
                )
                .after(
                    declaration::model(&Item::Union(head.clone())),
                    &head.location,
                );
            self.push(change);
        }
    }

    /// By name and type. Of what is left, a value is of the variant that its tag chooses, or else of the one
    /// whose type it has, whatever the name.
    fn union_variants(&self, base: &Union, head: &Union) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut gone: Vec<usize> = (0..base.variants.len()).collect();
        let mut come: Vec<usize> = (0..head.variants.len()).collect();
        type Same<'s> = &'s dyn Fn(&UnionVariant, &UnionVariant) -> bool;
        let name: Same<'_> = &|one, two| one.name == two.name;
        let ty: Same<'_> = &|one, two| self.pairs.same(&one.ty, &two.ty);
        let tags: Same<'_> = &|one, two| !one.tags.is_empty() && one.tags == two.tags;
        let both: Same<'_> = &|one, two| name(one, two) && ty(one, two);
        for same in [both, tags, ty, name] {
            gone.retain(|n| {
                let one = &base.variants[*n];
                let found = come.iter().position(|m| same(one, &head.variants[*m]));
                pairs.extend(found.map(|at| (*n, come.remove(at))));
                found.is_none()
            });
        }
        pairs
    }

    fn union_variant(
        &mut self,
        path: String,
        (base, one): (&Union, &UnionVariant),
        (head, two): (&Union, &UnionVariant),
    ) {
        let same = self.pairs.same(&one.ty, &two.ty);
        let change = if one.name != two.name {
            let note = format!("Write `{}` instead of `{}`.", two.name, one.name);
            Change::new(Bump::Major, path, note)
        } else if !same {
            Change::new(Bump::Major, path, retyped(&one.ty, &two.ty))
        } else if one.tags != two.tags {
            let note = format!(
                "It is selected by {} now.",
                listed(two.tags.iter().map(String::as_str))
            );
            Change::new(Bump::Patch, path, note).fails_at_run_time()
        } else if one.convertible != two.convertible {
            let (bump, note) = if two.convertible {
                (Bump::Minor, "".to_owned())
            } else {
                (
                    Bump::Major,
                    format!(
                        "Write `{}::{}(..)` instead of `into()`.",
                        head.name, two.name
                    ),
                )
            };
            let shown = |conversion: Option<Conversion>| conversion.map(|c| c.to_string());
            let (before, after) = (shown(base.conversion(one)), shown(head.conversion(two)));
            let path = before.clone().or(after.clone()).unwrap_or(path);
            let mut change = Change::new(bump, path, note);
            change.item.before = before;
            change.item.after = after;
            change.base = stated(Some(&one.location));
            change.head = stated(Some(&two.location));
            return self.push(change);
        } else if one.entries.is_some() && two.entries.is_none() {
            let note = "Give a map as a `BTreeMap`, and not as an array or an iterator.";
            Change::new(Bump::Major, path, note.to_owned())
        } else {
            return;
        };
        let change = change
            .before(declaration::union_variant(one), &one.location)
            .after(declaration::union_variant(two), &two.location);
        self.push(change);
    }
}
