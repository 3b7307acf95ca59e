//! Decimals and integers that are read from their text, at any depth of options, lists, tuples and maps.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::lenient::Lenient;
use super::written::Written;

/// A value whose numbers are exact.
pub trait Exact: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// If it is something else, or a number that can't be held as it is.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Reads a value.
///
/// # Errors
///
/// As [`Exact::read`].
pub fn deserialize<'de, D: Deserializer<'de>, T: Exact>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Writes a value.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize<S: Serializer, T: Exact>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.write(serializer)
}

impl<T: Exact> Exact for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Read<T>>::deserialize(deserializer)?;
        Ok(value.map(|read| read.0))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Write).serialize(serializer)
    }
}

impl<T: Exact> Exact for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<Read<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|read| read.0).collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Write))
    }
}

impl<T: Exact> Exact for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<String, Read<T>>::deserialize(deserializer)?;
        Ok(values
            .into_iter()
            .map(|(name, read)| (name, read.0))
            .collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Write(value))))
    }
}

macro_rules! plain {
    ($($name:ty),*) => {$(
        impl Exact for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

// What stands beside numbers in a tuple.
plain!(bool, f64, String, Value, Timestamp, Date);

impl<T: Lenient> Exact for Written<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+))*) => {$(
        impl<$($name: Exact),+> Exact for ($($name,)+) {
            fn read<'de, De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
                let values = <($(Read<$name>,)+)>::deserialize(deserializer)?;
                Ok(($(values.$index.0,)+))
            }

            fn write<Se: Serializer>(&self, serializer: Se) -> Result<Se::Ok, Se::Error> {
                ($(Write(&self.$index),)+).serialize(serializer)
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}

struct Read<T>(T);

impl<'de, T: Exact> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

pub(super) struct Write<'a, T>(pub(super) &'a T);

impl<T: Exact> Serialize for Write<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}
