//! Two schemas at one place, and what the comparisons of their keywords find.

use super::document::Document;
use super::edit::{Edit, shown};
use super::rules::Rule;
use super::schema::{Use, View, pure_types};
use super::unchanged::Unchanged;
use super::{numbers, subject};
use crate::taxonomy::{Area, Direction, Kind, Severity};
use codegen::location::Location;

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
    pub form: InForm,
    /// Values are not seen in this direction: `readOnly` in requests, `writeOnly` in responses.
    pub unseen: bool,
}

/// What a value is to a form, or to a body of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InForm {
    /// Nothing: it is in no form, or within a field.
    Within,
    Form,
    Multipart,
    /// A list of several has its name for each of them.
    Field,
    /// So has it here, and bytes are a file.
    Part,
}

impl Context {
    /// The severities of an edit for requests and responses, where its values are seen.
    pub fn severities(self, edit: &Edit) -> (Severity, Severity) {
        if self.unseen && edit.rule.kind != Kind::Mutability {
            (Severity::None, Severity::None)
        } else {
            edit.severities()
        }
    }
}

/// Two schemas, and what differs between them.
pub struct SchemaPair<'a, 'd> {
    pub base_document: &'d Document<'a>,
    pub head_document: &'d Document<'a>,
    pub base: View<'a>,
    pub head: View<'a>,
    pub context: Context,
    pub edits: Vec<Edit>,
    /// What lies below and is to be compared as well; what is unchanged is not.
    pub below: Vec<Below<'a>>,
    unchanged: &'d Unchanged<'a>,
}

/// Two schemas below others.
pub type Below<'a> = (Use<'a>, Use<'a>, Context);

/// Says whether two schemas mean the same.
pub type AreEquivalent<'s, 'a> = &'s mut dyn FnMut(&Use<'a>, &Use<'a>) -> bool;

impl<'a, 'd> SchemaPair<'a, 'd> {
    pub fn new(
        documents: (&'d Document<'a>, &'d Document<'a>),
        unchanged: &'d Unchanged<'a>,
        uses: (&Use<'a>, &Use<'a>),
        context: Context,
    ) -> Self {
        Self {
            base_document: documents.0,
            head_document: documents.1,
            base: View::new(documents.0, uses.0),
            head: View::new(documents.1, uses.1),
            context,
            edits: Vec::new(),
            below: Vec::new(),
            unchanged,
        }
    }

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
        if !self.unchanged.schemas(&base, &head) {
            let context = self.inner();
            self.below.push((base, head, context));
        }
    }

    pub fn descend_property(&mut self, base: &Use<'a>, head: &Use<'a>) {
        if !self.unchanged.schemas(base, head) {
            let mut context = self.inner();
            context.form = match context.form {
                InForm::Form => InForm::Field,
                InForm::Multipart => InForm::Part,
                InForm::Within | InForm::Field | InForm::Part => InForm::Within,
            };
            context.unseen |= self.unseen(self.head_document, head);
            self.below.push((base.clone(), head.clone(), context));
        }
    }

    /// Whether the values of a property are never seen in this direction.
    pub fn unseen(&self, document: &Document<'a>, places: &Use<'a>) -> bool {
        let keyword = match self.context.direction {
            Direction::Request => "readOnly",
            _ => "writeOnly",
        };
        View::new(document, places).flag(keyword).is_some()
    }

    /// Where the schema is in the head, for messages and for keywords that are not there.
    pub fn home(&self) -> Location {
        let home = self.head.home();
        if home.pointer.is_empty() {
            self.base.home().clone()
        } else {
            home.clone()
        }
    }

    pub fn subject(&self) -> String {
        let home = &self.head.home().pointer;
        if home.is_empty() {
            subject::subject(&self.base.home().pointer, self.base_document)
        } else {
            subject::subject(home, self.head_document)
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
            && !numbers::equal(base.value, head.value)
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
}

pub fn both_pure(pair: &SchemaPair<'_, '_>) -> bool {
    is_pure(pair.base_document, &pair.base) && is_pure(pair.head_document, &pair.head)
}

fn is_pure<'a>(document: &Document<'a>, view: &View<'a>) -> bool {
    let union = view.unions.first();
    union.is_none_or(|union| pure_types(document, union).is_some())
}
