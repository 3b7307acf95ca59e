//! Values that may be one of several types.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::deviations::{self, Union};
use super::exact::{self, Exact};
use super::finite;
use super::json_text::{self, Text};
use super::nested::Nested;

thread_local! {
    // Whether any value was of no known type, which is kept for the thread since serde hands nothing of the kind through.
    static UNKNOWN: Cell<bool> = const { Cell::new(false) };
}

/// What is read, and whether all types in it are known.
pub fn known<T>(read: impl FnOnce() -> T) -> (T, bool) {
    let outer = UNKNOWN.replace(false);
    let value = read();
    let unknown = UNKNOWN.replace(outer);
    (value, !unknown)
}

/// A type that a value may be: the names of its properties, and how it is read.
type Candidate<T> = (&'static [&'static str], fn(&RawVariant<'_>) -> Option<T>);

/// A value whose type is still to be found. It stays text, so that numbers keep their digits.
pub struct RawVariant<'de> {
    json: Text<'de>,
    // Where the response is read leniently.
    lenient: Option<Union>,
}

impl RawVariant<'_> {
    /// The text in the property that names the type.
    pub fn tag(&self, property: &str) -> Option<String> {
        if self.is_unknown() {
            return None;
        }
        let object: serde_json::Map<String, Value> = serde_json::from_str(&self.json).ok()?;
        let tag = match object.get(property)? {
            Value::String(tag) => tag.clone(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
            Value::Bool(value) => value.to_string(),
            Value::Number(number) => {
                // `1.0` is the same number as `1`.
                let whole = number
                    .as_f64()
                    .filter(|n| n.fract() == 0.0 && n.abs() < 1e15);
                whole.map_or_else(|| number.to_string(), |whole| format!("{whole:.0}"))
            }
        };
        if let Some(union) = &self.lenient {
            union.has_tag(property, &tag);
        }
        Some(tag)
    }

    /// The value as the type that the property names.
    ///
    /// # Errors
    ///
    /// If it isn't one; the error says where and why, names the property, and shows nothing of the
    /// value.
    pub fn read<T: DeserializeOwned, E: serde::de::Error>(&self, property: &str) -> Result<T, E> {
        let end = format!(", in the type that `{property}` names");
        if let Some(union) = &self.lenient {
            return union.read(&end).map_err(E::custom);
        }
        serde_json::from_str(&self.json).map_err(|error| {
            let nested = Nested::find::<T>(&self.json, &error);
            E::custom(nested.with(&end))
        })
    }

    /// The value as a type that it may be.
    pub fn try_read<T: DeserializeOwned>(&self) -> Option<T> {
        self.tried(|json| serde_json::from_str(json))
    }

    /// The value as a type whose texts are listed, if it is one of these: others may be of another type.
    pub fn try_read_listed<T: DeserializeOwned>(&self, listed: &[&str]) -> Option<T> {
        let text: String = serde_json::from_str(&self.json).ok()?;
        listed.contains(&text.as_str()).then(|| self.try_read())?
    }

    /// The value as the first type that it can be read as, each given with the names of its properties: first those
    /// that know most of the value's members, and as they are given where that is equal.
    pub fn best<T>(&self, types: &[Candidate<T>]) -> Option<T> {
        let members: BTreeMap<String, IgnoredAny> =
            serde_json::from_str(&self.json).unwrap_or_default();
        let count = |names: &[&str]| {
            let names = names.iter();
            names.filter(|name| members.contains_key(**name)).count()
        };
        let mut ranked: Vec<_> = types.iter().collect();
        ranked.sort_by_key(|(names, _)| Reverse(count(names)));
        ranked.into_iter().find_map(|(_, read)| read(self))
    }

    /// The same of a type whose numbers are exact.
    pub fn try_read_exact<T: Exact>(&self) -> Option<T> {
        self.tried(|json| exact::deserialize(&mut serde_json::Deserializer::from_str(json)))
    }

    /// The value as it is.
    pub fn into_unknown(self) -> UnknownVariant {
        UNKNOWN.set(true);
        UnknownVariant(serde_json::from_str(&self.json).unwrap_or(Value::Null))
    }

    /// A trial is strict also where the response is read leniently: nearly everything would be
    /// readable as the first type.
    fn tried<T>(&self, read: impl FnOnce(&str) -> serde_json::Result<T>) -> Option<T> {
        if self.is_unknown() {
            return None;
        }
        deviations::suspended(|| read(&self.json)).ok()
    }

    fn is_unknown(&self) -> bool {
        self.lenient.as_ref().is_some_and(Union::is_unknown)
    }
}

impl<'de> Deserialize<'de> for RawVariant<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = json_text::read(deserializer)?;
        let lenient = Union::last_read(&json);
        Ok(Self { json, lenient })
    }
}

/// Writes a value with the property that names its type, which whoever reads a union needs, also where the type itself can do
/// without it.
///
/// # Errors
///
/// If the value cannot be written.
pub fn write_tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tag: &str,
    to: S,
) -> Result<S::Ok, S::Error> {
    let json = finite::to_string(value).map_err(S::Error::custom)?;
    let members: Option<BTreeMap<String, IgnoredAny>> = serde_json::from_str(&json).ok();
    let untagged = members.filter(|members| !members.contains_key(property));
    let Some(members) = untagged else {
        return value.serialize(to);
    };
    let rest = json.trim_start().trim_start_matches('{');
    let comma = if members.is_empty() { "" } else { "," };
    let (property, tag) = (Value::from(property), Value::from(tag));
    let tagged = RawValue::from_string(format!("{{{property}:{tag}{comma}{rest}"));
    tagged.map_err(S::Error::custom)?.serialize(to)
}

/// A value of a type that this version of the SDK doesn't know. It is written back as it came;
/// `Debug` shows nothing of it, since it may be personal.
#[derive(Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct UnknownVariant(pub Value);

impl<'de> Deserialize<'de> for UnknownVariant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer)
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UnknownVariant(_)")
    }
}
