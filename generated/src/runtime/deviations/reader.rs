//! Reads a tree as serde's types ask for it, and takes a scalar of another kind for what it means.

use std::str::FromStr;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::hint::{self, Hint};
use super::key::Key;
use super::session;
use super::tree::{Children, Kind, Place, Treatment};
use crate::runtime::path::Step;
use crate::runtime::{json_text, open_text};

/// What the name of a member begins with that no field may have; no service writes such a name.
pub const MARK: &str = "\0does not fit\0";

/// Reads one value.
pub struct Reader(pub Place);

impl Reader {
    fn mismatch(&self, hint: Hint, expected: &dyn Expected) -> Error {
        session::with(|session| session.unfit(hint));
        Error::invalid_type(self.unexpected(), expected)
    }

    fn bent(&self, hint: Hint) {
        session::with(|session| session.bent(hint, &self.0));
    }

    /// Whether it is an item of a list or an entry of a map, and no field.
    fn is_element(&self) -> bool {
        let is_element = session::with(|session| session.is_element());
        is_element.unwrap_or_default()
    }

    fn unexpected(&self) -> Unexpected<'static> {
        Unexpected::Other(match self.0.kind() {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number if self.0.text().contains(['.', 'e', 'E']) => "floating point number",
            Kind::Number => "integer",
            Kind::String => "string",
            Kind::Array => "sequence",
            Kind::Object => "map",
        })
    }

    fn integer<T: FromStr>(&self, expected: &dyn Expected) -> Result<T, Error> {
        self.number(hint::whole(&self.0), hint::integer::<T>(), expected)
    }

    fn number<T>(&self, value: Option<T>, hint: Hint, expected: &dyn Expected) -> Result<T, Error> {
        match value {
            Some(value) => {
                if self.0.kind() != Kind::Number {
                    self.bent(hint);
                }
                Ok(value)
            }
            None if self.0.kind() == Kind::Number => {
                session::with(|session| session.unfit(hint));
                Err(Error::invalid_value(self.unexpected(), expected))
            }
            None => Err(self.mismatch(hint, expected)),
        }
    }

    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut items = Items {
            items: self.0.items(),
            length: length(),
            index: 0,
        };
        let value = visitor.visit_seq(&mut items)?;
        let more = items.items.count();
        session::with(|session| session.leave(items.length));
        if more > 0 {
            return Err(Error::invalid_length(items.index + more, &"fewer items"));
        }
        Ok(value)
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self.members())
    }

    fn members(&self) -> Members {
        Members {
            members: self.0.members(),
            again: self.0.members(),
            is_model: false,
            length: length(),
            next: None,
        }
    }

    /// Null where a list or an object is asked for: one without anything in it.
    fn nothing<T>(&self, hint: Hint, error: Error, read: Result<T, Error>) -> Result<T, Error> {
        match read {
            Ok(value) => {
                self.bent(hint);
                Ok(value)
            }
            Err(_) => {
                session::with(|session| session.unfit(hint));
                Err(error)
            }
        }
    }
}

fn length() -> usize {
    session::with(|session| session.length()).unwrap_or_default()
}

