//! The Rust types of values, and what is to know of them.

use super::Plan;
use crate::api::{IntegerFormat, NumberFormat, Shape, StringFormat, TypeId};
use crate::rust::Ty;

/// How deep lists and maps are typed that have no model between them.
const NESTING: usize = 4;

impl Plan<'_> {
    /// The Rust type of a value that is there; `of` is the model that holds it.
    pub(super) fn value_ty(&self, id: TypeId, of: Option<TypeId>) -> Ty {
        self.nested_ty(id, of, &mut Vec::new())
    }

    /// `outer` are the lists and maps around it: one that is within itself is any value there.
    fn nested_ty(&self, stated: TypeId, of: Option<TypeId>, outer: &mut Vec<TypeId>) -> Ty {
        let id = self.api.resolved(stated);
        if outer.len() > NESTING || outer.contains(&id) {
            return Ty::Value;
        }
        let mut item = |item: TypeId, of: Option<TypeId>| {
            outer.push(id);
            let ty = self.nested_ty(item, of, outer);
            outer.pop();
            if self.chain(item).any(|ty| ty.nullable) {
                optional(ty)
            } else {
                ty
            }
        };
        match &self.api.ty(id).shape {
            Shape::Any | Shape::Alias(_) | Shape::AllOf(_) => Ty::Value,
            Shape::Boolean => Ty::Bool,
            Shape::Integer(format) => match format {
                IntegerFormat::Int32 => Ty::I32,
                IntegerFormat::Int64 => Ty::I64,
                IntegerFormat::Unsigned32 => Ty::U32,
                IntegerFormat::Unsigned64 => Ty::U64,
                IntegerFormat::Signed128 => Ty::I128,
                IntegerFormat::Unsigned128 => Ty::U128,
            },
            Shape::Number(NumberFormat::Decimal) => Ty::Decimal,
            Shape::Number(NumberFormat::Float | NumberFormat::Double) => Ty::F64,
            Shape::String(format) => self.text_ty(format),
            Shape::Tuple(items) => {
                let items = items.iter().map(|id| item(*id, of));
                tuple(items.collect())
            }
            Shape::Array(items) => Ty::Vec(Box::new(item(*items, None))),
            Shape::Map(values) => Ty::Map(Box::new(item(*values, None))),
            Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => {
                let Some(name) = self.model_name(stated) else {
                    return Ty::String;
                };
                let model = Ty::Model(name.clone());
                if of.is_some_and(|of| self.boxes.contains(&(of, id))) {
                    Ty::Boxed(Box::new(model))
                } else {
                    model
                }
            }
        }
    }

    /// What a text is, by its format: what the policy says, or what services write as they like.
    pub(super) fn text_ty(&self, format: &StringFormat) -> Ty {
        let written = |ty| Ty::Written(Box::new(ty));
        match (self.formats.get(format.name()), format) {
            (Some(ty), _) => ty.clone(),
            (None, StringFormat::Date) => written(Ty::Date),
            (None, StringFormat::DateTime) => written(Ty::Timestamp),
            (None, StringFormat::Decimal) => written(Ty::Decimal),
            (None, _) => Ty::String,
        }
    }
}

pub(super) fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Option(_) => ty,
        ty => Ty::Option(Box::new(ty)),
    }
}

/// A list whose items are known one by one. Its numbers are read exactly if all that is beside
/// them can be read so, too; otherwise the items are any values.
fn tuple(items: Vec<Ty>) -> Ty {
    if items.iter().any(is_exact) && !items.iter().all(can_be_exact) {
        return Ty::Vec(Box::new(Ty::Value));
    }
    Ty::Tuple(items)
}

/// Whether the runtime reads the type beside numbers that are exact.
fn can_be_exact(ty: &Ty) -> bool {
    match ty {
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) => can_be_exact(ty),
        Ty::Tuple(items) => items.iter().all(can_be_exact),
        Ty::Model(_) | Ty::Boxed(_) | Ty::Foreign(_) | Ty::Bytes | Ty::Unit => false,
        _ => true,
    }
}

/// Whether the value needs the exact reading of numbers, at whatever depth.
pub(super) fn is_exact(ty: &Ty) -> bool {
    match ty {
        Ty::Decimal | Ty::I32 | Ty::I64 | Ty::I128 | Ty::U32 | Ty::U64 | Ty::U128 => true,
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) => is_exact(ty),
        Ty::Tuple(items) => items.iter().any(is_exact),
        _ => false,
    }
}

/// Outside of a model nothing says how a decimal is read; any JSON value keeps what can be kept.
pub(super) fn without_decimals(ty: Ty) -> Ty {
    let inner = |ty: Box<Ty>| Box::new(without_decimals(*ty));
    match ty {
        Ty::Decimal => Ty::Value,
        Ty::Vec(ty) => Ty::Vec(inner(ty)),
        Ty::Map(ty) => Ty::Map(inner(ty)),
        Ty::Option(ty) => Ty::Option(inner(ty)),
        Ty::Tuple(items) => Ty::Tuple(items.into_iter().map(without_decimals).collect()),
        ty => ty,
    }
}

/// Whether nothing but any value is held, at whatever depth.
pub(super) fn is_untyped(ty: &Ty) -> bool {
    match ty {
        Ty::Value => true,
        Ty::Option(ty) => is_untyped(ty),
        _ => false,
    }
}

/// Whether clippy would have the type simplified: each name in it counts ten times its depth.
pub(super) fn is_complex(ty: &Ty) -> bool {
    fn score(ty: &Ty, depth: usize) -> usize {
        let own = 10 * depth;
        match ty {
            Ty::Vec(ty) | Ty::Option(ty) | Ty::Boxed(ty) => own + score(ty, depth + 1),
            Ty::Map(ty) => own + 10 * (depth + 1) + score(ty, depth + 1),
            Ty::Written(ty) => own + score(ty, depth + 1),
            Ty::Tuple(items) => own + items.iter().map(|ty| score(ty, depth + 1)).sum::<usize>(),
            _ => own,
        }
    }
    score(ty, 1) > 250
}
