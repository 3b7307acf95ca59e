//! Where a model would contain itself.

use std::collections::HashSet;

use super::Plan;

use crate::api::components::components;
use crate::api::{Shape, TypeId};

impl Plan<'_> {
    /// Finds the models that lie on a cycle of direct containment (Tarjan's strongly connected
    /// components, without recursion), and boxes every step within one.
    pub(super) fn find_boxes(&mut self) {
        let mut models: Vec<TypeId> = self.names.keys().copied().collect();
        models.sort();
        let mut edges = vec![Vec::new(); self.api.types.len()];
        for &id in &models {
            edges[id.0] = self.contained(id);
        }
        for cycle in components(&models, &edges) {
            let cycle: HashSet<TypeId> = HashSet::from_iter(cycle);
            for &from in &cycle {
                let within = edges[from.0].iter().filter(|to| cycle.contains(to));
                self.boxes.extend(within.map(|&to| (from, to)));
            }
        }
    }

    /// The models that a value of this one holds without a list or a map between.
    fn contained(&self, id: TypeId) -> Vec<TypeId> {
        let mut pending = match &self.api.ty(id).shape {
            // What comes beside the properties is in a map.
            Shape::Object(object) => object.properties.iter().map(|p| p.ty).collect(),
            _ => self.api.children(id),
        };
        let mut tuples = HashSet::new();
        let mut contained = Vec::new();
        while let Some(child) = pending.pop() {
            let child = self.api.resolved(child);
            match &self.api.ty(child).shape {
                // Its items are within it.
                Shape::Tuple(items) if tuples.insert(child) => pending.extend(items),
                Shape::Enumeration(_) => {}
                _ if self.is_model(child) => contained.push(child),
                _ => {}
            }
        }
        contained
    }
}
