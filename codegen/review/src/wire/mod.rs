//! Two documents compared: what changes for callers on the wire.
//!
//! Operations are matched first, and from them pairs of schemas, each pair once for each way it is
//! used. An edit is recorded where it was made, however many operations reach it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::{Area, Direction, Equivalent, Level, Row};
use codegen::document::Plain;
use document::{At, Document};
use edit::{Edit, Spot};
use references::Retargeted;
use rules::Rule;
use schema::{MOST_COMBINED, Use, is_combined};
use schema_pair::{Below, Context};
use unchanged::Untouched;

mod bodies;
mod components;
mod constraints;
mod discriminator;
mod document;
mod edit;
mod equivalence;
mod lifecycle;
mod matching;
mod model;
mod numbers;
mod operations;
mod parameters;
mod properties;
mod references;
mod renames;
mod rows;
mod rules;
mod schema;
mod schema_pair;
mod security;
mod structure;
mod subject;
mod surroundings;
mod types;
mod unchanged;
mod unions;
mod values;
mod webhooks;

/// What the names of the server's requests start with, where operations have their method.
pub const WEBHOOK: &str = "WEBHOOK";
pub const CALLBACK: &str = "CALLBACK";

/// What differs between two documents.
pub struct Wire {
    /// By place in the file.
    pub rows: Vec<Row>,
    /// For each row, other places that its edit brings along or takes away.
    pub covers: Vec<Vec<String>>,
    pub equivalent: Vec<Equivalent>,
}

/// Compares two documents. `today`, as in `2026-11-22`, is the day that sunsets are judged by.
pub fn compare(base: &Plain, head: &Plain, today: &str) -> Wire {
    let documents = (Document::new(&base.value), Document::new(&head.value));
    let untouched = Untouched::new(&documents.0, &documents.1);
    let mut engine = Engine::new(&documents.0, &documents.1, &untouched, today);
    operations::compare(&mut engine);
    engine.run();
    components::compare(&mut engine);
    engine.run();
    surroundings::compare(&mut engine);
    engine.finish(base, head)
}

/// What the comparisons share.
struct Engine<'a, 'd> {
    base: &'d Document<'a>,
    head: &'d Document<'a>,
    untouched: &'d Untouched<'a>,
    today: &'d str,
    operations: Vec<Reached>,
    drafts: Vec<Draft>,
    /// Drafts by what makes them one edit.
    index: HashMap<String, usize>,
    nodes: Vec<Node<'a>>,
    known: HashMap<(String, String, Context), usize>,
    /// How many nodes have several schemas that hold together.
    combined: usize,
    /// Nodes whose schemas are still to be compared. No recursion, since schemas contain themselves.
    pending: Vec<usize>,
    roots: Vec<(usize, usize)>,
    equality: equivalence::Equality<'a, 'd>,
    /// By place in the head.
    equivalent: BTreeMap<String, Respelled>,
    reaches: RefCell<HashMap<BTreeSet<usize>, Rc<Reach>>>,
}

/// Another spelling, and its place in the base.
struct Respelled {
    message: String,
    base: String,
}

/// Base and head.
type Sides<'p> = (&'p Plain, &'p Plain);

/// An operation as reports name it.
struct Reached {
    name: String,
    /// Of the base, which is what its callers were promised.
    stability: Option<String>,
    /// What it demands for authentication, the document says.
    inherits: bool,
}

/// Who meets an edit.
struct Reach {
    names: Vec<String>,
    /// `x-stability-level`, where one of them is not stable.
    stability: Option<String>,
    /// All of them may break.
    unstable: bool,
}

/// An edit, and in which directions it was found.
struct Draft {
    edit: Edit,
    effects: Vec<DraftEffect>,
}

struct DraftEffect {
    area: Area,
    direction: Direction,
    rule: &'static Rule,
    level: Level,
    nodes: Vec<usize>,
    operations: BTreeSet<usize>,
}

/// A pair of schemas, in one way of use.
struct Node<'a> {
    base: Use<'a>,
    head: Use<'a>,
    context: Context,
    below: Vec<usize>,
    edited: bool,
}

/// What has an edit.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Node(usize),
    Operation(usize),
    /// The document as a whole.
    Document,
}

