//! What a setter is given that may be given nothing.

use std::collections::BTreeMap;
use std::fmt::Display;

/// What has a text, or an `Option` of it: `"a"`, a `String`, a number, `None::<&str>`.
///
/// Setters of optional parameters take it: `None` sets nothing. `Kind` says which of the two a type is, and is never
/// written.
pub trait OptionalText<Kind> {
    /// The text, if there is one.
    fn text(self) -> Option<String>;
}

/// A number, or an `Option` of a float: `0.7`, `1`, `None`.
///
/// Setters of optional numbers take it: `None` sets nothing.
pub trait OptionalNumber {
    /// The number, if there is one.
    fn number(self) -> Option<f64>;
}

/// What becomes a `T`, or an `Option` of it: `"a"`, a `String`, `None::<&str>` where `T` is a string.
///
/// Setters of optional properties take it: `None` sets nothing. `Kind` says which of the two a type is, and is never
/// written.
pub trait OptionalInto<T, Kind> {
    /// The value, if there is one.
    fn given(self) -> Option<T>;
}

/// A list of `T`s, or an `Option` of one: an array, an iterator, `None::<Vec<T>>`.
///
/// Setters of optional lists take it: `None` sets nothing. `Kind` says which of the two a type is, and is never written.
pub trait OptionalItems<T, Kind> {
    /// The list, if there is one.
    fn given(self) -> Option<Vec<T>>;
}

/// The same of what becomes a `T`, where one is a list of one, too: `["a"]` and `"a"` where `T` is a string or an enumeration.
pub trait OptionalList<T, Kind> {
    /// The list, if there is one.
    fn given(self) -> Option<Vec<T>>;
}

/// The same of what has a text.
pub trait OptionalTexts<Kind> {
    /// The texts, if there are some.
    fn given(self) -> Option<Vec<String>>;
}

/// Names with `T`s, in pairs or as a map, or an `Option` of them.
pub trait OptionalEntries<T, Kind> {
    /// The values by their names, if there are some.
    fn given(self) -> Option<BTreeMap<String, T>>;
}

/// The same of names with what becomes a `T`.
pub trait OptionalMap<T, Kind> {
    /// The values by their names, if there are some.
    fn given(self) -> Option<BTreeMap<String, T>>;
}

/// A value that is there.
#[derive(Debug)]
pub struct Given;

/// A value that may not be there.
#[derive(Debug)]
pub struct Perhaps;

/// A value in place of a list of values.
#[derive(Debug)]
pub struct Alone;

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl OptionalNumber for $number {
            fn number(self) -> Option<f64> {
                Some(self.into())
            }
        })+
    };
}

numbers!(f64, f32, i8, i16, i32, u8, u16, u32);

// Of no other `Option`, so that it is known what `None` is of.
impl OptionalNumber for Option<f64> {
    fn number(self) -> Option<f64> {
        self
    }
}

impl<T: Display> OptionalText<Given> for T {
    fn text(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T: Display> OptionalText<Perhaps> for Option<T> {
    fn text(self) -> Option<String> {
        self.map(|value| value.to_string())
    }
}

/// A field of a model that may be missing, or null besides.
pub trait Settable<T> {
    /// The field with a value.
    fn of(value: T) -> Self;
}

impl<T> Settable<T> for Option<T> {
    fn of(value: T) -> Self {
        Some(value)
    }
}

impl<T> Settable<T> for Option<Option<T>> {
    fn of(value: T) -> Self {
        Some(Some(value))
    }
}

/// Sets a field where there is a value.
pub fn set<F: Settable<T>, T>(field: &mut F, value: Option<T>) {
    if let Some(value) = value {
        *field = F::of(value);
    }
}

/// A value, or null: a `T`, an `Option<T>` or, where `T` is a string, a `&str` becomes one; where it is a list, an array or
/// what borrows one.
#[derive(Debug)]
pub struct Nullable<T>(pub(super) Option<T>);

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self(Some(value.to_owned()))
    }
}

