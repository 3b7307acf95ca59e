//! A document as a review reads it: every version of the specification, and nothing rejected.
//!
//! The generator reads what it can turn into Rust and rejects the rest; a review has to see each
//! keyword, also those that become no Rust at all. So it reads the plain values.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use codegen::document::resolve::local_pointer;
use codegen::location::{Location, Pointer};
use kinds::Kinds;

pub mod kinds;

pub type Object = Map<String, Value>;

/// The places of a use of schemas, past references.
pub type UseKey = BTreeSet<Location>;

/// A document and what its parts are found by.
pub struct Document<'a> {
    pub root: &'a Value,
    pub version: Version,
    /// The properties of a form are read as parameters, which they are in version 2.0.
    pub forms_are_parameters: bool,
    /// Where chains of references end, since each link of a chain asks for the rest of it.
    ends: RefCell<HashMap<Location, Location>>,
    /// What references name, as far as it was asked for.
    named: RefCell<HashMap<&'a str, Option<At<'a>>>>,
    /// What schemas may be instead of themselves, once it was asked for.
    kinds: OnceCell<Kinds<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V20,
    V30,
    V31,
}

/// `webhooks` in version 3.0.
pub const WEBHOOKS: &str = "x-webhooks";

/// A value and its place.
#[derive(Debug, Clone)]
pub struct At<'a> {
    pub value: &'a Value,
    pub location: Location,
}

impl<'a> At<'a> {
    pub fn get(&self, key: &str) -> Option<At<'a>> {
        Some(At {
            value: self.value.get(key)?,
            location: self.location.key(key),
        })
    }

    pub fn object(&self) -> Option<&'a Object> {
        self.value.as_object()
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    pub fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// The members of an object, in the order of their names, without extensions.
    pub fn members(&self) -> impl Iterator<Item = (&'a String, At<'a>)> + use<'a> {
        let base = self.location.clone();
        let object = self.object();
        object.into_iter().flatten().map(move |(key, value)| {
            let location = base.key(key);
            (key, At { value, location })
        })
    }

    pub fn items(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let base = self.location.clone();
        let list = self.value.as_array();
        list.into_iter()
            .flatten()
            .enumerate()
            .map(move |(index, value)| At {
                value,
                location: base.key(index.to_string()),
            })
    }
}

impl<'a> Document<'a> {
    pub fn new(root: &'a Value) -> Self {
        let version = match root.get("openapi") {
            Some(Value::String(text)) if text.starts_with("3.0") => Version::V30,
            None if root.get("swagger").is_some() => Version::V20,
            _ => Version::V31,
        };
        Self {
            root,
            version,
            forms_are_parameters: false,
            ends: RefCell::default(),
            named: RefCell::default(),
            kinds: OnceCell::new(),
        }
    }

    pub fn root(&self) -> At<'a> {
        At {
            value: self.root,
            location: Location::default(),
        }
    }

    /// The webhooks, which 3.0 has no word for and states by an extension.
    pub fn webhooks(&self) -> Option<At<'a>> {
        let root = self.root();
        root.get("webhooks").or_else(|| root.get(WEBHOOKS))
    }

    /// What stands at a place.
    pub fn lookup(&self, location: Location) -> Option<At<'a>> {
        Some(At {
            value: self.root.pointer(&location.pointer)?,
            location,
        })
    }

    /// The object itself, past references; one that leads nowhere is taken as it stands.
    pub fn resolved(&self, at: At<'a>) -> At<'a> {
        let mut found = self.end(at);
        let mut seen = HashSet::new();
        while let Some(target) = self.target(&found) {
            if !seen.insert(std::mem::replace(&mut found, target).location) {
                break;
            }
            found = self.end(found);
        }
        found
    }

    /// The place of the schema itself, where the reference to it says nothing more.
    fn plainly(&self, at: &At<'a>) -> Location {
        self.end(at.clone()).location
    }

    /// The end of a chain of references that say nothing more. A cycle ends where it is entered.
    pub fn end(&self, at: At<'a>) -> At<'a> {
        let plain = |object: &Object| self.version != Version::V31 || object.len() == 1;
        let mut found = at;
        let mut passed = HashSet::new();
        while let Some(target) = self.target(&found)
            && found.object().is_some_and(plain)
            && !passed.contains(&found.location)
        {
            let known = self.ends.borrow().get(&found.location).cloned();
            let next = known.and_then(|end| self.lookup(end)).unwrap_or(target);
            let known = next.location == found.location;
            passed.insert(std::mem::replace(&mut found, next).location);
            if known {
                break;
            }
        }
        if passed.len() > 1 {
            let ends = passed
                .into_iter()
                .map(|link| (link, found.location.clone()));
            self.ends.borrow_mut().extend(ends);
        }
        found
    }

    /// What distinguishes a use of schemas from others: a reference is the same as what it names. Order and
    /// repetition mean nothing, so that `allOf` of itself gives no new uses for ever.
    pub fn key(&self, places: &[At<'a>]) -> UseKey {
        places.iter().map(|at| self.plainly(at)).collect()
    }

    /// What a reference names.
    pub fn target(&self, at: &At<'a>) -> Option<At<'a>> {
        self.named(at.text("$ref")?)
    }

    /// What stands at the place that the text of a reference names.
    pub fn named(&self, reference: &'a str) -> Option<At<'a>> {
        let known = |named: &HashMap<&str, Option<At<'a>>>| named.get(reference).cloned();
        if let Some(found) = known(&self.named.borrow()) {
            return found;
        }
        let pointer = local_pointer(reference).ok();
        let found = pointer.and_then(|pointer| self.lookup(Pointer::from(pointer).into()));
        self.named.borrow_mut().insert(reference, found.clone());
        found
    }

    /// What schemas with a discriminator may be instead of themselves.
    pub fn kinds(&self) -> &Kinds<'a> {
        self.kinds.get_or_init(|| kinds::of_document(self))
    }

    /// The named objects of one kind: `schemas`, `securitySchemes`.
    pub fn components(&self, kind: &str) -> Vec<(&'a String, At<'a>)> {
        let place = match (self.version, kind) {
            (Version::V20, "schemas") => self.root().get("definitions"),
            (Version::V20, "securitySchemes") => self.root().get("securityDefinitions"),
            (Version::V20, _) => None,
            _ => self.root().get("components").and_then(|at| at.get(kind)),
        };
        place.into_iter().flat_map(|at| at.members()).collect()
    }

    /// The path of the first server URL, without its final slash.
    pub fn prefix(&self) -> String {
        let path = match self.version {
            Version::V20 => self.root.get("basePath").and_then(Value::as_str),
            _ => self
                .root
                .pointer("/servers/0/url")
                .and_then(Value::as_str)
                .map(path_of_url),
        };
        path.unwrap_or_default().trim_end_matches('/').to_owned()
    }
}

fn path_of_url(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    match (url.contains("://"), rest.find('/')) {
        (true, None) => "",
        (true, Some(at)) => &rest[at..],
        (false, _) => rest,
    }
}

/// The name at the end of a reference, or all of what is none.
pub fn last_word(name: &Value) -> Option<&str> {
    name.as_str()?.rsplit('/').next()
}
