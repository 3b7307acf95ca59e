//! What the comparisons share: both documents, and the edits that were found so far.

use std::collections::BTreeMap;

use super::document::{At, Document};
use super::drafts::{Drafts, Finding};
use super::edit::Edit;
use super::equivalence::Equivalence;
use super::model::{Operation, Sender};
use super::pairs::SchemaPairs;
use super::schema_pair::Context;
use super::unchanged::Unchanged;
use crate::taxonomy::{Area, Direction, Severity};
use codegen::location::Location;

pub struct Engine<'a, 'd> {
    pub base: &'d Document<'a>,
    pub head: &'d Document<'a>,
    pub unchanged: &'d Unchanged<'a>,
    pub today: &'d str,
    pub operations: Vec<Compared>,
    pub drafts: Drafts,
    pub pairs: SchemaPairs<'a>,
    pub equivalence: Equivalence<'a, 'd>,
    /// By place in the head.
    pub equivalent: BTreeMap<Location, Respelled>,
    /// Those that were compared below one callback of an operation, on both sides.
    pub callbacks: Vec<(Location, Location, Sender)>,
}

/// Another spelling, and its place in the base.
pub struct Respelled {
    pub message: String,
    pub base: Location,
}

/// An operation as reports name it.
pub struct Compared {
    /// `METHOD /path`, or `WEBHOOK name`.
    pub name: String,
    /// Of the base, which is what its callers were promised.
    pub stability: Option<String>,
    /// The document says which authentication it requires.
    pub inherits: bool,
}

impl<'a, 'd> Engine<'a, 'd> {
    pub fn new(
        base: &'d Document<'a>,
        head: &'d Document<'a>,
        unchanged: &'d Unchanged<'a>,
        today: &'d str,
    ) -> Self {
        Self {
            base,
            head,
            unchanged,
            today,
            operations: Vec::new(),
            drafts: Drafts::default(),
            pairs: SchemaPairs::default(),
            equivalence: Equivalence::new((base, head), unchanged, today),
            equivalent: BTreeMap::new(),
            callbacks: Vec::new(),
        }
    }

    /// Gives an operation its number.
    pub fn add_operation(&mut self, operation: &Operation<'a>, base: &Operation<'a>) -> usize {
        self.operations.push(Compared {
            name: format!("{} {}", operation.method, operation.path),
            stability: base.stability(),
            inherits: !operation.own_security && !base.own_security,
        });
        self.operations.len() - 1
    }

    /// Gives a webhook or a callback its number.
    pub fn add_server_request(&mut self, name: String, stability: Option<String>) -> usize {
        self.operations.push(Compared {
            name,
            stability,
            inherits: false,
        });
        self.operations.len() - 1
    }

    /// Gives one request of a webhook or a callback its number; several can have one name.
    pub fn add_request_of(&mut self, outer: usize, stability: Option<String>) -> usize {
        let name = self.operations[outer].name.clone();
        let stability = stability.or(self.operations[outer].stability.clone());
        self.add_server_request(name, stability)
    }

    /// Notes another spelling of one meaning.
    pub fn respelled(&mut self, head: &At<'_>, message: String, base: &At<'_>) {
        let base = base.location.clone();
        let respelled = Respelled { message, base };
        self.equivalent.insert(head.location.clone(), respelled);
    }

    /// Records an edit of a schema.
    pub fn of_schema(&mut self, edit: Edit, context: Context, finding: Finding) {
        let (request, response) = context.severities(&edit);
        let severity = match context.direction {
            Direction::Request => request,
            Direction::Response => response,
            Direction::None => Severity::None,
        };
        let whole = context.root && context.area == Area::Schema;
        let area = match (edit.rule.of_body && whole, context.direction) {
            (true, Direction::Request) => Area::RequestBody,
            (true, _) => Area::Responses,
            (false, _) => context.area,
        };
        let drafts = &mut self.drafts;
        drafts.add(edit, area, context.direction, severity, finding);
    }

    /// Records an edit of an operation.
    pub fn of_operation(&mut self, edit: Edit, area: Area, direction: Direction, operation: usize) {
        let (request, response) = edit.severities();
        let severity = match direction {
            Direction::Request => request,
            Direction::Response => response,
            Direction::None => request.max(response),
        };
        let finding = Finding::Operation(operation);
        self.drafts.add(edit, area, direction, severity, finding);
    }

    /// Records an edit that concerns no operation.
    pub fn of_document(&mut self, edit: Edit, area: Area) {
        let (request, response) = edit.severities();
        let severity = request.max(response);
        let drafts = &mut self.drafts;
        drafts.add(edit, area, Direction::None, severity, Finding::Document);
    }

    /// Records an edit of what operations have from the document.
    pub fn inherited(&mut self, edit: Edit, area: Area) {
        let operations = self.operations.iter().enumerate();
        let operations = operations.filter(|(_, operation)| operation.inherits);
        let operations: Vec<usize> = operations.map(|(index, _)| index).collect();
        if operations.is_empty() {
            self.of_document(edit, area)
        } else {
            for operation in operations {
                self.of_operation(edit.clone(), area, Direction::None, operation);
            }
        }
    }
}
