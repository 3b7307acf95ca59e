//! A schema as it is meant: references followed, `allOf` flattened, every spelling of null the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::document::{At, Document, Object, Version, kinds};
use super::keywords::is_void;
use super::numbers;
use codegen::location::Location;

/// What stands at one place: mostly one schema; several, where members of `allOf` state the same
/// property.
pub type Use<'a> = Vec<At<'a>>;

/// Schemas that contain themselves can be combined by `allOf` in as many ways as there are sets of
/// them. No pair of real documents has needed a tenth of this.
pub const MOST_COMBINED: usize = 10_000;

pub fn is_combined(base: &Use<'_>, head: &Use<'_>) -> bool {
    base.len() > 1 || head.len() > 1
}

/// A flattened schema.
#[derive(Debug, Default)]
pub struct View<'a> {
    /// The first place that was asked for.
    place: Location,
    /// The objects that hold together, none of which has a reference or `allOf` of its own left.
    pub objects: Vec<At<'a>>,
    /// Where null is allowed, if it is.
    pub null: Option<Location>,
    pub unions: Vec<Union<'a>>,
    /// The members of `allOf`, as they are written.
    pub members: Vec<Member<'a>>,
    /// References that lead out of the document, or nowhere.
    pub elsewhere: Vec<At<'a>>,
    /// Where `true` or `false` stands in place of an object.
    boolean: Option<Location>,
    /// The places that were added, since members of `allOf` can lead back to where they stand.
    seen: HashSet<Location>,
    /// No value fits: the schema `false`, or not anything.
    pub never: bool,
}

/// `oneOf` or `anyOf`, without null.
#[derive(Debug, Clone)]
pub struct Union<'a> {
    pub keyword: &'static str,
    pub location: Location,
    pub branches: Vec<At<'a>>,
}

#[derive(Debug, Clone)]
pub struct Member<'a> {
    pub at: At<'a>,
    /// The schema itself, past the reference.
    pub target: At<'a>,
}

