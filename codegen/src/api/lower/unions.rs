//! `oneOf` and `anyOf`.

use std::collections::HashSet;

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type as Typed};
use serde_yaml::Value;

use super::mapping::{Mapping, called};
use super::{CONTRADICTION, Lowering};
use crate::api::{Origin, Shape, TypeId, Union, Variant};
use crate::document::DEFAULT_MAPPING;
use crate::document::resolve::local_pointer;
use crate::location::Trail;

impl Lowering<'_> {
    /// A list of alternatives; a null among them makes the schema nullable.
    pub(super) fn union(
        &mut self,
        id: TypeId,
        schemas: &[ReferenceOr<Schema>],
        data: &SchemaData,
        keyword: &str,
        at: &Trail<'_>,
    ) -> Shape {
        let mapping = data.discriminator.as_ref().map(Mapping::of);
        let mut variants = Vec::with_capacity(schemas.len());
        let list = at.key(keyword);
        for (index, schema) in schemas.iter().enumerate() {
            if is_null(schema) || self.leads_to_null(schema) || is_null_object(schemas, schema) {
                self.types[id.0].nullable = true;
                continue;
            }
            let at = list.index(index);
            let origin = Origin::Variant {
                of: id,
                index,
                named: None,
            };
            variants.push(Variant {
                ty: self.schema(schema, &at, origin),
                tags: match (schema, &mapping) {
                    (ReferenceOr::Reference { reference }, Some(mapping)) => {
                        mapping.tags(last(reference))
                    }
                    _ => Vec::new(),
                },
                fallback: is_default(schema, data),
                location: self.location(&at),
            });
        }
        self.check_mapping(schemas, data, at);
        match variants.as_slice() {
            [] => Shape::Any,
            [only] => Shape::Alias(only.ty),
            _ => Shape::Union(Union {
                variants,
                discriminator: mapping.map(|mapping| mapping.property),
            }),
        }
    }

    /// Whether a reference leads to a schema that only null satisfies, as some frameworks write `NullEnum`.
    fn leads_to_null(&self, schema: &ReferenceOr<Schema>) -> bool {
        let ReferenceOr::Reference { reference } = schema else {
            return false;
        };
        let target = local_pointer(reference).ok();
        let target = target.and_then(|target| self.document.lookup(&target));
        target.is_some_and(|target| {
            let listed = target.get("enum").and_then(Value::as_sequence);
            let only_null = listed
                .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
            only_null || target.get("type").and_then(Value::as_str) == Some("null")
        })
    }

    /// Every value of the discriminator must choose one of the alternatives.
    fn check_mapping(
        &mut self,
        schemas: &[ReferenceOr<Schema>],
        data: &SchemaData,
        at: &Trail<'_>,
    ) {
        let references = schemas.iter().filter_map(|schema| match schema {
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
            ReferenceOr::Item(_) => None,
        });
        let listed: HashSet<&str> = references.flat_map(|one| [one, last(one)]).collect();
        let chosen = |target: &str| {
            listed.contains(target) || called(target).any(|name| listed.contains(name))
        };
        let default = default_of(data).filter(|target| !chosen(target));
        if let Some(target) = default {
            let message = format!("`{target}` is no alternative here");
            let at = at.key("discriminator");
            let at = self.location(&at.key(DEFAULT_MAPPING));
            self.warn(CONTRADICTION, message, "name one of the alternatives", &at);
        }
        let mapping = data.discriminator.iter().flat_map(|d| &d.mapping);
        for (tag, target) in mapping.filter(|(_, target)| !chosen(target)) {
            let message = format!("`{tag}` chooses `{target}`, which is no alternative here");
            let at = at.key("discriminator");
            let at = self.location(&at.key("mapping")).key(tag);
            self.warn(CONTRADICTION, message, "name one of the alternatives", &at);
        }
    }

    /// Whoever may be null as one of the alternatives may be null.
    pub(super) fn inherit_null(&mut self) {
        for id in 0..self.types.len() {
            let Shape::Union(union) = &self.types[id].shape else {
                continue;
            };
            let mut variants = union.variants.iter();
            let nullable = variants.any(|variant| self.aliases(variant.ty).any(|ty| ty.nullable));
            self.types[id].nullable |= nullable;
        }
    }

    /// An alternative that leads back to its union allows nothing that the others do not, and
    /// whoever reads it would read it for ever: it is left out.
    pub(super) fn break_union_cycles(&mut self) {
        let mut states = vec![State::New; self.types.len()];
        for start in 0..self.types.len() {
            // The schemas on the way, each with the number of the alternative to try next.
            let mut walk = vec![(TypeId(start), 0)];
            while let Some(&mut (id, ref mut next)) = walk.last_mut() {
                let number = *next;
                *next += 1;
                let target = self.alternative(id, number);
                match target.filter(|_| states[id.0] != State::Done) {
                    None => {
                        states[id.0] = State::Done;
                        walk.pop();
                    }
                    Some(target) => {
                        states[id.0] = State::Open;
                        match states[target.0] {
                            State::Open => self.leave_out(&mut walk, &mut states),
                            _ => walk.push((target, 0)),
                        }
                    }
                }
            }
        }
    }

    /// The schema that a value of the schema may have to be read as.
    fn alternative(&self, id: TypeId, number: usize) -> Option<TypeId> {
        match &self.types[id.0].shape {
            Shape::Alias(target) => (number == 0).then_some(*target),
            Shape::Union(union) => union.variants.get(number).map(|variant| variant.ty),
            _ => None,
        }
    }

    /// Removes the alternative that the innermost union is at, and goes back to that union.
    fn leave_out(&mut self, walk: &mut Vec<(TypeId, usize)>, states: &mut [State]) {
        while let Some((id, next)) = walk.last_mut() {
            states[id.0] = State::New;
            if let Shape::Union(union) = &mut self.types[id.0].shape {
                *next -= 1;
                union.variants.remove(*next);
                let at = self.types[id.0].location.clone();
                let message = "an alternative of this schema leads back to the schema itself";
                self.warn(CONTRADICTION, message, "it is left out: remove it", &at);
                return;
            }
            walk.pop();
        }
    }
}

