//! Values as readers of YAML and of JSON have them, for what reads both alike.

use super::pointer;

/// A value as a reader of YAML or of JSON has it.
pub trait PlainValue: Sized {
    fn text(&self) -> Option<&str>;

    /// The value of a key, or the item of an index.
    fn child(&self, token: &str) -> Option<&Self>;

    /// What a mapping holds under keys that are texts.
    fn members(&self) -> impl Iterator<Item = (&str, &Self)>;

    /// What a list holds.
    fn items(&self) -> impl Iterator<Item = &Self>;

    /// The value at a JSON pointer.
    fn at(&self, pointer: &str) -> Option<&Self> {
        pointer::tokens(pointer).try_fold(self, |value, token| value.child(&token))
    }
}

impl PlainValue for serde_yaml::Value {
    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Mapping(map) => map.get(token),
            Self::Sequence(items) => items.get(index(token)?),
            _ => None,
        }
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = self.as_mapping().into_iter().flatten();
        members.filter_map(|(key, value)| Some((key.as_str()?, value)))
    }

    fn items(&self) -> impl Iterator<Item = &Self> {
        self.as_sequence().into_iter().flatten()
    }
}

impl PlainValue for serde_json::Value {
    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Object(map) => map.get(token),
            Self::Array(items) => items.get(index(token)?),
            _ => None,
        }
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = self.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), value))
    }

    fn items(&self) -> impl Iterator<Item = &Self> {
        self.as_array().into_iter().flatten()
    }
}

/// Digits without a leading zero (RFC 6901, section 4).
fn index(token: &str) -> Option<usize> {
    let is_index = token == "0" || !token.starts_with(['0', '+']);
    is_index.then(|| token.parse().ok())?
}
