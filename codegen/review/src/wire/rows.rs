//! What was found, as rows: each edit with who meets it, in the order of the file.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::document::Document;
use super::drafts::{Draft, DraftEffect};
use super::edit::Spot;
use super::engine::{Compared, Engine};
use super::reach::Reaches;
use super::subject;
use crate::fingerprint::{Edited, Fingerprints};
use crate::report::{Effect, Equivalent, Place, Row, Surface};
use crate::taxonomy::{Area, Severity};
use codegen::document::Plain;
use codegen::location::{FileId, Location};

/// What differs between two documents.
#[derive(Debug)]
pub struct Wire {
    /// By place in the file.
    pub rows: Vec<Row>,
    /// For each row, other places that its edit brings along or takes away.
    pub covers: Vec<Vec<Location>>,
    pub equivalent: Vec<Equivalent>,
}

impl Wire {
    pub fn of(engine: Engine<'_, '_>, base: &Plain, head: &Plain) -> Self {
        let reached = engine.pairs.operations();
        let mut drafts = engine.drafts.into_list();
        let effects = drafts.iter_mut().flat_map(|draft| &mut draft.effects);
        effects.for_each(|effect| add_reached(effect, &reached));
        let mut writer = Writer {
            base,
            head,
            operations: &engine.operations,
            reaches: Reaches::default(),
            fingerprints: Fingerprints::new(&base.value, &head.value),
        };
        let mut found: Vec<(Row, Vec<Location>)> = drafts
            .into_iter()
            .map(|mut draft| {
                let covers = std::mem::take(&mut draft.edit.covers);
                (writer.row(draft), covers)
            })
            .collect();
        found.sort_by_key(|(row, _)| order(row));
        let fingerprints = &mut writer.fingerprints;
        fingerprints.tell_apart(found.iter_mut().map(|(row, _)| row));
        say_of_which(found.iter_mut().map(|(row, _)| row), engine.base);
        let edited: HashSet<&Location> = found.iter().map(|(row, _)| &row.location).collect();
        let equivalent = engine.equivalent.into_iter();
        let equivalent = equivalent
            .filter(|(location, _)| !edited.contains(location))
            .map(|(location, respelled)| Equivalent {
                message: respelled.message,
                base: base.line(&respelled.base.pointer),
                head: head.line(&location.pointer),
                location,
            })
            .collect();
        let (rows, covers) = found.into_iter().unzip();
        Self {
            rows,
            covers,
            equivalent,
        }
    }
}

/// The operations that reach the pairs in which the effect was found.
fn add_reached(effect: &mut DraftEffect, reached: &[BTreeSet<usize>]) {
    for pair in &effect.pairs {
        if effect.operations.is_empty() {
            effect.operations.clone_from(&reached[*pair])
        } else {
            effect.operations.extend(&reached[*pair])
        }
    }
}

/// Several places that became one are distinguished by what they were.
fn say_of_which<'r>(rows: impl Iterator<Item = &'r mut Row>, base: &Document<'_>) {
    let mut alike: HashMap<String, Vec<&mut Row>> = HashMap::new();
    for row in rows {
        alike.entry(row.message.clone()).or_default().push(row);
    }
    for row in alike.into_values().filter(|rows| rows.len() > 1).flatten() {
        if let Some(place) = &row.base {
            let was = subject::subject(&place.location.pointer, base);
            if !row.message.contains(&was) {
                row.message = format!("{}; before, this was {was}", row.message);
            }
        }
    }
}

/// Makes rows of drafts.
struct Writer<'w> {
    base: &'w Plain,
    head: &'w Plain,
    operations: &'w [Compared],
    reaches: Reaches,
    fingerprints: Fingerprints<'w>,
}

impl Writer<'_> {
    fn row(&mut self, draft: Draft) -> Row {
        let mut edit = draft.edit;
        // Who renames takes the old name away.
        if let (Some(_), Some(base)) = (&edit.renamed, &edit.base) {
            edit.location.clone_from(&base.location);
        }
        let operations = draft.effects.iter().flat_map(|effect| &effect.operations);
        let operations: BTreeSet<usize> = operations.copied().collect();
        let effects = draft.effects.into_iter();
        let mut effects: Vec<Effect> = effects.map(|it| self.effect(it, edit.note)).collect();
        effects.sort_by_key(|effect| (effect.area, effect.direction, effect.action));
        let reach = self.reaches.of(&operations, self.operations);
        let area = effects.first().map_or(Area::Schema, |effect| effect.area);
        Row {
            fingerprint: self.fingerprints.of(&Edited {
                rule: (
                    area_of(&edit.location.pointer, area),
                    edit.rule.kind,
                    edit.rule.action,
                ),
                pointer: &edit.location.pointer,
                base: edit.base.as_ref().map(|spot| &*spot.location.pointer),
                head: edit.head.as_ref().map(|spot| &*spot.location.pointer),
                part: edit.part.as_deref(),
                renamed_to: edit.renamed.as_ref().map(|renamed| renamed.to.as_str()),
            }),
            stability: reach.stability.clone(),
            message: subject::with_operation(edit.message, &edit.location.pointer, &reach.names),
            operations: reach.names.clone(),
            location: edit.location,
            base: edit.base.map(|spot| place(spot, self.base)),
            head: edit.head.map(|spot| place(spot, self.head)),
            effects,
            surface: Surface::default(),
            advice: "",
            renamed: edit.renamed,
            accepted: None,
        }
    }

    fn effect(&mut self, effect: DraftEffect, note: &str) -> Effect {
        let reach = self.reaches.of(&effect.operations, self.operations);
        // Callers were warned that it may break.
        let severity = if reach.unstable {
            effect.severity.min(Severity::Risky)
        } else {
            effect.severity
        };
        let note = if severity < effect.severity {
            "the operation is not stable yet: it may break"
        } else {
            note
        };
        Effect {
            area: effect.area,
            direction: effect.direction,
            kind: effect.rule.kind,
            action: effect.action(),
            severity,
            note: note.to_owned(),
            operations: reach.names.clone(),
        }
    }
}

/// The area in the fingerprint: of a shared schema it is that of the schema, whatever uses it.
fn area_of(pointer: &str, area: Area) -> Area {
    let shared =
        pointer.starts_with("/components/schemas/") || pointer.starts_with("/definitions/");
    match area {
        Area::Parameters | Area::RequestBody | Area::Responses | Area::Headers if shared => {
            Area::Schema
        }
        area => area,
    }
}

fn place(spot: Spot, plain: &Plain) -> Place {
    let found = plain.place(&spot.location.pointer);
    let (file, lines) = found.map_or((FileId::default(), 1..=1), |(at, lines)| (at.file, lines));
    Place {
        file,
        line: *lines.start(),
        end_line: *lines.end(),
        location: spot.location,
        value: spot.value,
    }
}

/// In the order of the head, with what was removed where it was.
fn order(row: &Row) -> (FileId, usize, Location, String) {
    let place = row.head.as_ref().or(row.base.as_ref());
    let file = place.map(|place| place.file).unwrap_or_default();
    let line = place.map_or(0, |place| place.line);
    (file, line, row.location.clone(), row.fingerprint.clone())
}
