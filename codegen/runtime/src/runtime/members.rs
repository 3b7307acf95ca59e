//! How a model is read: member by member, by a table of their names.
//!
//! One loop, here, reads the members of every model, and hands each to the slot of its field. What is compiled for a
//! model is its slots and no loop, which for a large API is most of the time that its crate takes to compile.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::additional::Additional;
use super::exact::Exact;
use super::extra::Extra;

/// What is read member by member.
pub trait Members: Sized {
    /// What it is called.
    const MODEL: &'static str;
    /// The names of the members that have a field.
    const NAMES: &'static [&'static str];

    /// Reads the members.
    ///
    /// # Errors
    ///
    /// If one of them is something else, or missing.
    fn read<'de, A: MapAccess<'de>>(from: A) -> Result<Self, A::Error>;
}

impl<T: Members> Members for Box<T> {
    const MODEL: &'static str = T::MODEL;
    const NAMES: &'static [&'static str] = T::NAMES;

    fn read<'de, A: MapAccess<'de>>(from: A) -> Result<Self, A::Error> {
        T::read(from).map(Box::new)
    }
}

/// The names of the members of the model that makes a variant of a union.
pub fn names_of<T: Members, U>(_: fn(T) -> U) -> &'static [&'static str] {
    T::NAMES
}

/// Reads a model.
///
/// # Errors
///
/// If there is something else.
pub fn read<'de, D: Deserializer<'de>, T: Members>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Model(PhantomData))
}

/// The alternate form has the names of the members.
fn expecting(formatter: &mut fmt::Formatter<'_>, model: &str, names: &[&str]) -> fmt::Result {
    write!(formatter, "struct {model}")?;
    if formatter.alternate() {
        write!(formatter, " of {names:?}")?;
    }
    Ok(())
}

struct Model<T>(PhantomData<T>);

impl<'de, T: Members> Visitor<'de> for Model<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        expecting(formatter, T::MODEL, T::NAMES)
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<T, A::Error> {
        T::read(from)
    }
}

/// Reads each member into its slot, and the others as they are.
///
/// # Errors
///
/// If a member is something else than its slot takes, or there twice, or missing.
pub fn read_each<'de, A: MapAccess<'de>>(
    mut from: A,
    names: &'static [&'static str],
    slots: &mut [&mut dyn Slots<'de, A>],
) -> Result<Rest, A::Error> {
    let mut rest = Map::new();
    let mut name = Name::among(names);
    let mut likely = 0;
    while from.next_key_seed(&mut name)?.is_some() {
        let index = name.index;
        if let Some(slot) = slots.get_mut(index) {
            slot.read(names[index], &mut from)?;
            likely = index + 1;
        } else {
            let other = std::mem::take(&mut name.other);
            rest.insert(other, from.next_value()?);
        }
        name.index = likely;
    }
    for (slot, name) in slots.iter().zip(names) {
        if slot.is_missing() {
            return Err(A::Error::missing_field(name));
        }
    }
    Ok(Rest(rest))
}

/// The name of a member, which is looked for where it is likely first. What was found is in here and not handed back: a result
/// that holds a text would go through memory for each member.
struct Name {
    names: &'static [&'static str],
    /// Where it is likely, and then where it is: at the end of the names, if it is none of them.
    index: usize,
    /// The name, if it is none of them.
    other: String,
}

