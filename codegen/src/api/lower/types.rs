//! Schemas: from the many spellings of the specification to one shape each.

use std::collections::HashSet;

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type as Typed,
};
use serde::Deserialize;
use serde_json::Value;

use super::unions::is_of_one;
use super::{CONTRADICTION, Lowering, UNSUPPORTED, facts};
use crate::api::{
    Additional, NumberFormat, Object, Origin, Property, Shape, StringFormat, Type, TypeId,
    UnknownFormat,
};
use crate::diagnostic::Diagnostic;
use crate::document::{CONTENT_MEDIA_TYPE, PREFIX_ITEMS, UNMATCHED};
use crate::location::Trail;

impl Lowering<'_> {
    /// Reads what references still wait for, merges `allOf`, and returns all schemas.
    pub(super) fn types(&mut self) -> Vec<Type> {
        self.components();
        while let Some((id, at)) = self.pending.pop_front() {
            self.read_referenced(id, &at);
        }
        self.inherit_discriminators();
        self.merge_all_of();
        self.inherit_null();
        self.break_alias_cycles();
        self.break_union_cycles();
        self.unite_enumerations();
        self.check_defaults();
        std::mem::take(&mut self.types)
    }

    pub(super) fn fill(&mut self, id: TypeId, schema: &Schema, at: &Trail<'_>) {
        self.facts(id, &schema.schema_data);
        self.name_values(id, &schema.schema_data, at);
        let discriminator = schema.schema_data.discriminator.as_ref();
        if let Some(discriminator) = discriminator.filter(|_| !is_of_one(schema)) {
            let location = self.location(&at.key("discriminator"));
            self.discriminators
                .insert(id, (discriminator.clone(), location));
        }
        let items = schema.schema_data.extensions.get(PREFIX_ITEMS);
        if let Some(shape) = items.and_then(|items| self.tuple(id, items, at)) {
            self.types[id.0].shape = shape;
            return;
        }
        let shape = match &schema.schema_kind {
            SchemaKind::Type(typed) => self.typed(id, typed, at),
            SchemaKind::AllOf { all_of } => Shape::AllOf(self.all_of(id, all_of, at)),
            SchemaKind::OneOf { one_of } => {
                self.union(id, one_of, &schema.schema_data, "oneOf", at)
            }
            SchemaKind::AnyOf { any_of } => {
                self.union(id, any_of, &schema.schema_data, "anyOf", at)
            }
            SchemaKind::Not { .. } => Shape::Any,
            SchemaKind::Any(any) => self.mixed(id, any, &schema.schema_data, at),
        };
        self.types[id.0].shape = shape;
    }

    fn facts(&mut self, id: TypeId, data: &SchemaData) {
        let sensitive = data.extensions.get("x-sensitive") == Some(&Value::Bool(true));
        let media_type = data.extensions.get(CONTENT_MEDIA_TYPE);
        let ty = &mut self.types[id.0];
        ty.media_type = media_type.and_then(|name| Some(name.as_str()?.to_lowercase()));
        ty.docs = facts::docs(data);
        ty.nullable |= data.nullable;
        ty.deprecated = data.deprecated;
        ty.sensitive = sensitive;
        ty.read_only = data.read_only;
        ty.write_only = data.write_only;
        ty.default = data.default.clone();
        ty.example = data.example.clone();
    }

    fn typed(&mut self, id: TypeId, typed: &Typed, at: &Trail<'_>) -> Shape {
        self.types[id.0].limits = facts::limits_of(typed).into();
        match typed {
            Typed::Boolean(_) => Shape::Boolean,
            Typed::String(string) if string.enumeration.is_empty() => {
                self.string(&facts::format_name(&string.format), at)
            }
            Typed::String(string) => {
                if string.enumeration.contains(&None) {
                    self.types[id.0].nullable = true;
                }
                let listed = string.enumeration.iter().map(Option::as_deref);
                self.enumeration(id, listed, at)
            }
            Typed::Number(number) => self.number(&facts::format_name(&number.format), at),
            Typed::Integer(integer) => self.integer(&facts::format_name(&integer.format), at),
            Typed::Array(array) => self.array(id, array.items.as_ref(), at),
            Typed::Object(object) => self.object(
                id,
                &object.properties,
                &object.required,
                object.additional_properties.as_ref(),
                at,
            ),
        }
    }

    fn string(&mut self, format: &str, at: &Trail<'_>) -> Shape {
        self.note_format(format, at);
        Shape::String(facts::string_format(format))
    }

    fn number(&mut self, format: &str, at: &Trail<'_>) -> Shape {
        match facts::integer_of(format) {
            Some(_) => self.integer(format, at),
            None => {
                self.note_format(format, at);
                Shape::Number(facts::number_format(format))
            }
        }
    }

    /// The types of the document hold no bound beyond 64 bits, so that they are read as they are
    /// written.
    fn integer(&mut self, format: &str, at: &Trail<'_>) -> Shape {
        self.note_format(format, at);
        let schema = self.document.lookup(&at.text());
        let bound = |limit, exclusive, step| {
            let schema = schema?;
            let exclusive = schema.get(exclusive).and_then(|value| value.as_bool());
            match schema.get(limit)? {
                serde_yaml::Value::Number(number) => {
                    facts::Bound::new(number, exclusive.unwrap_or_default(), step)
                }
                _ => None,
            }
        };
        let listed = schema.and_then(|schema| schema.get("enum")?.as_sequence());
        let listed = listed
            .into_iter()
            .flatten()
            .filter_map(|value| match value {
                serde_yaml::Value::Number(number) => facts::Bound::new(number, false, 0),
                _ => None,
            });
        let bounds = facts::Bounds {
            listed: listed.collect(),
            minimum: bound("minimum", "exclusiveMinimum", 1),
            maximum: bound("maximum", "exclusiveMaximum", -1),
        };
        match facts::integer_format(format, &bounds) {
            Some(format) => Shape::Integer(format),
            None => Shape::Number(NumberFormat::Double),
        }
    }

    /// A format that nobody knows says nothing to Rust, unless the policy does.
    fn note_format(&mut self, format: &str, at: &Trail<'_>) {
        if !facts::is_known_format(format) {
            if let Some(known) = self.unknown_formats.get_mut(format) {
                known.count += 1;
                return;
            }
            let unknown = UnknownFormat {
                name: format.to_owned(),
                count: 1,
                location: self.location(&at.key("format")),
            };
            self.unknown_formats.insert(format.to_owned(), unknown);
        }
    }

    /// A list of that many items, which `document/upgrade.rs` found to be one.
    fn tuple(&mut self, id: TypeId, items: &Value, at: &Trail<'_>) -> Option<Shape> {
        let list = at.key(PREFIX_ITEMS);
        let items = items.as_array()?.iter().enumerate();
        let items = items.map(|(index, item)| {
            let schema = ReferenceOr::<Schema>::deserialize(item).ok()?;
            Some(self.schema(&schema, &list.index(index), Origin::Items { of: id }))
        });
        Some(Shape::Tuple(items.collect::<Option<Vec<_>>>()?))
    }

    fn array(
        &mut self,
        id: TypeId,
        items: Option<&ReferenceOr<Box<Schema>>>,
        at: &Trail<'_>,
    ) -> Shape {
        let origin = Origin::Items { of: id };
        Shape::Array(match items {
            Some(items) => self.boxed(items, &at.key("items"), origin),
            // Nothing says what they are, so that nothing but the list can be shown.
            None => self.allocate(origin, self.location(at)),
        })
    }

    fn object(
        &mut self,
        id: TypeId,
        properties: &indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &[String],
        additional: Option<&AdditionalProperties>,
        at: &Trail<'_>,
    ) -> Shape {
        let additional = self.additional(id, additional, at);
        if properties.is_empty() && required.is_empty() {
            match additional {
                Additional::Of(values) if !self.is_open(at) => return Shape::Map(values),
                Additional::Of(_) => {}
                Additional::Any => {
                    return Shape::Map(self.allocate(Origin::Values { of: id }, self.location(at)));
                }
                Additional::Forbidden => {}
            }
        }
        let mut object = Object {
            additional,
            ..Object::default()
        };
        let demanded: HashSet<&String> = required.iter().collect();
        let list = at.key("properties");
        for (name, schema) in properties {
            let at = list.key(name);
            let origin = Origin::Property {
                of: id,
                name: name.clone(),
            };
            object.properties.push(Property {
                name: name.clone(),
                required: demanded.contains(name),
                ty: self.boxed(schema, &at, origin),
                location: self.location(&at),
            });
        }
        object.undeclared = undeclared(required, &object);
        Shape::Object(object)
    }

    /// Whether other values may stand beside those that the schema of further properties is about.
    fn is_open(&self, at: &Trail<'_>) -> bool {
        let unmatched = at.key(UNMATCHED).text();
        self.document.lookup(&unmatched).is_some()
    }

    fn additional(
        &mut self,
        id: TypeId,
        additional: Option<&AdditionalProperties>,
        at: &Trail<'_>,
    ) -> Additional {
        match additional {
            None | Some(AdditionalProperties::Any(true)) => Additional::Any,
            Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
            Some(AdditionalProperties::Schema(schema)) => {
                let at = at.key("additionalProperties");
                Additional::Of(self.schema(schema, &at, Origin::Values { of: id }))
            }
        }
    }

    /// A schema that the types have no kind for: several compositions at once, no `type`, or a
    /// `type` with keywords of another.
    fn mixed(&mut self, id: TypeId, any: &AnySchema, data: &SchemaData, at: &Trail<'_>) -> Shape {
        self.types[id.0].limits = facts::limits(any).into();
        let own = self.own_shape(id, any, at);
        let untyped = any.typ.is_none() && any.enumeration.is_empty();
        let mut parts = Vec::new();
        if !any.all_of.is_empty() {
            parts.extend(self.all_of(id, &any.all_of, at));
        }
        for (list, keyword) in [(&any.one_of, "oneOf"), (&any.any_of, "anyOf")] {
            if list.is_empty() {
                continue;
            }
            if list.iter().all(only_required) {
                let message =
                    format!("`{keyword}` of nothing but `required` has no effect on the crate");
                let diagnostic = Diagnostic::note(UNSUPPORTED, message);
                let at = self.location(&at.key(keyword));
                self.reporter.at_key(diagnostic, &at);
            } else {
                let listed = self.location(&at.key(keyword));
                let part = self.allocate(Origin::Part { of: id }, listed);
                self.types[part.0].shape = self.union(part, list, data, keyword, at);
                parts.push(part);
            }
        }
        if parts.is_empty() {
            self.types[id.0].untyped = untyped;
            return own;
        }
        if own != Shape::Any {
            // The members keep this schema as their origin, so that they are named after it.
            let part = self.allocate(Origin::Part { of: id }, self.location(at));
            self.types[part.0].shape = own;
            self.types[part.0].untyped = untyped;
            parts.push(part);
        }
        Shape::AllOf(parts)
    }

    /// The shape by the keywords that stand here, whatever else is composed with them.
    fn own_shape(&mut self, id: TypeId, any: &AnySchema, at: &Trail<'_>) -> Shape {
        let strings = || any.enumeration.iter().filter_map(Value::as_str);
        let nulls = any.enumeration.iter().filter(|v| v.is_null()).count();
        if nulls > 0 {
            self.types[id.0].nullable = true;
        }
        if strings().count() > 0 && strings().count() + nulls == any.enumeration.len() {
            if any.typ.as_deref().is_some_and(|name| name != "string") {
                let message = "strings are listed for a type that is no string";
                let at = self.location(at);
                self.warn(CONTRADICTION, message, "it is read as a string", &at);
            }
            let listed = any.enumeration.iter().map(Value::as_str);
            return self.enumeration(id, listed, at);
        }
        self.types[id.0].limits.set_values(facts::listed(any));
        let format = any.format.clone().unwrap_or_default();
        let composed = !(any.all_of.is_empty() && any.one_of.is_empty() && any.any_of.is_empty());
        match any.typ.as_deref().or_else(|| facts::type_of_values(any)) {
            Some("string") => self.string(&format, at),
            Some("integer") => self.integer(&format, at),
            Some("number") => self.number(&format, at),
            Some("boolean") => Shape::Boolean,
            Some("array") => self.array(id, any.items.as_ref(), at),
            None if any.items.is_some() => self.array(id, any.items.as_ref(), at),
            Some("object") if composed && is_bare(any) => Shape::Any,
            None if is_bare(any) => Shape::Any,
            Some("object") | None => self.object(
                id,
                &any.properties,
                &any.required,
                any.additional_properties.as_ref(),
                at,
            ),
            Some("null") => {
                self.types[id.0].nullable = true;
                self.types[id.0].limits.set_values(vec![Value::Null]);
                Shape::Any
            }
            Some(other) => {
                let message = format!("`{other}` is not a type");
                let help = "the value is typed as any JSON value; the types are array, boolean, \
                            integer, number, object and string";
                let at = self.location(&at.key("type"));
                self.warn(UNSUPPORTED, message, help, &at);
                Shape::Any
            }
        }
    }

    /// The strings of an `enum`, each once; null is a fact of its own.
    fn enumeration<'v>(
        &mut self,
        id: TypeId,
        values: impl Iterator<Item = Option<&'v str>>,
        at: &Trail<'_>,
    ) -> Shape {
        let at = at.key("enum");
        let mut seen = HashSet::new();
        let mut list = Vec::new();
        for (index, value) in values.enumerate() {
            if let Some(value) = value
                && seen.insert(value)
            {
                list.push(value.to_owned());
                let location = self.location(&at.index(index));
                self.types[id.0].value_locations.push(location);
            }
        }
        if list.is_empty() {
            // Null alone, or nothing, is listed.
            return Shape::String(StringFormat::Plain);
        }
        Shape::Enumeration(list)
    }
}

/// An object of nothing but `required`: it narrows a sibling and has no shape of its own.
fn only_required(schema: &ReferenceOr<Schema>) -> bool {
    match schema {
        ReferenceOr::Reference { .. } => false,
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            SchemaKind::Any(any) => {
                let composed = [&any.all_of, &any.one_of, &any.any_of];
                is_bare_but_required(any)
                    && composed.iter().all(|list| list.is_empty())
                    && any.items.is_none()
                    && any.enumeration.is_empty()
            }
            SchemaKind::Type(Typed::Object(object)) => {
                object.properties.is_empty() && !object.required.is_empty()
            }
            SchemaKind::Not { .. } => true,
            _ => false,
        },
    }
}

/// Whether an object schema says nothing of its properties.
fn is_bare(any: &AnySchema) -> bool {
    is_bare_but_required(any) && any.required.is_empty()
}

fn is_bare_but_required(any: &AnySchema) -> bool {
    any.properties.is_empty() && any.additional_properties.is_none()
}

fn undeclared(required: &[String], object: &Object) -> Vec<String> {
    let declared: HashSet<&String> = object.properties.iter().map(|p| &p.name).collect();
    required
        .iter()
        .filter(|name| !declared.contains(name))
        .cloned()
        .collect()
}
