//! References where none belongs: what they name is put in their place.

use serde_yaml::Value;

use super::failure::Failure;
use super::values::{extent, misplaced_reference};
use super::{Bundler, Place};
use crate::document::keywords::Expect;
use crate::location::{Location, Trail};

impl Bundler<'_> {
    /// Puts what a reference names in its place, if there is one where none belongs, and returns where
    /// that was.
    pub(super) fn inline(
        &mut self,
        value: &mut Value,
        expect: &Expect,
        at: &Trail<'_>,
    ) -> Option<Place> {
        let text = misplaced_reference(value, expect)?.to_owned();
        let origin = self.origin(at);
        let file = origin.0;
        if file == 0 && text.starts_with('#') {
            return None;
        }
        let found = self.files.target(&text, &origin);
        let found = found.and_then(|target| self.files.end(target, &text));
        let (from, copy) = match found.and_then(|from| self.copy(from, &text, at)) {
            Ok(found) => found,
            Err(failure) => {
                let now = self.fail(failure, &text, file);
                value["$ref"] = now.into();
                return None;
            }
        };
        let beside = std::mem::replace(value, copy);
        let here = self.origins.location(&at.text());
        self.settle(from.clone(), at.text(), *expect);
        self.keep_beside(value, beside, &here, at);
        Some(from)
    }

    /// What stands beside a reference stays where what it names says nothing of it.
    fn keep_beside(&mut self, value: &mut Value, beside: Value, from: &Location, at: &Trail<'_>) {
        let (Some(object), Value::Mapping(beside)) = (value.as_mapping_mut(), beside) else {
            return;
        };
        for (key, value) in beside {
            if let Some(name) = key.as_str().filter(|name| *name != "$ref")
                && !object.contains_key(&key)
            {
                self.origins.record(at.key(name).text(), from.key(name));
                object.insert(key, value);
            }
        }
    }

    /// A copy to be put in a place, while there is room.
    fn copy(&mut self, from: Place, text: &str, at: &Trail<'_>) -> Result<(Place, Value), Failure> {
        if self.inside.contains(&from) {
            return Err(Failure::cycle(text));
        }
        let copy = self.files.copy(&from);
        let (size, depth) = extent(&copy);
        let again = self.placed.contains_key(&from);
        self.repeated += if again { size } else { 0 };
        if self.repeated > MOST_REPEATED || depth + at.text().matches('/').count() > MOST_DEPTH {
            return Err(Failure::multiplied(text));
        }
        Ok((from, copy))
    }
}

/// How many bytes of text and values are put in place of references more than once, all in all.
const MOST_REPEATED: usize = 4 << 20;
/// How deep a document is nested by what is put in place of references.
const MOST_DEPTH: usize = 120;
