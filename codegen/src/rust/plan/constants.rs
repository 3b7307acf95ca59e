//! Names of integers that a field may be, where the document has some: constants of the model.

use std::collections::BTreeMap;

use super::Plan;
use super::facts::literal;
use crate::api::value_names::without_type;
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
            let named = self.named_values(id);
            if named.is_empty() || field.sensitive {
                continue;
            }
            let ty = self.value_ty(id, None);
            let named = named.into_iter();
            for (value, name) in named.filter(|(value, _)| is_one_of(value, &ty)) {
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
        let names = ty.value_names.iter();
        let names = names.map(|(value, name)| (value.clone(), pascal(name)));
        let mut names: BTreeMap<String, String> = names.collect();
        if let Origin::Component(own) = &ty.origin {
            names = without_type(names, &self.component_name(own));
        }
        let values = ty.limits.values.iter().map(literal);
        let named = values.filter_map(|value| names.remove_entry(&value));
        named.collect()
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
