//! Parameters: what clients put into the path, the query, headers and cookies.

use std::collections::{BTreeSet, HashMap};

use super::document::{At, Document};
use super::edit::{Edit, Spot};
use super::engine::Engine;
use super::model::{Operation, Parameter, Sender, is_json};
use super::rules::{self, Rule};
use super::schema::View;
use super::schema_pair::{Context, InForm};
use super::{lifecycle, renames, subject, texts};
use crate::report::Renamed;
use crate::taxonomy::Area;
use codegen::location::Location;
use codegen::path_template;

pub fn compare<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    sender: Sender,
) {
    let (of_base, of_head) = (keys(base), keys(head));
    let after: HashMap<&str, &Parameter<'a>> = {
        let parameters = of_head.iter().zip(&head.parameters).rev();
        parameters.map(|(key, p)| (key.as_str(), p)).collect()
    };
    let mut gone = Vec::new();
    for (key, before) in of_base.iter().zip(&base.parameters) {
        match after.get(key.as_str()) {
            Some(after) => parameter(engine, index, before, after, sender),
            None => gone.push(before),
        }
    }
    let kept: BTreeSet<&String> = of_base.iter().collect();
    let come = of_head.iter().zip(&head.parameters);
    let come = come.filter(|(key, _)| !kept.contains(key));
    let mut come: Vec<&Parameter<'a>> = come.map(|(_, parameter)| parameter).collect();
    // Parameters that the path does not name, or did not.
    for (b, h) in take(&mut gone, &mut come, named_alike) {
        parameter(engine, index, b, h, sender);
    }
    for (b, h) in take(&mut gone, &mut come, |gone, come| {
        elsewhere(engine, gone, come)
    }) {
        moved(engine, index, b, h, sender);
        parameter(engine, index, b, h, sender);
    }
    for (b, h) in take(&mut gone, &mut come, |gone, come| {
        renamed(engine, gone, come)
    }) {
        rename(engine, index, b, h, sender);
        parameter(engine, index, b, h, sender);
    }
    for before in gone {
        removed(engine, index, before, sender);
    }
    for after in come {
        added(engine, index, after, sender);
    }
}

/// By what each parameter is known: the same place in the path is the same parameter, whatever its name.
fn keys(operation: &Operation<'_>) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let of_path = parameters.filter(|p| p.in_ == "path");
    let of_path: Vec<&str> = of_path.map(|p| &*p.name).collect();
    let mut described = path_template::described(&operation.path, &of_path).into_iter();
    let key = |parameter: &Parameter<'_>| {
        let is_of_path = parameter.in_ == "path";
        match is_of_path.then(|| described.next().flatten()).flatten() {
            Some(position) => format!("path {position}"),
            None => format!("{} {}", parameter.in_, parameter.name),
        }
    };
    operation.parameters.iter().map(key).collect()
}

type Several<'a, 'p> = Vec<&'p Parameter<'a>>;

/// Takes the pairs that are found out of both lists.
fn take<'a, 'p>(
    gone: &mut Several<'a, 'p>,
    come: &mut Several<'a, 'p>,
    find: impl FnOnce(&[&'p Parameter<'a>], &[&'p Parameter<'a>]) -> Vec<(usize, usize)>,
) -> Vec<(&'p Parameter<'a>, &'p Parameter<'a>)> {
    let found = find(gone, come);
    let pairs = found.iter().map(|(b, h)| (gone[*b], come[*h])).collect();
    let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = found.into_iter().unzip();
    let left = |list: &mut Several<'a, 'p>, taken: BTreeSet<usize>| {
        let mut index = 0..;
        list.retain(|_| index.next().is_some_and(|index| !taken.contains(&index)));
    };
    left(gone, old);
    left(come, new);
    pairs
}

fn named_alike(gone: &[&Parameter<'_>], come: &[&Parameter<'_>]) -> Vec<(usize, usize)> {
    fn key<'p>(parameter: &'p Parameter<'_>) -> (&'p str, &'p str) {
        (&parameter.in_, &parameter.name)
    }
    let of_head = come.iter().enumerate().map(|(h, p)| (key(p), h));
    let of_head: HashMap<_, usize> = of_head.collect();
    let pairs = gone.iter().enumerate();
    pairs
        .filter_map(|(b, before)| Some((b, *of_head.get(&key(before))?)))
        .collect()
}

fn name(parameter: &Parameter<'_>) -> String {
    subject::called(&parameter.in_, written(parameter))
}

/// The name as its readers know it, in whatever case.
fn written<'p>(parameter: &'p Parameter<'_>) -> &'p str {
    parameter.at.text("name").unwrap_or(&parameter.name)
}