impl From<&String> for Nullable<String> {
    fn from(value: &String) -> Self {
        Self(Some(value.clone()))
    }
}

impl<T: Clone> From<&[T]> for Nullable<Vec<T>> {
    fn from(value: &[T]) -> Self {
        Self(Some(value.to_vec()))
    }
}

impl<T: Clone> From<&Vec<T>> for Nullable<Vec<T>> {
    fn from(value: &Vec<T>) -> Self {
        Self(Some(value.clone()))
    }
}

impl<T: Clone, const N: usize> From<&[T; N]> for Nullable<Vec<T>> {
    fn from(value: &[T; N]) -> Self {
        Self(Some(value.to_vec()))
    }
}

impl<T, const N: usize> From<[T; N]> for Nullable<Vec<T>> {
    fn from(value: [T; N]) -> Self {
        Self(Some(value.into()))
    }
}

impl<const N: usize> From<[&str; N]> for Nullable<Vec<String>> {
    fn from(value: [&str; N]) -> Self {
        Self(Some(value.map(str::to_owned).into()))
    }
}

impl<T, V: Into<T>> OptionalInto<T, Given> for V {
    fn given(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, V: Into<T>> OptionalInto<T, Perhaps> for Option<V> {
    fn given(self) -> Option<T> {
        self.map(Into::into)
    }
}

impl<T, I: IntoIterator<Item = T>> OptionalItems<T, Given> for I {
    fn given(self) -> Option<Vec<T>> {
        Some(self.into_iter().collect())
    }
}

impl<T, I: IntoIterator<Item = T>> OptionalItems<T, Perhaps> for Option<I> {
    fn given(self) -> Option<Vec<T>> {
        self.map(|items| items.into_iter().collect())
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> OptionalList<T, Given> for I {
    fn given(self) -> Option<Vec<T>> {
        Some(self.into_iter().map(Into::into).collect())
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> OptionalList<T, Perhaps> for Option<I> {
    fn given(self) -> Option<Vec<T>> {
        self.map(|items| items.into_iter().map(Into::into).collect())
    }
}

impl<T, V: Into<T>> OptionalList<T, Alone> for V {
    fn given(self) -> Option<Vec<T>> {
        Some(vec![self.into()])
    }
}

impl<I: IntoIterator<Item: Display>> OptionalTexts<Given> for I {
    fn given(self) -> Option<Vec<String>> {
        Some(texts(self))
    }
}

impl<I: IntoIterator<Item: Display>> OptionalTexts<Perhaps> for Option<I> {
    fn given(self) -> Option<Vec<String>> {
        self.map(texts)
    }
}

impl<T: Display> OptionalTexts<Alone> for T {
    fn given(self) -> Option<Vec<String>> {
        Some(vec![self.to_string()])
    }
}

fn texts(items: impl IntoIterator<Item: Display>) -> Vec<String> {
    items.into_iter().map(|item| item.to_string()).collect()
}

impl<T, N: Into<String>, I: IntoIterator<Item = (N, T)>> OptionalEntries<T, Given> for I {
    fn given(self) -> Option<BTreeMap<String, T>> {
        Some(entries(self))
    }
}

impl<T, N: Into<String>, I: IntoIterator<Item = (N, T)>> OptionalEntries<T, Perhaps> for Option<I> {
    fn given(self) -> Option<BTreeMap<String, T>> {
        self.map(entries)
    }
}

impl<T, N: Into<String>, V: Into<T>, I: IntoIterator<Item = (N, V)>> OptionalMap<T, Given> for I {
    fn given(self) -> Option<BTreeMap<String, T>> {
        Some(entries(self))
    }
}

impl<T, N: Into<String>, V: Into<T>, I: IntoIterator<Item = (N, V)>> OptionalMap<T, Perhaps>
    for Option<I>
{
    fn given(self) -> Option<BTreeMap<String, T>> {
        self.map(entries)
    }
}

fn entries<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    let entries = entries.into_iter();
    entries
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}
