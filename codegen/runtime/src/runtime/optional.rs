//! What a setter is given that may be given nothing.

use std::fmt::Display;

/// What has a text, or an `Option` of it: `"a"`, a `String`, a number, `None::<&str>`.
///
/// Setters of optional parameters take it: `None` sets nothing. `Kind` says which of the two a type is, and is never
/// written.
pub trait OptionalText<Kind> {
    /// The text, if there is one.
    fn text(self) -> Option<String>;
}

/// What becomes a `T`, or an `Option` of it: `"a"`, a `String`, `None::<&str>` where `T` is a string.
///
/// Setters of optional properties take it: `None` sets nothing. `Kind` says which of the two a type is, and is never
/// written.
pub trait OptionalInto<T, Kind> {
    /// The value, if there is one.
    fn given(self) -> Option<T>;
}

/// A value that is there.
#[derive(Debug)]
pub struct Given;

/// A value that may not be there.
#[derive(Debug)]
pub struct Perhaps;

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
