//! Names of properties that the lock keeps: those that are not written as their fields are, since a property that comes, and is
//! written so, would take them.

use std::collections::HashSet;

use super::Plan;
use super::renames::Renames;
use super::structs::field_names;
use crate::api::{Object, Shape, TypeId};
use crate::lock::Kind;
use crate::rust::names::{Scope, snake, stands};

impl<'a> Plan<'a> {
    /// Adds what the properties of an object were called before, where nothing else has the name.
    pub(super) fn keep_members(&self, of: TypeId, names: &mut Renames) {
        let Some(object) = self.object_of(of).filter(|_| !self.kept.is_new()) else {
            return;
        };
        let places: Vec<String> = std::iter::once(of)
            .chain(self.copies(of))
            .map(|id| self.type_key(id))
            .collect();
        let mut taken: HashSet<String> = names.values().cloned().collect();
        for property in &object.properties {
            let keys: Vec<String> = places.iter().map(|at| member(at, &property.name)).collect();
            let kept = self
                .kept
                .kept_of(Kind::Member, keys.iter().map(String::as_str));
            let Some(kept) = kept.filter(|name| snake(name) == **name) else {
                continue;
            };
            if !names.contains_key(&property.name) && taken.insert(kept.to_owned()) {
                names.insert(property.name.clone(), kept.to_owned());
            }
        }
    }

    /// Says what the properties of all objects are called that could lose their names.
    pub(super) fn record_members(&mut self) {
        let mut objects: Vec<TypeId> = self.names.keys().copied().collect();
        let sent = self
            .operations
            .iter()
            .flat_map(|(_, bodies)| &bodies.sent)
            .filter_map(|sent| sent.ty.map(|id| self.api.resolved(id)));
        objects.extend(sent);
        objects.sort();
        objects.dedup();
        for of in objects {
            let Some(object) = self.object_of(of) else {
                continue;
            };
            if object.properties.iter().all(|one| is_plain(&one.name)) && self.kept.is_new() {
                continue;
            }
            let (at, stated) = (self.type_key(of), self.stated_field_names(of));
            let names = field_names(
                &object.properties,
                &self.field_names_of(of),
                &mut Scope::default(),
            );
            for (wire, name) in names {
                let is_written_so = stands(&wire) && snake(&wire) == name;
                if !is_written_so && !stated.contains_key(&wire) {
                    self.kept.record(Kind::Member, &member(&at, &wire), &name);
                }
            }
        }
    }

    fn object_of(&self, id: TypeId) -> Option<&'a Object> {
        match &self.api.ty(id).shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// Whether it is written as its field is, for all to see.
fn is_plain(wire: &str) -> bool {
    let mut words = wire.split('_');
    words.all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

fn member(at: &str, wire: &str) -> String {
    format!("{at}/properties/{wire}")
}
