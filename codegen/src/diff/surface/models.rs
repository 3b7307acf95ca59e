//! Models: structs, enumerations, unions, and what is implemented for them.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, declare, listed};
use crate::diff::Bump;
use crate::rust::{Enum, EnumVariant, Field, Item, Presence, Struct, Ty, Union, UnionVariant};

impl<'a> Comparison<'a> {
    pub(super) fn models(&mut self) {
        let mut compared = BTreeSet::new();
        let pairs: HashMap<usize, usize> = self.pairs.models.iter().copied().collect();
        for (index, model) in self.base.models.iter().enumerate() {
            match pairs.get(&index) {
                None => self.removed_model(model),
                Some(&other) => {
                    let head = self.head.models[other];
                    // Several may have become one, which is then compared by its own name first.
                    let own = self.base.model_index.get(head.name());
                    let first = own.is_none_or(|own| *own == index) && compared.insert(other);
                    self.model(model, head, first);
                }
            }
        }
        let known: BTreeSet<usize> = pairs.values().copied().collect();
        for (index, model) in self.head.models.iter().enumerate() {
            if !known.contains(&index) {
                self.added_model(model);
            }
        }
    }

    fn removed_model(&mut self, model: &'a Item) {
        let gone = |name: &str| !self.head.model_index.contains_key(name);
        let change = Change::new(
            Bump::Major,
            path(model),
            format!("Remove what uses `{}`.", model.name()),
        )
        .before(declare::model(model), model.pointer())
        .causes(self.base.naming(model.name(), gone));
        self.push(change);
    }

    fn added_model(&mut self, model: &'a Item) {
        let new = |name: &str| !self.base.model_index.contains_key(name);
        let change = Change::new(Bump::Minor, path(model), "")
            .after(declare::model(model), model.pointer())
            .causes(self.head.naming(model.name(), new));
        self.push(change);
    }

    fn model(&mut self, base: &'a Item, head: &'a Item, first: bool) {
        let before = self.changes.len();
        if base.name() != head.name() {
            self.renamed_model(base, head);
        }
        self.former_names(base, head);
        match (base, head) {
            (Item::Struct(base), Item::Struct(head)) => self.structure(base, head, first),
            (Item::Enum(base), Item::Enum(head)) => self.enumeration(base, head, first),
            (Item::Union(base), Item::Union(head)) => self.union(base, head, first),
            _ => {
                let note = format!(
                    "Rewrite what uses `{}`: it was {} and is {} now.",
                    base.name(),
                    article(base.kind()),
                    article(head.kind())
                );
                let change = Change::new(Bump::Major, path(head), note)
                    .before(declare::model(base), base.pointer())
                    .after(declare::model(head), head.pointer());
                return self.push(change);
            }
        }
        let own = path(head);
        let reported = self.changes[before..].iter().any(|c| c.item.path == own);
        if !reported && base.name() == head.name() {
            self.model_text(base, head);
        }
    }

    fn renamed_model(&mut self, base: &'a Item, head: &'a Item) {
        let (old, new) = (base.name(), head.name());
        let kept = head.former().iter().any(|name| name == old);
        let (bump, note) = match kept {
            true => (
                Bump::Minor,
                format!("Nothing yet: `{old}` goes on working as another name of `{new}`."),
            ),
            false => (Bump::Major, format!("Write `{new}` in place of `{old}`.")),
        };
        // Models named after an operation or another model change their names with it.
        let users = self.base.naming(old, |_| false);
        let change = Change::new(bump, format!("models::{old}"), note)
            .before(declare::model(base), base.pointer())
            .after(declare::model(head), head.pointer())
            .causes(users.into_iter().chain(self.head.naming(new, |_| false)));
        self.push(change);
    }

