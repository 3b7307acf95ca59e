//! Numbers that are sent: one that is not finite has no spelling, and is an error where `serde_json` writes null.

use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// What an error begins with that says where such a number is, and shows no value.
const NOT_FINITE: &str = "it has a number that is not finite";

/// The value as JSON.
pub(super) fn to_vec(value: &(impl Serialize + ?Sized)) -> serde_json::Result<Vec<u8>> {
    written(value, Spelling::Json)
}

/// The same as text.
pub(super) fn to_string(value: &(impl Serialize + ?Sized)) -> serde_json::Result<String> {
    String::from_utf8(to_vec(value)?).map_err(serde_json::Error::custom)
}

/// The value as JSON, whose numbers are spelled as [`spelled`] has it.
pub(super) fn to_parameter(value: &(impl Serialize + ?Sized)) -> serde_json::Result<String> {
    String::from_utf8(written(value, Spelling::Parameter)?).map_err(serde_json::Error::custom)
}

/// The value as JSON that is kept as it is.
pub(super) fn to_raw_value(value: &(impl Serialize + ?Sized)) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(to_string(value)?)
}

/// A number where a parameter has one; none of one that is not finite.
pub(super) fn spelled(number: f64) -> Option<String> {
    match whole(number) {
        Some(whole) => Some(whole.to_string()),
        None => serde_json::Number::from_f64(number).map(|number| number.to_string()),
    }
}

/// Why a value can't be sent, if that is said here: other causes may quote the value.
pub(super) fn reason(error: &serde_json::Error) -> Option<String> {
    Some(error.to_string()).filter(|said| said.starts_with(NOT_FINITE))
}

/// How a float without a fraction is spelled: `1.0` as JSON, and `1` in a parameter, which may be read as an integer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Json,
    Parameter,
}

fn whole(number: f64) -> Option<i64> {
    // All integers up to 2^53 are floats.
    let is_whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    is_whole.then_some(number as i64)
}

fn written(value: &(impl Serialize + ?Sized), spelling: Spelling) -> serde_json::Result<Vec<u8>> {
    let mut json = Vec::with_capacity(128);
    let mut to = serde_json::Serializer::new(&mut json);
    match Wrapped(value, spelling).serialize(&mut to) {
        Err(error) if error.to_string() == NOT_FINITE => Err(serde_json::Error::custom(
            match place(&String::from_utf8_lossy(&json)).as_str() {
                "" => NOT_FINITE.to_owned(),
                place => format!("{NOT_FINITE}, at `{place}`"),
            },
        )),
        result => result.map(|()| json),
    }
}

/// Where a text of JSON ends that was not written to its end, as in `a.b[0]`.
fn place(json: &str) -> String {
    let mut open: Vec<Within> = Vec::new();
    let mut rest = json.char_indices();
    while let Some((at, c)) = rest.next() {
        match (c, open.last_mut()) {
            ('{', _) => open.push(Within::Object(String::new())),
            ('[', _) => open.push(Within::List(0)),
            ('}' | ']', _) => drop(open.pop()),
            (',', Some(Within::List(index))) => *index += 1,
            ('"', within) => {
                let end = string_end(&mut rest).map_or(json.len(), |end| end + 1);
                // Of the texts of an object the last one is the name.
                if let Some(Within::Object(name)) = within {
                    *name = serde_json::from_str(&json[at..end]).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    let mut place = String::new();
    for within in open {
        match within {
            Within::List(index) => place.push_str(&format!("[{index}]")),
            Within::Object(name) if place.is_empty() => place.push_str(&name),
            Within::Object(name) => place.push_str(&format!(".{name}")),
        }
    }
    place
}

/// What is open, and how far it was written: the name of a member, the number of an item.
enum Within {
    Object(String),
    List(usize),
}

/// Where the string ends in which the characters begin.
fn string_end(chars: &mut std::str::CharIndices<'_>) -> Option<usize> {
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// A value that is written by [`Finite`].
struct Wrapped<'a, T: ?Sized>(&'a T, Spelling);

impl<T: Serialize + ?Sized> Serialize for Wrapped<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Finite(to, self.1))
    }
}

/// Whatever it is around, which gets no number that is not finite.
struct Finite<S>(S, Spelling);

macro_rules! handed_on {
    ($($method:ident($($name:ident: $ty:ty),*);)*) => {$(
        fn $method(self, $($name: $ty),*) -> Result<S::Ok, S::Error> {
            self.0.$method($($name),*)
        }
    )*};
}

macro_rules! opened {
    ($($method:ident($($name:ident: $ty:ty),*) -> $within:ident;)*) => {$(
        fn $method(self, $($name: $ty),*) -> Result<Self::$within, S::Error> {
            Ok(Finite(self.0.$method($($name),*)?, self.1))
        }
    )*};
}

impl<S: Serializer> Serializer for Finite<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Finite<S::SerializeSeq>;
    type SerializeTuple = Finite<S::SerializeTuple>;
    type SerializeTupleStruct = Finite<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Finite<S::SerializeTupleVariant>;
    type SerializeMap = Finite<S::SerializeMap>;
    type SerializeStruct = Finite<S::SerializeStruct>;
    type SerializeStructVariant = Finite<S::SerializeStructVariant>;

    handed_on! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    opened! {
        serialize_seq(length: Option<usize>) -> SerializeSeq;
        serialize_tuple(length: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeTupleVariant;
        serialize_map(length: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, length: usize) -> SerializeStruct;
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> SerializeStructVariant;
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        match (self.1, whole(f64::from(value))) {
            _ if !value.is_finite() => Err(S::Error::custom(NOT_FINITE)),
            (Spelling::Parameter, Some(whole)) => self.0.serialize_i64(whole),
            _ => self.0.serialize_f32(value),
        }
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        match (self.1, whole(value)) {
            _ if !value.is_finite() => Err(S::Error::custom(NOT_FINITE)),
            (Spelling::Parameter, Some(whole)) => self.0.serialize_i64(whole),
            _ => self.0.serialize_f64(value),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Wrapped(value, self.1))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0
            .serialize_newtype_struct(name, &Wrapped(value, self.1))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Wrapped(value, self.1);
        self.0
            .serialize_newtype_variant(name, index, variant, &value)
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.collect_str(value)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! within {
    ($($within:ident::$method:ident($($name:ident: $ty:ty)?);)*) => {$(
        impl<S: $within> $within for Finite<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: $ty,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.$method($($name,)? &Wrapped(value, self.1))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

within! {
    SerializeSeq::serialize_element();
    SerializeTuple::serialize_element();
    SerializeTupleStruct::serialize_field();
    SerializeTupleVariant::serialize_field();
    SerializeStruct::serialize_field(name: &'static str);
    SerializeStructVariant::serialize_field(name: &'static str);
}

impl<S: SerializeMap> SerializeMap for Finite<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Wrapped(value, self.1))
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), S::Error> {
        self.0.serialize_entry(key, &Wrapped(value, self.1))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
