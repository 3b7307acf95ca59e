//! Edits as they are found, before it is known which operations reach them.

use std::collections::{BTreeSet, HashMap};

use super::edit::{Edit, Spot};
use super::rules::Rule;
use crate::taxonomy::{Action, Area, Direction, Kind, Severity};
use codegen::location::Location;

/// Each edit once, however often it was found.
#[derive(Default)]
pub struct Drafts {
    list: Vec<Draft>,
    index: HashMap<Key, usize>,
}

/// What makes them one edit.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    what: (Kind, Action),
    location: Location,
    base: Option<Location>,
    head: Option<Location>,
}

/// An edit, and in which directions it was found.
pub struct Draft {
    pub edit: Edit,
    pub effects: Vec<DraftEffect>,
}

pub struct DraftEffect {
    pub area: Area,
    pub direction: Direction,
    pub rule: &'static Rule,
    pub severity: Severity,
    /// Pairs of schemas in which it was found.
    pub pairs: Vec<usize>,
    pub operations: BTreeSet<usize>,
}

/// Where an edit was found.
#[derive(Debug, Clone, Copy)]
pub enum Finding {
    Pair(usize),
    Operation(usize),
    /// The document as a whole.
    Document,
}

impl Drafts {
    /// Adds an edit that has one direction, or none.
    pub fn add(
        &mut self,
        edit: Edit,
        area: Area,
        direction: Direction,
        severity: Severity,
        finding: Finding,
    ) {
        let rules: Vec<_> = [edit.rule].into_iter().chain(edit.also.clone()).collect();
        let draft = *self.index.entry(key(&edit)).or_insert_with(|| {
            self.list.push(Draft {
                edit,
                effects: Vec::new(),
            });
            self.list.len() - 1
        });
        for (index, rule) in rules.into_iter().enumerate() {
            let severity = if index == 0 { severity } else { Severity::None };
            self.list[draft].effect(area, direction, rule, severity, finding);
        }
    }

    pub fn any_is_breaking(&self) -> bool {
        let mut effects = self.list.iter().flat_map(|draft| &draft.effects);
        effects.any(|effect| effect.severity == Severity::Breaking)
    }

    pub fn into_list(self) -> Vec<Draft> {
        self.list
    }
}

fn key(edit: &Edit) -> Key {
    let location = |spot: &Option<Spot>| spot.as_ref().map(|spot| spot.location.clone());
    Key {
        what: (edit.rule.kind, edit.rule.action),
        location: edit.location.clone(),
        base: location(&edit.base),
        head: location(&edit.head),
    }
}

impl Draft {
    fn effect(
        &mut self,
        area: Area,
        direction: Direction,
        rule: &'static Rule,
        severity: Severity,
        finding: Finding,
    ) {
        let wanted = (area, direction, rule.kind, rule.action_in(direction));
        let is_it = |effect: &DraftEffect| {
            let rule = effect.rule;
            (effect.area, effect.direction, rule.kind, effect.action()) == wanted
        };
        let index = self.effects.iter().position(is_it).unwrap_or_else(|| {
            self.effects.push(DraftEffect {
                area,
                direction,
                rule,
                severity,
                pairs: Vec::new(),
                operations: BTreeSet::new(),
            });
            self.effects.len() - 1
        });
        let effect = &mut self.effects[index];
        effect.severity = effect.severity.max(severity);
        match finding {
            Finding::Pair(pair) => effect.pairs.push(pair),
            Finding::Operation(operation) => {
                effect.operations.insert(operation);
            }
            Finding::Document => {}
        }
    }
}

impl DraftEffect {
    pub fn action(&self) -> Action {
        self.rule.action_in(self.direction)
    }
}
