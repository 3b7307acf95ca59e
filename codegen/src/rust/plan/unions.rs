//! Lists of alternatives: what each is called, and in which order a value is tried as them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Plan;
use super::discriminators::Distinguished;
use super::enumerations::unknown_arm;
use super::renames::Renames;
use super::value_types::is_exact;
use crate::api::{self, Origin, Shape, TypeId};
use crate::rust::names::Scope;
use crate::rust::signature::{Derive, Lint};
use crate::rust::{FieldContent, Trial, Ty, Union, UnionVariant};

impl Plan<'_> {
    pub(super) fn union(&self, id: TypeId, union: &api::Union) -> Union {
        let mut scope = Scope::default();
        let mut variants: Vec<UnionVariant> = Vec::new();
        let mut types = Vec::new();
        let mut fallbacks = Vec::new();
        let mut known = HashSet::new();
        // Everything is made from itself as it is.
        let mut held = BTreeSet::from([self.same_ty(&self.value_ty(id, None))]);
        let Distinguished {
            property: discriminator,
            tags,
            may_be_absent,
        } = self.discriminator(union);
        let renames = self.variant_names_of(id);
        for (index, variant) in union.variants.iter().enumerate() {
            let ty = self.value_ty(variant.ty, Some(self.api.resolved(id)));
            // A value that chooses two chooses the first.
            let tags = tags[index].iter().filter(|tag| known.insert(*tag)).cloned();
            if let Some(known) = variants.iter_mut().find(|known| known.ty == ty) {
                known.tags.extend(tags);
                continue;
            }
            fallbacks.extend(variant.fallback.then_some(variants.len()));
            types.push(variant.ty);
            variants.push(UnionVariant {
                name: scope.claim(self.called(id, variant, index, &renames)),
                convertible: held.insert(self.same_ty(ty.unboxed())),
                // What is no object has no discriminator.
                tags: tags.filter(|_| !is_exact(&ty)).collect(),
                exact: is_exact(&ty),
                written_tag: None,
                made_of: Vec::new(),
                of_texts: false,
                entries: None,
                ty,
                location: variant.location.clone(),
            });
        }
        if self.sent.contains(&self.api.resolved(id)) && !may_be_absent {
            let property = discriminator.as_deref().unwrap_or_default();
            for (variant, ty) in variants.iter_mut().zip(&types) {
                variant.written_tag = self.tag_to_write(*ty, property, &variant.tags);
            }
        }
        for list in [false, true] {
            let of_texts = self.of_texts(&variants, &types, list);
            of_texts
                .into_iter()
                .for_each(|at| variants[at].of_texts = true);
        }
        self.reach_within(&mut variants, &types, &mut held);
        if let Some(at) = only_map(&variants) {
            let entries = self.field_type(types[at], &variants[at].ty, FieldContent::Map);
            variants[at].entries = Some(entries);
        }
        let tagged = |variant: &UnionVariant| {
            discriminator.is_some() && !may_be_absent && !variant.tags.is_empty()
        };
        let mut tried: Vec<usize> = (0..variants.len()).collect();
        tried.retain(|n| !tagged(&variants[*n]) || fallbacks.contains(n));
        tried.sort_by_key(|n| {
            let demands = std::cmp::Reverse(self.required_count(types[*n]));
            (self.variant_looseness(types[*n], &variants[*n].ty), demands)
        });
        let objects = tried.iter().filter(|n| self.may_be_object(types[**n]));
        let ranked = objects.count() > 1;
        let texts = tried.iter().filter(|n| self.may_be_text(types[**n]));
        let several_texts = texts.count() > 1;
        let trials = tried.into_iter().map(|variant| Trial {
            variant,
            known: match (self.shape(types[variant]), &variants[variant].ty) {
                (Shape::Object(_), Ty::Model(_) | Ty::Boxed(_)) => None,
                _ => Some(self.known_properties(types[variant])),
            },
            listed: match self.shape(types[variant]) {
                Shape::Enumeration(values) if several_texts => values.clone(),
                _ => Vec::new(),
            },
        });
        let mut derives = vec![Derive::Clone, Derive::PartialEq];
        if !self.is_sensitive(id) {
            derives.insert(1, Derive::Debug);
        }
        Union {
            name: self.own_name(id),
            docs: self.type_docs(id),
            aliases: self.stated_names(id, |policy| &policy.aliases),
            former: self.former.get(&id).cloned().unwrap_or_default(),
            deprecated: self.api.ty(id).deprecated,
            derives,
            allow: vec![Lint::LargeEnumVariant],
            discriminator,
            trials: trials.collect(),
            ranked,
            variants,
            unknown: unknown_arm(&mut scope),
            location: self.api.ty(id).location.clone(),
        }
    }

    /// What a variant that is a union itself is made of makes the outer one as well, where it is of no other variant: nobody has to
    /// know that there are two.
    fn reach_within(
        &self,
        variants: &mut [UnionVariant],
        types: &[TypeId],
        held: &mut BTreeSet<Ty>,
    ) {
        let within = |(variant, id): (&UnionVariant, &TypeId)| -> Vec<Ty> {
            let id = self.api.resolved(*id);
            let Shape::Union(union) = &self.api.ty(id).shape else {
                return Vec::new();
            };
            if !variant.convertible || !matches!(variant.ty, Ty::Model(_)) {
                return Vec::new();
            }
            let types = union.variants.iter().map(|v| self.value_ty(v.ty, Some(id)));
            let mut types: Vec<Ty> = types.map(|ty| ty.unboxed().clone()).collect();
            types.retain(|ty| matches!(ty, Ty::Model(_)));
            types
        };
        let within: Vec<Vec<Ty>> = variants.iter().zip(types).map(within).collect();
        let mut counts: BTreeMap<Ty, usize> = BTreeMap::new();
        for types in &within {
            let types: BTreeSet<Ty> = types.iter().map(|ty| self.same_ty(ty)).collect();
            types
                .into_iter()
                .for_each(|ty| *counts.entry(ty).or_default() += 1);
        }
        for (variant, mut types) in variants.iter_mut().zip(within) {
            types.retain(|ty| {
                let ty = self.same_ty(ty);
                counts[&ty] == 1 && held.insert(ty)
            });
            variant.made_of = types;
        }
    }

    /// The first enumeration, or list of one, unless a variant is a text, or a list of such.
    fn of_texts(&self, variants: &[UnionVariant], types: &[TypeId], list: bool) -> Option<usize> {
        let content = |at: usize| match (&variants[at].ty, self.shape(types[at])) {
            (Ty::Vec(ty), Shape::Array(id)) if list => Some((&**ty, *id)),
            (ty, _) if !list => Some((ty, types[at])),
            _ => None,
        };
        let given = (0..variants.len()).filter(|at| variants[*at].convertible);
        let given = given.filter_map(|at| content(at).map(|content| (at, content)));
        let given: Vec<(usize, (&Ty, TypeId))> = given.collect();
        if given.iter().any(|(_, (ty, _))| **ty == Ty::String) {
            return None;
        }
        let mut given = given.into_iter();
        let is_made = |ty: &Ty, id| {
            matches!(ty, Ty::Model(_)) && matches!(self.shape(id), Shape::Enumeration(_))
        };
        let found = given.find(|(_, (ty, id))| is_made(ty, *id));
        found.map(|(at, _)| at)
    }

    /// The one text of the discriminator, where the type may be without that property, or has it not: who reads the value has
    /// nothing else to know the type by.
    fn tag_to_write(&self, ty: TypeId, property: &str, tags: &[String]) -> Option<String> {
        let object = self.object(ty)?;
        let listed = self.listed_in(object, property, false);
        let tag = match (listed.as_deref(), tags) {
            (Some([only]), _) => only,
            (Some(listed), [tag]) if listed.contains(tag) => tag,
            (None, [tag]) => tag,
            _ => return None,
        };
        let found = object.properties.iter().find(|p| p.name == property);
        let may_be_absent = found.is_none_or(|found| {
            let is_text = matches!(
                self.shape(found.ty),
                Shape::Enumeration(_) | Shape::String(_)
            );
            is_text && !(found.required && self.is_argument(self.api.resolved(ty), found))
        });
        may_be_absent.then(|| tag.clone())
    }

    /// The type by its first name: another name of it is no other type to the compiler.
    fn same_ty(&self, ty: &Ty) -> Ty {
        let same = |ty: &Ty| Box::new(self.same_ty(ty));
        match ty {
            Ty::Model(name) => Ty::Model(self.first_names.get(name).unwrap_or(name).clone()),
            Ty::Vec(ty) => Ty::Vec(same(ty)),
            Ty::Map(ty) => Ty::Map(same(ty)),
            Ty::Option(ty) => Ty::Option(same(ty)),
            Ty::Boxed(ty) => Ty::Boxed(same(ty)),
            Ty::Tuple(items) => Ty::Tuple(items.iter().map(|ty| self.same_ty(ty)).collect()),
            other => other.clone(),
        }
    }

    /// Whether a text may be of the schema, which is not true of an object or a number.
    fn may_be_text(&self, id: TypeId) -> bool {
        matches!(
            self.shape(id),
            Shape::String(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Any
        )
    }

    /// A list of alternatives takes everything, as what it does not know.
    fn variant_looseness(&self, id: TypeId, ty: &Ty) -> usize {
        if matches!(self.shape(id), Shape::Union(_)) && !matches!(ty, Ty::Value) {
            looseness(&Ty::String) + 1
        } else {
            looseness(ty)
        }
    }

    fn called(
        &self,
        of: TypeId,
        variant: &api::Variant,
        index: usize,
        renames: &Renames,
    ) -> String {
        let name = self.variant_name(of, variant, index);
        if let Some(stated) = renames.get(&name) {
            return stated.clone();
        }
        let shortened = self.shortened.get(&self.api.resolved(of));
        let shortened = shortened.and_then(|names| names.get(index)?.clone());
        shortened.unwrap_or(name)
    }

    /// What the union's alternative at a place is called: as its model, or as what it is among the others.
    pub(super) fn variant_name(&self, of: TypeId, variant: &api::Variant, index: usize) -> String {
        let stated = self.stated_model(variant.ty);
        let named = stated.and_then(|id| match self.api.ty(id).origin {
            Origin::Base { of } => self.model_name(of),
            _ => self.model_name(id),
        });
        let labels = self.alternatives.get(&self.api.resolved(of));
        let label = || labels.and_then(|labels| labels.get(index));
        named.or_else(label).cloned().unwrap_or_default()
    }

    /// Whether an alternative has no name of its own.
    pub(super) fn is_called_as_model(&self, alternative: TypeId) -> bool {
        let stated = self.stated_model(alternative);
        stated.is_some_and(|id| match self.api.ty(id).origin {
            Origin::Base { .. } => true,
            _ => self.is_model(self.api.resolved(id)),
        })
    }

    /// Whether an alternative is what all kinds of its union have.
    pub(super) fn is_base(&self, alternative: TypeId) -> bool {
        let stated = self.stated_model(alternative);
        stated.is_some_and(|id| matches!(self.api.ty(id).origin, Origin::Base { .. }))
    }

    fn stated_model(&self, alternative: TypeId) -> Option<TypeId> {
        let is_stated = |id: &TypeId| match &self.api.ty(*id).origin {
            Origin::Component(_) => true,
            Origin::Base { of } => self.is_model(self.api.resolved(*of)),
            _ => false,
        };
        self.chain_ids(alternative).find(is_stated)
    }
}

