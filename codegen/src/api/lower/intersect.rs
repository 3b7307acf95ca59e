//! What satisfies several schemas at once: the values that all of them allow.

use std::collections::HashMap;

use super::all_of::Merge;
use super::{CONTRADICTION, Lowering};
use crate::api::{
    Additional, IntegerFormat, NumberFormat, Object, Origin, Property, Shape, StringFormat, TypeId,
    Union, Variant,
};
use crate::location::Location;

/// A shape, and where each value of an enumeration is listed.
pub(super) struct Meaning {
    pub shape: Shape,
    pub values: Vec<Location>,
}

impl From<Shape> for Meaning {
    fn from(shape: Shape) -> Self {
        Self {
            shape,
            values: Vec::new(),
        }
    }
}

/// What a value is in JSON.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

/// How many members are held against each other.
const MOST_COMPARED: usize = 200;

impl Lowering<'_> {
    /// The values that satisfy all of the members, none of which is any value.
    pub(super) fn intersection(
        &mut self,
        id: TypeId,
        members: &[TypeId],
        merge: &mut Merge,
    ) -> Meaning {
        let is_union = |l: &Self, m: TypeId| matches!(l.shape_of(m), Shape::Union(_));
        let (unions, rest): (Vec<TypeId>, Vec<TypeId>) =
            members.iter().partition(|&&member| is_union(self, member));
        let mut kinds: Vec<(Option<Kind>, Vec<TypeId>)> = Vec::new();
        for member in rest {
            let kind = self.kind(member);
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, members)) => members.push(member),
                None => kinds.push((kind, vec![member])),
            }
        }
        match kinds.as_slice() {
            [] => self.choices(id, &unions, &[], merge),
            [(_, same)] if unions.is_empty() => self.of_one_kind(id, same, merge),
            [(_, same)] => self.choices(id, &unions, same, merge),
            several => {
                let several = several.iter().map(|(_, members)| members.clone());
                self.of_several_kinds(id, several.collect(), &unions, merge)
            }
        }
    }

    /// The members without those that say no more than others: an object of any properties beside
    /// one of some, a list of alternatives of which one allows all that stands beside it.
    pub(super) fn narrowing(&self, members: Vec<TypeId>) -> Vec<TypeId> {
        if members.len() > MOST_COMPARED {
            return members;
        }
        let mut left = members.clone();
        for member in members {
            let others: Vec<TypeId> = left.iter().copied().filter(|&m| m != member).collect();
            if !others.is_empty() && self.allows(member, &others) {
                left = others;
            }
        }
        left
    }

    /// Whether the schema allows all that one of the others does, by what kind of value it is.
    fn allows(&self, id: TypeId, others: &[TypeId]) -> bool {
        let open = |id: TypeId| self.is_open_to(id);
        others.iter().any(|&other| {
            let kinds = self.kinds(other);
            !kinds.is_empty()
                && kinds.iter().all(|kind| match self.shape_of(id) {
                    Shape::Union(union) => union.variants.iter().any(|v| open(v.ty) == Some(*kind)),
                    _ => open(id) == Some(*kind),
                })
        })
    }

    /// The kind of which the schema allows every value.
    fn is_open_to(&self, id: TypeId) -> Option<Kind> {
        match self.shape_of(id) {
            Shape::Map(values) if self.shape_of(*values) == &Shape::Any => Some(Kind::Object),
            Shape::Array(items) if self.shape_of(*items) == &Shape::Any => Some(Kind::Array),
            Shape::String(StringFormat::Plain) => Some(Kind::Text),
            Shape::Boolean => Some(Kind::Boolean),
            _ => None,
        }
    }

    /// What a value of the schema may be, or nothing where that is not known.
    fn kinds(&self, id: TypeId) -> Vec<Kind> {
        let Shape::Union(union) = self.shape_of(id) else {
            return self.kind(id).into_iter().collect();
        };
        let kinds: Option<Vec<Kind>> = union.variants.iter().map(|v| self.kind(v.ty)).collect();
        kinds.unwrap_or_default()
    }

    fn of_one_kind(&mut self, id: TypeId, members: &[TypeId], merge: &mut Merge) -> Meaning {
        let is_object = |l: &Self, m: TypeId| matches!(l.shape_of(m), Shape::Object(_));
        if members.iter().any(|&member| is_object(self, member)) {
            return Shape::Object(self.object_of(id, members, merge)).into();
        }
        let mut whole = Meaning::from(Shape::Any);
        for &member in members {
            let other = self.meaning(member);
            whole = self.both(id, whole, other, merge);
        }
        whole
    }

    /// What says no more than its type gives way to the one type that is described, as an `items` of a bare `type: array` does
    /// that stands in for what a generic class holds.
    fn of_several_kinds(
        &mut self,
        id: TypeId,
        kinds: Vec<Vec<TypeId>>,
        unions: &[TypeId],
        merge: &mut Merge,
    ) -> Meaning {
        let is_bare = |members: &&Vec<TypeId>| {
            let mut members = members.iter();
            members.all(|&member| self.is_open_to(member).is_some())
        };
        let (bare, described): (Vec<_>, Vec<_>) = kinds.iter().partition(is_bare);
        let ([described], [first, ..], []) = (described.as_slice(), bare.as_slice(), unions) else {
            return self.contradiction(id, kinds, merge);
        };
        let at = self.types[first[0].0].location.clone();
        let message = "the members of `allOf` are of different types, and this one says no more";
        self.warn(
            CONTRADICTION,
            message,
            "the type that is described is read",
            &at,
        );
        self.of_one_kind(id, described, merge)
    }

    /// No value is of several kinds at once; whichever of them comes can be read. Null may be
    /// what all of them allow, and what comes.
    fn contradiction(&mut self, id: TypeId, kinds: Vec<Vec<TypeId>>, merge: &mut Merge) -> Meaning {
        let at = self.types[id.0].location.clone();
        if self.types[id.0].nullable {
            return Shape::Any.into();
        }
        let message =
            "the members of `allOf` are of different types, so that no value satisfies all";
        self.warn(CONTRADICTION, message, "any of the types is read", &at);
        let mut variants = Vec::new();
        for (index, members) in kinds.iter().enumerate() {
            let origin = Origin::Variant {
                of: id,
                index,
                named: None,
            };
            variants.push(Variant {
                ty: self.combined(members, origin, &at, merge),
                tags: Vec::new(),
                fallback: false,
                location: self.types[members[0].0].location.clone(),
            });
        }
        let union = Union {
            variants,
            discriminator: None,
        };
        Shape::Union(union).into()
    }

    /// What a value of the schema is, if that is known. It is asked of schemas that are not merged
    /// yet, too.
    pub(super) fn kind(&self, id: TypeId) -> Option<Kind> {
        let mut pending = vec![id];
        let mut seen = std::collections::HashSet::new();
        while let Some(id) = pending.pop().filter(|_| seen.len() < 10_000) {
            if !seen.insert(id) {
                continue;
            }
            match &self.types[id.0].shape {
                Shape::Any | Shape::Union(_) => {}
                Shape::Alias(target) => pending.push(*target),
                Shape::AllOf(members) => pending.extend(members),
                Shape::Boolean => return Some(Kind::Boolean),
                Shape::Integer(_) | Shape::Number(_) => return Some(Kind::Number),
                Shape::String(_) | Shape::Enumeration(_) => return Some(Kind::Text),
                Shape::Array(_) | Shape::Tuple(_) => return Some(Kind::Array),
                Shape::Map(_) | Shape::Object(_) => return Some(Kind::Object),
            }
        }
        None
    }

    /// Both are of one kind.
    fn both(&mut self, id: TypeId, one: Meaning, two: Meaning, merge: &mut Merge) -> Meaning {
        match (one.shape, two.shape) {
            (Shape::Any, shape) => Meaning {
                shape,
                values: two.values,
            },
            (Shape::Enumeration(a), Shape::Enumeration(b)) => {
                self.listed_in_both(id, (a, one.values), (b, two.values))
            }
            (Shape::Enumeration(list), Shape::String(_)) => Meaning {
                shape: Shape::Enumeration(list),
                values: one.values,
            },
            (Shape::String(_), Shape::Enumeration(list)) => Meaning {
                shape: Shape::Enumeration(list),
                values: two.values,
            },
            (Shape::Map(a), Shape::Map(b)) => {
                Shape::Map(self.parts(a, b, Origin::Values { of: id }, merge)).into()
            }
            (Shape::Array(a), Shape::Array(b)) => {
                Shape::Array(self.parts(a, b, Origin::Items { of: id }, merge)).into()
            }
            (Shape::Tuple(a), Shape::Tuple(b)) if a.len() == b.len() => {
                let items = a.into_iter().zip(b);
                let items = items.map(|(a, b)| self.parts(a, b, Origin::Items { of: id }, merge));
                Shape::Tuple(items.collect()).into()
            }
            (Shape::Tuple(items), Shape::Array(all)) | (Shape::Array(all), Shape::Tuple(items)) => {
                let items = items.into_iter();
                let items = items.map(|one| self.parts(one, all, Origin::Items { of: id }, merge));
                Shape::Tuple(items.collect()).into()
            }
            (Shape::String(a), Shape::String(b)) => Shape::String(string_format(a, b)).into(),
            (Shape::Number(_), Shape::Integer(format))
            | (Shape::Integer(format), Shape::Number(_)) => Shape::Integer(format).into(),
            (Shape::Integer(a), Shape::Integer(b)) => Shape::Integer(integer_format(a, b)).into(),
            (Shape::Number(a), Shape::Number(b)) => Shape::Number(number_format(a, b)).into(),
            (one, _) => one.into(),
        }
    }

    /// The strings of both lists, in the order of the first.
    fn listed_in_both(
        &mut self,
        id: TypeId,
        one: (Vec<String>, Vec<Location>),
        two: (Vec<String>, Vec<Location>),
    ) -> Meaning {
        let at = self.types[id.0].location.clone();
        let places = one.1.into_iter().chain(std::iter::repeat(at.clone()));
        let mut listed: Vec<(String, Location)> = one.0.into_iter().zip(places).collect();
        if listed.iter().any(|(value, _)| two.0.contains(value)) {
            listed.retain(|(value, _)| two.0.contains(value));
        } else {
            let message =
                "the members of `allOf` have no value in common, so that none satisfies all";
            self.warn(CONTRADICTION, message, "the values of all are known", &at);
            let places = two.1.into_iter().chain(std::iter::repeat(at));
            listed.extend(two.0.into_iter().zip(places));
        }
        let (list, values) = listed.into_iter().unzip();
        Meaning {
            shape: Shape::Enumeration(list),
            values,
        }
    }

    /// The properties of all; a map has none.
    fn object_of(&mut self, id: TypeId, members: &[TypeId], merge: &mut Merge) -> Object {
        let mut whole = Object::default();
        let mut known: HashMap<String, usize> = HashMap::new();
        for &member in members {
            let object = match self.shape_of(member) {
                Shape::Object(object) => object.clone(),
                Shape::Map(values) => Object {
                    additional: self.of_values(*values),
                    ..Object::default()
                },
                _ => continue,
            };
            for property in object.properties {
                match known.get(&property.name) {
                    None => {
                        known.insert(property.name.clone(), whole.properties.len());
                        whole.properties.push(property);
                    }
                    Some(&index) => {
                        let before = whole.properties[index].clone();
                        whole.properties[index] = self.property_of(id, &before, property, merge);
                    }
                }
            }
            whole.undeclared.extend(object.undeclared);
            whole.additional = self.additional_of(id, whole.additional, object.additional, merge);
        }
        for name in std::mem::take(&mut whole.undeclared) {
            match known.get(&name) {
                Some(&index) => whole.properties[index].required = true,
                None => whole.undeclared.push(name),
            }
        }
        whole
    }

    /// A property that two members declare.
    fn property_of(
        &mut self,
        id: TypeId,
        before: &Property,
        property: Property,
        merge: &mut Merge,
    ) -> Property {
        let origin = Origin::Property {
            of: id,
            name: property.name.clone(),
        };
        Property {
            required: before.required || property.required,
            ty: self.parts(before.ty, property.ty, origin, merge),
            ..property
        }
    }

    fn additional_of(
        &mut self,
        id: TypeId,
        one: Additional,
        two: Additional,
        merge: &mut Merge,
    ) -> Additional {
        match (one, two) {
            (Additional::Any, other) | (other, Additional::Any) => other,
            (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
            (Additional::Of(a), Additional::Of(b)) => {
                Additional::Of(self.parts(a, b, Origin::Values { of: id }, merge))
            }
        }
    }

    /// What a map says of its values, as an object says it.
    fn of_values(&self, values: TypeId) -> Additional {
        match self.shape_of(values) {
            Shape::Any => Additional::Any,
            _ => Additional::Of(values),
        }
    }

    /// What satisfies both, of which the second is stated later.
    fn parts(&mut self, one: TypeId, two: TypeId, origin: Origin, merge: &mut Merge) -> TypeId {
        if one == two || self.says_nothing(two) {
            return one;
        }
        if self.says_nothing(one) {
            return two;
        }
        let location = self.types[two.0].location.clone();
        let known = self.types.len();
        let id = self.combined(&[one, two], origin, &location, merge);
        if id.0 == known {
            let later = &self.types[two.0];
            let (docs, default) = (later.docs.clone(), later.default.clone());
            let deprecated = later.deprecated || self.types[one.0].deprecated;
            let ty = &mut self.types[id.0];
            (ty.docs, ty.default, ty.deprecated) = (docs, default, deprecated);
        }
        id
    }

    fn says_nothing(&self, id: TypeId) -> bool {
        let ty = &self.types[id.0];
        ty.shape == Shape::Any
            && ty.docs.description.is_empty()
            && !(ty.nullable || ty.deprecated || ty.sensitive || ty.read_only || ty.write_only)
            && ty.default.is_none()
    }
}