impl<'a, 'd> Engine<'a, 'd> {
    fn new(
        base: &'d Document<'a>,
        head: &'d Document<'a>,
        untouched: &'d Untouched<'a>,
        today: &'d str,
    ) -> Self {
        Self {
            base,
            head,
            untouched,
            today,
            operations: Vec::new(),
            drafts: Vec::new(),
            index: HashMap::new(),
            nodes: Vec::new(),
            known: HashMap::new(),
            combined: 0,
            pending: Vec::new(),
            roots: Vec::new(),
            equality: equivalence::Equality::new((base, head), untouched, today),
            equivalent: BTreeMap::new(),
            reaches: RefCell::default(),
        }
    }

    /// Leaves two schemas to be compared.
    fn schemas(&mut self, operation: Option<usize>, base: At<'a>, head: At<'a>, context: Context) {
        let (base, head) = (vec![base], vec![head]);
        if self.untouched.schemas(&base, &head) {
            return;
        }
        let owner = operation.map_or(Owner::Document, Owner::Operation);
        self.descend((base, head, context), owner);
    }

    /// Leaves what is below an operation or another schema to be compared, or tells that it is
    /// another schema now.
    fn descend(&mut self, pair: Below<'a>, owner: Owner) {
        let context = pair.2;
        let below = match self.retargeted(&pair) {
            None => vec![pair],
            Some(Retargeted { edit, below }) => {
                if let Some(edit) = edit {
                    self.edited(edit, context, owner);
                }
                below
            }
        };
        for (base, head, context) in below {
            let below = self.node(base, head, context);
            match owner {
                Owner::Node(node) => self.nodes[node].below.push(below),
                Owner::Operation(operation) => self.roots.push((operation, below)),
                Owner::Document => {}
            }
        }
    }

    fn edited(&mut self, edit: Edit, context: Context, owner: Owner) {
        if let Owner::Node(node) = owner {
            self.nodes[node].edited = true;
        }
        self.record_in(edit, context, owner);
    }

    fn node(&mut self, base: Use<'a>, head: Use<'a>, context: Context) -> usize {
        let key = (
            self.base.identity(&base),
            self.head.identity(&head),
            context,
        );
        if let Some(node) = self.known.get(&key) {
            return *node;
        }
        let node = self.nodes.len();
        self.known.insert(key, node);
        self.combined += usize::from(is_combined(&base, &head));
        self.pending.push(node);
        self.nodes.push(Node {
            base,
            head,
            context,
            below: Vec::new(),
            edited: false,
        });
        node
    }

    fn run(&mut self) {
        while let Some(node) = self.pending.pop() {
            let (uses, context) = {
                let node = &self.nodes[node];
                ((node.base.clone(), node.head.clone()), node.context)
            };
            let local = self.compared((&uses.0, &uses.1), context);
            if local.edits.is_empty() {
                self.note_spelling(&uses, &local);
            }
            for edit in local.edits {
                self.edited(edit, context, Owner::Node(node));
            }
            for below in self.bounded(local.below) {
                self.descend(below, Owner::Node(node));
            }
        }
    }

    fn compared(
        &mut self,
        uses: (&Use<'a>, &Use<'a>),
        context: Context,
    ) -> schema_pair::Local<'a, 'd> {
        let equality = &mut self.equality;
        schema_pair::compare(
            (self.base, self.head),
            self.untouched,
            uses,
            context,
            self.today,
            &mut |base, head| equality.same(base, head),
        )
    }

    /// Places that hold together are compared together, as long as there are not too many of them.
    fn bounded(&self, below: Vec<Below<'a>>) -> Vec<Below<'a>> {
        if self.combined < MOST_COMBINED {
            return below;
        }
        let one_by_one = |(base, head, context): Below<'a>| {
            let pairs = base.into_iter().zip(head);
            pairs.map(move |(base, head)| (vec![base], vec![head], context))
        };
        below.into_iter().flat_map(one_by_one).collect()
    }

    /// Two spellings of one meaning.
    fn note_spelling(&mut self, uses: &(Use<'a>, Use<'a>), local: &schema_pair::Local<'a, '_>) {
        if let Some((pointer, message)) = equivalence::spelling(uses, local) {
            let first = |places: &Use<'a>| places.first().map(|at| at.pointer.clone());
            let base = if first(&uses.1).as_ref() == Some(&pointer) {
                first(&uses.0).unwrap_or_default()
            } else {
                local.base.home().to_owned()
            };
            let respelled = Respelled { message, base };
            self.equivalent.entry(pointer).or_insert(respelled);
        }
    }

