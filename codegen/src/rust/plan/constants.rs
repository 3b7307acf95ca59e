//! Names of integers that a field may be, where the document has some: constants of the model.

use super::Plan;
use super::facts::literal;
use crate::api::{Object, Origin, Shape, TypeId};
use crate::rust::docs::code;
use crate::rust::names::{Scope, constant, pascal};
use crate::rust::{Constant, Field, Ty};

impl Plan<'_> {
    /// `LEVEL_DRAFT` of a field `level`, and of a list `levels` as well.
    pub(super) fn constants(&self, object: &Object, fields: &[Field]) -> Vec<Constant> {
        let mut scope = Scope::default();
        let mut constants = Vec::new();
        for (property, field) in object.properties.iter().zip(fields) {
            let id = match self.shape(property.ty) {
                Shape::Array(item) => *item,
                _ => property.ty,
            };
            let ty = self.value_ty(id, None);
            let named = self.named_values(id).into_iter();
            let named = named.filter(|(value, _)| is_one_of(value, &ty) && !field.sensitive);
            for (value, name) in named {
                let of = field.name.trim_start_matches("r#").trim_end_matches('_');
                let docs = format!("{} of {}.", code(&value), code(of));
                constants.push(Constant {
                    name: scope.claim(format!("{}_{}", constant(of), constant(&name))),
                    value,
                    ty: ty.clone(),
                    docs,
                    location: property.location.clone(),
                });
            }
        }
        constants
    }

    /// The values that have a name, without the name of the type before all of them.
    fn named_values(&self, id: TypeId) -> Vec<(String, String)> {
        let mut chain = self.chain(id).filter(|ty| !ty.value_names.is_empty());
        let Some(ty) = chain.next() else {
            return Vec::new();
        };
        let values = ty.limits.values.iter().map(literal);
        let mut named: Vec<(String, String)> = values
            .filter_map(|value| Some((value.clone(), pascal(ty.value_names.get(&value)?))))
            .collect();
        if let Origin::Component(own) = &ty.origin {
            let own = self.component_name(own);
            let is_before = |(_, name): &(String, String)| {
                let rest = name.strip_prefix(&own);
                rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
            };
            if named.len() > 1 && named.iter().all(is_before) {
                named.iter_mut().for_each(|(_, name)| {
                    name.drain(..own.len());
                });
            }
        }
        named
    }
}

/// Whether the digits are of a value of an integer type.
fn is_one_of(digits: &str, ty: &Ty) -> bool {
    match ty {
        Ty::I32 => digits.parse::<i32>().is_ok(),
        Ty::I64 => digits.parse::<i64>().is_ok(),
        Ty::I128 => digits.parse::<i128>().is_ok(),
        Ty::U32 => digits.parse::<u32>().is_ok(),
        Ty::U64 => digits.parse::<u64>().is_ok(),
        Ty::U128 => digits.parse::<u128>().is_ok(),
        _ => false,
    }
}