impl<'a> View<'a> {
    pub fn new(document: &Document<'a>, places: &[At<'a>]) -> Self {
        let mut view = Self {
            place: places
                .first()
                .map(|at| at.location.clone())
                .unwrap_or_default(),
            ..Self::default()
        };
        for place in places {
            view.add(document, place.clone());
        }
        view
    }

    /// Adds a schema that has to hold as well.
    pub fn add(&mut self, document: &Document<'a>, at: At<'a>) {
        // A stack instead of recursion: `allOf` can be nested as deep as the document is long.
        let mut pending = vec![at];
        while let Some(at) = pending.pop() {
            if !self.seen.insert(at.location.clone()) {
                continue;
            }
            let Some(object) = at.object() else {
                self.never |= at.value == &Value::Bool(false);
                self.boolean.get_or_insert(at.location);
                continue;
            };
            if let Some(target) = document.target(&at) {
                pending.push(document.end(target));
                // Before 3.1 what stands beside a reference means nothing.
                if document.version != Version::V31 || object.len() == 1 {
                    continue;
                }
            } else if let Some(reference) = at.get("$ref").filter(|at| at.value.is_string()) {
                self.elsewhere.push(reference);
            }
            let mut inner = Vec::new();
            for member in at.get("allOf").into_iter().flat_map(|at| at.items()) {
                let target = document.resolved(member.clone());
                inner.push(member.clone());
                self.members.push(Member { at: member, target });
            }
            pending.extend(inner.into_iter().rev());
            self.never |= at.value.get("not").is_some_and(is_everything);
            self.note_null(&at);
            for keyword in ["oneOf", "anyOf"] {
                self.note_union(document, &at, keyword);
            }
            self.objects.push(at);
        }
    }

    fn note_null(&mut self, at: &At<'a>) {
        let lists_null = |key| {
            let list = at.value.get(key).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(is_null))
        };
        let place = if at.flag("nullable") || at.flag("x-nullable") {
            "nullable"
        } else if lists_null("type") {
            "type"
        } else if lists_null("enum") {
            "enum"
        } else {
            return;
        };
        self.null.get_or_insert_with(|| at.location.key(place));
    }

    fn note_union(&mut self, document: &Document<'a>, at: &At<'a>, keyword: &'static str) {
        let Some(list) = at.get(keyword).filter(|list| list.value.is_array()) else {
            return;
        };
        // An alternative that takes nothing is none.
        let some = list
            .items()
            .filter(|branch| branch.value != &Value::Bool(false));
        let (nulls, branches): (Vec<_>, Vec<_>) =
            some.partition(|branch| is_only_null(unwrapped(document, branch.clone()).value));
        if let Some(null) = nulls.first() {
            self.null.get_or_insert_with(|| null.location.clone());
        }
        if !branches.is_empty() {
            self.unions.push(Union {
                keyword,
                location: list.location,
                branches,
            });
        }
    }

    /// Whether the only branch of a union is one itself.
    pub fn has_union_of_union(&self, document: &Document<'a>) -> bool {
        self.unions.iter().any(|union| match &union.branches[..] {
            [one] => {
                let one = unwrapped(document, one.clone());
                ["oneOf", "anyOf"].iter().any(|key| one.get(key).is_some())
            }
            _ => false,
        })
    }

    /// Puts the only branch of a union in its place.
    pub fn inline_single(&mut self, document: &Document<'a>) {
        while let Some(index) = self
            .unions
            .iter()
            .position(|union| union.branches.len() == 1)
        {
            let union = self.unions.remove(index);
            self.add(document, union.branches[0].clone());
        }
    }

    /// The place where the schema itself stands, past references; where there is none, what is there
    /// in its place.
    pub fn home(&self) -> &Location {
        let part = self.objects.first().map(|part| &part.location);
        part.or(self.boolean.as_ref()).unwrap_or(&self.place)
    }

    /// The schema with kinds that it is, past references and past what only describes it anew.
    pub fn base(&self, document: &Document<'a>) -> Option<Location> {
        for part in &self.objects {
            let location = document.resolved(part.clone()).location;
            if document.kinds().contains_key(&location) {
                return Some(location);
            }
            if kinds::says_more(part) {
                break;
            }
        }
        None
    }

    /// The keyword, where it is first stated.
    pub fn get(&self, keyword: &str) -> Option<At<'a>> {
        self.objects.iter().find_map(|part| part.get(keyword))
    }

    pub fn all<'s>(&'s self, keyword: &'s str) -> impl Iterator<Item = At<'a>> + 's {
        self.objects
            .iter()
            .filter_map(move |part| part.get(keyword))
    }

    /// The schemas of a keyword, which hold together.
    pub fn member(&self, keyword: &str) -> Option<Use<'a>> {
        let found: Use<'a> = self.all(keyword).collect();
        (!found.is_empty()).then_some(found)
    }

    pub fn flag(&self, keyword: &str) -> Option<At<'a>> {
        self.all(keyword).find(|at| at.value == &Value::Bool(true))
    }

    /// The types without null, and where they are stated; none, if any type will do.
    pub fn types(&self, document: &Document<'a>) -> Option<(BTreeSet<String>, Location)> {
        let mut found = self.stated_types();
        if found.is_none()
            && let [union, ..] = self.unions.as_slice()
        {
            found = pure_types(document, union).map(|types| (types, union.location.clone()));
        }
        self.without_null(found)
    }

    /// The types, what alternatives say of them left out.
    pub fn own_types(&self) -> Option<(BTreeSet<String>, Location)> {
        self.without_null(self.stated_types())
    }

    fn stated_types(&self) -> Option<(BTreeSet<String>, Location)> {
        let mut found: Option<(BTreeSet<String>, Location)> = None;
        for at in self.all("type") {
            let mut types = type_names(at.value);
            // Null is compared by itself, however it is spelled.
            if types.len() > 1 {
                types.remove("null");
            }
            found = Some(match found {
                None => (types, at.location),
                Some((before, location)) => {
                    let both: BTreeSet<String> = before.intersection(&types).cloned().collect();
                    (if both.is_empty() { before } else { both }, location)
                }
            });
        }
        found
    }

    fn without_null(
        &self,
        found: Option<(BTreeSet<String>, Location)>,
    ) -> Option<(BTreeSet<String>, Location)> {
        let (mut types, location) = match found {
            Some(found) => found,
            None => (self.implied_type()?, self.home().clone()),
        };
        if types.len() > 1 {
            types.remove("null");
        }
        // Every integer is a number.
        if types.contains("number") {
            types.remove("integer");
        }
        (!types.is_empty()).then_some((types, location))
    }

    /// What documents leave out that have properties, or that list all values.
    fn implied_type(&self) -> Option<BTreeSet<String>> {
        let has = |keyword| self.get(keyword).is_some();
        let implied = match () {
            () if has("properties") => "object",
            () if has("items") => "array",
            () => return self.types_of_values(),
        };
        Some(BTreeSet::from([implied.to_owned()]))
    }

    fn types_of_values(&self) -> Option<BTreeSet<String>> {
        let values = match self.get("const") {
            Some(only) => std::slice::from_ref(only.value),
            None => self.get("enum")?.value.as_array()?.as_slice(),
        };
        let name = |value: &Value| match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let types = values.iter().filter(|value| !value.is_null());
        Some(types.map(|value| name(value).to_owned()).collect())
    }

    pub fn properties(&self) -> BTreeMap<&'a str, Use<'a>> {
        let mut found: BTreeMap<&str, Use<'_>> = BTreeMap::new();
        for part in &self.objects {
            for (name, at) in part
                .get("properties")
                .into_iter()
                .flat_map(|at| at.members())
            {
                found.entry(name).or_default().push(at);
            }
        }
        found
    }

    /// The required names, each with its place in the list.
    pub fn required(&self) -> BTreeMap<&'a str, At<'a>> {
        let mut found = BTreeMap::new();
        for list in self.all("required") {
            for item in list.items() {
                if let Some(name) = item.value.as_str().filter(|name| !name.is_empty()) {
                    found.entry(name).or_insert(item);
                }
            }
        }
        found
    }

    /// The strictest statement of a limit.
    pub fn limit(&self, keyword: &str, upper: bool) -> Option<At<'a>> {
        let limits = self.all(keyword).filter(|at| at.value.is_number());
        limits.reduce(|a, b| {
            if numbers::order(b.value, a.value).is_lt() == upper {
                b
            } else {
                a
            }
        })
    }
}

