//! Schemas by reference: each is read once, however many references lead to it.

use openapiv3::{ReferenceOr, Schema};
use serde::Deserialize;

use super::Lowering;
use crate::api::{Origin, Shape, TypeId};
use crate::document::resolve::{Unresolved, local_pointer};
use crate::location::{Location, Trail, pointer};

const COMPONENTS: &str = "/components/schemas/";

impl Lowering<'_> {
    /// A schema at a place of the document.
    pub(super) fn schema(
        &mut self,
        schema: &ReferenceOr<Schema>,
        at: &Trail<'_>,
        origin: Origin,
    ) -> TypeId {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, at),
            ReferenceOr::Item(schema) => self.inline(schema, at, origin),
        }
    }

    pub(super) fn boxed(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        at: &Trail<'_>,
        origin: Origin,
    ) -> TypeId {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, at),
            ReferenceOr::Item(schema) => self.inline(schema, at, origin),
        }
    }

    /// A schema that is written out where it is used; a reference that leads there names the same.
    fn inline(&mut self, schema: &Schema, at: &Trail<'_>, origin: Origin) -> TypeId {
        let target = Some(at).filter(|_| !self.deep.targets.is_empty());
        let target = target.map(Trail::text);
        let Some(target) = target.filter(|target| self.deep.targets.contains(target)) else {
            let id = self.allocate(origin, self.location(at));
            self.fill(id, schema, at);
            return id;
        };
        let id = match self.referenced.get(&target) {
            Some(&id) => id,
            None => {
                let id = self.allocate(origin.clone(), self.location(at));
                self.referenced.insert(target, id);
                id
            }
        };
        // It is named after where it stands first, not after the end of a reference.
        if matches!(self.types[id.0].origin, Origin::Component(_)) {
            self.types[id.0].origin = origin;
        }
        if self.deep.read.insert(id) {
            self.fill(id, schema, at);
        }
        id
    }

    /// The schema that a reference names, read later.
    fn reference(&mut self, reference: &str, at: &Trail<'_>) -> TypeId {
        let known = |target: &String| {
            self.referenced.contains_key(target) || self.document.lookup(target).is_some()
        };
        let target = local_pointer(reference)
            .and_then(|target| Some(target).filter(known).ok_or(Unresolved::Dangling));
        match target {
            Ok(target) => self.referenced(target),
            Err(problem) => {
                let written = self.location(&at.key("$ref"));
                self.any_value(&problem, reference, &written);
                self.allocate(Origin::Component(String::new()), self.location(at))
            }
        }
    }

    fn any_value(&mut self, problem: &Unresolved, reference: &str, at: &Location) {
        let problem = self.problem(problem, reference, &["schemas"]);
        self.unresolved(problem, "any value is accepted here", at);
    }

    fn referenced(&mut self, target: String) -> TypeId {
        if let Some(&id) = self.referenced.get(&target) {
            return id;
        }
        let name = pointer::tokens(&target).last().unwrap_or_default();
        let id = self.allocate(
            Origin::Component(name.into_owned()),
            self.document.location(&target),
        );
        self.referenced.insert(target.clone(), id);
        self.pending.push_back((id, target));
        id
    }

    /// Components that nothing references are part of the API all the same.
    pub(super) fn components(&mut self) {
        let Some(components) = &self.document.openapi.components else {
            return;
        };
        for name in components.schemas.keys() {
            self.referenced(pointer::join(COMPONENTS.trim_end_matches('/'), name));
        }
    }

    pub(super) fn read_referenced(&mut self, id: TypeId, at: &str) {
        let components = self.document.openapi.components.as_ref();
        let typed = at
            .starts_with(COMPONENTS)
            .then(|| pointer::tokens(at).skip(2).collect::<Vec<_>>())
            .filter(|tokens| tokens.len() == 1)
            .and_then(|tokens| components?.schemas.get(tokens[0].as_ref()));
        let trail = Trail::from(at);
        match typed {
            Some(ReferenceOr::Item(schema)) => self.fill(id, schema, &trail),
            Some(ReferenceOr::Reference { reference }) => {
                self.types[id.0].shape = Shape::Alias(self.reference(reference, &trail));
            }
            None if self.deep.read.insert(id) => self.read_deep(id, at, &trail),
            None => {}
        }
    }

    /// A reference into the inside of another object.
    fn read_deep(&mut self, id: TypeId, target: &str, at: &Trail<'_>) {
        let Some(value) = self.document.lookup(target) else {
            return;
        };
        match ReferenceOr::<Schema>::deserialize(value) {
            Ok(ReferenceOr::Item(_)) if !self.document.may_be_schema(target) => {
                let problem = Unresolved::Mismatch("it has no keyword of a schema".to_owned());
                let written = self.location(at);
                self.any_value(&problem, &format!("#{target}"), &written);
            }
            Ok(ReferenceOr::Item(schema)) => self.fill(id, &schema, at),
            Ok(ReferenceOr::Reference { reference }) => {
                self.types[id.0].shape = Shape::Alias(self.reference(&reference, at));
            }
            Err(error) => {
                let problem = Unresolved::Mismatch(error.to_string());
                let written = self.location(at);
                self.any_value(&problem, &format!("#{target}"), &written);
            }
        }
    }

    /// `$ref` to `$ref` without end: reported, and made harmless. Each schema is visited once.
    pub(super) fn break_alias_cycles(&mut self) {
        let mut visited = vec![0; self.types.len()];
        for start in 0..self.types.len() {
            let walk = start + 1;
            let mut at = start;
            while visited[at] == 0 {
                visited[at] = walk;
                let Shape::Alias(next) = self.types[at].shape else {
                    break;
                };
                at = next.0;
                if visited[at] == walk {
                    let location = self.types[at].location.clone();
                    let target = format!("#{}", location.pointer);
                    self.any_value(&Unresolved::Cycle, &target, &location);
                    self.types[at].shape = Shape::Any;
                }
            }
        }
    }
}
