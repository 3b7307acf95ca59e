//! Two schemas compared at one place; what lies below them is left to the caller.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, Spot, shown};
use super::rules::{self, Rule};
use super::schema::{ANNOTATIONS, Use, View, is_void, pure_types};
use super::unchanged::Untouched;
use super::{constraints, lifecycle, numbers, structure, subject, types};
use crate::{Area, Direction, Kind, Level};
use codegen::document::pointer;

/// How a schema is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Context {
    pub area: Area,
    /// The whole of a body or parameter, no part of it.
    pub root: bool,
    /// It is always there, so that its default is never used.
    pub required: bool,
    /// A number and a text that looks like it differ: JSON.
    pub strong: bool,
    /// A form parameter that repeats its name: one value is a list of one.
    pub repeats: bool,
    pub direction: Direction,
    /// Values are not seen in this direction: `readOnly` in requests, `writeOnly` in responses.
    pub unseen: bool,
}

impl Context {
    /// The levels of an edit for requests and responses, where its values are seen.
    pub fn levels(self, edit: &Edit) -> (Level, Level) {
        if self.unseen && edit.rule.kind != Kind::Mutability {
            (Level::None, Level::None)
        } else {
            edit.levels()
        }
    }
}

/// The comparison of two schemas.
pub struct Local<'a, 'd> {
    pub base_document: &'d Document<'a>,
    pub head_document: &'d Document<'a>,
    pub base: View<'a>,
    pub head: View<'a>,
    pub context: Context,
    pub edits: Vec<Edit>,
    untouched: &'d Untouched<'a>,
    /// What is to be compared as well; what is untouched is not.
    pub below: Vec<Below<'a>>,
}

/// Two schemas below others.
pub type Below<'a> = (Use<'a>, Use<'a>, Context);

/// Says whether two schemas mean the same.
pub type Same<'s, 'a> = &'s mut dyn FnMut(&Use<'a>, &Use<'a>) -> bool;

/// The keywords that have a comparison of their own.
const COMPARED: [&str; 54] = [
    "$ref",
    "type",
    "format",
    "nullable",
    "x-nullable",
    "enum",
    "const",
    "x-extensible-enum",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "minProperties",
    "maxProperties",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "discriminator",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "x-sunset",
    "x-stability-level",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$defs",
    "definitions",
];

/// Compares two schemas.
pub fn compare<'a, 'd>(
    documents: (&'d Document<'a>, &'d Document<'a>),
    untouched: &'d Untouched<'a>,
    uses: (&Use<'a>, &Use<'a>),
    context: Context,
    today: &str,
    same: Same<'_, 'a>,
) -> Local<'a, 'd> {
    let mut local = Local {
        base_document: documents.0,
        head_document: documents.1,
        base: View::new(documents.0, uses.0),
        head: View::new(documents.1, uses.1),
        context,
        edits: Vec::new(),
        untouched,
        below: Vec::new(),
    };
    if local.base.never || local.head.never {
        local.never(uses);
        return local;
    }
    local.unwrap_unions();
    types::compare(&mut local, same);
    let of_types = local.edits.len();
    constraints::compare(&mut local);
    local.properties(same);
    local.additional();
    structure::compare(&mut local, same);
    types::fold_into_exchange(&mut local, of_types);
    lifecycle::schemas(&mut local, today);
    local.mutability();
    local.texts();
    structure::fold_members(&mut local);
    local
}

