//! A union while it is read leniently: the type that it names is read so too, and if that fails, it
//! is of no known type.

use serde::de::DeserializeOwned;

use super::reader::Reader;
use super::session;
use super::tree::{Place, Treatment};
use crate::runtime::reason;

/// A value whose type is still to be found.
pub struct Union(Place);

impl Union {
    /// The union whose text was just read, if that is so leniently.
    pub fn last_read(json: &str) -> Option<Self> {
        session::with(|session| {
            let place = session.raw().filter(|place| place.text() == json);
            place.cloned().map(Self)
        })
        .flatten()
    }

    /// Whether it was found that it can't be read as the type that it names.
    pub fn is_unknown(&self) -> bool {
        self.0.treatment() == Treatment::Unknown
    }

    /// Its type is found by this property.
    pub fn has_tag(&self, property: &str, tag: &str) {
        session::with(|session| session.tagged(property, tag));
    }

    /// The value as one type.
    ///
    /// # Errors
    ///
    /// Why it isn't one, which ends so.
    pub fn read<T: DeserializeOwned>(&self, end: &str) -> Result<T, String> {
        let length = session::with(|session| session.length()).unwrap_or_default();
        T::deserialize(Reader(self.0.clone())).map_err(|error| {
            session::with(|session| {
                let mut reason = session.take_reason().unwrap_or_else(|| reason::of(&error));
                if !reason.ends_with(end) {
                    reason.push_str(end);
                }
                session.set_reason(&reason);
                if !self.is_unknown() {
                    session.gives_way(length, Treatment::Unknown);
                }
                reason
            })
            .unwrap_or_default()
        })
    }
}
