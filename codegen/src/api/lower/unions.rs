//! `oneOf` and `anyOf`.

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};

use super::Lowering;
use crate::api::{Origin, Shape, TypeId, Union, Variant};
use crate::document::pointer;

impl Lowering<'_> {
    /// A list of alternatives; a null among them makes the schema nullable.
    pub(super) fn union(
        &mut self,
        id: TypeId,
        schemas: &[ReferenceOr<Schema>],
        data: &SchemaData,
        keyword: &str,
        at: &str,
    ) -> Shape {
        let mut variants = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            if is_null(schema) {
                self.types[id.0].nullable = true;
                continue;
            }
            let at = pointer::join(&pointer::join(at, keyword), index.to_string());
            variants.push(Variant {
                ty: self.schema(schema, &at, Origin::Variant { of: id, index }),
                tags: tags(schema, data),
            });
        }
        match variants.as_slice() {
            [] => Shape::Any,
            [only] => Shape::Alias(only.ty),
            _ => Shape::Union(Union {
                variants,
                discriminator: data.discriminator.as_ref().map(|d| d.property_name.clone()),
            }),
        }
    }
}

/// The discriminator's values of a variant: those that the mapping gives it, by reference or by
/// name, or else the schema's name (4.7.25).
fn tags(schema: &ReferenceOr<Schema>, data: &SchemaData) -> Vec<String> {
    let (ReferenceOr::Reference { reference }, Some(discriminator)) = (schema, &data.discriminator)
    else {
        return Vec::new();
    };
    let name = reference.rsplit('/').next().unwrap_or_default();
    let mapped: Vec<String> = discriminator
        .mapping
        .iter()
        .filter(|(_, target)| *target == reference || *target == name)
        .map(|(tag, _)| tag.clone())
        .collect();
    match mapped.is_empty() {
        true => vec![name.to_owned()],
        false => mapped,
    }
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
