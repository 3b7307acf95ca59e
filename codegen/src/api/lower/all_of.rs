//! `allOf`: the members merged into one shape.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema};

use super::intersect::Meaning;
use super::{CONTRADICTION, Lowering, facts};
use crate::api::{Docs, Origin, Shape, TypeId};
use crate::document::codes::{LIMIT, REFERENCE_CYCLE};
use crate::location::{Location, Trail};

/// How far the merging of one schema has come.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Started,
    Done,
}

#[derive(Default)]
pub(super) struct Merge {
    progress: HashMap<TypeId, Progress>,
    /// The schemas that were combined into another: the same ones are combined once, or a schema
    /// that contains itself would be combined with itself for ever.
    combined: HashMap<BTreeSet<TypeId>, TypeId>,
    /// What each of these was made of.
    sources: HashMap<TypeId, BTreeSet<TypeId>>,
    /// The members that schemas were merged of.
    members: HashMap<TypeId, Vec<TypeId>>,
    /// Alternatives that others took the place of, which have what stands beside them, too.
    pub(super) replaced: HashSet<TypeId>,
    /// How often the only alternative that was left took the place of its list.
    pub(super) narrowed: HashMap<TypeId, usize>,
    too_many: bool,
}

/// Schemas that contain themselves can be combined in as many ways as there are sets of them. The
/// whole Cloudflare API, of 24,513 schemas, needs 1,794 (2024-05-13).
const MOST_COMBINED: usize = 10_000;