    fn former_names(&mut self, base: &Item, head: &Item) {
        for name in base.former() {
            let there = head.name() == name || head.former().contains(name);
            if !there && !self.head.model_index.contains_key(name.as_str()) {
                let note = format!("Write `{}` in place of `{name}`.", head.name());
                let change = Change::new(Bump::Major, format!("models::{name}"), note)
                    .before(declare::former(name, base.name()), base.pointer());
                self.push(change);
            }
        }
        for name in head.former() {
            let known = base.name() == name
                || base.former().contains(name)
                || self.base.model_index.contains_key(name.as_str());
            if !known {
                let note = "Nothing: it is another name of the same.";
                let change = Change::new(Bump::Minor, format!("models::{name}"), note)
                    .after(declare::former(name, head.name()), head.pointer());
                self.push(change);
            }
        }
    }

    /// Deprecation, and what only readers notice.
    fn model_text(&mut self, base: &Item, head: &Item) {
        let (bump, note) = match (base.deprecated(), head.deprecated()) {
            (false, true) => (Bump::Minor, DEPRECATED),
            (true, false) => (Bump::Patch, "Nothing: it is no longer deprecated."),
            _ if base.docs() != head.docs() || base.aliases() != head.aliases() => {
                (Bump::Patch, DOCS_ONLY)
            }
            _ => return,
        };
        let change = Change::new(bump, path(head), note)
            .before(declare::model(base), base.pointer())
            .after(declare::model(head), head.pointer());
        self.push(change);
    }