fn added<'a>(engine: &mut Engine<'a, '_>, index: usize, after: &Parameter<'a>, sender: Sender) {
    let (rule, word) = if after.required || after.in_ == "path" {
        (&rules::REQUIRED_PARAMETER_ADDED, "required")
    } else {
        (&rules::PARAMETER_ADDED, "optional")
    };
    let message = format!("{} ({word}) was added", name(after));
    let edit = Edit::added(rule, message, &after.at);
    engine.of_operation(edit, Area::Parameters, sender.request(), index);
}

fn removed<'a>(engine: &mut Engine<'a, '_>, index: usize, before: &Parameter<'a>, sender: Sender) {
    let (rule, note) = removal(&before.at, engine.today, sender);
    let message = format!("{} was removed", name(before));
    let edit = Edit::removed(rule, message, &before.at).note(note);
    engine.of_operation(edit, Area::Parameters, sender.request(), index);
}

/// Whether callers were warned.
fn removal(parameter: &At<'_>, today: &str, sender: Sender) -> (&'static Rule, &'static str) {
    let sunset = parameter.value.get("x-sunset");
    match (parameter.flag("deprecated"), sunset) {
        (false, _) => match sender {
            Sender::Client => (
                &rules::PARAMETER_REMOVED,
                "a value that callers set has no effect",
            ),
            Sender::Server => (
                &rules::PARAMETER_REMOVED,
                "handlers that read it find nothing",
            ),
        },
        (true, None) => (&rules::PARAMETER_RETIRED, "it was deprecated"),
        (true, Some(sunset)) => match sunset.as_str().and_then(lifecycle::date) {
            None => (&rules::PARAMETER_REMOVED_EARLY, "its sunset is not a date"),
            Some(date) if today < date.as_str() => (
                &rules::PARAMETER_REMOVED_EARLY,
                "its sunset has not passed yet",
            ),
            Some(_) => (&rules::PARAMETER_RETIRED, "its sunset has passed"),
        },
    }
}