macro_rules! integers {
    ($($method:ident $visit:ident $ty:ty),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = self.integer::<$ty>(&visitor)?;
            visitor.$visit(number)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Boolean => visitor.visit_bool(self.0.text() == "true"),
            Kind::String => self.deserialize_str(visitor),
            Kind::Array => self.list(visitor),
            Kind::Object => self.object(visitor),
            Kind::Number => {
                match serde_json::from_str::<serde_json::Number>(self.0.text()) {
                    Ok(number) => number.deserialize_any(visitor),
                    // No value of any type can hold it.
                    Err(_) => visitor.visit_str(self.0.text()),
                }
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.kind() == Kind::Null {
            return visitor.visit_none();
        }
        let length = length();
        let value = visitor.visit_some(self);
        if value.is_err() {
            session::with(|session| session.gives_way(length, session.absence(length)));
        }
        value
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match hint::boolean(&self.0) {
            Some(value) => {
                if self.0.kind() != Kind::Boolean {
                    self.bent(hint::BOOLEAN);
                }
                visitor.visit_bool(value)
            }
            None => Err(self.mismatch(hint::BOOLEAN, &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.scalar() {
            Some(text) => {
                if self.0.kind() != Kind::String {
                    self.bent(hint::TEXT);
                } else if self.0.is_broken() {
                    self.bent(hint::UNICODE);
                }
                visitor.visit_str(&text)
            }
            None => Err(self.mismatch(hint::TEXT, &visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    integers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_i128 visit_i128 i128,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
        deserialize_u128 visit_u128 u128,
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let hint = match self.0.kind() {
            Kind::Number => hint::FINITE,
            _ => hint::NUMBER,
        };
        let number = self.number(hint::float(&self.0), hint, &visitor)?;
        visitor.visit_f64(number)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            Kind::Array => self.list(visitor),
            Kind::Null => {
                let error = Error::invalid_type(self.unexpected(), &visitor);
                let empty = Reader(self.0.clone()).list(visitor);
                self.nothing(hint::ARRAY, error, empty)
            }
            _ => Err(self.mismatch(hint::ARRAY, &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            Kind::Object => self.object(visitor),
            Kind::Null => {
                let error = Error::invalid_type(self.unexpected(), &visitor);
                let empty = visitor.visit_map(self.members());
                self.nothing(hint::OBJECT, error, empty)
            }
            _ => Err(self.mismatch(hint::OBJECT, &visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0.kind() {
            Kind::Array => self.list(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0.scalar() {
            Some(text) => visitor.visit_enum(StrDeserializer::new(&text)),
            None if self.0.kind() == Kind::Object => {
                visitor.visit_enum(MapAccessDeserializer::new(self.members()))
            }
            None => Err(self.mismatch(hint::TEXT, &visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            _ => Err(self.mismatch(hint::NULL, &visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == open_text::NAME && self.0.scalar().is_none() && self.is_element() {
            self.bent(hint::TEXT);
            return visitor.visit_str(self.0.text());
        }
        if name != json_text::NAME {
            return visitor.visit_newtype_struct(self);
        }
        session::with(|session| session.set_raw(self.0.clone()));
        match self.0.kind() {
            Kind::Null => visitor.visit_str("null"),
            _ => visitor.visit_str(self.0.text()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf }
}

/// The items of a list.
struct Items {
    items: Children,
    length: usize,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let step = Step::Item(self.index);
        session::with(|session| session.enter(self.length, step));
        self.index += 1;
        seed.deserialize(Reader(item)).map(Some)
    }
}

/// The members of an object. Those of a model are followed by what is left out of the maps among
/// them, under their marked names.
struct Members {
    members: Children,
    again: Children,
    is_model: bool,
    length: usize,
    next: Option<Next>,
}

enum Next {
    Value(Step, Place),
    LeftOut(Place),
}

impl Members {
    /// The next that its map is not read without.
    fn member(&mut self) -> Option<(Place, Place)> {
        loop {
            let (name, value) = (self.members.next()?, self.members.next()?);
            match value.treatment() {
                Treatment::LeftOut => {}
                Treatment::Repeated => {
                    let step = Step::Member(name.string().into_owned());
                    session::with(|session| session.repeated(step));
                }
                _ => return Some((name, value)),
            }
        }
    }

    fn left_out<'de, S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        while let (true, Some(name), Some(value)) =
            (self.is_model, self.again.next(), self.again.next())
        {
            if value.treatment() == Treatment::Partly {
                self.next = Some(Next::LeftOut(value));
                let name = format!("{MARK}{}", name.string());
                return seed.deserialize(Key::of(&name, &mut false)).map(Some);
            }
        }
        Ok(None)
    }
}

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        session::with(|session| session.leave(self.length));
        let Some((name, value)) = self.member() else {
            return self.left_out(seed);
        };
        let name = name.string();
        let mut is_field = false;
        let marked = match value.treatment() {
            Treatment::Extra => format!("{MARK}{name}"),
            _ => name.to_string(),
        };
        let key = seed.deserialize(Key::of(&marked, &mut is_field))?;
        let step = if is_field {
            self.is_model = true;
            Step::Member(name.into_owned())
        } else {
            Step::Entry(name.into_owned())
        };
        self.next = Some(Next::Value(step, value));
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (step, value) = match self.next.take() {
            Some(Next::Value(step, value)) => (step, value),
            Some(Next::LeftOut(map)) => return seed.deserialize(map.left_out()),
            None => return Err(Error::custom("a value is read before its name")),
        };
        let is_entry = matches!(step, Step::Entry(_));
        session::with(|session| session.enter(self.length, step));
        let value = seed.deserialize(Reader(value));
        if value.is_err() && is_entry {
            session::with(|session| session.entry_gives_way(self.length + 1));
        }
        value
    }
}
