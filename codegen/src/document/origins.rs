//! From a place in the rewritten document to the place in the file that says the same.

use std::borrow::Cow;
use std::collections::HashMap;

use super::pointer;

/// The places that rewriting made, each with the one in the file that it was made of.
#[derive(Debug, Default)]
pub struct Origins {
    places: HashMap<String, String>,
}

impl Origins {
    /// Notes that what is now at `at` is from `tokens` within `of`, both in the rewritten document.
    pub fn record(&mut self, at: String, of: &str, tokens: &[&str]) {
        let from = tokens
            .iter()
            .fold(self.original(of).into_owned(), |at, token| {
                pointer::join(&at, token)
            });
        self.places.insert(at, from);
    }

    /// The pointer into the file for one into the rewritten document.
    pub fn original<'p>(&self, at: &'p str) -> Cow<'p, str> {
        if self.places.is_empty() {
            return Cow::Borrowed(at);
        }
        let mut outer = Some(at);
        while let Some(prefix) = outer {
            if let Some(from) = self.places.get(prefix) {
                return Cow::Owned(format!("{from}{}", &at[prefix.len()..]));
            }
            outer = pointer::parent(prefix);
        }
        Cow::Borrowed(at)
    }

    /// Whether rewriting moved anything.
    pub fn any(&self) -> bool {
        !self.places.is_empty()
    }

    /// Replaces the pointer by the one into the file.
    pub fn restore(&self, at: &mut String) {
        if let Cow::Owned(original) = self.original(at) {
            *at = original;
        }
    }
}
