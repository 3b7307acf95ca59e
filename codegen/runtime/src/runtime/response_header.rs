//! Headers of responses that the API's description has a type of.

use std::fmt;
use std::marker::PhantomData;

use reqwest::header::HeaderMap;
use rust_decimal::Decimal;

use super::lenient::Lenient;
use super::written::Written;

/// The name of a response's header, and what its value is.
///
/// `read_header` of a response and of an error takes it.
pub struct Header<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// The header of this name, in lower case.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            ty: PhantomData,
        }
    }

    /// The name, in lower case.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Header").field(&self.name).finish()
    }
}

/// What the value of a header can be.
pub trait FromHeader: Sized {
    /// What it is called where a value is none.
    const EXPECTED: &'static str;

    /// The value, if the text is one.
    fn from_header(text: &str) -> Option<Self>;
}

/// The value of the header, if the response has it; or why it can't be read, without the value.
pub(super) fn read<T: FromHeader>(
    headers: &HeaderMap,
    header: Header<T>,
) -> Result<Option<T>, String> {
    let values = headers.get_all(header.name).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let texts: Vec<_> = texts.collect();
    if texts.is_empty() {
        return Ok(None);
    }
    // Lines of one header are one list (RFC 9110, section 5.3).
    let value = T::from_header(texts.join(", ").trim());
    let reason = || format!("the header isn't {}", T::EXPECTED);
    value.map(Some).ok_or_else(reason)
}

impl FromHeader for String {
    const EXPECTED: &'static str = "a string";

    fn from_header(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromHeader for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_header(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

macro_rules! numbers {
    ($($ty:ty: $expected:literal),* $(,)?) => {
        $(impl FromHeader for $ty {
            const EXPECTED: &'static str = $expected;

            fn from_header(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        })*
    };
}

numbers! {
    i32: "an integer",
    i64: "an integer",
    i128: "an integer",
    u32: "an integer",
    u64: "an integer",
    u128: "an integer",
    f64: "a number",
    Decimal: "a decimal",
}

impl<T: Lenient> FromHeader for Written<T> {
    const EXPECTED: &'static str = "a string";

    fn from_header(text: &str) -> Option<Self> {
        Some(Self::from_text(text))
    }
}

/// Items are separated by commas (style `simple`).
impl<T: FromHeader> FromHeader for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn from_header(text: &str) -> Option<Self> {
        let items = text.split(',').map(str::trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(T::from_header).collect()
    }
}