impl Name {
    fn among(names: &'static [&'static str]) -> Self {
        Self {
            names,
            index: 0,
            other: String::new(),
        }
    }

    #[inline(never)]
    fn find(&mut self, name: &str) {
        let index = self.names.iter().position(|known| *known == name);
        self.index = index.unwrap_or(self.names.len());
        if index.is_none() {
            name.clone_into(&mut self.other);
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Name {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Name {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<(), E> {
        if self.names.get(self.index) != Some(&name) {
            self.find(name);
        }
        Ok(())
    }
}

/// Where the value of one member goes while the others are read.
pub struct Slot<T, How> {
    /// The value, or what stands for one that is missing.
    value: Option<T>,
    is_read: bool,
    how: PhantomData<How>,
}

impl<T, How> Slot<T, How> {
    fn new(value: Option<T>) -> Self {
        Self {
            value,
            is_read: false,
            how: PhantomData,
        }
    }

    /// The value, after [`read_each`].
    // A result or a pattern in place of this is a branch of each member of each model for the compiler, which of a large API
    // is a fiftieth of what it holds.
    #[inline]
    pub fn given(self) -> T {
        self.value.expect("`read_each` fails where one is missing")
    }
}

impl<T> Slot<T, Plain> {
    /// Its numbers are exact.
    pub fn exact(self) -> Slot<T, ByText> {
        Slot::new(self.value)
    }
}

impl<T, How> Slot<T, How> {
    /// It is a map, which matters to what is written only.
    pub fn entries(self) -> Self {
        self
    }
}

impl<T> Slot<T, PerhapsNull> {
    /// Its numbers are exact.
    pub fn exact(self) -> Slot<T, PerhapsNullByText> {
        Slot::new(self.value)
    }
}

/// As its type is read.
pub struct Plain;

/// By [`Exact`].
pub struct ByText;

/// As its type is read, where null is a value.
pub struct PerhapsNull;

/// By [`Exact`], where null is a value.
pub struct PerhapsNullByText;

/// Slots for members, by when these may be missing.
pub mod slot {
    use super::{PerhapsNull, Plain, Slot};

    /// Of a member that is always there.
    pub fn required<T>() -> Slot<T, Plain> {
        Slot::new(None)
    }

    /// Of one that may be null.
    pub fn nullable<T>() -> Slot<Option<T>, Plain> {
        Slot::new(Some(None))
    }

    /// Of one that may be missing.
    pub fn optional<T>() -> Slot<Option<T>, Plain> {
        Slot::new(Some(None))
    }

    /// Of one that may be missing, or null.
    pub fn optional_nullable<T>() -> Slot<Option<Option<T>>, PerhapsNull> {
        Slot::new(Some(None))
    }
}

/// A slot of any type.
pub trait Slots<'de, A: MapAccess<'de>> {
    /// Reads the value of the member.
    ///
    /// # Errors
    ///
    /// If it is something else, or was read before.
    fn read(&mut self, name: &'static str, from: &mut A) -> Result<(), A::Error>;

    /// Whether there has to be a value and is none.
    fn is_missing(&self) -> bool;
}

impl<'de, A: MapAccess<'de>, T, How: Reads<'de, T>> Slots<'de, A> for Slot<T, How> {
    fn read(&mut self, name: &'static str, from: &mut A) -> Result<(), A::Error> {
        if self.is_read {
            return Err(A::Error::duplicate_field(name));
        }
        self.is_read = true;
        self.value = Some(from.next_value_seed(By::<How, T>(PhantomData))?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        self.value.is_none()
    }
}

/// A way to read a value.
pub trait Reads<'de, T> {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If it is something else.
    fn read<D: Deserializer<'de>>(from: D) -> Result<T, D::Error>;
}

impl<'de, T: Deserialize<'de>> Reads<'de, T> for Plain {
    fn read<D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::deserialize(from)
    }
}

impl<'de, T: Exact> Reads<'de, T> for ByText {
    fn read<D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::read(from)
    }
}

impl<'de, T: Deserialize<'de>> Reads<'de, Option<T>> for PerhapsNull {
    fn read<D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        T::deserialize(from).map(Some)
    }
}

impl<'de, T: Exact> Reads<'de, Option<T>> for PerhapsNullByText {
    fn read<D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        T::read(from).map(Some)
    }
}

struct By<How, T>(PhantomData<(How, T)>);

impl<'de, T, How: Reads<'de, T>> DeserializeSeed<'de> for By<How, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<T, D::Error> {
        How::read(from)
    }
}

/// The members that no field names, as they were read.
pub struct Rest(Map<String, Value>);

impl Rest {
    /// The numbers of those that are typed are exact.
    pub fn exact(self) -> RestByText {
        RestByText(self.0)
    }
}

/// The same where numbers are exact.
pub struct RestByText(Map<String, Value>);

impl From<Rest> for Extra {
    fn from(rest: Rest) -> Self {
        Self::read(rest.0)
    }
}

impl<T: DeserializeOwned> From<Rest> for Additional<T> {
    fn from(rest: Rest) -> Self {
        Self::read(rest.0, |value| T::deserialize(value))
    }
}

impl<T: Exact> From<RestByText> for Additional<T> {
    fn from(rest: RestByText) -> Self {
        Self::read(rest.0, |value| T::read(value))
    }
}