/// The only map, unless pairs may be what another is made of: what a list holds, or a type of another crate.
fn only_map(variants: &[UnionVariant]) -> Option<usize> {
    let may_be_pairs = |ty: &Ty| match ty {
        Ty::Vec(item) => matches!(**item, Ty::Tuple(_) | Ty::Foreign(_)),
        ty => matches!(ty, Ty::Foreign(_)),
    };
    let is_map = |at: &usize| matches!(variants[*at].ty, Ty::Map(_));
    let mut maps = (0..variants.len()).filter(is_map);
    match (maps.next(), maps.next()) {
        (Some(at), None) => {
            let is_told = !variants.iter().any(|variant| may_be_pairs(&variant.ty));
            (variants[at].convertible && is_told).then_some(at)
        }
        _ => None,
    }
}

/// How much a type takes that others would take, too; those that take least are tried first.
fn looseness(ty: &Ty) -> usize {
    match ty {
        Ty::Value => 4,
        // The latter keeps texts that mean nothing.
        Ty::String | Ty::Written(_) => 2,
        Ty::F64 => 1,
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) | Ty::Boxed(ty) => looseness(ty),
        Ty::Tuple(items) => items.iter().map(looseness).max().unwrap_or_default(),
        _ => 0,
    }
}

pub(super) fn kind_name(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "Boolean",
        Ty::I32 | Ty::I64 | Ty::I128 | Ty::U32 | Ty::U64 | Ty::U128 => "Integer",
        Ty::F64 | Ty::Decimal => "Number",
        Ty::String | Ty::Foreign(_) => "Text",
        Ty::Written(ty) => kind_name(ty),
        Ty::Tuple(_) => "Tuple",
        Ty::Timestamp => "Timestamp",
        Ty::Date => "Date",
        Ty::Vec(_) => "List",
        Ty::Map(_) => "Map",
        _ => "Any",
    }
}
