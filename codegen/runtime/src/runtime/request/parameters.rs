//! The parameters of a call: in its path, its query and its cookies, and in a style of their own.

use std::fmt::Display;

use serde::Serialize;

use super::super::encode;
use super::super::error::InvalidArgumentError;
use super::super::finite;
use super::super::form::{self, Tree};
use super::super::optional::{OptionalItems, OptionalText, OptionalTexts};
use super::super::parameter::{Expansion, Parameter, Place};
use super::super::query::{ListStyle, ObjectStyle};
use super::Request;
use super::draft::{Draft, unserializable};

impl<T> Request<T> {
    /// Gives a placeholder of the path its value, which becomes one segment whatever it holds.
    ///
    /// An empty value and dot segments are rejected.
    pub fn path(mut self, name: &'static str, value: impl Display) -> Self {
        self.draft.path(name, &value.to_string());
        self
    }

    /// Gives each placeholder of the path its value, in their order there.
    pub fn in_path(mut self, values: &[&dyn Display]) -> Self {
        self.draft.in_path(values);
        self
    }

    /// Sets a query parameter.
    pub fn set_query<K>(mut self, name: &'static str, value: impl OptionalText<K>) -> Self {
        if let Some(value) = value.text() {
            self.draft.query.set(name, &value);
        }
        self
    }

    /// Sets a parameter that is a number, if there is one, as `set` does with its text. One that is not finite has none, and
    /// is rejected.
    pub fn number(
        mut self,
        name: &'static str,
        value: Option<f64>,
        set: impl FnOnce(Self, String) -> Self,
    ) -> Self {
        match value.map(finite::spelled) {
            Some(Some(text)) => set(self, text),
            Some(None) => {
                let reason = "it is not finite";
                self.draft.reject(InvalidArgumentError::new(name, reason));
                self
            }
            None => self,
        }
    }

    /// The same of a list of numbers.
    pub fn numbers<K>(
        mut self,
        name: &'static str,
        values: impl OptionalItems<f64, K>,
        set: impl FnOnce(Self, Vec<String>) -> Self,
    ) -> Self {
        let Some(values) = values.given() else {
            return self;
        };
        let texts: Option<Vec<String>> = values.into_iter().map(finite::spelled).collect();
        match texts {
            Some(texts) => set(self, texts),
            None => {
                let reason = "it has a number that is not finite";
                self.draft.reject(InvalidArgumentError::new(name, reason));
                self
            }
        }
    }

    /// Sets a query parameter to a list; an empty list is not sent.
    pub fn set_query_list<K>(
        mut self,
        name: &'static str,
        style: ListStyle,
        values: impl OptionalTexts<K>,
    ) -> Self {
        if let Some(values) = values.given() {
            self.draft.query.set_list(name, style, &values);
        }
        self
    }

    /// Sets a query parameter to the members of an object; null members are not sent.
    pub fn set_query_object<'a, V: Serialize + 'a>(
        mut self,
        name: &'static str,
        style: ObjectStyle,
        value: impl Into<Option<&'a V>>,
    ) -> Self {
        if let Some(tree) = value.into().map(form::tree) {
            self.draft.set_query_tree(name, style, tree);
        }
        self
    }

    /// Sets a parameter that is written in a style of its own.
    pub fn set(mut self, parameter: Parameter) -> Self {
        self.draft.set(parameter);
        self
    }

    /// Adds a query parameter to those that are already set.
    pub fn query(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.draft.query.append(&name.into(), &value.to_string());
        self
    }

    /// Adds a cookie.
    pub fn cookie<K>(mut self, name: &'static str, value: impl OptionalText<K>) -> Self {
        let cookie = value.text().map(|value| encode::cookie(name, &value));
        self.draft.cookies.extend(cookie);
        self
    }
}

impl Draft {
    pub(super) fn path(&mut self, name: &'static str, value: &str) {
        let result = self.target.set(name, value);
        self.check(result);
    }

    fn in_path(&mut self, values: &[&dyn Display]) {
        for (name, value) in self.target.names().zip(values) {
            self.path(name, &value.to_string());
        }
    }

    fn set_query_tree(
        &mut self,
        name: &'static str,
        style: ObjectStyle,
        tree: serde_json::Result<Tree>,
    ) {
        if let Some(tree) = self.serialized(name, tree) {
            self.query.set_object(name, style, &tree);
        }
    }

    fn set(&mut self, parameter: Parameter) {
        let name = parameter.name;
        let expansion = match parameter.expansion() {
            Some(expansion) => expansion,
            None => return,
        };
        match (expansion, parameter.place) {
            (Err(error), _) => self.reject(unserializable(name, error)),
            (Ok(Expansion::Text(text)), Place::Header) if !text.is_empty() => {
                self.header(name.to_owned(), &text);
            }
            (Ok(Expansion::Text(text)), Place::Path) => {
                let result = self.target.set_styled(name, text);
                self.check(result);
            }
            (Ok(Expansion::Text(_)), _) => {}
            (Ok(Expansion::Pairs(pairs)), Place::Cookie) => {
                let pairs = pairs.into_iter();
                self.cookies
                    .extend(pairs.map(|(name, value)| format!("{name}={value}")));
            }
            (Ok(Expansion::Pairs(pairs)), _) => self.query.set_pairs(name, pairs),
        }
    }
}