    fn structure(&mut self, base: &'a Struct, head: &'a Struct, first: bool) {
        let own = format!("models::{}", if first { &head.name } else { &base.name });
        let flips = self.changed_directions(base, head);
        let fields = fields(base, head);
        let replaced = replacement(base, head, &fields);
        for (one, two) in fields {
            match (one, two) {
                (Some(one), Some(two)) => self.field(&own, one, two, &flips),
                (Some(one), None) => {
                    let note = match replaced {
                        Some(two) => format!("Use `{}` in place of `{}`.", two.name, one.name),
                        None => format!("Remove what uses `{}`.", one.name),
                    };
                    let mut change = Change::new(Bump::Major, format!("{own}::{}", one.name), note)
                        .before(declare::field(one), &one.pointer);
                    if let Some(two) = replaced {
                        change = change.after(declare::field(two), &two.pointer);
                    }
                    self.push(change);
                }
                (None, Some(_)) if replaced.is_some() => {}
                (None, Some(two)) => {
                    let note = match two.argument {
                        Some(_) => "It has to be given to `new`.",
                        None => "",
                    };
                    let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), note)
                        .after(declare::field(two), &two.pointer);
                    self.push(change);
                }
                (None, None) => {}
            }
        }
        if base.extra != head.extra {
            let note = format!("Write `{}` in place of `{}`.", head.extra, base.extra);
            let change = Change::new(Bump::Major, format!("{own}::{}", base.extra), note)
                .before(declare::extra(base), &base.pointer)
                .after(declare::extra(head), &head.pointer);
            self.push(change);
        }
        self.default(&own, base, head, &flips);
        self.constructor(&own, base, head, &flips);
    }

    /// The places that send or receive the model in one crate, if nothing does in the other: what
    /// may be missing in a struct, and whether it has `new`, depends on that.
    fn changed_directions(&self, base: &'a Struct, head: &'a Struct) -> BTreeSet<&'a str> {
        let mut places = BTreeSet::new();
        let differ = |one: &Struct, two: &Struct| {
            one.constructor != two.constructor
                || one
                    .fields
                    .iter()
                    .map(|f| f.presence)
                    .ne(two.fields.iter().map(|f| f.presence))
        };
        if !differ(base, head) {
            return places;
        }
        for (one, two) in [
            (self.base.sending(&base.name), self.head.sending(&head.name)),
            (
                self.base.receiving(&base.name),
                self.head.receiving(&head.name),
            ),
        ] {
            if one.is_empty() != two.is_empty() {
                places.extend(one);
                places.extend(two);
            }
        }
        places
    }

    fn field(&mut self, own: &str, base: &Field, head: &Field, flips: &BTreeSet<&str>) {
        let path = format!("{own}::{}", head.name);
        let change = if base.name != head.name {
            let note = format!("Write `{}` in place of `{}`.", head.name, base.name);
            Change::new(Bump::Major, format!("{own}::{}", base.name), note)
        } else if !self.pairs.same(&base.ty, &head.ty) {
            Change::new(Bump::Major, path, retyped(&base.ty, &head.ty))
                .causes(flips.iter().copied())
        } else if base.wire != head.wire {
            let note = format!(
                "It is `{}` on the wire now, was `{}`.",
                head.wire, base.wire
            );
            Change::new(Bump::Patch, path, note).fails_at_run_time()
        } else if !base.deprecated && head.deprecated {
            Change::new(Bump::Minor, path, DEPRECATED)
        } else if base.deprecated && !head.deprecated {
            Change::new(Bump::Patch, path, "Nothing: it is no longer deprecated.")
        } else if base.presence != head.presence && base.argument.is_none() {
            Change::new(Bump::Patch, path, presence_note(head.presence))
                .causes(flips.iter().copied())
        } else if base.docs != head.docs && !self.is_docs_of_model(base, head) {
            Change::new(Bump::Patch, path, DOCS_ONLY)
        } else {
            return;
        };
        let causes: Vec<String> = change.causes.clone();
        let change = change
            .before(declare::field(base), &base.pointer)
            .after(declare::field(head), &head.pointer)
            .causes(causes.iter().map(String::as_str));
        self.push(change);
    }

    /// A field without docs of its own shows those of its model, where the change is reported.
    fn is_docs_of_model(&self, base: &Field, head: &Field) -> bool {
        let model = |side: &super::Side<'a>, ty: &Ty| {
            let index = *side.model_index.get(super::crates::model_of(ty)?)?;
            Some(side.models[index].docs().to_owned())
        };
        match (model(self.base, &base.ty), model(self.head, &head.ty)) {
            (Some(one), Some(two)) => {
                one != two && one.contains(&base.docs) && two.contains(&head.docs)
            }
            _ => false,
        }
    }

    fn default(&mut self, own: &str, base: &Struct, head: &Struct, flips: &BTreeSet<&str>) {
        let required = |item: &'_ Struct| -> Vec<String> {
            let fields = item
                .fields
                .iter()
                .filter(|f| f.presence == Presence::Required);
            fields.map(|field| field.pointer.clone()).collect()
        };
        let path = format!("impl Default for {own}");
        let change = match (base.default, head.default) {
            (true, false) => {
                let note = match head.constructor {
                    true => format!("Make it by `{}::new`.", head.name),
                    false => "Make no such value: it comes in answers only.".to_owned(),
                };
                let causes = required(head);
                let pointer = only(&causes, &head.pointer);
                let change = Change::new(Bump::Major, path, note)
                    .before(format!("impl Default for {}", base.name), &base.pointer);
                Change {
                    head: Some(pointer),
                    ..change
                }
                .causes(
                    causes
                        .iter()
                        .map(String::as_str)
                        .chain(flips.iter().copied()),
                )
            }
            (false, true) => {
                let causes = required(base);
                let pointer = only(&causes, &base.pointer);
                let change = Change::new(Bump::Minor, path, "")
                    .after(format!("impl Default for {}", head.name), &head.pointer);
                Change {
                    base: Some(pointer),
                    ..change
                }
                .causes(
                    causes
                        .iter()
                        .map(String::as_str)
                        .chain(flips.iter().copied()),
                )
            }
            _ => return,
        };
        self.push(change);
    }

    fn constructor(&mut self, own: &str, base: &Struct, head: &Struct, flips: &BTreeSet<&str>) {
        let path = format!("{own}::new");
        let (one, two) = (arguments(base), arguments(head));
        let change = match (base.constructor, head.constructor) {
            (false, false) => return,
            (false, true) => Change::new(Bump::Minor, path, ""),
            (true, false) => {
                let note = match head.default {
                    true => format!("Make it by `{}::default()` and set the fields.", head.name),
                    false => "Make no such value: it comes in answers only.".to_owned(),
                };
                Change::new(Bump::Major, path, note)
            }
            (true, true) => match self.new_arguments(&one, &two) {
                Some(note) => Change::new(Bump::Major, path, note),
                None => return,
            },
        };
        let differs = |name: &&str| {
            let argument =
                |list: &[&Field]| list.iter().find(|f| f.name == **name)?.argument.clone();
            argument(&one) != argument(&two)
        };
        let names: BTreeSet<&str> = one.iter().chain(&two).map(|f| f.name.as_str()).collect();
        let names: BTreeSet<&str> = names.into_iter().filter(differs).collect();
        // A property that became required is there in both.
        let places = |item: &Struct| -> Vec<String> {
            let fields = item
                .fields
                .iter()
                .filter(|f| names.contains(f.name.as_str()));
            fields.map(|field| field.pointer.clone()).collect()
        };
        let (before, after) = (places(base), places(head));
        let mut change = change;
        change.item.before = base.constructor.then(|| declare::new(base));
        change.item.after = head.constructor.then(|| declare::new(head));
        change.base = super::place(&only(&before, &base.pointer));
        change.head = super::place(&only(&after, &head.pointer));
        let causes = before.iter().chain(&after).map(String::as_str);
        self.push(change.causes(causes.chain(flips.iter().copied())));
    }

    /// What calls of `new` have to do, if they have to do anything.
    fn new_arguments(&self, base: &[&Field], head: &[&Field]) -> Option<String> {
        let same_ty = |(one, two): (&&Field, &&Field)| match (&one.argument, &two.argument) {
            (Some(one), Some(two)) => self.pairs.same(one, two),
            _ => false,
        };
        let fits = base.len() == head.len() && base.iter().zip(head).all(same_ty);
        let names =
            |list: &[&'_ Field]| -> Vec<String> { list.iter().map(|f| f.name.clone()).collect() };
        let (one, two) = (names(base), names(head));
        if fits {
            let (mut first, mut second) = (one.clone(), two.clone());
            first.sort();
            second.sort();
            let swapped = one != two && first == second;
            let note =
                "Reorder the arguments: in their old order they compile and mean something else.";
            return swapped.then(|| note.to_owned());
        }
        let added: Vec<&str> = two
            .iter()
            .filter(|n| !one.contains(n))
            .map(String::as_str)
            .collect();
        let removed: Vec<&str> = one
            .iter()
            .filter(|n| !two.contains(n))
            .map(String::as_str)
            .collect();
        Some(match (added.as_slice(), removed.as_slice()) {
            ([], []) => "Give `new` its arguments in their new order and types.".to_owned(),
            (added, []) => format!("Give `new` {} as well.", listed(added.iter().copied())),
            ([], removed) => format!("Leave {} out of `new`.", listed(removed.iter().copied())),
            (added, removed) => format!(
                "Give `new` {} as well, and leave {} out.",
                listed(added.iter().copied()),
                listed(removed.iter().copied())
            ),
        })
    }

    fn enumeration(&mut self, base: &'a Enum, head: &'a Enum, first: bool) {
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
                    let note = format!("It is `{}` on the wire now, was `{}`.", two.wire, one.wire);
                    Change::new(Bump::Patch, path, note)
                        .fails_at_run_time()
                        .after(declare::variant(two), &two.pointer)
                }
                None => {
                    let same = new.get(one.wire.as_str()).copied();
                    match same.or(rename
                        .filter(|(from, _)| from.name == one.name)
                        .map(|(_, to)| to))
                    {
                        Some(two) => {
                            let note = format!("Write `{}` in place of `{}`.", two.name, one.name);
                            Change::new(Bump::Major, path, note)
                                .after(declare::variant(two), &two.pointer)
                        }
                        None => {
                            let note = format!(
                                "Remove the arm; the value is `{}` if it comes still.",
                                head.unknown
                            );
                            Change::new(Bump::Major, path, note)
                        }
                    }
                }
            };
            self.push(change.before(declare::variant(one), &one.pointer));
        }
        for two in &head.variants {
            let is_rename = rename.is_some_and(|(_, to)| to.name == two.name);
            let same = old.contains_key(two.wire.as_str());
            if ones.contains_key(two.name.as_str()) || is_rename || same {
                continue;
            }
            let note = format!(
                "Match `{}::{}` where `{}(\"{}\")` was matched: that arm is never taken any more.",
                head.name, two.name, head.unknown, two.wire
            );
            let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), note)
                .after(declare::variant(two), &two.pointer);
            self.push(change);
        }
        self.unknown(
            &own,
            (&base.unknown, &base.pointer),
            (&head.unknown, &head.pointer),
            "String",
        );
    }

    fn unknown(&mut self, own: &str, base: (&str, &str), head: (&str, &str), holds: &str) {
        if base.0 != head.0 {
            let note = format!("Write `{}` in place of `{}`.", head.0, base.0);
            let change = Change::new(Bump::Major, format!("{own}::{}", base.0), note)
                .before(format!("{}({holds})", base.0), base.1)
                .after(format!("{}({holds})", head.0), head.1);
            self.push(change);
        }
    }

    fn union(&mut self, base: &'a Union, head: &'a Union, first: bool) {
        let own = format!("models::{}", if first { &head.name } else { &base.name });
        let before = self.changes.len();
        let matched = self.union_variants(base, head);
        let kept: HashMap<usize, usize> = matched.iter().copied().collect();
        let known: HashSet<usize> = matched.iter().map(|(_, to)| *to).collect();
        for (n, one) in base.variants.iter().enumerate() {
            let path = format!("{own}::{}", one.name);
            match kept.get(&n) {
                None => {
                    let note = format!(
                        "Remove the arm; the value is `{}` if it comes still.",
                        head.unknown
                    );
                    let change = Change::new(Bump::Major, path, note)
                        .before(declare::union_variant(one), &one.pointer);
                    self.push(change);
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
                    .after(declare::union_variant(two), &two.pointer);
                self.push(change);
            }
        }
        self.unknown(
            &own,
            (&base.unknown, &base.pointer),
            (&head.unknown, &head.pointer),
            "UnknownVariant",
        );
        if self.changes.len() == before && base.discriminator != head.discriminator {
            let note = match &head.discriminator {
                Some(property) => format!("Nothing: `{property}` tells the variants apart now."),
                None => "Nothing: the variants are tried in turn now.".to_owned(),
            };
            let change = Change::new(Bump::Patch, own, note)
                .fails_at_run_time()
                .before(declare::model(&Item::Union(base.clone())), &base.pointer)
                .after(declare::model(&Item::Union(head.clone())), &head.pointer);
            self.push(change);
        }
    }

    /// By name, and what is left by the type or the tags.
    fn union_variants(&self, base: &Union, head: &Union) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut gone: Vec<usize> = (0..base.variants.len()).collect();
        let mut come: Vec<usize> = (0..head.variants.len()).collect();
        type Same<'s> = &'s dyn Fn(&UnionVariant, &UnionVariant) -> bool;
        let name: Same<'_> = &|one, two| one.name == two.name;
        let ty: Same<'_> = &|one, two| self.pairs.same(&one.ty, &two.ty);
        let tags: Same<'_> = &|one, two| !one.tags.is_empty() && one.tags == two.tags;
        for same in [name, ty, tags] {
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
            let note = format!("Write `{}` in place of `{}`.", two.name, one.name);
            Change::new(Bump::Major, path, note)
        } else if !same {
            Change::new(Bump::Major, path, retyped(&one.ty, &two.ty))
        } else if one.tags != two.tags {
            let note = format!(
                "It is told by {} now.",
                listed(two.tags.iter().map(String::as_str))
            );
            Change::new(Bump::Patch, path, note).fails_at_run_time()
        } else if one.convertible != two.convertible {
            let (bump, note) = match two.convertible {
                true => (Bump::Minor, "".to_owned()),
                false => (
                    Bump::Major,
                    format!(
                        "Write `{}::{}(..)` in place of `into()`.",
                        head.name, two.name
                    ),
                ),
            };
            let shown = |union, variant: &UnionVariant| {
                variant
                    .convertible
                    .then(|| declare::conversion(union, variant))
            };
            let (before, after) = (shown(base, one), shown(head, two));
            let path = before.clone().or(after.clone()).unwrap_or(path);
            let mut change = Change::new(bump, path, note);
            change.item.before = before;
            change.item.after = after;
            change.base = super::place(&one.pointer);
            change.head = super::place(&two.pointer);
            return self.push(change);
        } else {
            return;
        };
        let change = change
            .before(declare::union_variant(one), &one.pointer)
            .after(declare::union_variant(two), &two.pointer);
        self.push(change);
    }
}