/// The format that says more; of two that exclude each other none, so that both can be read.
fn string_format(one: StringFormat, two: StringFormat) -> StringFormat {
    let unknown =
        |format: &StringFormat| matches!(format, StringFormat::Plain | StringFormat::Other(_));
    match (one, two) {
        (StringFormat::Plain, other) => other,
        (one, other) if one == other || unknown(&other) => one,
        (one, other) if unknown(&one) => other,
        _ => StringFormat::Plain,
    }
}

/// The one that holds what both hold.
fn integer_format(one: IntegerFormat, two: IntegerFormat) -> IntegerFormat {
    let rank = |format: &IntegerFormat| match format {
        IntegerFormat::Int32 => 0,
        IntegerFormat::Unsigned32 => 1,
        IntegerFormat::Unsigned64 => 2,
        IntegerFormat::Int64 => 3,
        IntegerFormat::Unsigned128 => 4,
        IntegerFormat::Signed128 => 5,
    };
    std::cmp::min_by_key(one, two, rank)
}

fn number_format(one: NumberFormat, two: NumberFormat) -> NumberFormat {
    match (one, two) {
        (NumberFormat::Decimal, _) | (_, NumberFormat::Decimal) => NumberFormat::Decimal,
        (NumberFormat::Float, _) | (_, NumberFormat::Float) => NumberFormat::Float,
        _ => NumberFormat::Double,
    }
}
