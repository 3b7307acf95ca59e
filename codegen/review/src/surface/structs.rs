//! Structs and their fields.

use std::collections::{BTreeSet, HashMap};

use super::models::retyped;
use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, read_otherwise};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::signature::Signature;
use codegen::rust::{Field, Presence, Setter, Struct, Ty, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn structure(&mut self, base: &'a Struct, head: &'a Struct, first: bool) {
        let own = format!("models::{}", if first { &head.name } else { &base.name });
        let flips = self.changed_directions(base, head);
        let fields = fields(base, head);
        let replaced = replacement(base, head, &fields);
        self.constants(&own, base, head);
        for (one, two) in fields {
            match (one, two) {
                (Some(one), Some(two)) => self.field(&own, one, two, &flips),
                (Some(one), None) => {
                    let note = match replaced {
                        Some(two) => format!("Use `{}` instead of `{}`.", two.name, one.name),
                        None => format!("Remove what uses `{}`.", one.name),
                    };
                    let mut change = Change::new(Bump::Major, format!("{own}::{}", one.name), note)
                        .before(declaration::field(one), &one.location);
                    if let Some(two) = replaced {
                        change = change.after(declaration::field(two), &two.location);
                    }
                    self.push(change);
                }
                (None, Some(_)) if replaced.is_some() => {}
                (None, Some(two)) if head.plain => {
                    let note = format!("Give `{}`, too.", two.name);
                    let change = Change::new(Bump::Major, format!("{own}::{}", two.name), note);
                    self.push(change.after(declaration::field(two), &two.location));
                }
                (None, Some(two)) => {
                    let note = match two.argument {
                        Some(_) => "It has to be given to `new`.",
                        None => "",
                    };
                    let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), note)
                        .after(declaration::field(two), &two.location);
                    self.push(change);
                }
                (None, None) => {}
            }
        }
        if head.plain {
            return;
        }
        let one = |item: &Struct| item.additional.as_ref().map(|values| values.ty.clone());
        let same = match (one(base), one(head)) {
            (Some(base), Some(head)) => self.pairs.same(&base, &head),
            (base, head) => base.is_none() && head.is_none(),
        };
        if base.extra != head.extra || !same {
            let note = if base.extra == head.extra {
                "What it holds is of another type.".to_owned()
            } else {
                format!("Write `{}` instead of `{}`.", head.extra, base.extra)
            };
            let change = Change::new(Bump::Major, format!("{own}::{}", base.extra), note)
                .before(declaration::extra(base), &base.location)
                .after(declaration::extra(head), &head.location);
            self.push(change);
        }
        self.default(&own, base, head, &flips);
        self.constructor(&own, base, head, &flips);
        self.setters(&own, base, head, &flips);
    }

    /// Setters of fields that are in both; what comes or goes with its field is said there.
    fn setters(
        &mut self,
        own: &str,
        base: &'a Struct,
        head: &'a Struct,
        flips: &BTreeSet<&'a Location>,
    ) {
        let field = |item: &'a Struct, name: &str| item.fields.iter().find(|f| f.name == name);
        let (before, after) = (setters(base), setters(head));
        for (one, signature) in &before {
            let (Some(was), Some(is)) = (field(base, &one.field), field(head, &one.field)) else {
                continue;
            };
            let same = after.iter().find(|(_, two)| two.name == signature.name);
            let note = match same {
                None => format!("Set the field `{}` instead.", one.field),
                Some((_, two))
                    if self.takes_less(signature, two) && self.pairs.same(&was.ty, &is.ty) =>
                {
                    "Give it what it takes now.".to_owned()
                }
                Some(_) => continue,
            };
            let change = Change::new(Bump::Major, format!("{own}::{}()", signature.name), note);
            let mut change = change.before(signature, &was.location);
            match same {
                Some((_, two)) => change = change.after(two, &is.location),
                None => change.head = Some(is.location.clone()),
            }
            self.push(change.causes(flips.iter().copied()));
        }
        let has = |name: &str| before.iter().any(|(_, one)| one.name == name);
        for (two, signature) in after.iter().filter(|(_, two)| !has(&two.name)) {
            if let (Some(was), Some(is)) = (field(base, &two.field), field(head, &two.field)) {
                let change = Change::new(Bump::Minor, format!("{own}::{}()", signature.name), "");
                let mut change = change.after(signature, &is.location);
                change.base = Some(was.location.clone());
                self.push(change.causes(flips.iter().copied()));
            }
        }
    }

    /// Whether some call of the one does not compile with the other.
    fn takes_less(&self, base: &Signature, head: &Signature) -> bool {
        let mut taken = base.parameters.iter().zip(&head.parameters);
        taken.any(|(one, two)| {
            !two.ty
                .accepts(&one.ty, |one, two| self.pairs.same(one, two))
        })
    }

    /// The places that send or receive the model in one crate, if nothing does in the other: what
    /// may be missing in a struct, and whether it has `new`, depends on that.
    fn changed_directions(&self, base: &'a Struct, head: &'a Struct) -> BTreeSet<&'a Location> {
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

    fn field(&mut self, own: &str, base: &Field, head: &Field, flips: &BTreeSet<&Location>) {
        let path = format!("{own}::{}", head.name);
        let change = if base.name != head.name {
            let note = format!("Write `{}` instead of `{}`.", head.name, base.name);
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
        } else if read_otherwise(&base.docs, &head.docs) && !self.is_docs_of_model(base, head) {
            Change::new(Bump::Patch, path, DOCS_ONLY)
        } else {
            return;
        };
        let causes: Vec<Location> = change.causes.clone();
        let change = change
            .before(declaration::field(base), &base.location)
            .after(declaration::field(head), &head.location)
            .causes(&causes);
        self.push(change);
    }

    /// A field without docs of its own shows those of its model, where the change is reported.
    fn is_docs_of_model(&self, base: &Field, head: &Field) -> bool {
        let model = |flat: &super::FlatCrate<'a>, ty: &Ty| {
            let index = *flat.model_index.get(super::crates::model_of(ty)?)?;
            Some(flat.models[index].docs().to_owned())
        };
        match (model(self.base, &base.ty), model(self.head, &head.ty)) {
            (Some(one), Some(two)) => {
                one != two && one.contains(&base.docs) && two.contains(&head.docs)
            }
            _ => false,
        }
    }
}

/// Those of a struct, each with one of an `Option` beside it, if there is one.
fn setters(item: &Struct) -> Vec<(&Setter, Signature)> {
    let setters = item.setters.iter().flat_map(|setter| {
        let all = [Some(setter.signature()), setter.maybe_signature()];
        all.into_iter().flatten().map(move |one| (setter, one))
    });
    setters.collect()
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

fn presence_note(presence: Presence) -> &'static str {
    match presence {
        Presence::Nullable => "Nothing: where it is `None`, null is sent.",
        _ => "Nothing: where it is `None`, it is left out.",
    }
}
