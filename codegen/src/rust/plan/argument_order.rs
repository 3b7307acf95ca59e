//! The order of arguments, which is kept: properties and parameters that change places in a document do not swap what
//! callers give in a row.

use std::collections::{BTreeSet, HashMap};

use super::type_names::type_key;
use super::{Plan, key};
use crate::api::{Api, Object, Operation, Parameter, Place, Property, Shape, TypeId};
use crate::lock::{Kind, Lock};

/// Gives what requests cannot do without the order that it had, and what is new comes after it.
pub(super) fn restore(api: &mut Api, lock: &Lock) {
    if lock.of(Kind::Order).next().is_none() {
        return;
    }
    for operation in &mut api.operations {
        if let Some(order) = lock.get(Kind::Order, &key(operation)) {
            arrange(&mut operation.parameters, order, is_given, parameter_name);
        }
    }
    let ids = api.type_ids().filter(|id| {
        let ty = api.ty(*id);
        matches!(&ty.shape, Shape::Object(object) if has_order(object))
    });
    for id in ids.collect::<Vec<_>>() {
        let order = lock.get(Kind::Order, &type_key(api, id));
        if let (Some(order), Shape::Object(object)) = (order, &mut api.types[id.0].shape) {
            arrange(
                &mut object.properties,
                order,
                |one| one.required,
                |one| &one.name,
            );
        }
    }
}

impl Plan<'_> {
    /// What is said of the order for the next time.
    pub(super) fn record_order(&mut self) {
        let operations = self.operations.iter().filter_map(|(index, _)| {
            let operation = self.operation(*index);
            let names = given_parameters(operation);
            (names.len() > 1).then(|| (key(operation), order_of(&names)))
        });
        let mut orders: Vec<(String, String)> = operations.collect();
        let bodies = self.operations.iter().flat_map(|(_, bodies)| &bodies.sent);
        let bodies = bodies.filter_map(|sent| sent.ty);
        let ids: BTreeSet<TypeId> = self.sent.iter().copied().chain(bodies).collect();
        for id in ids {
            let Some((id, object)) = self.own_object(id) else {
                continue;
            };
            // What is read only takes its place, too, so that nothing moves where it changes.
            let required = || object.properties.iter().filter(|one| one.required);
            let is_read = |one: &&Property| self.chain(one.ty).any(|ty| ty.read_only);
            let names: Vec<&str> = required().map(|one| one.name.as_str()).collect();
            let given = required().filter(|one| !is_read(one)).count();
            orders.extend((given > 1).then(|| (type_key(self.api, id), order_of(&names))));
        }
        for (key, order) in orders {
            self.kept.record(Kind::Order, &key, &order);
        }
    }
}

/// Whether there are several, which alone can change places.
fn has_order(object: &Object) -> bool {
    object.properties.iter().filter(|one| one.required).count() > 1
}

/// Those of the path are in its order.
fn is_given(parameter: &Parameter) -> bool {
    parameter.required && parameter.place != Place::Path
}

fn parameter_name(parameter: &Parameter) -> &str {
    &parameter.name
}

fn given_parameters(operation: &Operation) -> Vec<&str> {
    let given = super::parameters::in_order(operation);
    let given = given.into_iter().filter(|one| is_given(one));
    given.map(parameter_name).collect()
}

/// Names as the lock has them.
fn order_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| written(name)).collect();
    names.join(" ")
}

/// A name without what ends one in the lock.
fn written(name: &str) -> String {
    if name.is_empty() {
        return "%".to_owned();
    }
    let ends = |c: char| c.is_whitespace() || c.is_control() || c == '=' || c == '%';
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if ends(c) {
            text += &format!("%{:X}", c as u32);
        } else {
            text.push(c);
        }
    }
    text
}

/// Gives those that are given in a row the order that is kept; the others stay where they are.
fn arrange<T: Clone>(
    all: &mut [T],
    order: &str,
    is_given: impl Fn(&T) -> bool,
    name: impl Fn(&T) -> &str,
) {
    let ranks: HashMap<&str, usize> = order.split(' ').zip(0..).collect();
    let places: Vec<usize> = (0..all.len()).filter(|at| is_given(&all[*at])).collect();
    let mut given: Vec<T> = places.iter().map(|at| all[*at].clone()).collect();
    given.sort_by_cached_key(|one| {
        let rank = ranks.get(written(name(one)).as_str());
        rank.copied().unwrap_or(usize::MAX)
    });
    for (place, one) in places.into_iter().zip(given) {
        all[place] = one;
    }
}
