//! Parameters: what clients put into the path, the query, headers and cookies.

use std::collections::BTreeSet;

use super::document::{At, Operation, Parameter, template_names};
use super::edit::{Edit, Spot};
use super::local::Context;
use super::operations::{Flow, spot};
use super::rules::{self, Rule};
use super::schema::View;
use super::{Engine, lifecycle, renames, subject, surroundings};
use crate::diff::{Area, Renamed};

pub fn compare<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    flow: Flow,
) {
    let names = (template_names(&base.path), template_names(&head.path));
    // The same place in the path is the same parameter, whatever its name.
    let key = |parameter: &Parameter<'a>, names: &[&str]| {
        let position = names.iter().position(|name| *name == parameter.name);
        match (parameter.place.as_str(), position) {
            ("path", Some(position)) => format!("path {position}"),
            (place, _) => format!("{place} {}", parameter.name),
        }
    };
    let of_head = |wanted: &str| {
        let mut parameters = head.parameters.iter();
        parameters.find(|parameter| key(parameter, &names.1) == wanted)
    };
    let kept: BTreeSet<String> = base.parameters.iter().map(|p| key(p, &names.0)).collect();
    let mut gone = Vec::new();
    for before in &base.parameters {
        match of_head(&key(before, &names.0)) {
            Some(after) => parameter(engine, index, before, after, flow),
            None => gone.push(before),
        }
    }
    let mut come: Vec<&Parameter<'a>> = head.parameters.iter().collect();
    come.retain(|parameter| !kept.contains(&key(parameter, &names.1)));
    // Parameters that the path does not name, or did not.
    for (before, after) in named_alike(&gone, &come) {
        gone.retain(|p| !std::ptr::eq(*p, before));
        come.retain(|p| !std::ptr::eq(*p, after));
        parameter(engine, index, before, after, flow);
    }
    for (before, after) in renamed(engine, &gone, &come) {
        gone.retain(|p| !std::ptr::eq(*p, before));
        come.retain(|p| !std::ptr::eq(*p, after));
        rename(engine, index, before, after, flow);
        parameter(engine, index, before, after, flow);
    }
    for before in gone {
        removed(engine, index, before, flow);
    }
    for after in come {
        added(engine, index, after, flow);
    }
}

fn named_alike<'a, 'p>(
    gone: &[&'p Parameter<'a>],
    come: &[&'p Parameter<'a>],
) -> Vec<(&'p Parameter<'a>, &'p Parameter<'a>)> {
    let pairs = gone.iter().filter_map(|before| {
        let same =
            |after: &&&Parameter<'a>| after.place == before.place && after.name == before.name;
        Some((*before, *come.iter().find(same)?))
    });
    pairs.collect()
}

fn name(parameter: &Parameter<'_>) -> String {
    subject::called(&parameter.place, &parameter.name)
}

fn added<'a>(engine: &mut Engine<'a, '_>, index: usize, after: &Parameter<'a>, flow: Flow) {
    let (rule, word) = match after.required || after.place == "path" {
        true => (&rules::REQUIRED_PARAMETER_ADDED, "required"),
        false => (&rules::PARAMETER_ADDED, "optional"),
    };
    let message = format!("{} ({word}) was added", name(after));
    let edit = Edit::added(rule, message, &after.at);
    engine.direct(edit, Area::Parameters, flow.request(), index);
}

fn removed<'a>(engine: &mut Engine<'a, '_>, index: usize, before: &Parameter<'a>, flow: Flow) {
    let (rule, note) = removal(&before.at, engine.today);
    let message = format!("{} was removed", name(before));
    let edit = Edit::removed(rule, message, &before.at).note(note);
    engine.direct(edit, Area::Parameters, flow.request(), index);
}

/// Whether callers were warned.
fn removal(parameter: &At<'_>, today: &str) -> (&'static Rule, &'static str) {
    let sunset = parameter.value.get("x-sunset");
    match (parameter.flag("deprecated"), sunset) {
        (false, _) => (
            &rules::PARAMETER_REMOVED,
            "what callers set by it has no effect",
        ),
        (true, None) => (&rules::PARAMETER_RETIRED, "it was deprecated"),
        (true, Some(sunset)) => match sunset.as_str().and_then(lifecycle::date) {
            None => (&rules::PARAMETER_REMOVED_EARLY, "its sunset is no date"),
            Some(date) if today < date.as_str() => (
                &rules::PARAMETER_REMOVED_EARLY,
                "its sunset is still to come",
            ),
            Some(_) => (&rules::PARAMETER_RETIRED, "its sunset has passed"),
        },
    }
}

/// Parameters that are called alike and mean the same.
fn renamed<'a, 'p>(
    engine: &mut Engine<'a, '_>,
    gone: &[&'p Parameter<'a>],
    come: &[&'p Parameter<'a>],
) -> Vec<(&'p Parameter<'a>, &'p Parameter<'a>)> {
    let positions = |list: &[&Parameter<'a>]| (0..list.len()).collect::<Vec<_>>();
    let equality = &mut engine.equality;
    let found = renames::pairs(&positions(gone), &positions(come), |from, to| {
        let (before, after) = (gone[from], come[to]);
        let alike = before.place == after.place && renames::alike(&before.name, &after.name);
        match (alike, &before.schema, &after.schema) {
            (true, Some(old), Some(new)) => equality.same(&vec![old.clone()], &vec![new.clone()]),
            _ => false,
        }
    });
    found
        .into_iter()
        .map(|(from, to)| (gone[from], come[to]))
        .collect()
}

fn rename<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
    flow: Flow,
) {
    let (from, to) = (before.name.clone(), after.name.clone());
    let message = format!("{} was renamed to `{to}`", name(before));
    let mut edit = Edit::changed(&rules::PARAMETER_RENAMED, message, &before.at, &after.at);
    edit = edit.also(&rules::PARAMETER_ADDED);
    edit.renamed = Some(Renamed {
        softened_by: format!("keep `{from}` beside `{to}` for a while, marked `deprecated: true`"),
        from,
        to,
    });
    engine.direct(edit, Area::Parameters, flow.request(), index);
}

