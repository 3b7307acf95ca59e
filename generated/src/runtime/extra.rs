//! The properties of a response that the SDK doesn't know yet.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::deviations::MARK;

/// The properties that a newer version of the API sends and this SDK has no field for.
///
/// A field whose value is not what the API's description states is in here as well, if the field may
/// be missing, and so is an entry of a map, in an object under the name of the map's field. They are
/// written back with the rest of the object, unless the field has a value by then. `Debug` shows their names only, since the
/// values may be personal. Numbers are as exact as in `serde_json::Value`: those with a fraction
/// are binary.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// What was read beside the fields.
    pub(super) fn read(members: Map<String, Value>) -> Self {
        if members.keys().any(|name| name.starts_with(MARK)) {
            let unmarked =
                |name: String| name.strip_prefix(MARK).map(str::to_owned).unwrap_or(name);
            let members = members.into_iter();
            return members
                .map(|(name, value)| (unmarked(name), value))
                .collect();
        }
        Self(members)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::read)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.keys().map(|name| (name, format_args!("_")));
        formatter.debug_map().entries(names).finish()
    }
}

impl Deref for Extra {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<Map<String, Value>> for Extra {
    fn from(members: Map<String, Value>) -> Self {
        Self(members)
    }
}

impl FromIterator<(String, Value)> for Extra {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl IntoIterator for Extra {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = (&'a String, &'a Value);
    type IntoIter = serde_json::map::Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
