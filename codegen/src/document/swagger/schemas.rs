//! Schemas, and what is like them: the types of parameters, of headers, and of items of lists.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::moves::At;
use crate::document::keywords::Kind;

impl<'v> Conversion<'v> {
    pub(super) fn schema(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if value.get("$ref").is_some_and(Value::is_string) {
            return self.referred_schema(value, at);
        }
        if !value.is_mapping() {
            return value.clone();
        }
        let mut schema = Mapping::new();
        // What the others are depends on it.
        let is_type = |(name, _): &(&str, &Value)| *name == "type";
        let (types, others): (Vec<_>, Vec<_>) =
            self.members(value, Kind::Schema).partition(is_type);
        for (name, value) in types.into_iter().chain(others) {
            self.keyword(&mut schema, name, value, at);
        }
        schema.into()
    }

    fn keyword(&mut self, schema: &mut Mapping, name: &str, value: &'v Value, at: &At<'_>) {
        let inner = at.key(name);
        let converted = match name {
            "items" if value.is_sequence() => return self.several_items(schema, value, at),
            "items" | "additionalProperties" | "not" => self.schema(value, &inner),
            "properties" => self.map(value, &inner, Self::schema),
            "allOf" | "oneOf" | "anyOf" => self.list(value, &inner, Self::schema),
            "discriminator" => self.discriminator(value, &inner),
            _ => return self.plain_keyword(schema, name, value, at),
        };
        schema.insert(name.into(), converted);
    }

    /// A list of schemas is no value of `items`: of an array they are what its items are, and without a type they are
    /// written by tools that know no `anyOf`.
    fn several_items(&mut self, schema: &mut Mapping, value: &'v Value, at: &At<'_>) {
        let list = at.key("items");
        let is_array = schema.get("type").is_some_and(|ty| ty == "array");
        let now = if is_array { list.now } else { at.now };
        let any_of = At {
            now: now.key("anyOf"),
            from: list.from,
        };
        self.moves.stands_for(&any_of.now.text(), &list.from.text());
        for index in 0..value.as_sequence().map_or(0, Vec::len) {
            self.moves.moved(&any_of.index(index));
        }
        let alternatives = self.list(value, &any_of, Self::schema);
        let alternatives = (Value::from("anyOf"), alternatives);
        let message = if is_array {
            schema.insert("items".into(), Mapping::from_iter([alternatives]).into());
            "a list of schemas as `items` is read as their `anyOf` for each item"
        } else {
            schema.extend([alternatives]);
            "a list of schemas as `items` of what is no array is read as `anyOf`"
        };
        self.findings.repaired(message, &list.from.text());
    }

    /// The type of a parameter, a header or an item. `kind` is what of the object's keywords are about it.
    pub(super) fn items(&mut self, value: &'v Value, kind: Kind, at: &At<'_>) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let mut schema = Mapping::new();
        let words = self.members(value, Kind::Items);
        for (name, value) in words.filter(|(name, _)| kind == Kind::Items || !is_annotation(name)) {
            match name {
                "collectionFormat" => {}
                "items" => {
                    let inner = at.key(name);
                    self.moves.moved(&inner);
                    let items = self.items(value, Kind::Items, &inner);
                    schema.insert(name.into(), items);
                }
                _ => self.plain_keyword(&mut schema, name, value, at),
            }
        }
        if kind == Kind::Parameter && value.get("nullable").is_some_and(Value::is_bool) {
            schema.insert("nullable".into(), value["nullable"].clone());
        }
        if !schema.contains_key("type") {
            let is_list = schema.contains_key("items");
            let ty = if is_list { "array" } else { "string" };
            let message = format!("what has no `type` is read as of type `{ty}`");
            self.findings.repaired(&message, &at.from.text());
            schema.insert("type".into(), ty.into());
        }
        schema.into()
    }

    /// A keyword without schemas in it.
    fn plain_keyword(&mut self, schema: &mut Mapping, name: &str, value: &'v Value, at: &At<'_>) {
        let stands_for = |conversion: &mut Self, key: &str| {
            let (now, from) = (at.now.key(key).text(), at.from.key(name).text());
            conversion.moves.stands_for(&now, &from);
        };
        match name {
            "x-nullable" if value.is_bool() => {
                stands_for(self, "nullable");
                schema.insert("nullable".into(), value.clone());
            }
            "x-example" => {
                stands_for(self, "example");
                schema.insert("example".into(), value.clone());
            }
            "type" if value.as_str() == Some("file") => {
                stands_for(self, "format");
                schema.insert("type".into(), "string".into());
                schema.insert("format".into(), "binary".into());
            }
            "format" if schema.contains_key("format") => {}
            _ => drop(schema.insert(name.into(), value.clone())),
        }
    }

    /// What stands beside a reference has no meaning, but that extensions of all kinds are used to say that it may be null.
    fn referred_schema(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        let reference =
            |text: &Value| Value::from(Mapping::from_iter([("$ref".into(), text.clone())]));
        let made = reference(&value["$ref"]);
        if value.get("x-nullable").and_then(Value::as_bool) != Some(true) {
            self.moves.reference(&at.now);
            return made;
        }
        let all_of = at.made("allOf");
        let from = at.from.text();
        self.moves.stands_for(&all_of.now.text(), &from);
        self.moves.stands_for(&all_of.now.index(0).text(), &from);
        self.moves.stands_for(
            &at.now.key("nullable").text(),
            &at.from.key("x-nullable").text(),
        );
        self.moves.reference(&all_of.now.index(0));
        Mapping::from_iter([
            (Value::from("allOf"), Value::from(vec![made])),
            ("nullable".into(), true.into()),
        ])
        .into()
    }

    /// The name of the property that says which of its children a value is.
    fn discriminator(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        match value {
            Value::String(_) => {
                let now = at.now.key("propertyName").text();
                self.moves.stands_for(&now, &at.from.text());
                Mapping::from_iter([(Value::from("propertyName"), value.clone())]).into()
            }
            Value::Mapping(_) => {
                let message = "`discriminator` is the name of a property in Swagger 2.0; it is read as that of OpenAPI 3.0";
                self.findings.repaired(message, &at.from.text());
                value.clone()
            }
            _ => value.clone(),
        }
    }
}

/// What is about a parameter or a header, and not about its type.
fn is_annotation(name: &str) -> bool {
    name.starts_with("x-") && name != "x-nullable"
}