fn parameter<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
    flow: Flow,
) {
    let subject = name(after);
    let mut edits = lifecycle::objects(&subject, &before.at, &after.at, engine.today, true);
    edits.extend(requiredness(&subject, before, after));
    edits.extend(serialization(engine, &subject, before, after));
    edits.extend(surroundings::texts(
        &subject, &before.at, &after.at, &COMPARED,
    ));
    for edit in edits {
        engine.direct(edit, Area::Parameters, flow.request(), index);
    }
    let context = Context {
        area: Area::Parameters,
        root: true,
        strong: after
            .media_type
            .as_deref()
            .is_some_and(super::bodies::is_json),
        required: after.required && before.required,
        repeats: after.style == "form" && after.explode,
        direction: flow.request(),
        unseen: false,
    };
    let schema = |parameter: &Parameter<'a>| parameter.schema.clone();
    match (schema(before), schema(after)) {
        (Some(old), Some(new)) => engine.schemas(Some(index), old, new, context),
        (None, Some(new)) => {
            let message = format!("{subject} got a schema");
            let edit = Edit::added(&rules::MEDIA_SCHEMA_ADDED, message, &new);
            engine.direct(edit, Area::Parameters, flow.request(), index);
        }
        (Some(old), None) => {
            let message = format!("{subject} has no schema any more");
            let edit = Edit::removed(&rules::MEDIA_SCHEMA_REMOVED, message, &old);
            engine.direct(edit, Area::Parameters, flow.request(), index);
        }
        (None, None) => {}
    }
}

/// What has a comparison of its own; version 2.0 has the keywords of the schema here, too.
pub const COMPARED: [&str; 33] = [
    "name",
    "in",
    "required",
    "schema",
    "content",
    "style",
    "explode",
    "deprecated",
    "x-sunset",
    "x-stability-level",
    "collectionFormat",
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "allowReserved",
    "allowEmptyValue",
    "x-nullable",
    "nullable",
    "$ref",
    "x-example",
];

fn requiredness(subject: &str, before: &Parameter<'_>, after: &Parameter<'_>) -> Option<Edit> {
    let (rule, word) = match (before.required, after.required) {
        // A path without its parameter is another path.
        _ if after.place == "path" => return None,
        (false, true) => (&rules::BECAME_REQUIRED, "required"),
        (true, false) => (&rules::BECAME_OPTIONAL, "optional"),
        _ => return None,
    };
    let base = spot(&before.at, "required", false);
    let head = spot(&after.at, "required", false);
    let message = format!("{subject} became {word}");
    Some(Edit::changed(rule, message, base, head).at(&after.at.pointer))
}

/// `style`, `explode` and their like, where they make a difference.
fn serialization<'a>(
    engine: &Engine<'a, '_>,
    subject: &str,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let whole = |text: &Option<String>| text.clone().unwrap_or_default();
    let written = |parameter: &Parameter<'_>| {
        let explode = match parameter.explode {
            true => "exploded",
            false => "not exploded",
        };
        format!("{}, {explode}", parameter.style)
    };
    let place = |parameter: &Parameter<'_>| {
        let keyword = ["style", "explode", "collectionFormat"]
            .into_iter()
            .find_map(|keyword| parameter.at.get(keyword));
        let pointer = keyword.map_or(parameter.at.pointer.clone(), |at| at.pointer);
        Spot::new(&pointer, written(parameter))
    };
    let prefixed =
        |parameter: &Parameter<'_>| matches!(parameter.style.as_str(), "label" | "matrix");
    let counts = prefixed(before) || prefixed(after) || composite(engine, before, after);
    if counts && (&before.style, before.explode) != (&after.style, after.explode) {
        let message = format!(
            "{subject} is written differently: {} before, {} now",
            written(before),
            written(after)
        );
        let edit = Edit::changed(&rules::STYLE_CHANGED, message, place(before), place(after));
        edits.push(edit.at(&after.at.pointer));
    }
    if whole(&before.media_type) != whole(&after.media_type) {
        let message = format!("{subject} is written as another media type");
        let base = spot(&before.at, "content", "");
        let head = spot(&after.at, "content", "");
        edits.push(Edit::changed(&rules::STYLE_CHANGED, message, base, head));
    }
    for keyword in ["allowReserved", "allowEmptyValue"] {
        let rule = match (before.at.flag(keyword), after.at.flag(keyword)) {
            (false, true) => &rules::STYLE_LOOSENED,
            (true, false) => &rules::STYLE_CHANGED,
            _ => continue,
        };
        let message = format!("`{keyword}` of {subject} changed");
        let base = spot(&before.at, keyword, false);
        let head = spot(&after.at, keyword, false);
        edits.push(Edit::changed(rule, message, base, head));
    }
    edits
}

/// Lists and objects are written in several ways, single values in one.
fn composite<'a>(engine: &Engine<'a, '_>, before: &Parameter<'a>, after: &Parameter<'a>) -> bool {
    let types = |document, schema: &Option<At<'a>>| match schema {
        Some(schema) => View::new(document, std::slice::from_ref(schema)).types(document),
        None => None,
    };
    let composite = |types: Option<(BTreeSet<String>, String)>| {
        types.is_none_or(|(names, _)| names.contains("array") || names.contains("object"))
    };
    composite(types(engine.base, &before.schema)) && composite(types(engine.head, &after.schema))
}
