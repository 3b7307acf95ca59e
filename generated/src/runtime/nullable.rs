//! Properties for which null and a missing value differ, for `#[serde(deserialize_with = "…")]`.

use serde::{Deserialize, Deserializer};

/// Reads a value that is there, though it may be null.
///
/// # Errors
///
/// If it is neither null nor a `T`.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
