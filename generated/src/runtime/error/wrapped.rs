//! The body of an error in the one member `error` of an object, where the API's description has it by itself.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Deserializer, Error as _, Expected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Error;
use serde_json::value::RawValue;

/// What many services put an error in.
const MEMBER: &str = "error";

/// What is in that member, where it is all that the body has, and the type is a model without such a member; or else the body.
pub(super) fn unwrapped<T: DeserializeOwned>(body: &str) -> &str {
    let only = serde_json::from_str::<BTreeMap<&str, &RawValue>>(body).ok();
    let only = only.filter(|members| members.len() == 1);
    let inner = only.and_then(|members| members.get(MEMBER).map(|inner| inner.get()));
    let inner = inner.filter(|inner| inner.starts_with('{') && is_model_without::<T>(MEMBER));
    inner.unwrap_or(body)
}

fn is_model_without<T: DeserializeOwned>(member: &str) -> bool {
    let lacks = Cell::new(false);
    // It is read to see what it asks for.
    let _ = T::deserialize(Probe {
        member,
        lacks: &lacks,
    });
    lacks.get()
}

/// Has no value; learns which members are asked for.
struct Probe<'a> {
    member: &'a str,
    lacks: &'a Cell<bool>,
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no value"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.lacks.set(!fields.contains(&self.member));
        self.deserialize_any(visitor)
    }

    /// The models of this crate say their members so, and no other map does.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let expected = format!("{:#}", &visitor as &dyn Expected);
        let names = expected.starts_with("struct ").then_some(expected);
        let lacks = names.is_some_and(|names| !names.contains(&format!("{:?}", self.member)));
        self.lacks.set(lacks);
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct enum identifier ignored_any
    }
}
