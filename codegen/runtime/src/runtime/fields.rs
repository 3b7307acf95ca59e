//! The properties of a body that are given one by one.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::body::Body;
use super::encoding::Encoding;
use super::finite;
use super::form::Members;
use super::form_body;

/// Properties by their names, each as JSON.
#[derive(Clone, Default)]
pub(super) struct Fields {
    pub(super) format: FieldFormat,
    pub(super) media_type: Option<&'static str>,
    /// Whether they are the body, though there may be none.
    pub(super) sent: bool,
    // Null was given whole, which is sent if nothing else is given.
    null: bool,
    // What was given by name, and the members of values that were given whole.
    named: Vec<Field>,
    members: Vec<Field>,
}

/// What the properties are sent as.
#[derive(Debug, Clone, Default)]
pub(super) enum FieldFormat {
    #[default]
    Json,
    Form(Vec<Encoding>),
    DeepForm,
}

impl FieldFormat {
    /// In a form a number is spelled as in a parameter.
    fn json(&self, value: &impl Serialize) -> serde_json::Result<String> {
        match self {
            Self::Json => finite::to_string(value),
            Self::Form(_) | Self::DeepForm => finite::to_parameter(value),
        }
    }
}

#[derive(Clone)]
struct Field {
    name: String,
    value: Box<RawValue>,
}

impl Fields {
    /// Puts a value in place of the one that the property has.
    pub(super) fn set(&mut self, name: &str, value: &impl Serialize) -> serde_json::Result<()> {
        self.sent = true;
        let value = RawValue::from_string(self.format.json(value)?)?;
        put(&mut self.named, name, value);
        Ok(())
    }

    /// Takes the members of an object, which give way to what is given by name.
    pub(super) fn take_members(&mut self, value: &impl Serialize) -> serde_json::Result<()> {
        self.sent = true;
        // Through the text, since `serde_json::Value` would round the digits of a decimal.
        let json = self.format.json(value)?;
        self.null = json == "null";
        if self.null {
            return Ok(());
        }
        let members: Members<'_> = serde_json::from_str(&json)?;
        for (name, value) in members.0 {
            put(&mut self.members, &name, value.to_owned());
        }
        Ok(())
    }

    /// Whether one of them is a key by which the service recognizes a repeated request.
    pub(super) fn are_keyed(&self) -> bool {
        const NAMES: [&str; 3] = ["idempotency_key", "idempotencyKey", "IdempotencyKey"];
        const EMPTY: [&str; 2] = ["null", "\"\""];
        let given = |field: &Field| {
            NAMES.contains(&field.name.as_str()) && !EMPTY.contains(&field.value.get())
        };
        let mut fields = self.named.iter().chain(&self.members);
        self.sent && fields.any(given)
    }

    /// Whether the caller gave any.
    pub(super) fn are_given(&self) -> bool {
        self.null || !self.named.is_empty() || !self.members.is_empty()
    }

    pub(super) fn into_body(mut self) -> serde_json::Result<Body> {
        let named = std::mem::take(&mut self.named);
        for field in named {
            put(&mut self.members, &field.name, field.value);
        }
        let object = Object(&self.members);
        let body = match &self.format {
            FieldFormat::Json if self.null && self.members.is_empty() => Body::json(&())?,
            FieldFormat::Json => Body::json(&object)?,
            FieldFormat::Form(encodings) => Body::form(form_body::encoded(&object, encodings)?),
            FieldFormat::DeepForm => Body::form(form_body::deep(&object)?),
        };
        Ok(match self.media_type {
            Some(media_type) => body.with_media_type(media_type),
            None => body,
        })
    }
}

/// The last value of a name counts.
fn put(fields: &mut Vec<Field>, name: &str, value: Box<RawValue>) {
    match fields.iter_mut().find(|field| field.name == name) {
        Some(field) => field.value = value,
        None => fields.push(Field {
            name: name.to_owned(),
            value,
        }),
    }
}

struct Object<'a>(&'a [Field]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for field in self.0 {
            map.serialize_entry(&field.name, &field.value)?;
        }
        map.end()
    }
}