fn path(model: &Item) -> String {
    format!("models::{}", model.name())
}

fn article(kind: &str) -> String {
    match kind {
        "enumeration" => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// The fields that are one in both: by name, and what is left by the name on the wire.
fn fields<'a>(base: &'a Struct, head: &'a Struct) -> Vec<(Option<&'a Field>, Option<&'a Field>)> {
    let by_name = |item: &'a Struct| -> HashMap<&'a str, &'a Field> {
        item.fields
            .iter()
            .map(|field| (field.name.as_str(), field))
            .collect()
    };
    let (ones, twos) = (by_name(base), by_name(head));
    let mut by_wire: HashMap<&str, &Field> = HashMap::new();
    for two in &head.fields {
        if !ones.contains_key(two.name.as_str()) {
            by_wire.entry(&two.wire).or_insert(two);
        }
    }
    let mut pairs = Vec::new();
    let mut taken = BTreeSet::new();
    for one in &base.fields {
        let same = twos.get(one.name.as_str()).copied();
        let same = same.or_else(|| by_wire.get(one.wire.as_str()).copied());
        taken.extend(same.map(|two| two.name.as_str()));
        pairs.push((Some(one), same));
    }
    let new = head
        .fields
        .iter()
        .filter(|two| !taken.contains(two.name.as_str()));
    pairs.extend(new.map(|two| (None, Some(two))));
    pairs
}

