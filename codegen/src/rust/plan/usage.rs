//! Which types requests carry, and which responses do.

use super::Plan;
use crate::api::{Operation, TypeId};

impl Plan<'_> {
    pub(super) fn find_usage(&mut self) {
        let mut sent = Vec::new();
        let mut received = Vec::new();
        for (index, bodies) in &self.operations {
            let operation = self.operation(*index);
            let given = operation.parameters.iter();
            let given = given.filter(|one| self.fixed_parameter(one).is_none());
            sent.extend(given.map(|p| p.ty));
            for (chosen, body) in bodies.sent.iter().enumerate() {
                let in_fields = self.is_method(operation, bodies, chosen);
                sent.extend(self.sent_types(operation, body, in_fields));
            }
            received.extend(bodies.returned.ty);
            received.extend(bodies.stream.as_ref().and_then(|stream| stream.ty));
            received.extend(bodies.readings.iter().filter_map(|reading| reading.ty));
        }
        received.extend(self.webhook_payloads());
        self.sent = self.api.reachable(sent);
        self.received = self.api.reachable(received);
        let is_deprecated = |id: &TypeId| self.api.ty(*id).deprecated;
        self.deprecated_within = self.api.reaching(self.api.type_ids().filter(is_deprecated));
    }

    /// Whether a call of the operation names something that is deprecated.
    pub(super) fn call_is_deprecated(&self, operation: &Operation) -> bool {
        let bodies = operation.body.iter().flat_map(|body| body.content.iter());
        let mut types = operation
            .parameters
            .iter()
            .map(|p| p.ty)
            .chain(bodies.filter_map(|m| m.ty));
        operation.deprecated
            || operation.parameters.iter().any(|p| p.deprecated)
            || types.any(|id| self.deprecated_within.contains(&id))
    }
}