impl Lowering<'_> {
    /// The members, each a schema of its own until they are merged.
    pub(super) fn all_of(
        &mut self,
        id: TypeId,
        schemas: &[ReferenceOr<Schema>],
        at: &Trail<'_>,
    ) -> Vec<TypeId> {
        let list = at.key("allOf");
        let member = |(index, schema): (usize, &ReferenceOr<Schema>)| {
            self.schema(schema, &list.index(index), Origin::Part { of: id })
        };
        schemas.iter().enumerate().map(member).collect()
    }

    /// Replaces every `allOf` by the shape that satisfies all of its members.
    pub(super) fn merge_all_of(&mut self) {
        let mut merge = Merge::default();
        let mut next = 0;
        // Merging adds schemas, which may have to be merged themselves.
        while next < self.types.len() {
            self.settle(TypeId(next), &mut merge);
            next += 1;
        }
        self.report_undeclared(&merge);
    }

    /// Merges one schema, its members first. A stack of its own: `allOf` can be nested as deep as
    /// the document is long.
    fn settle(&mut self, root: TypeId, merge: &mut Merge) {
        let mut stack = vec![root];
        while let Some(&id) = stack.last() {
            let Shape::AllOf(members) = &self.types[id.0].shape else {
                merge.progress.insert(id, Progress::Done);
                stack.pop();
                continue;
            };
            let members = members.clone();
            let waiting: Vec<TypeId> = members
                .iter()
                .filter_map(|&member| self.unsettled(member, merge))
                .collect();
            let cyclic = waiting
                .iter()
                .any(|t| merge.progress.get(t) == Some(&Progress::Started));
            if cyclic {
                self.report_cycle(id);
            }
            if cyclic || waiting.is_empty() {
                let members = if cyclic { Vec::new() } else { members };
                self.merge_members(id, &members, merge);
                merge.members.insert(id, members);
                merge.progress.insert(id, Progress::Done);
                stack.pop();
            } else {
                merge.progress.insert(id, Progress::Started);
                stack.extend(waiting);
            }
        }
    }

    /// What has to be merged before the shape of a member is known.
    fn unsettled(&self, member: TypeId, merge: &Merge) -> Option<TypeId> {
        let mut at = member;
        loop {
            if merge.progress.get(&at) == Some(&Progress::Done) {
                return None;
            }
            match self.types[at.0].shape {
                Shape::AllOf(_) => return Some(at),
                // An alias without end has no shape to wait for.
                Shape::Alias(next) if next != member => at = next,
                _ => return None,
            }
        }
    }

    /// The schema that a member is in the end, past aliases.
    pub(super) fn end(&self, id: TypeId) -> TypeId {
        let mut at = id;
        let mut seen = HashSet::new();
        while let Shape::Alias(next) = self.types[at.0].shape {
            if !seen.insert(at) {
                break;
            }
            at = next;
        }
        at
    }

    /// The shape past aliases.
    pub(super) fn shape_of(&self, id: TypeId) -> &Shape {
        match &self.types[self.end(id).0].shape {
            Shape::Alias(_) => &Shape::Any,
            shape => shape,
        }
    }

    fn merge_members(&mut self, id: TypeId, members: &[TypeId], merge: &mut Merge) {
        self.inherit_facts(id, members);
        let meaning = self.of_members(id, members, merge);
        let ty = &mut self.types[id.0];
        ty.shape = meaning.shape;
        ty.value_locations = meaning.values;
    }

    pub(super) fn of_members(
        &mut self,
        id: TypeId,
        members: &[TypeId],
        merge: &mut Merge,
    ) -> Meaning {
        let telling: Vec<TypeId> = members
            .iter()
            .copied()
            .filter(|&m| !matches!(self.shape_of(m), Shape::Any))
            .collect();
        match self.narrowing(telling).as_slice() {
            [] => Shape::Any.into(),
            [only] => match self.types[only.0].origin {
                // A part has no name of its own: the whole takes its shape.
                Origin::Part { .. } => self.meaning(*only),
                _ => Shape::Alias(self.past_alias(*only)).into(),
            },
            several => self.intersection(id, several, merge),
        }
    }

    /// Whether a schema is merged, or to be merged, of the other.
    pub(super) fn is_made_of(&self, id: TypeId, part: TypeId, merge: &Merge) -> bool {
        let part = self.end(part);
        let mut pending = vec![id];
        let mut seen = HashSet::new();
        while let Some(id) = pending.pop().map(|id| self.end(id)) {
            if id == part {
                return true;
            }
            if seen.insert(id) {
                pending.extend(merge.members.get(&id).into_iter().flatten());
                if let Shape::AllOf(members) = &self.types[id.0].shape {
                    pending.extend(members);
                }
            }
        }
        false
    }

    /// What a schema is an alias of, whose facts are inherited already; otherwise a chain of them
    /// would be walked again for each that refers to it.
    fn past_alias(&self, id: TypeId) -> TypeId {
        match self.types[id.0].shape {
            Shape::Alias(next) if next != id && !self.types[id.0].deprecated => next,
            _ => id,
        }
    }

    pub(super) fn are_settled(&self, members: &[TypeId], merge: &Merge) -> bool {
        let mut members = members.iter();
        members.all(|&member| self.unsettled(member, merge).is_none())
    }

    pub(super) fn meaning(&self, id: TypeId) -> Meaning {
        Meaning {
            shape: self.shape_of(id).clone(),
            values: self.types[self.end(id).0].value_locations.clone(),
        }
    }

    /// What a member says of the value holds for the whole.
    fn inherit_facts(&mut self, id: TypeId, members: &[TypeId]) {
        let mut whole = self.types[id.0].clone();
        let mut described: Option<Docs> = None;
        let mut ends = members.iter().map(|&member| self.end(member));
        whole.untyped = ends.all(|end| self.types[end.0].untyped);
        let (mut nulls, mut null_is_allowed) = (Vec::new(), false);
        for &member in members {
            let typed = !matches!(self.shape_of(member), Shape::Any);
            let nullable = self.aliases(member).any(|ty| ty.nullable);
            // Who adds only that to a type says that the value may be null.
            null_is_allowed |= nullable && !typed;
            nulls.extend(typed.then_some(nullable));
            for ty in self.aliases(member) {
                whole.sensitive |= ty.sensitive;
                whole.read_only |= ty.read_only;
                whole.write_only |= ty.write_only;
                whole.media_type = whole.media_type.take().or_else(|| ty.media_type.clone());
                whole.limits = facts::narrower(&whole.limits, &ty.limits).into();
                whole.default = whole.default.or_else(|| ty.default.clone());
                whole.example = whole.example.or_else(|| ty.example.clone());
            }
            let docs = &self.types[member.0].docs;
            if described.is_none() && !docs.description.is_empty() {
                described = Some(docs.clone());
            }
        }
        let all_nullable = !nulls.is_empty() && nulls.into_iter().all(|nullable| nullable);
        whole.nullable |= all_nullable || null_is_allowed;
        if let Some(docs) = described.filter(|_| whole.docs.description.is_empty()) {
            whole.docs = docs;
        }
        self.types[id.0] = whole;
    }

    /// The schema and what it is an alias of.
    pub(super) fn aliases(&self, id: TypeId) -> impl Iterator<Item = &crate::api::Type> {
        let end = self.end(id);
        std::iter::successors(Some(id), move |&at| match self.types[at.0].shape {
            Shape::Alias(next) if at != end => Some(next),
            _ => None,
        })
        .map(|id| &self.types[id.0])
    }

    /// A schema that satisfies all of the parts; the first counts where there are too many.
    pub(super) fn combined(
        &mut self,
        parts: &[TypeId],
        origin: Origin,
        location: &Location,
        merge: &mut Merge,
    ) -> TypeId {
        let of_parts: Vec<_> = parts
            .iter()
            .map(|&part| self.sources(part, merge))
            .collect();
        let all: BTreeSet<TypeId> = of_parts.iter().flatten().copied().collect();
        if let Some(same) = of_parts.iter().position(|sources| *sources == all) {
            return parts[same];
        }
        if let Some(&known) = merge.combined.get(&all) {
            return known;
        }
        if merge.combined.len() == MOST_COMBINED {
            self.report_multiplied(location, merge);
            return parts[0];
        }
        let id = self.allocate(origin, location.clone());
        self.types[id.0].shape = Shape::AllOf(parts.to_vec());
        merge.combined.insert(all.clone(), id);
        merge.sources.insert(id, all);
        id
    }

    pub(super) fn sources(&self, id: TypeId, merge: &Merge) -> BTreeSet<TypeId> {
        // What a schema says beside its alias is lost past it.
        let end = self.end(id);
        let known = merge.sources.get(&id).or_else(|| merge.sources.get(&end));
        known.cloned().unwrap_or_else(|| BTreeSet::from([end]))
    }

    fn report_cycle(&mut self, id: TypeId) {
        let at = self.types[id.0].location.key("allOf");
        let message = "the members are left out: this schema is a part of itself through `allOf`";
        let help = "remove the reference that leads back";
        self.warn(REFERENCE_CYCLE, message, help, &at);
    }

    fn report_multiplied(&mut self, at: &Location, merge: &mut Merge) {
        if std::mem::replace(&mut merge.too_many, true) {
            return;
        }
        self.warn(
            LIMIT,
            format!("`allOf` merges schemas into more than {MOST_COMBINED} of their own"),
            "schemas that contain themselves are combined here; what is declared first counts, \
             so let it be declared once",
            at,
        );
    }

    fn report_undeclared(&mut self, merge: &Merge) {
        for id in 0..self.types.len() {
            let ty = &self.types[id];
            let Shape::Object(object) = &ty.shape else {
                continue;
            };
            let is_part = matches!(ty.origin, Origin::Part { .. });
            if is_part || object.undeclared.is_empty() || merge.replaced.contains(&TypeId(id)) {
                continue;
            }
            let at = ty.location.key("required");
            for name in object.undeclared.clone() {
                let message = format!("`required` names `{name}`, which no property declares");
                self.warn(
                    CONTRADICTION,
                    message,
                    "declare the property, or drop the name",
                    &at,
                );
            }
        }
    }
}