    fn respelled(&mut self, head: &At<'_>, message: String, base: &At<'_>) {
        let base = base.pointer.clone();
        let respelled = Respelled { message, base };
        self.equivalent.insert(head.pointer.clone(), respelled);
    }

    /// Records an edit of a schema.
    fn record_in(&mut self, edit: Edit, context: Context, owner: Owner) {
        let (request, response) = context.levels(&edit);
        let level = match context.direction {
            Direction::Request => request,
            Direction::Response => response,
            Direction::None => Level::None,
        };
        let whole = context.root && context.area == Area::Schema;
        let area = match (edit.rule.of_body && whole, context.direction) {
            (true, Direction::Request) => Area::RequestBody,
            (true, _) => Area::Responses,
            (false, _) => context.area,
        };
        self.record(edit, area, context.direction, level, owner);
    }

    /// Records an edit that has one direction, or none.
    fn record(&mut self, edit: Edit, area: Area, direction: Direction, level: Level, owner: Owner) {
        let place = |spot: &Option<Spot>| match spot {
            Some(spot) => spot.pointer.clone(),
            None => String::new(),
        };
        let key = [
            edit.rule.kind.word(),
            edit.rule.action.word(),
            &edit.pointer,
            &place(&edit.base),
            &place(&edit.head),
        ]
        .join(" ");
        let rules: Vec<_> = [edit.rule].into_iter().chain(edit.also.clone()).collect();
        let draft = *self.index.entry(key).or_insert_with(|| {
            self.drafts.push(Draft {
                edit,
                effects: Vec::new(),
            });
            self.drafts.len() - 1
        });
        for (index, rule) in rules.into_iter().enumerate() {
            let level = match index {
                0 => level,
                _ => Level::None,
            };
            self.drafts[draft].effect(area, direction, rule, level, owner);
        }
    }

    fn direct(&mut self, edit: Edit, area: Area, direction: Direction, operation: usize) {
        let (request, response) = edit.levels();
        let level = match direction {
            Direction::Request => request,
            Direction::Response => response,
            Direction::None => request.max(response),
        };
        self.record(edit, area, direction, level, Owner::Operation(operation));
    }

    fn whole(&mut self, edit: Edit, area: Area) {
        let (request, response) = edit.levels();
        let level = request.max(response);
        self.record(edit, area, Direction::None, level, Owner::Document);
    }

    /// Records what all operations have from the document.
    fn inherited(&mut self, edit: Edit, area: Area) {
        let operations = self.operations.iter().enumerate();
        let operations = operations.filter(|(_, operation)| operation.inherits);
        let operations: Vec<usize> = operations.map(|(index, _)| index).collect();
        if operations.is_empty() {
            self.whole(edit, area)
        } else {
            for operation in operations {
                self.direct(edit.clone(), area, Direction::None, operation);
            }
        }
    }
}

impl DraftEffect {
    fn action(&self) -> super::Action {
        self.rule.action_in(self.direction)
    }
}

impl Rule {
    fn action_in(&self, direction: Direction) -> super::Action {
        match direction {
            Direction::Response => self.response_action,
            _ => self.action,
        }
    }
}

impl Draft {
    fn effect(
        &mut self,
        area: Area,
        direction: Direction,
        rule: &'static Rule,
        level: Level,
        owner: Owner,
    ) {
        let same = |effect: &DraftEffect| {
            (
                effect.area,
                effect.direction,
                effect.rule.kind,
                effect.action(),
            ) == (area, direction, rule.kind, rule.action_in(direction))
        };
        let index = self.effects.iter().position(same).unwrap_or_else(|| {
            self.effects.push(DraftEffect {
                area,
                direction,
                rule,
                level,
                nodes: Vec::new(),
                operations: BTreeSet::new(),
            });
            self.effects.len() - 1
        });
        let effect = &mut self.effects[index];
        effect.level = effect.level.max(level);
        match owner {
            Owner::Node(node) => effect.nodes.push(node),
            Owner::Operation(operation) => {
                effect.operations.insert(operation);
            }
            Owner::Document => {}
        }
    }
}