impl<'a> Local<'a, '_> {
    pub fn push(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    /// A context for what lies below.
    pub fn inner(&self) -> Context {
        Context {
            root: false,
            repeats: false,
            ..self.context
        }
    }

    pub fn descend(&mut self, base: Use<'a>, head: Use<'a>) {
        if !self.untouched.schemas(&base, &head) {
            let context = self.inner();
            self.below.push((base, head, context));
        }
    }

    pub fn descend_property(&mut self, base: &Use<'a>, head: &Use<'a>) {
        if !self.untouched.schemas(base, head) {
            let mut context = self.inner();
            context.unseen |= self.unseen(self.head_document, head);
            self.below.push((base.clone(), head.clone(), context));
        }
    }

    /// Where the schema is in the head, for messages and for keywords that are not there.
    pub fn home(&self) -> String {
        match self.head.home() {
            "" => self.base.home().to_owned(),
            home => home.to_owned(),
        }
    }

    pub fn subject(&self) -> String {
        match self.head.home() {
            "" => subject::subject(self.base.home(), self.base_document),
            home => subject::subject(home, self.head_document),
        }
    }

    /// One side takes no value at all, or neither does.
    fn never(&mut self, uses: (&Use<'a>, &Use<'a>)) {
        let (Some(base), Some(head)) = (uses.0.first(), uses.1.first()) else {
            return;
        };
        // What must not be there is missed by whoever reads it.
        let whole = self.context.root || is_property(&head.pointer);
        let (rule, word) = match (self.base.never, self.head.never, whole) {
            (true, true, _) => return,
            (_, true, true) => (&rules::FORBIDDEN, "no value fits any more"),
            (_, true, false) => (&rules::TYPE_CLOSED, "no value fits any more"),
            (_, false, true) => (&rules::ALLOWED, "values fit now, and none did before"),
            (_, false, false) => (&rules::TYPE_OPENED, "values fit now, and none did before"),
        };
        let message = format!(
            "{word}: {}",
            subject::subject(&head.pointer, self.head_document)
        );
        self.push(Edit::changed(rule, message, base, head));
    }

    /// Only one side is a union of one, or of types: it means what its branches say.
    fn unwrap_unions(&mut self) {
        match (self.base.unions.len(), self.head.unions.len()) {
            (0, 1..) => self.head.inline_single(self.head_document),
            (1.., 0) => self.base.inline_single(self.base_document),
            _ => {}
        }
    }

    /// A keyword that is there or not.
    pub fn keyword(&mut self, keyword: &str, added: &'static Rule, removed: &'static Rule) -> bool {
        match (self.base.get(keyword), self.head.get(keyword)) {
            (None, Some(head)) => {
                let message = format!("`{keyword}` was added to {}", self.subject());
                self.push(Edit::added(added, message, &head));
                true
            }
            (Some(base), None) => {
                let message = format!("`{keyword}` was removed from {}", self.subject());
                self.push(Edit::removed(removed, message, &base));
                true
            }
            _ => false,
        }
    }

    /// A keyword whose values are compared as they stand.
    pub fn value(
        &mut self,
        keyword: &str,
        added: &'static Rule,
        changed: &'static Rule,
        removed: &'static Rule,
    ) {
        if self.keyword(keyword, added, removed) {
            return;
        }
        if let (Some(base), Some(head)) = (self.base.get(keyword), self.head.get(keyword))
            && !numbers::same(base.value, head.value)
        {
            let message = format!(
                "`{keyword}` of {} changed from {} to {}",
                self.subject(),
                shown(base.value),
                shown(head.value)
            );
            self.push(Edit::changed(changed, message, &base, &head));
        }
    }

    fn mutability(&mut self) {
        let rules = [
            (
                "readOnly",
                &rules::BECAME_READ_ONLY,
                &rules::BECAME_NOT_READ_ONLY,
            ),
            (
                "writeOnly",
                &rules::BECAME_WRITE_ONLY,
                &rules::BECAME_NOT_WRITE_ONLY,
            ),
        ];
        for (keyword, became, ended) in rules {
            let (base, head) = (self.base.flag(keyword), self.head.flag(keyword));
            let words = keyword.trim_end_matches("Only");
            match (base, head) {
                (None, Some(head)) => {
                    let base = Spot::new(self.base.home(), false);
                    let message = format!("{} became {words}-only", self.subject());
                    self.push(Edit::changed(became, message, base, &head));
                }
                (Some(base), None) => {
                    let head = Spot::new(self.head.home(), false);
                    let message = format!("{} is not {words}-only any more", self.subject());
                    self.push(Edit::changed(ended, message, &base, head));
                }
                _ => {}
            }
        }
    }

    fn same_examples(&self) -> bool {
        examples(&self.base) == examples(&self.head)
    }

    /// Text for people, and every keyword that nothing else compares.
    fn texts(&mut self) {
        // In version 2.0 a parameter or header is its schema.
        let whole =
            self.context.root && matches!(self.context.area, Area::Parameters | Area::Headers);
        let outer = |name: &str| whole && OF_PARAMETERS.contains(&name);
        let names = |view: &View<'a>| -> BTreeSet<&'a String> {
            let objects = view.parts.iter().filter_map(At::object);
            let names = objects.flat_map(|object| object.keys());
            names.filter(|name| !outer(name.as_str())).collect()
        };
        let names: BTreeSet<_> = names(&self.base)
            .union(&names(&self.head))
            .copied()
            .collect();
        for name in names {
            if name.starts_with("example") && self.same_examples() {
                continue;
            }
            if ANNOTATIONS.contains(&name.as_str()) || !COMPARED.contains(&name.as_str()) {
                self.value(
                    name,
                    &rules::TEXT_ADDED,
                    &rules::TEXT_CHANGED,
                    &rules::TEXT_REMOVED,
                );
            }
        }
    }
}

fn is_property(place: &str) -> bool {
    let outer = pointer::parent(place);
    outer.is_some_and(|outer| outer.ends_with("/properties"))
}

/// The values of `example`, or of `examples`, which 3.1 has in its place.
fn examples<'a>(view: &View<'a>) -> Vec<&'a Value> {
    let one = view.get("example").map(|at| at.value);
    let list = view.get("examples").and_then(|at| at.value.as_array());
    one.into_iter().chain(list.into_iter().flatten()).collect()
}

/// Compared with the parameter.
const OF_PARAMETERS: [&str; 4] = ["name", "in", "collectionFormat", "allowEmptyValue"];

/// `true`, `{}`, or nothing but text and defaults.
pub fn is_anything(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Object(object) => object.iter().all(|(key, value)| is_void(key, value)),
        _ => true,
    }
}

/// The member of a schema as a use of its own.
pub fn member<'a>(view: &View<'a>, keyword: &str) -> Option<Use<'a>> {
    let found: Use<'a> = view.all(keyword).collect();
    (!found.is_empty()).then_some(found)
}

pub fn both_pure(local: &Local<'_, '_>) -> bool {
    is_pure(local.base_document, &local.base) && is_pure(local.head_document, &local.head)
}

fn is_pure<'a>(document: &Document<'a>, view: &View<'a>) -> bool {
    let union = view.unions.first();
    union.is_none_or(|union| pure_types(document, union).is_some())
}
