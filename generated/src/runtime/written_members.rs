//! How a model is written: member by member, by the table of their names, with what could not be read of them.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::additional::Additional;
use super::exact::{self, Exact};
use super::extra::Extra;
use super::members::{ByText, Plain};

/// Writes each member that there is.
///
/// # Errors
///
/// If the serializer fails.
pub fn write_each<S: Serializer>(
    to: S,
    names: &[&str],
    values: &[&dyn Values<S::SerializeMap>],
    rest: &impl Others,
) -> Result<S::Ok, S::Error> {
    let mut to = to.serialize_map(None)?;
    let unread = rest.unread();
    for (value, name) in values.iter().zip(names) {
        value.write(name, unread.get(*name), &mut to)?;
    }
    let is_written = |name: &str| {
        let mut fields = names.iter().zip(values);
        fields.any(|(field, value)| *field == name && value.is_given())
    };
    rest.write(&mut to, is_written)?;
    to.end()
}

/// The value of a member, if it is written.
pub struct Given<'a, T, How> {
    value: Option<&'a T>,
    how: PhantomData<How>,
}

impl<'a, T, How> Given<'a, T, How> {
    fn new(value: Option<&'a T>) -> Self {
        Self {
            value,
            how: PhantomData,
        }
    }
}

impl<'a, T> Given<'a, T, Plain> {
    /// Its numbers are exact.
    pub fn exact(self) -> Given<'a, T, ByText> {
        Given::new(self.value)
    }
}

impl<'a, T, How> Given<'a, T, How> {
    /// It is a map: what was left out of it when it was read is written with it.
    pub fn entries(self) -> Given<'a, T, Entries<How>> {
        Given::new(self.value)
    }
}

/// The values of members, by when these may be missing.
pub mod given {
    use super::{Given, Plain};

    /// Of a member that is always there.
    pub fn required<T>(value: &T) -> Given<'_, T, Plain> {
        Given::new(Some(value))
    }

    /// Of one that may be null.
    pub fn nullable<T>(value: &Option<T>) -> Given<'_, Option<T>, Plain> {
        Given::new(Some(value))
    }

    /// Of one that may be missing.
    pub fn optional<T>(value: &Option<T>) -> Given<'_, T, Plain> {
        Given::new(value.as_ref())
    }

    /// Of one that may be missing, or null.
    pub fn optional_nullable<T>(value: &Option<Option<T>>) -> Given<'_, Option<T>, Plain> {
        Given::new(value.as_ref())
    }
}

/// A value of any type.
pub trait Values<M: SerializeMap> {
    /// Writes the member, if there is a value, and what could not be read of it.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    fn write(&self, name: &str, unread: Option<&Value>, to: &mut M) -> Result<(), M::Error>;

    /// Whether there is a value.
    fn is_given(&self) -> bool;
}

impl<M: SerializeMap, T: Serialize> Values<M> for Given<'_, T, Plain> {
    fn write(&self, name: &str, _: Option<&Value>, to: &mut M) -> Result<(), M::Error> {
        match self.value {
            Some(value) => to.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    fn is_given(&self) -> bool {
        self.value.is_some()
    }
}

impl<M: SerializeMap, T: Exact> Values<M> for Given<'_, T, ByText> {
    fn write(&self, name: &str, _: Option<&Value>, to: &mut M) -> Result<(), M::Error> {
        match self.value {
            Some(value) => to.serialize_entry(name, &exact::Write(value)),
            None => Ok(()),
        }
    }

    fn is_given(&self) -> bool {
        self.value.is_some()
    }
}

impl<M: SerializeMap, T, How> Values<M> for Given<'_, T, Entries<How>>
where
    Entries<How>: Writes<T>,
{
    fn write(&self, name: &str, unread: Option<&Value>, to: &mut M) -> Result<(), M::Error> {
        match self.value {
            Some(value) => {
                let how = PhantomData::<Entries<How>>;
                to.serialize_entry(name, &Beside { value, unread, how })
            }
            None => Ok(()),
        }
    }

    fn is_given(&self) -> bool {
        self.value.is_some()
    }
}

/// A map, with the entries beside those that could not be read.
pub struct Entries<How>(PhantomData<How>);

/// A way to write a value with what could not be read of it.
pub trait Writes<T> {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    fn write<S: Serializer>(value: &T, unread: Option<&Value>, to: S) -> Result<S::Ok, S::Error>;
}

impl<T: Serialize> Writes<T> for Plain {
    fn write<S: Serializer>(value: &T, _: Option<&Value>, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}

impl<T: Exact> Writes<T> for ByText {
    fn write<S: Serializer>(value: &T, _: Option<&Value>, to: S) -> Result<S::Ok, S::Error> {
        value.write(to)
    }
}

impl<T, How: Writes<T>> Writes<BTreeMap<String, T>> for Entries<How> {
    fn write<S: Serializer>(
        value: &BTreeMap<String, T>,
        unread: Option<&Value>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let mut to = to.serialize_map(None)?;
        for (name, value) in value {
            let unread = unread.and_then(|unread| unread.get(name));
            let how = PhantomData::<How>;
            to.serialize_entry(name, &Beside { value, unread, how })?;
        }
        for (name, unread) in unread.and_then(Value::as_object).into_iter().flatten() {
            if !value.contains_key(name) {
                to.serialize_entry(name, unread)?;
            }
        }
        to.end()
    }
}

impl<T, How> Writes<Option<T>> for Entries<How>
where
    Self: Writes<T>,
{
    fn write<S: Serializer>(
        value: &Option<T>,
        unread: Option<&Value>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => <Self as Writes<T>>::write(value, unread, to),
            None => to.serialize_none(),
        }
    }
}

/// A value beside what could not be read of it.
struct Beside<'a, T, How> {
    value: &'a T,
    unread: Option<&'a Value>,
    how: PhantomData<How>,
}

impl<T, How: Writes<T>> Serialize for Beside<'_, T, How> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        How::write(self.value, self.unread, to)
    }
}

/// A field of what no other field names.
pub trait Others {
    /// What has no type, among it what could not be read of the fields.
    fn unread(&self) -> &Map<String, Value>;

    /// Writes it, but for what the fields have.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    fn write<M: SerializeMap>(
        &self,
        to: &mut M,
        is_written: impl Fn(&str) -> bool,
    ) -> Result<(), M::Error>;
}

impl Others for Extra {
    fn unread(&self) -> &Map<String, Value> {
        self
    }

    fn write<M: SerializeMap>(
        &self,
        to: &mut M,
        is_written: impl Fn(&str) -> bool,
    ) -> Result<(), M::Error> {
        let mut rest = self.iter().filter(|(name, _)| !is_written(name));
        rest.try_for_each(|(name, value)| to.serialize_entry(name, value))
    }
}

impl<T: Serialize> Others for Additional<T> {
    fn unread(&self) -> &Map<String, Value> {
        self.rest()
    }

    fn write<M: SerializeMap>(
        &self,
        to: &mut M,
        is_written: impl Fn(&str) -> bool,
    ) -> Result<(), M::Error> {
        let mut typed = self.iter().filter(|(name, _)| !is_written(name));
        typed.try_for_each(|(name, value)| to.serialize_entry(name, value))?;
        let mut rest = self.rest().iter().filter(|(name, _)| !is_written(name));
        rest.try_for_each(|(name, value)| to.serialize_entry(name, value))
    }
}
