//! The properties of an object whose names are data, beside those that have a field.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::deviations::{MARK, suspended};

/// The properties that no field names, with values of the type that the API's description gives
/// them.
///
/// A newer version of the API may send one of another type: that is in [`rest`](Self::rest), and so
/// is the value of a field that could not be read as what the field is. All are written back with the rest of the object. `Debug` shows their names only, since the values
/// may be personal. Numbers are as exact as in `serde_json::Value`.
#[derive(Clone, PartialEq)]
pub struct Additional<T> {
    values: BTreeMap<String, T>,
    rest: Map<String, Value>,
}

impl<T> Additional<T> {
    /// The properties whose values are of another type, those with a field among them.
    pub fn rest(&self) -> &Map<String, Value> {
        &self.rest
    }
}

impl<T> Default for Additional<T> {
    fn default() -> Self {
        BTreeMap::new().into()
    }
}

impl<T> From<BTreeMap<String, T>> for Additional<T> {
    fn from(values: BTreeMap<String, T>) -> Self {
        Self {
            values,
            rest: Map::new(),
        }
    }
}

impl<T> FromIterator<(String, T)> for Additional<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(values: I) -> Self {
        BTreeMap::from_iter(values).into()
    }
}

impl<T> Deref for Additional<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &Self::Target {
        &self.values
    }
}

impl<T> DerefMut for Additional<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.values
    }
}

impl<T> fmt::Debug for Additional<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.values.keys().chain(self.rest.keys());
        let names = names.map(|name| (name, format_args!("_")));
        formatter.debug_map().entries(names).finish()
    }
}

impl<T: Serialize> Serialize for Additional<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.values.iter().map(|(name, value)| (name, Ok(value)));
        let rest = self.rest.iter().map(|(name, value)| (name, Err(value)));
        let either = |(name, value)| (name, Either(value));
        serializer.collect_map(values.chain(rest).map(either))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Additional<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Map::deserialize(deserializer)?;
        Ok(Self::read(members, |value| T::deserialize(value)))
    }
}

impl<T> Additional<T> {
    /// What was read beside the fields.
    pub(super) fn read(
        members: Map<String, Value>,
        as_stated: impl Fn(&Value) -> Result<T, serde_json::Error>,
    ) -> Self {
        let mut found = Self::default();
        for (name, value) in members {
            if let Some(field) = name.strip_prefix(MARK) {
                found.rest.insert(field.to_owned(), value);
                continue;
            }
            match suspended(|| as_stated(&value)) {
                Ok(value) => drop(found.values.insert(name, value)),
                Err(_) => drop(found.rest.insert(name, value)),
            }
        }
        found
    }
}

/// A value of the stated type, or another.
struct Either<'a, T>(Result<&'a T, &'a Value>);

impl<T: Serialize> Serialize for Either<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Ok(value) => value.serialize(serializer),
            Err(value) => value.serialize(serializer),
        }
    }
}
