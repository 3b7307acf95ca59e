//! Values of schemas that examples show, as the document gives them or made up.

use serde_json::Value;

use super::Plan;
use super::enumerations::value_names;
use crate::api::{Object, Origin, Shape, TypeId};
use crate::rust::names::Scope;
use crate::rust::{Sample, Ty};

/// How much of what is nested is shown; past it an example says less than it hides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    objects: usize,
    /// Of models: a list within an item of another is shown empty.
    lists: usize,
}

pub(super) const ROOM: Room = Room {
    objects: 6,
    lists: 1,
};

impl Room {
    fn within_object(self) -> Option<Self> {
        let objects = self.objects.checked_sub(1)?;
        Some(Self { objects, ..self })
    }

    pub(super) fn within_list(self) -> Option<Self> {
        let lists = self.lists.checked_sub(1)?;
        Some(Self { lists, ..self })
    }
}

/// A text of each format that is often mapped to a type.
const FORMATTED: [(&str, &str); 12] = [
    ("date", "2025-02-01"),
    ("date-time", "2025-02-01T00:00:00Z"),
    ("decimal", "1"),
    ("duration", "PT1M"),
    ("email", "someone@example.com"),
    ("hostname", "example.com"),
    ("ip", "127.0.0.1"),
    ("ipv4", "127.0.0.1"),
    ("ipv6", "::1"),
    ("time", "12:00:00"),
    ("uri", "https://example.com"),
    ("uuid", "00000000-0000-0000-0000-000000000000"),
];