/// The schema itself, past references and past an `allOf` that holds nothing else.
fn unwrapped<'a>(document: &Document<'a>, at: At<'a>) -> At<'a> {
    const DEEPEST: usize = 16;
    let mut found = document.resolved(at);
    for _ in 0..DEEPEST {
        let members: Vec<At<'a>> = found.get("allOf").iter().flat_map(At::items).collect();
        let only = |object: &Object| {
            let rest = |(key, value): (&String, &Value)| key == "allOf" || is_void(key, value);
            object.iter().all(rest)
        };
        match members.as_slice() {
            [member] if found.object().is_some_and(only) => {
                found = document.resolved(member.clone());
            }
            _ => break,
        }
    }
    found
}

/// `true`, or `{}` with nothing but text in it.
fn is_everything(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => object.iter().all(|(key, value)| is_void(key, value)),
        value => value == &Value::Bool(true),
    }
}

/// `true`, `{}`, or nothing but text and defaults.
pub fn is_anything(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Object(object) => object.iter().all(|(key, value)| is_void(key, value)),
        _ => true,
    }
}

fn is_null(value: &Value) -> bool {
    value.is_null() || value == "null"
}

fn is_only_null(value: &Value) -> bool {
    let only = |key: &str, null: fn(&Value) -> bool| match value.get(key) {
        Some(Value::Array(list)) => list.len() == 1 && null(&list[0]),
        Some(value) => null(value),
        None => false,
    };
    only("type", |value| value == "null")
        || only("enum", Value::is_null)
        || (value.get("const") == Some(&Value::Null))
}

/// What version 2.0 calls a file is a text in the others.
fn type_names(value: &Value) -> BTreeSet<String> {
    let name = |value: &Value| {
        let name = value.as_str()?;
        Some(if name == "file" { "string" } else { name }.to_owned())
    };
    match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    }
}

/// The types of a union whose branches say no more than a type each.
pub fn pure_types<'a>(document: &Document<'a>, union: &Union<'a>) -> Option<BTreeSet<String>> {
    let mut types = BTreeSet::new();
    for branch in &union.branches {
        let branch = unwrapped(document, branch.clone());
        let object = branch.object()?;
        let only = |(key, value): (&String, &Value)| key == "type" || is_void(key, value);
        let found = type_names(object.get("type")?);
        if !object.iter().all(only) {
            return None;
        }
        types.extend(found);
    }
    Some(types)
}