/// How far the search for cycles has come with a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    New,
    /// On the way to the current schema.
    Open,
    Done,
}

/// The name at the end of a reference.
fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or_default()
}

/// Whether a mapping's target is the reference, or the name at its end; many write the name of a
/// file there.
fn names(reference: &str, target: &str) -> bool {
    target == reference || called(target).any(|name| name == last(reference))
}

/// Whether the discriminator chooses nothing: there is one alternative, and the mapping names no other schema.
pub(super) fn is_of_one(schema: &Schema) -> bool {
    let list = match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => one_of,
        SchemaKind::AnyOf { any_of } => any_of,
        SchemaKind::Any(any) if any.any_of.is_empty() => &any.one_of,
        SchemaKind::Any(any) if any.one_of.is_empty() => &any.any_of,
        _ => return false,
    };
    let mut alternatives = list.iter().filter(|schema| !is_null(schema));
    let (Some(ReferenceOr::Reference { reference }), None) =
        (alternatives.next(), alternatives.next())
    else {
        return false;
    };
    let discriminator = schema.schema_data.discriminator.iter();
    let mut mapping = discriminator.flat_map(|d| d.mapping.values()).peekable();
    mapping.peek().is_some() && mapping.all(|target| names(reference, target))
}

/// Whether a value is of the schema where its discriminator chooses none.
fn is_default(schema: &ReferenceOr<Schema>, data: &SchemaData) -> bool {
    match schema {
        ReferenceOr::Reference { reference } => {
            default_of(data).is_some_and(|target| names(reference, target))
        }
        ReferenceOr::Item(_) => false,
    }
}

fn default_of(data: &SchemaData) -> Option<&str> {
    let discriminator = data.discriminator.as_ref()?;
    discriminator.extensions.get(DEFAULT_MAPPING)?.as_str()
}

/// A schema that only null satisfies.
fn is_null(schema: &ReferenceOr<Schema>) -> bool {
    match schema {
        ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::Any(any),
            ..
        }) => {
            let only_null =
                !any.enumeration.is_empty() && any.enumeration.iter().all(|v| v.is_null());
            only_null || any.typ.as_deref() == Some("null")
        }
        _ => false,
    }
}

/// Whether an alternative beside a reference is there for its null alone: writers of OData say so by an object of which they say
/// nothing, `anyOf: [{ $ref: .. }, { type: object, nullable: true }]`.
fn is_null_object(all: &[ReferenceOr<Schema>], one: &ReferenceOr<Schema>) -> bool {
    let is_beside_reference = all.len() == 2
        && all
            .iter()
            .any(|other| matches!(other, ReferenceOr::Reference { .. }));
    let ReferenceOr::Item(schema) = one else {
        return false;
    };
    let nothing_said = matches!(
        &schema.schema_kind,
        SchemaKind::Type(Typed::Object(object)) if *object == ObjectType::default()
    );
    is_beside_reference && nothing_said && schema.schema_data.nullable
}
