//! Models: structs, enumerations, unions, and what is implemented for them.

use std::collections::{BTreeSet, HashMap};

use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, read_otherwise};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::signature::File;
use codegen::rust::{Item, Ty, declaration};

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
        self.divided_models();
        let known: BTreeSet<usize> = pairs.values().copied().collect();
        for (index, model) in self.head.models.iter().enumerate() {
            if !known.contains(&index) {
                self.added_model(model);
            }
        }
    }

    /// Names of one model that are names of several now: what is of the one type is not of the other.
    fn divided_models(&mut self) {
        for (own, mut names) in self.base.names_of_one() {
            names.sort_by_key(|name| *name != own);
            let mut known: Option<(&str, &Item)> = None;
            for name in names {
                let Some(&index) = self.head.model_index.get(name) else {
                    continue;
                };
                let head = self.head.models[index];
                let base = self.base.models[self.base.model_index[name]];
                let first = self.head.first_name(name);
                match known {
                    None => known = Some((first, head)),
                    Some((same, _)) if same == first => {}
                    Some((_, other)) => {
                        let note = format!(
                            "Convert between `{name}` and `{}`, which were two names of one type.",
                            other.name()
                        );
                        let change = Change::new(Bump::Major, path(head), note)
                            .before(declaration::model(base), base.location())
                            .after(declaration::model(head), head.location())
                            .causes([base.location(), head.location(), other.location()]);
                        self.push(change);
                    }
                }
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
        .before(declaration::model(model), model.location())
        .causes(self.base.naming(model.name(), gone));
        self.push(change);
    }

    fn added_model(&mut self, model: &'a Item) {
        let new = |name: &str| !self.base.model_index.contains_key(name);
        let change = Change::new(Bump::Minor, path(model), "")
            .after(declaration::model(model), model.location())
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
                    .before(declaration::model(base), base.location())
                    .after(declaration::model(head), head.location());
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
        if !kept && self.base.model_index.contains_key(new) {
            return self.absorbed_model(base, head);
        }
        let (bump, note) = if kept {
            (
                Bump::Minor,
                format!("Nothing yet: `{old}` keeps working as another name of `{new}`."),
            )
        } else {
            (Bump::Major, format!("Write `{new}` instead of `{old}`."))
        };
        // Models named after an operation or another model change their names with it.
        let users = self.base.naming(old, |_| false);
        let change = Change::new(bump, format!("models::{old}"), note)
            .before(declaration::model(base), base.location())
            .after(declaration::model(head), head.location())
            .causes(users.into_iter().chain(self.head.naming(new, |_| false)));
        self.push(change);
    }

    /// The other name is there on both sides. So this one is gone, and comes where the documents are exchanged.
    fn absorbed_model(&mut self, base: &'a Item, head: &'a Item) {
        let gone = |name: &str| !self.head.model_index.contains_key(name);
        let note = format!("Write `{}` instead of `{}`.", head.name(), base.name());
        let change = Change::new(Bump::Major, path(base), note)
            .before(declaration::model(base), base.location())
            .causes(self.base.naming(base.name(), gone));
        self.push(change);
    }

    fn former_names(&mut self, base: &Item, head: &Item) {
        for name in base.former() {
            let there = head.name() == name || head.former().contains(name);
            if !there && !self.head.model_index.contains_key(name.as_str()) {
                let note = format!("Write `{}` instead of `{name}`.", head.name());
                let change = Change::new(Bump::Major, format!("models::{name}"), note)
                    .before(declaration::former(name, base.name()), base.location());
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
                    .after(declaration::former(name, head.name()), head.location());
                self.push(change);
            }
        }
    }

    /// Deprecation, and what only readers notice.
    fn model_text(&mut self, base: &Item, head: &Item) {
        let (bump, note) = match (base.deprecated(), head.deprecated()) {
            (false, true) => (Bump::Minor, DEPRECATED),
            (true, false) => (Bump::Patch, "Nothing: it is no longer deprecated."),
            _ if read_otherwise(base.docs(), head.docs()) || base.aliases() != head.aliases() => {
                (Bump::Patch, DOCS_ONLY)
            }
            _ => return,
        };
        let change = Change::new(bump, path(head), note)
            .before(declaration::model(base), base.location())
            .after(declaration::model(head), head.location());
        self.push(change);
    }

    /// The arm for what the document does not list: its name, its declaration and its place.
    pub(super) fn unknown(
        &mut self,
        own: &str,
        (old, before, base): (&str, String, &Location),
        (new, after, head): (&str, String, &Location),
    ) {
        if old != new {
            let note = format!("Write `{new}` instead of `{old}`.");
            let change = Change::new(Bump::Major, format!("{own}::{old}"), note)
                .before(before, base)
                .after(after, head);
            self.push(change);
        }
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

/// The value of an enumeration, or the variant of a union, that is gone.
pub fn removed_arm(path: String, unknown: &str) -> Change {
    let note = format!("Remove the arm; the value is `{unknown}` if it is still received.");
    Change::new(Bump::Major, path, note)
}

/// What code has to do with a value whose type is another now.
pub fn retyped(base: &Ty, head: &Ty) -> String {
    match (base, head) {
        (Ty::Option(inner), Ty::Option(_)) if **inner == *head => {
            "Take the value without the outer `Option`: a null is read as if it were missing."
                .to_owned()
        }
        (base, Ty::Option(inner)) if matches!(base, Ty::Option(_)) && *base == **inner => {
            "Take the value out of two: `Some(None)` is null, and `None` is missing.".to_owned()
        }
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
            declaration::ty(head, File::Models),
            declaration::ty(base, File::Models)
        ),
    }
}
