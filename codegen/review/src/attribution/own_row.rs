//! The row of a change of the crate that no edit on the wire explains.

use super::policy_entry::{self, PolicyLine};
use crate::fingerprint::{Edited, Fingerprints};
use crate::report::{Effect, Equivalent, Place, Renamed, Row, Surface};
use crate::sides::Sides;
use crate::surface::{Change, Pin};
use crate::taxonomy::{Action, Area, Bump, Direction, Kind, Severity};
use codegen::diagnostic::Source;
use codegen::document::Plain;
use codegen::location::{Location, Pointer};

/// A change of the crate that no edit of the wire explains: another spelling, the policy file, or
/// a name that was taken.
pub fn of(
    change: Change,
    spelling: Option<Equivalent>,
    sides: &Sides,
    fingerprints: &mut Fingerprints<'_>,
) -> Row {
    let moved = spelling.as_ref().and(change.pin.as_ref()).map(moved);
    let origin = match spelling {
        Some(edit) => Origin::of_spelling(edit, moved.is_some(), &change, sides),
        None => Origin::of_no_edit(&change, sides),
    };
    let (area, kind, action) = origin.rule(change.item.bump);
    Row {
        fingerprint: fingerprints.of(&Edited {
            rule: (area, kind, action),
            pointer: &origin.at.pointer,
            base: pointer(&origin.before),
            head: pointer(&origin.after),
            part: None,
            renamed_to: moved.as_ref().map(|renamed| renamed.to.as_str()),
        }),
        location: origin.at,
        message: origin.message,
        base: origin.before,
        head: origin.after,
        effects: vec![Effect {
            area,
            direction: Direction::None,
            kind,
            action,
            severity: Severity::None,
            note: String::new(),
            operations: Vec::new(),
        }],
        surface: Surface::of(vec![change.item]),
        operations: Vec::new(),
        advice: "",
        renamed: moved,
        stability: None,
        accepted: None,
    }
}

/// Where the change comes from, and in which words.
struct Origin {
    at: Location,
    before: Option<Place>,
    after: Option<Place>,
    message: String,
}

impl Origin {
    fn of_spelling(edit: Equivalent, moved: bool, change: &Change, sides: &Sides) -> Self {
        // What moved is at another place in each.
        let (old, new) = match (&change.base, &change.head) {
            (Some(old), Some(new)) if moved => (old.clone(), new.clone()),
            _ => (edit.location.clone(), edit.location),
        };
        Self {
            before: place(&old, &sides.base.plain),
            after: place(&new, &sides.head.plain),
            at: old,
            message: edit.message,
        }
    }

    fn of_no_edit(change: &Change, sides: &Sides) -> Self {
        let nowhere = change.head.is_none() && change.base.is_none();
        // What no place states is about the document as a whole.
        let side = |location: &Option<Location>, plain| match location {
            None if nowhere => place(&info(), plain),
            location => place(location.as_ref()?, plain),
        };
        let before = side(&change.base, &sides.base.plain);
        let after = side(&change.head, &sides.head.plain);
        let word = match (&before, &after) {
            (None, Some(_)) => "is new in the crate",
            (Some(_), None) => "is no longer in the crate",
            _ => "changes in the crate",
        };
        let stated = change.head.as_ref().or(change.base.as_ref());
        let at = stated.cloned().unwrap_or_else(info);
        let mut message = format!("`{}` {word}", change.item.path);
        if let Some(why) = by_policy(sides, &at.pointer) {
            message.push_str(&format!(": {why}"));
        }
        Self {
            at,
            before,
            after,
            message,
        }
    }

    fn rule(&self, bump: Bump) -> (Area, Kind, Action) {
        let area = match self.at.pointer.split('/').nth(1) {
            Some("paths") => Area::Paths,
            Some("components" | "definitions") => Area::Components,
            _ => Area::Info,
        };
        let kind = match bump {
            Bump::None | Bump::Patch => Kind::Docs,
            _ => Kind::Existence,
        };
        let action = match (&self.before, &self.after) {
            (None, Some(_)) => Action::Add,
            (Some(_), None) => Action::Remove,
            _ => Action::Change,
        };
        (area, kind, action)
    }
}

/// The method that is called by another path, and how it would stay where it was.
fn moved(pin: &Pin) -> Renamed {
    let mut renamed = Renamed {
        from: pin.from.clone(),
        to: pin.to.clone(),
        softened_by: String::new(),
    };
    soften(&mut renamed, pin);
    renamed
}

fn pointer(place: &Option<Place>) -> Option<&str> {
    place.as_ref().map(|place| &*place.location.pointer)
}

/// What is about the document as a whole stands here.
fn info() -> Location {
    Pointer::from("/info").into()
}

/// What the policy files say of the place, where they differ. Of what has no entry of its own they
/// are the cause where the documents are none.
fn by_policy(sides: &Sides, at: &str) -> Option<String> {
    let (base, head) = (sides.base.policy.as_deref(), sides.head.policy.as_deref());
    let same_document = sides.base.plain.value == sides.head.plain.value;
    let entry = |source: Option<&Source>| policy_entry::about(source?, at);
    let name = |source: Option<&Source>| source.map_or("", |source| &source.name).to_owned();
    let (old, new) = (name(base), name(head));
    Some(match (entry(base), entry(head)) {
        (Some(PolicyLine { line, text }), None) => match head {
            Some(_) => format!("`{text}` ({old}:{line}) was removed, and the default applies"),
            None => {
                format!(
                    "the policy file was removed ({old}:{line}: `{text}`), and the default applies"
                )
            }
        },
        (old, Some(PolicyLine { line, text }))
            if old.as_ref().is_none_or(|old| old.text != text) =>
        {
            format!("`{text}` ({new}:{line}) sets it")
        }
        _ if !same_document => return None,
        _ => match (base, head) {
            (Some(_), None) => format!("the policy file {old} was removed"),
            (None, Some(_)) => format!("the policy file {new} is new"),
            (Some(base), Some(head)) if base.text != head.text => {
                format!("the policy file {new} changed")
            }
            _ => return None,
        },
    })
}

/// The place itself, or the nearest container that is there.
fn place(location: &Location, plain: &Plain) -> Option<Place> {
    let pointer = &location.pointer;
    let (found, lines) = plain.place(pointer)?;
    Some(Place {
        file: found.file,
        location: location.clone(),
        value: plain.value.pointer(pointer).cloned().unwrap_or_default(),
        line: *lines.start(),
        end_line: *lines.end(),
    })
}

/// The edit that the wire does not see and the crate does: a schema that was written inline before.
pub fn respelled(equivalent: &[Equivalent], change: &Change) -> Option<Equivalent> {
    let places: Vec<&Location> = [&change.head, &change.base].into_iter().flatten().collect();
    let near = |edit: &&Equivalent| {
        let within = |outer: &Location, inner: &Location| {
            let rest = inner.pointer.strip_prefix(&*outer.pointer);
            outer.file == inner.file
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        places
            .iter()
            .any(|place| within(place, &edit.location) || within(&edit.location, place))
    };
    let depth = |edit: &&Equivalent| edit.location.pointer.matches('/').count();
    equivalent.iter().filter(near).max_by_key(depth).cloned()
}

/// Adds how the method would stay where it was.
pub fn soften(renamed: &mut Renamed, pin: &Pin) {
    let pin = format!(
        "pin the method in the policy file, under [methods]: {}",
        pin.line
    );
    renamed.softened_by = match renamed.softened_by.as_str() {
        "" => pin,
        advice => format!("{advice}; for the crate alone, {pin}"),
    };
}
