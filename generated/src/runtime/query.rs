//! The query of a request: values to encoded pairs, in each of OpenAPI's styles.

use percent_encoding::percent_decode_str;

use super::encode;
use super::form::{self, Items, Tree};

/// How the values of a list are written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// `a=1&a=2`
    Exploded,
    /// `a=1,2`
    Comma,
    /// `a=1 2`
    Space,
    /// `a=1|2`
    Pipe,
    /// `a[]=1&a[]=2`
    Brackets,
}

/// How the members of an object are written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectStyle {
    /// `a[b]=1&a[c]=2`
    DeepObject,
    /// `b=1&c=2`
    Exploded,
    /// `a=b,1,c,2`
    Comma,
    /// `a=b 1 c 2`
    Space,
    /// `a=b|1|c|2`
    Pipe,
}

/// The pairs of a query, in the order in which they are sent.
#[derive(Clone, Default)]
pub(super) struct Query {
    pairs: Vec<Pair>,
}

#[derive(Clone)]
struct Pair {
    // The parameter the pair belongs to, which is not always the name on the wire.
    parameter: String,
    encoded: String,
}

impl Query {
    /// The names of the parameters, for `Debug`.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|pair| pair.parameter.as_str())
    }

    /// What is sent under a name, which may be that of a member of an object.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let begins = format!("{}=", encode::component(name));
        let mut pairs = self.pairs.iter();
        let value = pairs.find_map(|pair| pair.encoded.strip_prefix(&begins))?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// Replaces what is sent under a name.
    pub(super) fn replace(&mut self, name: &str, value: &str) {
        let begins = format!("{}=", encode::component(name));
        self.pairs.retain(|pair| !pair.encoded.starts_with(&begins));
        self.append(name, value);
    }

    /// Appends a pair.
    pub(super) fn append(&mut self, name: &str, value: &str) {
        self.push(name, name, encode::component(value));
    }

    /// Replaces the pairs of a parameter by one.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.append(name, value);
    }

    /// Replaces the pairs of a parameter by a list; an empty list sends nothing.
    pub(super) fn set_list(&mut self, name: &str, style: ListStyle, values: &[String]) {
        self.remove(name);
        let encoded = values.iter().map(|value| encode::component(value));
        match style {
            ListStyle::Exploded => encoded.for_each(|value| self.push(name, name, value)),
            ListStyle::Brackets => {
                encoded.for_each(|value| self.push(name, &format!("{name}[]"), value));
            }
            ListStyle::Comma => self.push_joined(name, encoded, ","),
            ListStyle::Space => self.push_joined(name, encoded, "%20"),
            ListStyle::Pipe => self.push_joined(name, encoded, "%7C"),
        }
    }

    /// Replaces the pairs of a parameter by the members of an object; null members are left out.
    pub(super) fn set_object(&mut self, name: &str, style: ObjectStyle, value: &Tree) {
        self.remove(name);
        // What turns out to be no object has no names of members, and is written under its own.
        let is_object = matches!(value, Tree::Object(_));
        let base = if is_object { "" } else { name };
        match style {
            ObjectStyle::DeepObject => {
                self.push_all(name, form::pairs(name, value, Items::Bracketed));
            }
            ObjectStyle::Exploded => {
                self.push_all(name, form::pairs(base, value, Items::Repeated));
            }
            ObjectStyle::Comma | ObjectStyle::Space | ObjectStyle::Pipe => {
                let flat = form::pairs(base, value, Items::Repeated);
                let names = flat.iter().flat_map(|(key, value)| [key, value]);
                let parts = names.skip(usize::from(!is_object));
                let parts = parts.step_by(if is_object { 1 } else { 2 });
                let separator = match style {
                    ObjectStyle::Space => "%20",
                    ObjectStyle::Pipe => "%7C",
                    _ => ",",
                };
                self.push_joined(name, parts.map(|part| encode::component(part)), separator);
            }
        }
    }

    /// Replaces the pairs of a parameter by others, whose values are encoded already.
    pub(super) fn set_pairs(&mut self, name: &str, pairs: Vec<(String, String)>) {
        self.remove(name);
        for (key, value) in pairs {
            self.push(name, &key, value);
        }
    }

    /// The whole query, or `None` if it is empty.
    pub(super) fn encoded(&self, inline: Option<&str>) -> Option<String> {
        if self.pairs.is_empty() {
            return inline.map(str::to_owned);
        }
        let pairs = self.pairs.iter().map(|pair| pair.encoded.as_str());
        let all: Vec<&str> = inline.into_iter().chain(pairs).collect();
        Some(all.join("&"))
    }

    /// The same with those of the defaults that it does not have.
    pub(super) fn with_defaults(&self, inline: Option<&str>, defaults: &Self) -> Option<String> {
        let own = self.encoded(inline);
        if defaults.pairs.is_empty() {
            return own;
        }
        let own = own.unwrap_or_default();
        let name = |encoded: &str| encoded.split('=').next().unwrap_or_default().to_owned();
        let names: Vec<String> = own.split('&').map(name).collect();
        let missing = defaults.pairs.iter().map(|pair| pair.encoded.as_str());
        let missing = missing.filter(|encoded| !names.contains(&name(encoded)));
        let own = Some(own.as_str()).filter(|own| !own.is_empty());
        let all: Vec<&str> = own.into_iter().chain(missing).collect();
        Some(all.join("&"))
    }

    fn remove(&mut self, name: &str) {
        self.pairs.retain(|pair| pair.parameter != name);
    }

    fn push_all(&mut self, parameter: &str, pairs: Vec<(String, String)>) {
        for (name, value) in pairs {
            self.push(parameter, &name, encode::component(&value));
        }
    }

    fn push_joined(&mut self, name: &str, values: impl Iterator<Item = String>, separator: &str) {
        let values: Vec<String> = values.collect();
        if !values.is_empty() {
            self.push(name, name, values.join(separator));
        }
    }

    fn push(&mut self, parameter: &str, name: &str, encoded_value: String) {
        self.pairs.push(Pair {
            parameter: parameter.to_owned(),
            encoded: format!("{}={encoded_value}", encode::component(name)),
        });
    }
}
