//! References: from `#/components/...` to the object that it names.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_yaml::Value;

use super::keywords::{Kind, keywords};
use super::member::member;
use super::plain_value::PlainValue;
use super::{Document, codes};
use crate::diagnostic::Diagnostic;
use crate::location::Trail;

/// Why a reference leads nowhere.
#[derive(Debug)]
pub enum Unresolved {
    External,
    Dangling,
    Cycle,
    Mismatch(String),
}

impl Document {
    /// The object itself, and the pointer it stands at.
    pub fn resolve<'o, T: DeserializeOwned + Clone>(
        &self,
        object: &'o ReferenceOr<T>,
        at: &Trail<'_>,
    ) -> Result<(Cow<'o, T>, String), Unresolved> {
        match object {
            ReferenceOr::Item(item) => Ok((Cow::Borrowed(item), at.text())),
            ReferenceOr::Reference { reference } => {
                let (item, at) = self.follow(reference)?;
                Ok((Cow::Owned(item), at))
            }
        }
    }

    /// What the reference names, past references to references.
    pub fn follow<T: DeserializeOwned>(&self, reference: &str) -> Result<(T, String), Unresolved> {
        let (value, at) = self.target(reference)?;
        match T::deserialize(value) {
            Ok(item) => Ok((item, at)),
            Err(error) => Err(Unresolved::Mismatch(error.to_string())),
        }
    }

    /// The value that a reference names, past references to references.
    fn target(&self, reference: &str) -> Result<(&Value, String), Unresolved> {
        let mut at = local_pointer(reference)?;
        let mut seen = HashSet::new();
        loop {
            let value = self.lookup(&at).ok_or(Unresolved::Dangling)?;
            match value.get("$ref").and_then(Value::as_str) {
                None => return Ok((value, at)),
                Some(_) if seen.contains(&at) => return Err(Unresolved::Cycle),
                Some(next) => {
                    let next = local_pointer(next)?;
                    seen.insert(std::mem::replace(&mut at, next));
                }
            }
        }
    }

    /// Where references lead to that name the inside of another object, not a component; and how many objects there are.
    pub fn deep_targets(&self) -> (HashSet<String>, usize) {
        let (mut found, mut objects) = (HashSet::new(), 0);
        let mut pending = vec![&self.value];
        while let Some(value) = pending.pop() {
            match value {
                Value::Mapping(object) => {
                    objects += 1;
                    pending.extend(object.values());
                    let target = member(object, "$ref").and_then(Value::as_str);
                    let target = target.and_then(|target| local_pointer(target).ok());
                    found.extend(target.filter(|target| is_deep(target)));
                }
                Value::Sequence(list) => pending.extend(list),
                _ => {}
            }
        }
        (found, objects)
    }

    /// Whether the value at a JSON pointer says anything that a schema says, or nothing at all.
    pub fn may_be_schema(&self, at: &str) -> bool {
        let object = self.lookup(at).and_then(Value::as_mapping);
        let known = keywords(Kind::Schema);
        let is_known = |key: &Value| {
            let name = key.as_str().unwrap_or_default();
            name == "$ref" || known.iter().any(|keyword| keyword.name == name)
        };
        object.is_none_or(|object| object.is_empty() || object.keys().any(is_known))
    }

    /// The value at a JSON pointer.
    pub fn lookup(&self, at: &str) -> Option<&Value> {
        self.value.at(at)
    }
}

impl Document {
    /// What is wrong with a reference that leads nowhere.
    pub fn unresolved(&self, problem: &Unresolved, reference: &str) -> Diagnostic {
        match self.failures.get(reference) {
            Some(failure) => failure.diagnostic(),
            None => problem.diagnostic(reference),
        }
    }
}

impl Unresolved {
    fn diagnostic(&self, reference: &str) -> Diagnostic {
        match self {
            Self::External => Diagnostic::error(
                codes::EXTERNAL_REFERENCE,
                format!("`{reference}` is in another file"),
            )
            .help("name a file beside the document, or define it in the document"),
            Self::Dangling => Diagnostic::error(
                codes::DANGLING_REFERENCE,
                format!("nothing is at `{reference}`"),
            )
            .help("define it there, or correct the reference"),
            Self::Cycle => Diagnostic::error(
                codes::REFERENCE_CYCLE,
                format!("`{reference}` leads back to itself"),
            )
            .help("one of the references on the way must become an object"),
            Self::Mismatch(error) => Diagnostic::error(
                codes::INVALID,
                format!("`{reference}` names an object of another kind: {error}"),
            )
            .help("name an object of the kind that belongs here"),
        }
    }
}

fn is_deep(pointer: &str) -> bool {
    !pointer.starts_with("/components/") || pointer.matches('/').count() != 3
}

/// The JSON pointer of a reference within this document, percent-decoded (RFC 6901, section 6).
pub fn local_pointer(reference: &str) -> Result<String, Unresolved> {
    let fragment = reference.strip_prefix('#').ok_or(Unresolved::External)?;
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return Err(Unresolved::Dangling);
    }
    Ok(decoded(fragment).into_owned())
}

/// A part of a URI without its percent-encoding; what is not UTF-8 stays as it is.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let decoded = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(decoded.unwrap_or(first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(text.into(), Cow::Owned)
}
