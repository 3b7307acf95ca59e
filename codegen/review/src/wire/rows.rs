//! What was found, as rows: each edit with who meets it, in the order of the file.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::edit::Spot;
use super::{Draft, DraftEffect, Engine, Reach, Sides, Wire, subject};
use crate::fingerprint::{Edited, Fingerprints};
use crate::{Area, Effect, Equivalent, Level, Place, Row, Surface};
use codegen::document::Plain;

impl Engine<'_, '_> {
    pub fn finish(mut self, base: &Plain, head: &Plain) -> Wire {
        let reached = self.reached();
        let mut drafts = std::mem::take(&mut self.drafts);
        for draft in &mut drafts {
            for effect in &mut draft.effects {
                for node in &effect.nodes {
                    if effect.operations.is_empty() {
                        effect.operations.clone_from(&reached[*node])
                    } else {
                        effect.operations.extend(&reached[*node])
                    }
                }
            }
        }
        let mut fingerprints = Fingerprints::new(&base.value, &head.value);
        let mut found: Vec<(Row, Vec<String>)> = drafts
            .into_iter()
            .map(|draft| {
                let covers = draft.edit.covers.clone();
                (self.row(draft, &mut fingerprints, (base, head)), covers)
            })
            .collect();
        found.sort_by_key(|(a, _)| order(a));
        fingerprints.tell_apart(found.iter_mut().map(|(row, _)| row));
        self.say_of_which(found.iter_mut().map(|(row, _)| row));
        let edited: HashSet<&str> = found.iter().map(|(row, _)| row.pointer.as_str()).collect();
        let equivalent = self.equivalent.iter();
        let equivalent = equivalent
            .filter(|(pointer, _)| !edited.contains(pointer.as_str()))
            .map(|(pointer, respelled)| Equivalent {
                pointer: pointer.clone(),
                message: respelled.message.clone(),
                base: base.lines(&respelled.base).map(|lines| *lines.start()),
                head: head.lines(pointer).map(|lines| *lines.start()),
            })
            .collect();
        let (rows, covers) = found.into_iter().unzip();
        Wire {
            rows,
            covers,
            equivalent,
        }
    }

