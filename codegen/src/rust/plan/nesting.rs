//! How deep models are nested, which the compiler has a limit for.

use super::Plan;

use crate::api::TypeId;
use crate::api::components::components;

/// Of models within models. With a list or a box around each, the compiler gives up on some thirty of them, when it asks
/// what has to be dropped or whether a thread may send it.
const DEEPEST: usize = 20;

/// So many steps of the compiler go from one model into the next, at most.
const STEPS: usize = 8;

impl Plan<'_> {
    /// The `recursion_limit` that the crate needs, if it is not the compiler's own.
    pub(super) fn recursion_limit(&self) -> Option<usize> {
        let models: Vec<TypeId> = self.names.keys().copied().collect();
        let edges: Vec<Vec<TypeId>> = (0..self.api.types.len())
            .map(|id| self.api.children(TypeId(id)))
            .collect();
        let mut depths = vec![0; edges.len()];
        // What a component leads to has its depth already. Within one the way may lead through all of it.
        for component in components(&models, &edges) {
            let own = component.iter().filter(|id| self.is_model(**id)).count();
            let targets = component.iter().flat_map(|id| &edges[id.0]);
            let below = targets.map(|target| depths[target.0]).max();
            for id in &component {
                depths[id.0] = own + below.unwrap_or(0);
            }
        }
        let deepest = depths.into_iter().max().unwrap_or(0);
        (deepest > DEEPEST).then(|| (deepest * STEPS).next_power_of_two())
    }
}