/// Parameters that have the same name and mean the same, in another part of the request.
fn elsewhere<'a>(
    engine: &mut Engine<'a, '_>,
    gone: &[&Parameter<'a>],
    come: &[&Parameter<'a>],
) -> Vec<(usize, usize)> {
    same_values(engine, gone, come, |before, after, words| {
        let path = before.in_ == "path" || after.in_ == "path";
        words && before.in_ != after.in_ && !path
    })
}

/// Of the parameters that pass the test, those whose values are the same. The test learns whether
/// they have the same words in their names.
fn same_values<'a>(
    engine: &mut Engine<'a, '_>,
    gone: &[&Parameter<'a>],
    come: &[&Parameter<'a>],
    test: impl Fn(&Parameter<'a>, &Parameter<'a>, bool) -> bool,
) -> Vec<(usize, usize)> {
    let names = (names(gone), names(come));
    let equivalence = &mut engine.equivalence;
    renames::pairs(&names.0, &names.1, |b, h, words| {
        let (before, after) = (gone[b], come[h]);
        match (test(before, after, words), &before.schema, &after.schema) {
            (true, Some(old), Some(new)) => {
                equivalence.holds(&vec![old.clone()], &vec![new.clone()])
            }
            _ => false,
        }
    })
}

fn names<'p>(list: &[&'p Parameter<'_>]) -> Vec<&'p str> {
    list.iter()
        .map(|parameter| parameter.name.as_str())
        .collect()
}

fn moved<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
    sender: Sender,
) {
    let message = format!("{} moved: it is {} now", name(before), name(after));
    let added = if after.required {
        &rules::REQUIRED_PARAMETER_ADDED
    } else {
        &rules::PARAMETER_ADDED
    };
    let base = Spot::of(&before.at, "in", "");
    let head = Spot::of(&after.at, "in", "");
    let edit = Edit::changed(&rules::PARAMETER_MOVED, message, base, head).also(added);
    let edit = edit.at(&after.at.location);
    let edit = edit.note(match sender {
        Sender::Client => "the server ignores it at the old place",
        Sender::Server => "handlers that read it at the old place find nothing",
    });
    engine.of_operation(edit, Area::Parameters, sender.request(), index);
}

/// Parameters that are called alike and mean the same.
fn renamed<'a>(
    engine: &mut Engine<'a, '_>,
    gone: &[&Parameter<'a>],
    come: &[&Parameter<'a>],
) -> Vec<(usize, usize)> {
    same_values(engine, gone, come, |before, after, words| {
        before.in_ == after.in_ && (words || renames::alike(&before.name, &after.name))
    })
}

fn rename<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
    sender: Sender,
) {
    let (from, to) = (written(before), written(after));
    let message = format!("{} was renamed to `{to}`", name(before));
    let mut edit = Edit::changed(&rules::PARAMETER_RENAMED, message, &before.at, &after.at);
    edit = edit.also(&rules::PARAMETER_ADDED);
    edit.renamed = Some(Renamed {
        softened_by: format!("keep `{from}` beside `{to}` for a while, marked `deprecated: true`"),
        from: before.name.clone(),
        to: after.name.clone(),
    });
    engine.of_operation(edit, Area::Parameters, sender.request(), index);
}

fn parameter<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Parameter<'a>,
    after: &Parameter<'a>,
    sender: Sender,
) {
    let subject = name(after);
    let mut edits = lifecycle::of_objects(&subject, &before.at, &after.at, engine.today, true);
    // A path without its parameter is another path.
    if after.in_ != "path" {
        edits.extend(Edit::requiredness(
            &subject,
            (&before.at, before.required),
            (&after.at, after.required),
        ));
    }
    // In another place it is written in another way.
    if before.in_ == after.in_ {
        edits.extend(serialization(engine, &subject, before, after));
    }
    edits.extend(texts::compare(&subject, &before.at, &after.at, &COMPARED));
    for edit in edits {
        engine.of_operation(edit, Area::Parameters, sender.request(), index);
    }
    let context = Context {
        area: Area::Parameters,
        root: true,
        strong: after.media_type.as_deref().is_some_and(is_json),
        required: after.required && before.required,
        repeats: repeats(engine.base, before, after),
        form: InForm::Within,
        direction: sender.request(),
        unseen: false,
    };
    let schema = |parameter: &Parameter<'a>| parameter.schema.clone();
    match (schema(before), schema(after)) {
        (Some(old), Some(new)) => engine.schemas(Some(index), old, new, context),
        (None, Some(new)) => {
            let message = format!("{subject} has a schema now");
            let edit = Edit::added(&rules::MEDIA_SCHEMA_ADDED, message, &new);
            engine.of_operation(edit, Area::Parameters, sender.request(), index);
        }
        (Some(old), None) => {
            let message = format!("{subject} no longer has a schema");
            let edit = Edit::removed(&rules::MEDIA_SCHEMA_REMOVED, message, &old);
            engine.of_operation(edit, Area::Parameters, sender.request(), index);
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

/// Whether the name is repeated for each value of a list: of the one that was there before, or else of the one that is
/// there now.
fn repeats<'a>(document: &Document<'a>, before: &Parameter<'a>, after: &Parameter<'a>) -> bool {
    let schema = before.schema.as_ref().map(std::slice::from_ref);
    let types = schema.and_then(|schema| View::new(document, schema).types(document));
    let was_list = types.is_some_and(|(names, _)| names.contains("array"));
    let list = if was_list { before } else { after };
    list.style == "form" && list.explode
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
    let manner = |parameter: &Parameter<'_>| {
        let explode = if parameter.explode {
            "exploded"
        } else {
            "not exploded"
        };
        format!("{}, {explode}", parameter.style)
    };
    let place = |parameter: &Parameter<'_>| {
        let keyword = ["style", "explode", "collectionFormat"]
            .into_iter()
            .find_map(|keyword| parameter.at.get(keyword));
        let location = keyword.map_or(parameter.at.location.clone(), |at| at.location);
        Spot::new(&location, manner(parameter))
    };
    let prefixed =
        |parameter: &Parameter<'_>| matches!(parameter.style.as_str(), "label" | "matrix");
    let counts = prefixed(before) || prefixed(after) || composite(engine, before, after);
    if counts && (&before.style, before.explode) != (&after.style, after.explode) {
        let message = format!(
            "{subject} is serialized differently: {} before, {} now",
            manner(before),
            manner(after)
        );
        let edit = Edit::changed(&rules::STYLE_CHANGED, message, place(before), place(after));
        edits.push(edit.at(&after.at.location));
    }
    if whole(&before.media_type) != whole(&after.media_type) {
        let message = format!("{subject} is serialized as another media type");
        let base = Spot::of(&before.at, "content", "");
        let head = Spot::of(&after.at, "content", "");
        edits.push(Edit::changed(&rules::STYLE_CHANGED, message, base, head));
    }
    for keyword in ["allowReserved", "allowEmptyValue"] {
        let rule = match (before.at.flag(keyword), after.at.flag(keyword)) {
            (false, true) => &rules::STYLE_LOOSENED,
            (true, false) => &rules::STYLE_CHANGED,
            _ => continue,
        };
        let message = format!("`{keyword}` of {subject} changed");
        let base = Spot::of(&before.at, keyword, false);
        let head = Spot::of(&after.at, keyword, false);
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
    let composite = |types: Option<(BTreeSet<String>, Location)>| {
        types.is_none_or(|(names, _)| names.contains("array") || names.contains("object"))
    };
    composite(types(engine.base, &before.schema)) && composite(types(engine.head, &after.schema))
}