impl Plan<'_> {
    pub(super) fn sample(&self, id: TypeId, ty: &Ty, stated: Option<&Value>, room: Room) -> Sample {
        let stated = self.shown(id, stated);
        match ty {
            Ty::Bool => Sample::Bool(stated.and_then(Value::as_bool).unwrap_or(true)),
            Ty::I32 | Ty::I64 | Ty::I128 | Ty::U32 | Ty::U64 | Ty::U128 => {
                self.integer(id, ty, stated)
            }
            Ty::F64 => Sample::Float(stated.and_then(Value::as_f64).unwrap_or(1.5)),
            Ty::String => Sample::String(self.text(id, stated)),
            Ty::Date => date(stated),
            Ty::Timestamp => Sample::Timestamp,
            Ty::Decimal => Sample::Decimal,
            Ty::Bytes => Sample::Bytes,
            Ty::Value | Ty::Unit | Ty::Outcomes(_) | Ty::Items(_) => Sample::Value,
            Ty::Vec(item) => self.vec_sample(id, item, room),
            Ty::Map(_) => Sample::EmptyMap,
            Ty::Option(_) => Sample::None,
            Ty::Boxed(inner) => Sample::Boxed(Box::new(self.sample(id, inner, stated, room))),
            Ty::Written(inner) => Sample::Written(Box::new(self.sample(id, inner, stated, room))),
            Ty::Foreign(path) => Sample::Parsed(self.formatted(id, stated), path.clone()),
            Ty::Tuple(items) => self.tuple_sample(id, items, room),
            Ty::Model(name) => self.model(self.api.resolved(id), name, stated, room),
        }
    }

    fn tuple_sample(&self, id: TypeId, items: &[Ty], room: Room) -> Sample {
        let Shape::Tuple(ids) = self.shape(id) else {
            return Sample::Value;
        };
        let items = ids.iter().zip(items);
        Sample::Tuple(
            items
                .map(|(id, ty)| self.sample(*id, ty, None, room))
                .collect(),
        )
    }

    fn model(&self, id: TypeId, name: &str, stated: Option<&Value>, room: Room) -> Sample {
        match &self.api.ty(id).shape {
            Shape::Enumeration(values) => {
                let stated = stated.and_then(Value::as_str);
                let value = stated
                    .and_then(|s| values.iter().find(|v| *v == s))
                    .or(values.first());
                let renames = self.value_names_of(id);
                let variants = value_names(values, &renames, &mut Scope::default());
                let index = values
                    .iter()
                    .position(|v| Some(v) == value)
                    .unwrap_or_default();
                match variants.get(index) {
                    Some(variant) => Sample::Variant(name.to_owned(), variant.clone()),
                    None => Sample::Value,
                }
            }
            Shape::Object(object) => self.object_sample(id, name, object, room),
            Shape::Union(_) => self.union_sample(id, name, room),
            _ => Sample::Value,
        }
    }

    fn object_sample(&self, id: TypeId, name: &str, object: &Object, room: Room) -> Sample {
        let mut arguments = Vec::new();
        let given = self.given_to_new(id, object);
        for property in &object.properties {
            if given.contains(&property.name.as_str()) {
                let Some(room) = room.within_object() else {
                    return Sample::Value;
                };
                let ty = self.value_ty(property.ty, Some(id));
                let ty = self.constructor_parameter(property.ty, &ty);
                let stated = self.stated_example(property.ty);
                arguments.push(self.given(property.ty, &ty, stated.as_ref(), room));
            }
        }
        if arguments.is_empty() {
            Sample::Default(name.to_owned())
        } else {
            Sample::New(name.to_owned(), arguments)
        }
    }

    fn union_sample(&self, id: TypeId, name: &str, room: Room) -> Sample {
        let Shape::Union(union) = &self.api.ty(id).shape else {
            return Sample::Value;
        };
        let planned = self.union(id, union);
        // What all kinds have is rarely what is sent.
        let is_kind = |ty| {
            !matches!(
                self.api.ty(self.api.resolved(ty)).origin,
                Origin::Base { .. }
            )
        };
        let shown = union
            .variants
            .iter()
            .position(|variant| is_kind(variant.ty));
        let shown = shown.unwrap_or_default();
        match (
            planned.variants.get(shown),
            union.variants.get(shown),
            room.within_object(),
        ) {
            (Some(variant), Some(stated), Some(room)) => Sample::UnionVariant(
                name.to_owned(),
                variant.name.clone(),
                Box::new(self.sample(stated.ty, &variant.ty, None, room)),
            ),
            _ => Sample::Value,
        }
    }

    pub(super) fn text(&self, id: TypeId, stated: Option<&Value>) -> String {
        match stated {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => match &self.api.ty(id).origin {
                Origin::Parameter { name, .. } => name.clone(),
                Origin::Property { name, .. } => name.clone(),
                _ => "text".to_owned(),
            },
        }
    }

    /// A text of the format.
    fn formatted(&self, id: TypeId, stated: Option<&Value>) -> String {
        let example = match self.shape(id) {
            Shape::String(format) => FORMATTED.iter().find(|(name, _)| *name == format.name()),
            _ => None,
        };
        match (stated, example) {
            (None, Some((_, text))) => (*text).to_owned(),
            (stated, _) => self.text(id, stated),
        }
    }

    fn integer(&self, id: TypeId, ty: &Ty, stated: Option<&Value>) -> Sample {
        let minimum = self.chain(id).find_map(|ty| ty.limits.minimum);
        let least = minimum.unwrap_or_default().max(1.0) as i64;
        let stated = stated.and_then(Value::as_i64).filter(|n| *n >= 0);
        [stated, Some(least)]
            .into_iter()
            .flatten()
            .find_map(|number| integer(ty, number))
            .unwrap_or(Sample::Integer(1))
    }
}

/// A number of a type that can hold it.
fn integer(ty: &Ty, number: i64) -> Option<Sample> {
    if i32::try_from(number).is_ok() {
        return Some(Sample::Integer(number));
    }
    let name = match ty {
        Ty::U32 if u32::try_from(number).is_ok() => "u32",
        Ty::I64 => "i64",
        Ty::U64 => "u64",
        Ty::I128 => "i128",
        Ty::U128 => "u128",
        _ => return None,
    };
    Some(Sample::WideInteger(number, name))
}

/// The stated date if it is one, or else the first of a month.
fn date(stated: Option<&Value>) -> Sample {
    let parts: Option<Vec<i16>> = stated.and_then(Value::as_str).map(|text| {
        text.split('-')
            .filter_map(|part| part.parse().ok())
            .collect()
    });
    match parts.as_deref() {
        Some(&[year, month @ 1..=12, day @ 1..=28]) => Sample::Date(year, month as i8, day as i8),
        _ => Sample::Date(2025, 2, 1),
    }
}