    /// Several places that became one are told apart by what they were.
    fn say_of_which<'r>(&self, rows: impl Iterator<Item = &'r mut Row>) {
        let mut alike: HashMap<String, Vec<&mut Row>> = HashMap::new();
        for row in rows {
            alike.entry(row.message.clone()).or_default().push(row);
        }
        for row in alike.into_values().filter(|rows| rows.len() > 1).flatten() {
            if let Some(place) = &row.base {
                let was = subject::subject(&place.pointer, self.base);
                if !row.message.contains(&was) {
                    row.message = format!("{}; before, this was {was}", row.message);
                }
            }
        }
    }

    /// The operations that reach each node that was edited.
    fn reached(&self) -> Vec<BTreeSet<usize>> {
        let mut above: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            for below in &node.below {
                above[*below].push(index);
            }
        }
        // Only what leads to an edit is walked.
        let edited = (0..self.nodes.len()).filter(|node| self.nodes[*node].edited);
        let mut leads: HashSet<usize> = edited.collect();
        let mut pending: Vec<usize> = leads.iter().copied().collect();
        while let Some(node) = pending.pop() {
            for owner in &above[node] {
                if leads.insert(*owner) {
                    pending.push(*owner);
                }
            }
        }
        let mut reached = vec![BTreeSet::new(); self.nodes.len()];
        for (operation, root) in &self.roots {
            let mut pending = vec![*root];
            while let Some(node) = pending.pop() {
                if leads.contains(&node) && reached[node].insert(*operation) {
                    pending.extend(&self.nodes[node].below);
                }
            }
        }
        reached
    }

    fn row(
        &self,
        draft: Draft,
        fingerprints: &mut Fingerprints<'_>,
        (base, head): Sides<'_>,
    ) -> Row {
        let mut edit = draft.edit;
        // Who renames takes the old name away.
        if let (Some(_), Some(base)) = (&edit.renamed, &edit.base) {
            edit.pointer.clone_from(&base.pointer);
        }
        let operations = draft.effects.iter().flat_map(|effect| &effect.operations);
        let operations: BTreeSet<usize> = operations.copied().collect();
        let mut effects: Vec<Effect> = draft
            .effects
            .into_iter()
            .map(|effect| self.effect(effect, edit.note))
            .collect();
        effects.sort_by_key(|effect| (effect.area, effect.direction, effect.action));
        let reach = self.reach(&operations);
        let first = effects.first().map_or(Area::Schema, |effect| effect.area);
        Row {
            fingerprint: fingerprints.of(&Edited {
                rule: (first, edit.rule.kind, edit.rule.action),
                pointer: &edit.pointer,
                base: edit.base.as_ref().map(|spot| spot.pointer.as_str()),
                head: edit.head.as_ref().map(|spot| spot.pointer.as_str()),
                part: edit.part.as_deref(),
                renamed_to: edit.renamed.as_ref().map(|renamed| renamed.to.as_str()),
            }),
            stability: reach.stability.clone(),
            message: subject::with_operation(edit.message, &edit.pointer, &reach.names),
            operations: reach.names.clone(),
            pointer: edit.pointer,
            base: edit.base.map(|spot| place(spot, base)),
            head: edit.head.map(|spot| place(spot, head)),
            effects,
            surface: Surface::default(),
            advice: "",
            renamed: edit.renamed,
            accepted: None,
        }
    }

    fn effect(&self, effect: DraftEffect, note: &str) -> Effect {
        let reach = self.reach(&effect.operations);
        // Callers were told that it may break.
        let level = if reach.unstable {
            effect.level.min(Level::Risky)
        } else {
            effect.level
        };
        let note = if level < effect.level {
            "the operation is not stable yet: it may break"
        } else {
            note
        };
        Effect {
            area: effect.area,
            direction: effect.direction,
            kind: effect.rule.kind,
            action: effect.action(),
            level,
            note: note.to_owned(),
            operations: reach.names.clone(),
        }
    }

    /// What is said of some operations. Many edits are reached by the same ones.
    fn reach(&self, operations: &BTreeSet<usize>) -> Rc<Reach> {
        if let Some(known) = self.reaches.borrow().get(operations) {
            return Rc::clone(known);
        }
        let reached = || operations.iter().map(|index| &self.operations[*index]);
        let mut seen = HashSet::new();
        let names = reached().map(|operation| &operation.name);
        let levels = reached().map(|operation| operation.stability.as_deref());
        let levels: BTreeSet<&str> = levels.map(|level| level.unwrap_or("stable")).collect();
        let all = |wanted: &[&str]| levels.iter().all(|level| wanted.contains(level));
        let reach = Rc::new(Reach {
            names: names.filter(|name| seen.insert(*name)).cloned().collect(),
            unstable: !levels.is_empty() && all(&["draft", "alpha"]),
            stability: (!all(&["stable"]))
                .then(|| levels.iter().copied().collect::<Vec<_>>().join(", ")),
        });
        let mut known = self.reaches.borrow_mut();
        known.insert(operations.clone(), Rc::clone(&reach));
        reach
    }
}

fn place(spot: Spot, plain: &Plain) -> Place {
    let lines = plain.lines(&spot.pointer);
    Place {
        line: lines.as_ref().map_or(1, |lines| *lines.start()),
        end_line: lines.as_ref().map_or(1, |lines| *lines.end()),
        pointer: spot.pointer,
        value: spot.value,
    }
}

/// In the order of the head, with what was removed where it was.
fn order(row: &Row) -> (usize, String, String) {
    let line = row
        .head
        .as_ref()
        .or(row.base.as_ref())
        .map_or(0, |at| at.line);
    (line, row.pointer.clone(), row.fingerprint.clone())
}
