//! Values that may be one of several types.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::exact::{self, Exact};
use super::nested::Nested;

/// A value whose type is still to be found. It stays text, so that numbers keep their digits.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct RawVariant(Box<RawValue>);

impl RawVariant {
    /// The text in the property that names the type.
    pub fn tag(&self, property: &str) -> Option<String> {
        let object: serde_json::Map<String, Value> = serde_json::from_str(self.0.get()).ok()?;
        match object.get(property)? {
            Value::String(tag) => Some(tag.clone()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        }
    }

    /// The value as the type that the property names.
    ///
    /// # Errors
    ///
    /// If it isn't one; the error says where and why, names the property, and shows nothing of the
    /// value.
    pub fn read<T: DeserializeOwned, E: serde::de::Error>(&self, property: &str) -> Result<T, E> {
        serde_json::from_str(self.0.get()).map_err(|error| {
            let nested = Nested::find::<T>(self.0.get(), &error);
            E::custom(nested.with(&format!(", in the type that `{property}` names")))
        })
    }

    /// The value as a type that it may be.
    pub fn try_read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.0.get()).ok()
    }

    /// The numbers of types that the value may be, each with the names of its properties: first those
    /// that know most of the value's members, and as they are given where that is equal.
    pub fn ranked(&self, known: &[&[&str]]) -> Vec<usize> {
        let members: BTreeMap<String, IgnoredAny> =
            serde_json::from_str(self.0.get()).unwrap_or_default();
        let count = |number: &usize| {
            let names = known[*number].iter();
            names.filter(|name| members.contains_key(**name)).count()
        };
        let mut numbers: Vec<usize> = (0..known.len()).collect();
        numbers.sort_by_key(|number| Reverse(count(number)));
        numbers
    }

    /// The same of a type whose numbers are exact.
    pub fn try_read_exact<T: Exact>(&self) -> Option<T> {
        exact::deserialize(&mut serde_json::Deserializer::from_str(self.0.get())).ok()
    }

    /// The value as it is.
    pub fn into_unknown(self) -> UnknownVariant {
        UnknownVariant(serde_json::from_str(self.0.get()).unwrap_or(Value::Null))
    }
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
            .map_err(D::Error::custom)
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UnknownVariant(_)")
    }
}