/// The new field that took the place of a removed one: the only new one where only one is gone, of
/// its type and at its position.
fn replacement<'a>(
    base: &Struct,
    head: &Struct,
    fields: &[(Option<&'a Field>, Option<&'a Field>)],
) -> Option<&'a Field> {
    let only = |found: &mut dyn Iterator<Item = &'a Field>| found.next().xor(found.next());
    let mut gone = fields.iter().filter(|(_, two)| two.is_none());
    let one = only(&mut gone.by_ref().filter_map(|(one, _)| *one))?;
    let mut come = fields.iter().filter(|(one, _)| one.is_none());
    let two = only(&mut come.by_ref().filter_map(|(_, two)| *two))?;
    let position =
        |item: &Struct, field: &Field| item.fields.iter().position(|f| f.name == field.name);
    let alike = one.ty == two.ty
        && one.presence == two.presence
        && position(base, one) == position(head, two);
    alike.then_some(two)
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

fn arguments(item: &Struct) -> Vec<&Field> {
    item.fields
        .iter()
        .filter(|field| field.argument.is_some())
        .collect()
}

/// The one pointer, or that of the whole.
fn only(pointers: &[String], whole: &str) -> String {
    match pointers {
        [only] => only.clone(),
        _ => whole.to_owned(),
    }
}

