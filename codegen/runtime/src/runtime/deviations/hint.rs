//! What a value is read as, and whether it is that, or means it.

use std::borrow::Cow;
use std::str::FromStr;

use super::session;
use super::tree::{Kind, Place};
use crate::runtime::number::Number;

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Hint {
    /// As in "expected a string".
    pub expected: &'static str,
    /// Whether a value is that, or means it.
    pub fits: fn(&Place) -> bool,
}

pub const TEXT: Hint = Hint {
    expected: "a string",
    fits: |place| place.scalar().is_some(),
};

/// What is asked for where there is a string with half a character.
pub const UNICODE: Hint = Hint {
    expected: "a string of Unicode",
    ..TEXT
};

pub const BOOLEAN: Hint = Hint {
    expected: "a boolean",
    fits: |place| boolean(place).is_some(),
};

pub const NUMBER: Hint = Hint {
    expected: "a number",
    fits: |place| float(place).is_some(),
};

/// What is asked for where there is a number that is too large for 64 bits.
pub const FINITE: Hint = Hint {
    expected: "a number of 64 bits",
    ..NUMBER
};

pub const ARRAY: Hint = Hint {
    expected: "an array",
    fits: |place| place.kind() == Kind::Array,
};

pub const OBJECT: Hint = Hint {
    expected: "an object",
    fits: |place| place.kind() == Kind::Object,
};

pub const NULL: Hint = Hint {
    expected: "null",
    fits: |place| place.kind() == Kind::Null,
};

/// An integer of one type.
pub const fn integer<T: FromStr>() -> Hint {
    Hint {
        expected: "an integer",
        fits: |place| whole::<T>(place).is_some(),
    }
}

/// A boolean, also as text or as 0 and 1.
pub fn boolean(place: &Place) -> Option<bool> {
    match place.scalar()?.trim() {
        "true" | "True" | "TRUE" | "1" => Some(true),
        "false" | "False" | "FALSE" | "0" => Some(false),
        _ => None,
    }
}

/// The text of a number, also of one that is in a string.
pub fn number(place: &Place) -> Option<Cow<'_, str>> {
    if place.kind() == Kind::Boolean {
        return None;
    }
    let text = match place.scalar()? {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    Number::parse(&text).map(|_| text)
}

/// The number, unless it is too large.
pub fn float(place: &Place) -> Option<f64> {
    let number: f64 = number(place)?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// The number as an integer of a type.
pub fn whole<T: FromStr>(place: &Place) -> Option<T> {
    let number = Number::parse(&number(place)?)?;
    number.whole()?.parse().ok()
}

/// The value that was last read as text, if that is this one, as an integer of a type.
pub fn bent_integer<T: FromStr>(json: &str) -> Option<T> {
    session::with(|session| {
        let place = session.raw().filter(|place| place.text() == json)?.clone();
        let hint = integer::<T>();
        let value = whole(&place);
        match value {
            Some(_) => session.bent(hint, &place),
            None => session.unfit(hint),
        }
        value
    })
    .flatten()
}
