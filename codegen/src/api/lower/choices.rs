//! Alternatives beside other members of `allOf`: each of them together with these.

use std::collections::{BTreeSet, HashSet};

use super::all_of::Merge;
use super::intersect::Meaning;
use super::{CONTRADICTION, Lowering};
use crate::api::{Object, Origin, Shape, TypeId, Union, Variant};
use crate::location::Location;

/// How many alternatives several lists of them are multiplied to.
const MOST_MULTIPLIED: usize = 16;

/// How often a list that has one alternative left gives way to that one, before it is taken as it is.
const MOST_NARROWED: usize = 16;

/// One alternative of each list.
#[derive(Clone)]
struct Choice {
    parts: Vec<TypeId>,
    tags: Vec<String>,
    fallback: bool,
    location: Location,
}

impl Lowering<'_> {
    /// The alternatives, each with what all values have in common.
    pub(super) fn choices(
        &mut self,
        id: TypeId,
        unions: &[TypeId],
        common: &[TypeId],
        merge: &mut Merge,
    ) -> Meaning {
        let (choices, discriminator) = self.multiplied(id, unions, common);
        if choices.is_empty() {
            return self.none_left(id, unions, common, merge);
        }
        let parts = choices.iter().flat_map(|choice| &choice.parts);
        let inline =
            parts.filter(|part| matches!(self.types[part.0].origin, Origin::Variant { .. }));
        if !common.is_empty() {
            merge.replaced.extend(inline);
        }
        if self.add_nothing(&choices, common) {
            return self.intersection(id, common, merge);
        }
        if let [only] = choices.as_slice() {
            let members = [&only.parts, common].concat();
            let narrowed = merge.narrowed.entry(id).or_default();
            *narrowed += 1;
            if *narrowed <= MOST_NARROWED && self.are_settled(&members, merge) {
                return self.of_members(id, &members, merge);
            }
        }
        let common = self.common(id, common, merge);
        let mut variants = Vec::new();
        for (index, choice) in choices.into_iter().enumerate() {
            let ty = match (choice.parts.as_slice(), common) {
                ([only], None) => *only,
                // It extends what lists it.
                ([only], Some(common)) if self.is_made_of(*only, common, merge) => *only,
                (parts, common) => {
                    let origin = Origin::Variant {
                        of: id,
                        index,
                        named: self.name_of(parts[0]),
                    };
                    let docs = self.types[parts[0].0].docs.clone();
                    let parts = [common.as_slice(), parts].concat();
                    let known = self.types.len();
                    let both = self.combined(&parts, origin, &choice.location, merge);
                    if both.0 == known {
                        self.types[known].docs = docs;
                    }
                    both
                }
            };
            variants.push(Variant {
                ty,
                tags: choice.tags,
                fallback: choice.fallback,
                location: choice.location,
            });
        }
        let union = Union {
            variants,
            discriminator,
        };
        Shape::Union(union).into()
    }

    /// The alternatives of all lists that a value can be, and their discriminator.
    fn multiplied(
        &mut self,
        id: TypeId,
        unions: &[TypeId],
        common: &[TypeId],
    ) -> (Vec<Choice>, Option<String>) {
        let kind = common.first().and_then(|&first| self.kind(first));
        let mut choices: Option<Vec<Choice>> = None;
        let mut discriminator = None;
        for &list in unions {
            let Shape::Union(union) = self.shape_of(list).clone() else {
                continue;
            };
            let fits = |ty: &TypeId| {
                let own = self.kind(*ty);
                kind.is_none() || own.is_none() || own == kind
            };
            let list = union.variants.into_iter().filter(|v| fits(&v.ty));
            let list: Vec<Choice> = list.map(Choice::of).collect();
            let next = match &choices {
                None => list,
                Some(before) => {
                    let product = self.product(before, &list);
                    if product.len() > MOST_MULTIPLIED {
                        self.report_several_lists(id);
                        continue;
                    }
                    product
                }
            };
            choices = Some(next);
            discriminator = discriminator.or(union.discriminator);
        }
        (choices.unwrap_or_default(), discriminator)
    }

    fn product(&self, one: &[Choice], two: &[Choice]) -> Vec<Choice> {
        let mut product: Vec<Choice> = Vec::new();
        for a in one {
            for b in two {
                let kinds = (self.kind(a.parts[0]), self.kind(b.parts[0]));
                if matches!(kinds, (Some(a), Some(b)) if a != b) {
                    continue;
                }
                product.push(a.with(b));
            }
        }
        product
    }

    /// Whether the alternatives only narrow what the objects beside them declare.
    fn add_nothing(&self, choices: &[Choice], common: &[TypeId]) -> bool {
        let mut declared = BTreeSet::new();
        for &member in common {
            match self.shape_of(member) {
                Shape::Object(object) => declared.extend(self.typed_names(object)),
                Shape::Map(_) => {}
                _ => return false,
            }
        }
        let parts = choices.iter().flat_map(|choice| &choice.parts);
        !declared.is_empty()
            && parts.copied().all(|part| {
                let names = self.names_within(part);
                names.is_some_and(|names| names.is_subset(&declared))
            })
    }

    fn typed_names(&self, object: &Object) -> impl Iterator<Item = String> {
        let properties = object.properties.iter();
        let typed = properties.filter(|p| !matches!(self.shape_of(p.ty), Shape::Any));
        typed.map(|p| p.name.clone())
    }

    /// The properties that a schema types, if it is an object and nothing else.
    fn names_within(&self, id: TypeId) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        let mut pending = vec![id];
        let mut seen = HashSet::new();
        while let Some(id) = pending.pop() {
            if !seen.insert(id) {
                continue;
            }
            match &self.types[id.0].shape {
                Shape::Any => {}
                Shape::Alias(target) => pending.push(*target),
                Shape::AllOf(members) => pending.extend(members),
                Shape::Object(object) => names.extend(self.typed_names(object)),
                Shape::Map(values) if matches!(self.shape_of(*values), Shape::Any) => {}
                _ => return None,
            }
        }
        Some(names)
    }

    /// The members that all alternatives share, as one schema.
    fn common(&mut self, id: TypeId, members: &[TypeId], merge: &mut Merge) -> Option<TypeId> {
        match members {
            [] => None,
            [only] => Some(*only),
            several => {
                let location = self.types[id.0].location.clone();
                Some(self.combined(several, Origin::Part { of: id }, &location, merge))
            }
        }
    }

    /// What the document calls a schema.
    fn name_of(&self, id: TypeId) -> Option<String> {
        let ty = &self.types[id.0];
        match &ty.origin {
            Origin::Component(name) => Some(name.clone()),
            Origin::Base { of } => self.name_of(*of),
            Origin::Variant { named, .. } if ty.docs.title.is_empty() => named.clone(),
            _ => Some(ty.docs.title.clone()).filter(|title| !title.is_empty()),
        }
    }

    /// No alternative is of the type that stands beside them; whichever comes can be read.
    fn none_left(
        &mut self,
        id: TypeId,
        unions: &[TypeId],
        common: &[TypeId],
        merge: &mut Merge,
    ) -> Meaning {
        if self.types[id.0].nullable {
            return Shape::Any.into();
        }
        let at = self.types[id.0].location.clone();
        let message = "none of the alternatives is of the type that stands beside them";
        let help = "either is read: correct the alternatives, or the type";
        self.warn(CONTRADICTION, message, help, &at);
        let mut variants = Vec::new();
        let mut discriminator = None;
        if let Some(ty) = self.common(id, common, merge) {
            variants.push(Variant {
                ty,
                tags: Vec::new(),
                fallback: false,
                location: at,
            });
        }
        for &list in unions {
            if let Shape::Union(union) = self.shape_of(list).clone() {
                variants.extend(union.variants);
                discriminator = discriminator.or(union.discriminator);
            }
        }
        let union = Union {
            variants,
            discriminator,
        };
        Shape::Union(union).into()
    }

    fn report_several_lists(&mut self, id: TypeId) {
        let at = self.types[id.0].location.clone();
        let message = "several lists of many alternatives hold at once";
        let help = "the first list is typed; what the others add is in `extra`";
        self.warn(CONTRADICTION, message, help, &at);
    }
}

impl Choice {
    fn of(variant: Variant) -> Self {
        Self {
            parts: vec![variant.ty],
            tags: variant.tags,
            fallback: variant.fallback,
            location: variant.location,
        }
    }

    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.parts.extend(&other.parts);
        both.parts.dedup();
        if both.tags.is_empty() {
            both.tags = other.tags.clone();
        }
        both.fallback |= other.fallback;
        both
    }
}
