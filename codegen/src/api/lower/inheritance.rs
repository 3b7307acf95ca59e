//! A schema with a discriminator and no list of alternatives, which others extend by `allOf`: a
//! value may be it, or any of those (Discriminator Object, 4.7.25).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use openapiv3::Discriminator;

use super::mapping::{Mapping, called};
use super::{CONTRADICTION, Lowering};
use crate::api::{Origin, Shape, Type, TypeId, Union, Variant};
use crate::location::Location;

/// Which components extend which, by `allOf`.
type Children = BTreeMap<TypeId, BTreeSet<TypeId>>;

impl Lowering<'_> {
    /// Makes every schema that may be one of those that extend it a union of itself and these.
    pub(super) fn inherit_discriminators(&mut self) {
        self.lift_discriminators();
        let children = self.children();
        self.leave_own_union(&children);
        let families = self.families(&children);
        self.tag_kinds(&families);
        let bases: HashMap<TypeId, TypeId> = families
            .keys()
            .map(|&parent| (parent, self.split_base(parent)))
            .collect();
        self.extend_bases(&families, &bases);
        for (parent, family) in families {
            self.types[parent.0].shape = Shape::Union(self.family_union(parent, &family, &bases));
        }
    }

    /// What stands in a member of `allOf` is that of the schema which is made of it: others extend that, and not the member. One of a
    /// list of alternatives is about those.
    fn lift_discriminators(&mut self) {
        let ids: Vec<TypeId> = self.discriminators.keys().copied().collect();
        for id in ids {
            let whole = self.whole(id);
            if whole != id
                && !self.has_alternatives(id)
                && self.is_component(whole)
                && !self.discriminators.contains_key(&whole)
                && let Some(stated) = self.discriminators.remove(&id)
            {
                self.discriminators.insert(whole, stated);
            }
        }
    }

    /// What the schema is a member of, by `allOf`, or it itself.
    fn whole(&self, mut id: TypeId) -> TypeId {
        while let Origin::Part { of } = self.types[id.0].origin
            && matches!(self.types[of.0].shape, Shape::AllOf(_))
        {
            id = of;
        }
        id
    }

    fn children(&self) -> Children {
        let mut children = Children::new();
        for (index, ty) in self.types.iter().enumerate() {
            let (Shape::AllOf(members), Origin::Component(_)) = (&ty.shape, &ty.origin) else {
                continue;
            };
            for &member in members {
                let parent = self.end(member);
                if parent != TypeId(index) && self.is_component(parent) {
                    children.entry(parent).or_default().insert(TypeId(index));
                }
            }
        }
        children
    }

    /// Alternatives that extend the schema that lists them: what they extend is what stands beside
    /// the list.
    fn leave_own_union(&mut self, children: &Children) {
        for (&parent, extending) in children {
            if !self.has_alternatives(parent) {
                continue;
            }
            let alternatives = self.made_of(self.alternatives_of(parent));
            let within = extending
                .iter()
                .filter(|child| alternatives.contains(child));
            for child in within.copied().collect::<Vec<_>>() {
                let beside = self.beside_alternatives(parent);
                let end = |l: &Self, member: TypeId| l.end(member) == parent;
                let Shape::AllOf(members) = self.types[child.0].shape.clone() else {
                    continue;
                };
                let members = members.into_iter().flat_map(|member| {
                    if end(self, member) {
                        beside.clone()
                    } else {
                        vec![member]
                    }
                });
                self.types[child.0].shape = Shape::AllOf(members.collect());
            }
        }
    }

    /// The members of the schema that are no alternatives.
    fn beside_alternatives(&self, id: TypeId) -> Vec<TypeId> {
        match &self.types[id.0].shape {
            Shape::AllOf(members) => {
                let members = members.iter().copied();
                members.filter(|&m| !self.has_alternatives(m)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn alternatives_of(&self, id: TypeId) -> Vec<TypeId> {
        match &self.types[id.0].shape {
            Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            Shape::AllOf(members) => {
                let unions = members.iter().filter_map(|m| match &self.types[m.0].shape {
                    Shape::Union(union) => Some(union.variants.iter().map(|variant| variant.ty)),
                    _ => None,
                });
                unions.flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The schemas themselves, and what they are made of by `allOf`, by aliases and as alternatives.
    fn made_of(&self, mut pending: Vec<TypeId>) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if !found.insert(id) {
                continue;
            }
            match &self.types[id.0].shape {
                Shape::Alias(target) => pending.push(*target),
                Shape::AllOf(members) => pending.extend(members),
                Shape::Union(union) => pending.extend(union.variants.iter().map(|v| v.ty)),
                _ => {}
            }
        }
        found
    }

    fn has_alternatives(&self, id: TypeId) -> bool {
        match &self.types[id.0].shape {
            Shape::Union(_) => true,
            Shape::AllOf(members) => members
                .iter()
                .any(|member| matches!(self.types[member.0].shape, Shape::Union(_))),
            _ => false,
        }
    }

    fn is_component(&self, id: TypeId) -> bool {
        matches!(self.types[id.0].origin, Origin::Component(_))
    }

    /// By each schema that may be one of others, all that a value of it may be instead. The discriminator of the schema itself
    /// comes before one that it inherits.
    fn families(&mut self, children: &Children) -> BTreeMap<TypeId, Family> {
        let components = self.components_by_name();
        let mut families = BTreeMap::new();
        let mut roots = Vec::new();
        for (root, (discriminator, at)) in std::mem::take(&mut self.discriminators) {
            if self.has_alternatives(root) {
                continue;
            }
            let mapping = Rc::new(Mapping::of(&discriminator));
            let mut members = self.kinds_below(root, children, &mapping);
            // Those that only the mapping names.
            members.extend(self.mapped(root, &discriminator, &at, &components));
            members.sort_unstable();
            members.dedup();
            if !members.is_empty() {
                families.insert(root, Family { mapping, members });
                roots.push(root);
            }
        }
        for root in roots {
            self.inherit(root, children, &mut families);
        }
        families
    }

    /// What extends the root may be whatever extends it in turn, by the discriminator of the root.
    fn inherit(&self, root: TypeId, children: &Children, families: &mut BTreeMap<TypeId, Family>) {
        let mapping = Rc::clone(&families[&root].mapping);
        let mut pending = families[&root].members.clone();
        while let Some(parent) = pending.pop() {
            // What is below another that has a family is known with that.
            if !children.contains_key(&parent) || families.contains_key(&parent) {
                continue;
            }
            let members = self.kinds_below(parent, children, &mapping);
            if members.is_empty() {
                continue;
            }
            pending.extend(members.iter().filter(|&id| !families.contains_key(id)));
            let mapping = Rc::clone(&mapping);
            families.insert(parent, Family { mapping, members });
        }
    }

    /// All that extend the schema, at whatever depth, and are kinds of it.
    fn kinds_below(&self, parent: TypeId, children: &Children, mapping: &Mapping) -> Vec<TypeId> {
        let mut members = descendants(parent, children);
        members.retain(|&child| self.is_kind(child, mapping));
        members
    }

    /// Lists of kinds of one schema that say nothing of a discriminator have that of the schema.
    fn tag_kinds(&mut self, families: &BTreeMap<TypeId, Family>) {
        let untold: Vec<(usize, Vec<TypeId>)> = self.unions_without_discriminator().collect();
        let listed: HashSet<TypeId> = untold
            .iter()
            .flat_map(|(_, kinds)| kinds)
            .copied()
            .collect();
        let mut parents: HashMap<TypeId, BTreeSet<TypeId>> = HashMap::new();
        for (&parent, family) in families {
            for member in family.members.iter().filter(|id| listed.contains(id)) {
                parents.entry(*member).or_default().insert(parent);
            }
        }
        for (index, kinds) in untold {
            let Some(family) = shared_parent(&kinds, &parents).map(|one| &families[&one]) else {
                continue;
            };
            let tags = |kind: &TypeId| family.mapping.tags(self.component_name(*kind));
            let tags: Vec<Vec<String>> = kinds.iter().map(tags).collect();
            if let Shape::Union(union) = &mut self.types[index].shape {
                union.discriminator = Some(family.mapping.property.clone());
                for (variant, tags) in union.variants.iter_mut().zip(tags) {
                    variant.tags = tags;
                }
            }
        }
    }

    /// The lists of alternatives, each with its schemas.
    fn unions_without_discriminator(&self) -> impl Iterator<Item = (usize, Vec<TypeId>)> {
        let types = self.types.iter().enumerate();
        types.filter_map(|(index, ty)| match &ty.shape {
            Shape::Union(union) if union.discriminator.is_none() => {
                let kinds = union.variants.iter().map(|v| self.end(v.ty));
                Some((index, kinds.collect()))
            }
            _ => None,
        })
    }

    /// A schema that only describes another anew, or makes it nullable, is no kind of it unless the
    /// discriminator says so.
    fn is_kind(&self, child: TypeId, mapping: &Mapping) -> bool {
        let ty = &self.types[child.0];
        let Shape::AllOf(members) = &ty.shape else {
            return false;
        };
        members.len() > 1
            || mapping.states(self.component_name(child))
            || (mapping.is_empty() && !ty.nullable)
    }

    /// The schemas that only the mapping names.
    fn mapped(
        &mut self,
        root: TypeId,
        discriminator: &Discriminator,
        at: &Location,
        components: &HashMap<String, TypeId>,
    ) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        for (tag, target) in &discriminator.mapping {
            match called(target).find_map(|name| components.get(name).copied()) {
                Some(id) if id == root || self.end(id) == root => {}
                Some(id) => drop(found.insert(id)),
                None => {
                    let message = format!("`{tag}` chooses `{target}`, which is no schema here");
                    let at = at.key("mapping").key(tag);
                    self.warn(CONTRADICTION, message, "name a schema of the document", &at);
                }
            }
        }
        found
    }

    fn components_by_name(&self) -> HashMap<String, TypeId> {
        let named = self.types.iter().enumerate().rev();
        let named = named.filter_map(|(index, ty)| match &ty.origin {
            Origin::Component(name) => Some((name.clone(), TypeId(index))),
            _ => None,
        });
        named.collect()
    }

    fn component_name(&self, id: TypeId) -> &str {
        match &self.types[id.0].origin {
            Origin::Component(name) => name,
            _ => "",
        }
    }

    /// The number of a component in the document.
    fn position(&self, id: TypeId) -> Option<usize> {
        let components = self.document.openapi.components.as_ref()?;
        components.schemas.get_index_of(self.component_name(id))
    }

    /// Moves what the schema says into one of its own, which those that extend it extend.
    fn split_base(&mut self, parent: TypeId) -> TypeId {
        let location = self.types[parent.0].location.clone();
        let base = self.allocate(Origin::Base { of: parent }, location);
        let whole = &mut self.types[parent.0];
        let moved = Type {
            origin: Origin::Base { of: parent },
            shape: std::mem::replace(&mut whole.shape, Shape::Any),
            nullable: false,
            untyped: false,
            limits: std::mem::take(&mut whole.limits),
            value_locations: std::mem::take(&mut whole.value_locations),
            ..whole.clone()
        };
        self.types[base.0] = moved;
        base
    }

    /// Whoever extends a schema extends what it is by itself; whoever only refers to it means any of
    /// its kinds.
    fn extend_bases(
        &mut self,
        families: &BTreeMap<TypeId, Family>,
        bases: &HashMap<TypeId, TypeId>,
    ) {
        for index in 0..self.types.len() {
            let Shape::AllOf(members) = &self.types[index].shape else {
                continue;
            };
            let owner = match self.types[index].origin {
                Origin::Base { of } => of,
                _ => TypeId(index),
            };
            let telling = members
                .iter()
                .filter(|member| !matches!(self.types[member.0].shape, Shape::Any))
                .count();
            let replaced = members.iter().map(|&member| {
                let parent = self.end(member);
                let is_kind = families
                    .get(&parent)
                    .is_some_and(|f| f.members.binary_search(&owner).is_ok());
                match bases.get(&parent) {
                    Some(&base) if is_kind || telling > 1 => base,
                    _ => member,
                }
            });
            let replaced = replaced.collect();
            self.types[index].shape = Shape::AllOf(replaced);
        }
    }

    fn family_union(
        &self,
        parent: TypeId,
        family: &Family,
        bases: &HashMap<TypeId, TypeId>,
    ) -> Union {
        let mapping = &family.mapping;
        let tags = |id: TypeId| {
            let name = self.component_name(id);
            let unsaid = id == parent && !mapping.is_empty() && !mapping.states(name);
            let default = bases.get(&id).filter(|_| unsaid);
            let default = default.and_then(|&base| self.default_of(base, &mapping.property));
            let default = default.filter(|text| !mapping.has(text));
            default.map_or_else(|| mapping.tags(name), |text| vec![text.to_owned()])
        };
        let variant = |id: TypeId| Variant {
            ty: bases.get(&id).copied().unwrap_or(id),
            tags: tags(id),
            // Whatever kind it is, it has what all have.
            fallback: id == parent,
            location: self.types[id.0].location.clone(),
        };
        let mut members = family.members.clone();
        members.sort_by_cached_key(|&id| self.position(id));
        let members = std::iter::once(parent).chain(members);
        Union {
            variants: members.map(variant).collect(),
            discriminator: Some(family.mapping.property.clone()),
        }
    }

    /// What a schema says itself that a property is by default: by that it is known where a mapping has the others alone.
    fn default_of(&self, id: TypeId, property: &str) -> Option<&str> {
        match &self.types[id.0].shape {
            Shape::Object(object) => {
                let mut properties = object.properties.iter();
                let found = properties.find(|one| one.name == property)?;
                self.types[found.ty.0].default.as_ref()?.as_str()
            }
            Shape::AllOf(members) => {
                let is_own = |id: &&TypeId| matches!(self.types[id.0].origin, Origin::Part { .. });
                let mut own = members.iter().rev().filter(is_own);
                own.find_map(|&member| self.default_of(member, property))
            }
            _ => None,
        }
    }
}

/// What a value of a schema may be instead, and the discriminator.
struct Family {
    mapping: Rc<Mapping>,
    /// In order.
    members: Vec<TypeId>,
}

/// All that extend the schema, at whatever depth, but for itself; in order.
fn descendants(parent: TypeId, children: &Children) -> Vec<TypeId> {
    let mut seen = HashSet::from([parent]);
    let mut found = Vec::new();
    let mut next = parent;
    for at in 0.. {
        let below = children.get(&next).into_iter().flatten().copied();
        found.extend(below.filter(|&child| seen.insert(child)));
        match found.get(at) {
            Some(&child) => next = child,
            None => break,
        }
    }
    found.sort_unstable();
    found
}

/// The first schema that all of them are kinds of.
fn shared_parent(kinds: &[TypeId], parents: &HashMap<TypeId, BTreeSet<TypeId>>) -> Option<TypeId> {
    let (first, others) = kinds.split_first()?;
    let mut shared = parents.get(first)?.iter();
    let has = |kind: &TypeId, parent| parents.get(kind).is_some_and(|of| of.contains(parent));
    let found = shared.find(|parent| others.iter().all(|kind| has(kind, parent)));
    found.copied()
}
