//! Where a model would contain itself.

use std::collections::{HashMap, HashSet};

use super::Plan;
use crate::api::{Shape, TypeId};

impl Plan<'_> {
    /// Finds the models that lie on a cycle of direct containment (Tarjan's strongly connected
    /// components, without recursion), and boxes every step within one.
    pub(super) fn find_boxes(&mut self) {
        let mut models: Vec<TypeId> = self.names.keys().copied().collect();
        models.sort();
        let edges: HashMap<TypeId, Vec<TypeId>> =
            models.iter().map(|&id| (id, self.contained(id))).collect();
        let component = components(&models, &edges);
        for (&from, targets) in &edges {
            for &to in targets {
                if component.get(&from) == component.get(&to) {
                    self.boxes.insert((from, to));
                }
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

struct Visit {
    id: TypeId,
    next: usize,
}

#[derive(Default)]
struct Search {
    order: HashMap<TypeId, usize>,
    low: HashMap<TypeId, usize>,
    open: Vec<TypeId>,
    component: HashMap<TypeId, usize>,
}

/// The number of the component of each model.
fn components(models: &[TypeId], edges: &HashMap<TypeId, Vec<TypeId>>) -> HashMap<TypeId, usize> {
    let mut search = Search::default();
    for &root in models {
        if !search.order.contains_key(&root) {
            search.run(root, edges);
        }
    }
    search.component
}

impl Search {
    fn run(&mut self, root: TypeId, edges: &HashMap<TypeId, Vec<TypeId>>) {
        let mut stack = vec![self.enter(root)];
        while let Some(visit) = stack.last_mut() {
            let id = visit.id;
            let targets = edges.get(&id).map(Vec::as_slice).unwrap_or_default();
            match targets.get(visit.next) {
                Some(&target) => {
                    visit.next += 1;
                    if !self.order.contains_key(&target) {
                        stack.push(self.enter(target));
                    } else if !self.component.contains_key(&target) {
                        self.lower(id, self.order[&target]);
                    }
                }
                None => {
                    stack.pop();
                    if let Some(parent) = stack.last() {
                        self.lower(parent.id, self.low[&id]);
                    }
                    self.leave(id);
                }
            }
        }
    }

    fn enter(&mut self, id: TypeId) -> Visit {
        let number = self.order.len();
        self.order.insert(id, number);
        self.low.insert(id, number);
        self.open.push(id);
        Visit { id, next: 0 }
    }

    fn lower(&mut self, id: TypeId, to: usize) {
        let low = self.low.entry(id).or_insert(to);
        *low = to.min(*low);
    }

    /// Closes the component that the model is the root of.
    fn leave(&mut self, id: TypeId) {
        if self.low[&id] != self.order[&id] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component.insert(member, self.order[&id]);
            if member == id {
                break;
            }
        }
    }
}