fn presence_note(presence: Presence) -> &'static str {
    match presence {
        Presence::Nullable => "Nothing: where it is `None`, null is sent.",
        _ => "Nothing: where it is `None`, it is left out.",
    }
}

/// What code has to do with a value whose type is another now.
fn retyped(base: &Ty, head: &Ty) -> String {
    match (base, head) {
        (Ty::Option(inner), head) if **inner == *head => {
            "Take the value without the `Option`: it is always there.".to_owned()
        }
        (base, Ty::Option(inner)) if *base == **inner => {
            "Handle `None`: the value may be missing.".to_owned()
        }
        (base, Ty::Boxed(inner)) if *base == **inner => {
            "Dereference what is read, and wrap what is set by `Box::new`.".to_owned()
        }
        (Ty::Option(base), Ty::Option(head))
            if matches!(**head, Ty::Boxed(_) | Ty::Option(_))
                || matches!(**base, Ty::Boxed(_) | Ty::Option(_)) =>
        {
            retyped(base, head)
        }
        (Ty::Boxed(inner), head) if **inner == *head => {
            "Take the value without the `Box`.".to_owned()
        }
        _ => format!(
            "Use it as `{}`; it was `{}`.",
            declare::ty(head),
            declare::ty(base)
        ),
    }
}
