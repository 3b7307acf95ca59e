//! Enumerations and their values.

use std::collections::{HashMap, HashSet};

use super::models::removed_arm;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::{Enum, EnumVariant, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn enumeration(&mut self, base: &'a Enum, head: &'a Enum, first: bool) {
        let own = format!("models::{}", if first { &head.name } else { &base.name });
        let ones: HashMap<&str, &EnumVariant> =
            base.variants.iter().map(|v| (v.name.as_str(), v)).collect();
        let twos: HashMap<&str, &EnumVariant> =
            head.variants.iter().map(|v| (v.name.as_str(), v)).collect();
        let by_wire = |item: &'a Enum| -> HashMap<&'a str, &'a EnumVariant> {
            let variants = item.variants.iter().rev();
            variants.map(|v| (v.wire.as_str(), v)).collect()
        };
        let (old, new) = (by_wire(base), by_wire(head));
        let rename = renamed_variant(base, head);
        for one in &base.variants {
            let path = format!("{own}::{}", one.name);
            let change = match twos.get(one.name.as_str()) {
                Some(two) if two.wire == one.wire => continue,
                Some(two) => {
                    let old = match new.get(one.wire.as_str()) {
                        Some(other) => format!("; `{}` is `{}`", other.name, one.wire),
                        None => format!(", was `{}`", one.wire),
                    };
                    let note = format!("It is `{}` on the wire now{old}.", two.wire);
                    Change::new(Bump::Patch, path, note)
                        .fails_at_run_time()
                        .after(declaration::variant(two), &two.location)
                }
                None => {
                    let same = new.get(one.wire.as_str()).copied();
                    match same.or(rename
                        .filter(|(from, _)| from.name == one.name)
                        .map(|(_, to)| to))
                    {
                        Some(two) => {
                            let note = format!("Write `{}` instead of `{}`.", two.name, one.name);
                            Change::new(Bump::Major, path, note)
                                .after(declaration::variant(two), &two.location)
                        }
                        None => removed_arm(path, &head.unknown),
                    }
                }
            };
            self.push(change.before(declaration::variant(one), &one.location));
        }
        for two in &head.variants {
            let is_rename = rename.is_some_and(|(_, to)| to.name == two.name);
            let same = old.contains_key(two.wire.as_str());
            if ones.contains_key(two.name.as_str()) || is_rename || same {
                continue;
            }
            let note = format!(
                "Match `{}::{}` where `{}(\"{}\")` was matched: that arm is no longer reached.",
                head.name, two.name, head.unknown, two.wire
            );
            let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), note)
                .after(declaration::variant(two), &two.location);
            self.push(change);
        }
        self.unknown(
            &own,
            (
                &base.unknown,
                declaration::unknown_value(base),
                &base.location,
            ),
            (
                &head.unknown,
                declaration::unknown_value(head),
                &head.location,
            ),
        );
    }
}

/// The value that took the place of another: the only one that is gone and the only new one.
fn renamed_variant<'a>(
    base: &'a Enum,
    head: &'a Enum,
) -> Option<(&'a EnumVariant, &'a EnumVariant)> {
    let missing = |from: &'a Enum, other: &Enum| -> Vec<(usize, &'a EnumVariant)> {
        let names: HashSet<&str> = other.variants.iter().map(|o| o.name.as_str()).collect();
        let wires: HashSet<&str> = other.variants.iter().map(|o| o.wire.as_str()).collect();
        let unknown =
            |v: &EnumVariant| !names.contains(v.name.as_str()) && !wires.contains(v.wire.as_str());
        from.variants
            .iter()
            .enumerate()
            .filter(|(_, v)| unknown(v))
            .collect()
    };
    match (
        missing(base, head).as_slice(),
        missing(head, base).as_slice(),
    ) {
        ([(n, one)], [(m, two)]) if n == m && base.variants.len() == head.variants.len() => {
            Some((one, two))
        }
        _ => None,
    }
}
