//! What a value may be: type, format, null, content.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, Spot, shown};
use super::rules::{self, Rule};
use super::schema::View;
use super::schema_pair::{AreEquivalent, InForm, SchemaPair, both_pure};
use super::values;
use crate::taxonomy::Area;
use codegen::location::Location;

type Types = Option<(BTreeSet<String>, Location)>;

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let unions = if both_pure(pair) {
        false
    } else {
        !pair.base.unions.is_empty() || !pair.head.unions.is_empty()
    };
    match (
        unions,
        pair.base.unions.is_empty(),
        pair.head.unions.is_empty(),
    ) {
        (false, ..) => {
            let base = pair.base.types(pair.base_document);
            let head = pair.head.types(pair.head_document);
            type_and_format(pair, (base, head), equivalent);
        }
        // The alternatives are compared one by one.
        (true, false, false) => {
            let types = (pair.base.own_types(), pair.head.own_types());
            type_and_format(pair, types, equivalent);
        }
        _ => {}
    }
    elsewhere(pair);
    nullable(pair);
    values::compare(pair);
    content(pair);
}

fn type_and_format<'a>(
    pair: &mut SchemaPair<'a, '_>,
    (base, head): (Types, Types),
    equivalent: AreEquivalent<'_, 'a>,
) {
    let names = |types: &Types| types.as_ref().map(|(names, _)| names.clone());
    if names(&base) == names(&head) {
        format(pair, base.is_some());
        return;
    }
    let (rule, also) = rule(
        pair,
        names(&base).as_ref(),
        names(&head).as_ref(),
        equivalent,
    );
    let message = format!(
        "the type of {} changed from {} to {}",
        pair.subject(),
        written(pair, &pair.base, &base),
        written(pair, &pair.head, &head)
    );
    let spot = |types: &Types, view: &View<'_>| match types {
        Some((names, location)) => Spot::new(location, joined(names)),
        None => Spot::new(view.home(), Value::Null),
    };
    let (base, head) = (spot(&base, &pair.base), spot(&head, &pair.head));
    let mut edit = Edit::changed(rule, message, base, head);
    edit.also.extend(also);
    pair.push(edit);
}

/// `string`, or with its format where that changes as well.
fn written(pair: &SchemaPair<'_, '_>, view: &View<'_>, types: &Types) -> String {
    let Some((names, _)) = types else {
        return "anything".to_owned();
    };
    fn format<'a>(view: &View<'a>) -> Option<&'a str> {
        view.get("format").and_then(|at| at.value.as_str())
    }
    match format(view) {
        Some(name) if format(&pair.base) != format(&pair.head) => {
            format!("`{}` (`{name}`)", joined(names))
        }
        _ => format!("`{}`", joined(names)),
    }
}

fn joined(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(" | ")
}

/// Where no value of the one type is of the other, what is said of the old values goes with them and
/// what is said of the new ones comes: the edits from the index on are one with that of the type.
pub fn fold_into_exchange(pair: &mut SchemaPair<'_, '_>, from: usize) {
    let names = |types: Types| types.map(|(names, _)| names).unwrap_or_default();
    let base = names(pair.base.types(pair.base_document));
    let head = names(pair.head.types(pair.head_document));
    let changed = |edit: &Edit| std::ptr::eq(edit.rule, &rules::TYPE_CHANGED);
    let Some(exchange) = pair.edits.iter().position(changed) else {
        return;
    };
    // A format can change where no type is stated.
    if base.is_empty() || !base.is_disjoint(&head) {
        return;
    }
    let folded = pair.edits.split_off(from);
    let rules = folded.iter().map(|edit| edit.rule);
    pair.edits[exchange].also.extend(rules);
}

/// Which rule a change of types falls under.
fn rule<'a>(
    pair: &SchemaPair<'a, '_>,
    base: Option<&BTreeSet<String>>,
    head: Option<&BTreeSet<String>>,
    equivalent: AreEquivalent<'_, 'a>,
) -> (&'static Rule, Option<&'static Rule>) {
    let (Some(base), Some(head)) = (base, head) else {
        let rule = match head {
            None => &rules::TYPE_OPENED,
            Some(_) => &rules::TYPE_CLOSED,
        };
        return (rule, None);
    };
    if list_of_scalar(pair, base, head, equivalent) {
        return (&rules::TYPE_GENERALIZED, None);
    }
    if base.len() > 1 || head.len() > 1 {
        return several(pair, base, head);
    }
    let (base, head) = (first(base), first(head));
    let rule = match (base, head) {
        ("integer", "number") => &rules::TYPE_GENERALIZED,
        ("number", "integer") => &rules::TYPE_SPECIALIZED,
        _ => of_text(pair, base, head),
    };
    (rule, None)
}

/// Lists of types: by `type`, or by alternatives that are no more than types.
fn several(
    pair: &SchemaPair<'_, '_>,
    base: &BTreeSet<String>,
    head: &BTreeSet<String>,
) -> (&'static Rule, Option<&'static Rule>) {
    let lost = base.iter().any(|name| !accepts(head, name));
    let won = head.iter().any(|name| !accepts(base, name));
    // A type beside several is one more alternative, whatever it is written as.
    let further = base.len() > 1 && base.is_subset(head);
    let alternatives = !(pair.base.unions.is_empty() && pair.head.unions.is_empty());
    match (alternatives, lost, won) {
        (true, true, true) => (&rules::TYPES_EXCHANGED, Some(&rules::TYPES_WIDENED)),
        (true, true, false) => (&rules::TYPES_NARROWED, None),
        (true, false, _) if further => (&rules::ALTERNATIVE_TYPE_ADDED, None),
        (true, false, _) => (&rules::TYPES_WIDENED, None),
        (false, true, false) if !other_format(pair) => (&rules::TYPE_SPECIALIZED, None),
        (false, false, _) if !other_format(pair) => {
            if further {
                (&rules::FURTHER_TYPE, None)
            } else {
                (&rules::TYPE_GENERALIZED, None)
            }
        }
        _ => (&rules::TYPE_CHANGED, None),
    }
}

/// The values that are left have another format as well.
fn other_format(pair: &SchemaPair<'_, '_>) -> bool {
    let (base, head) = (pair.base.get("format"), pair.head.get("format"));
    match (base, head) {
        (Some(base), Some(head)) => base.value != head.value,
        _ => false,
    }
}

/// Where everything is written as text, a text can be anything but several.
fn of_text(pair: &SchemaPair<'_, '_>, base: &str, head: &str) -> &'static Rule {
    let context = pair.context;
    let repeats = context.repeats || matches!(context.form, InForm::Field | InForm::Part);
    if context.strong || (base == "array" && repeats) {
        return &rules::TYPE_CHANGED;
    }
    let parameter = context.area == Area::Parameters;
    match (base, head) {
        // Whether the object is written as JSON is not known here.
        (_, "string") if parameter && !context.root => &rules::TYPE_UNSURE,
        (_, "string") if parameter => &rules::TYPE_GENERALIZED,
        (_, "string") => &rules::BECAME_TEXT,
        _ if parameter && !context.root => &rules::PARAMETER_PROPERTY_SPECIALIZED,
        ("string", _) => &rules::BECAME_OTHER_THAN_TEXT,
        _ => &rules::TYPE_CHANGED,
    }
}

/// A form parameter that became a list of what it was: `?color=red` is a list of one.
fn list_of_scalar<'a>(
    pair: &SchemaPair<'a, '_>,
    base: &BTreeSet<String>,
    head: &BTreeSet<String>,
    equivalent: AreEquivalent<'_, 'a>,
) -> bool {
    let lists = head.len() == 1 && first(head) == "array" && !base.contains("array");
    if !(pair.context.repeats && lists) {
        return false;
    }
    match pair.head.get("items") {
        Some(items) => {
            let mut scalar = pair.base.objects.clone();
            // Whether null is allowed is the list's matter now.
            scalar.truncate(1);
            let items = vec![items];
            pair.base.null.is_none() && equivalent(&scalar, &items)
                || same_but_null(pair, &items[0], base)
        }
        None => false,
    }
}

/// The items have the scalar's type and nothing that narrows them.
fn same_but_null<'a>(pair: &SchemaPair<'a, '_>, items: &At<'a>, base: &BTreeSet<String>) -> bool {
    let view = View::new(pair.head_document, std::slice::from_ref(items));
    let types = view.types(pair.head_document).map(|(names, _)| names);
    let plain = |view: &View<'_>| {
        let objects = view.objects.iter().filter_map(At::object);
        objects
            .flat_map(|object| object.keys())
            .all(|key| key == "type" || super::keywords::ANNOTATIONS.contains(&key.as_str()))
    };
    // Any single value can be read as a text.
    let takes = types.is_some_and(|types| types == *base || first(&types) == "string");
    takes && plain(&view) && plain(&pair.base)
}

fn accepts(types: &BTreeSet<String>, name: &str) -> bool {
    types.contains(name) || (name == "integer" && types.contains("number"))
}

fn first(types: &BTreeSet<String>) -> &str {
    types.first().map_or("", String::as_str)
}

fn format(pair: &mut SchemaPair<'_, '_>, typed: bool) {
    if bytes(&pair.base) == bytes(&pair.head) && bytes(&pair.base).is_some() {
        return;
    }
    let (base, head) = (pair.base.get("format"), pair.head.get("format"));
    let name = |at: &Option<At<'_>>| {
        at.as_ref()
            .and_then(|at| at.value.as_str())
            .unwrap_or("")
            .to_owned()
    };
    let (from, to) = (name(&base), name(&head));
    if from == to {
        return;
    }
    let rule = match (meant(&from), meant(&to)) {
        ("", "") => &rules::TEXT_CHANGED,
        ("", _) => &rules::FORMAT_ADDED,
        (_, "") if no_file_any_more(pair) => &rules::TYPE_CHANGED,
        (_, "") => &rules::FORMAT_REMOVED,
        pair if typed && WIDER.contains(&pair) => &rules::TYPE_GENERALIZED,
        (from, to) if typed && WIDER.contains(&(to, from)) => &rules::TYPE_SPECIALIZED,
        _ => &rules::TYPE_CHANGED,
    };
    let word = |name: &str| match name {
        "" => "none".to_owned(),
        name => format!("`{name}`"),
    };
    let message = format!(
        "the format of {} changed from {} to {}",
        pair.subject(),
        word(&from),
        word(&to)
    );
    let base = Spot::or_missing(base.as_ref(), pair.base.home());
    let head = Spot::or_missing(head.as_ref(), pair.head.home());
    pair.push(Edit::changed(rule, message, base, head));
}

/// `password` is a hint for user interfaces (OpenAPI 3.0.3, section 4.4): it says nothing of values.
fn meant(format: &str) -> &str {
    match format {
        "password" => "",
        format => format,
    }
}

const FILE: &str = "as they are";

/// How bytes are written as text: 2.0 has a type for it, 3.0 formats, and 3.1 the keywords of JSON Schema.
fn bytes(view: &View<'_>) -> Option<&'static str> {
    let text = |keyword| view.get(keyword).and_then(|at| at.value.as_str());
    if text("type") == Some("file") {
        return Some(FILE);
    }
    match (
        text("format"),
        text("contentEncoding"),
        text("contentMediaType"),
    ) {
        (Some("byte"), None, None) | (None, Some("base64"), None) => Some("base64"),
        (Some("binary"), None, None) | (None, None, Some("application/octet-stream")) => Some(FILE),
        _ => None,
    }
}

/// Whether a part was a file, which has a name and a type of its own, and is a field now.
fn no_file_any_more(pair: &SchemaPair<'_, '_>) -> bool {
    pair.context.form == InForm::Part
        && bytes(&pair.base) == Some(FILE)
        && pair.head.get("contentMediaType").is_none()
}

/// Formats whose values are all of the other format as well. `date`, `time` and `date-time` are none of
/// them: no text is of two of them (RFC 3339, section 5.6).
const WIDER: [(&str, &str); 4] = [
    ("float", "double"),
    ("int32", "int64"),
    ("int32", "bigint"),
    ("int64", "bigint"),
];

/// What another file holds is not known here.
fn elsewhere(pair: &mut SchemaPair<'_, '_>) {
    if let (Some(base), Some(head)) = (pair.base.elsewhere.first(), pair.head.elsewhere.first())
        && base.value != head.value
    {
        let (from, to) = (shown(base.value), shown(head.value));
        let message = format!(
            "{} refers to {to} now, and to {from} before",
            pair.subject()
        );
        let edit = Edit::changed(&rules::TYPE_UNSURE, message, base, head);
        pair.push(edit.note("the reference is unresolved: its target is not in the document"));
    }
}

fn nullable(pair: &mut SchemaPair<'_, '_>) {
    let spot = |place: &Option<Location>, home: &Location| match place {
        Some(location) => Spot::new(location, true),
        None => Spot::new(home, false),
    };
    let (rule, word) = match (&pair.base.null, &pair.head.null) {
        (None, Some(_)) => (&rules::BECAME_NULLABLE, "became nullable"),
        (Some(_), None) => (&rules::BECAME_NOT_NULLABLE, "is no longer nullable"),
        _ => return,
    };
    if takes_anything(&pair.base, pair.base_document)
        || takes_anything(&pair.head, pair.head_document)
    {
        return;
    }
    let message = format!("{} {word}", pair.subject());
    let base = spot(&pair.base.null, pair.base.home());
    let head = spot(&pair.head.null, pair.head.home());
    pair.push(Edit::changed(rule, message, base, head));
}

/// What takes anything takes null as well.
fn takes_anything<'a>(view: &View<'a>, document: &Document<'a>) -> bool {
    view.types(document).is_none() && view.unions.is_empty() && view.get("enum").is_none()
}

/// `contentEncoding`, `contentMediaType` and `contentSchema`.
fn content<'a>(pair: &mut SchemaPair<'a, '_>) {
    if bytes(&pair.base) == bytes(&pair.head) && bytes(&pair.base).is_some() {
        return;
    }
    for keyword in ["contentEncoding", "contentMediaType"] {
        let base = pair.base.get(keyword);
        let head = pair.head.get(keyword);
        if base.as_ref().map(|at| at.value) == head.as_ref().map(|at| at.value) {
            continue;
        }
        let message = format!("`{keyword}` of {} changed", pair.subject());
        let base = Spot::or_missing(base.as_ref(), pair.base.home());
        let head = Spot::or_missing(head.as_ref(), pair.head.home());
        let place = head.location.clone();
        let rule = &rules::CONTENT_CHANGED;
        let place = if place.pointer.ends_with(keyword) {
            place
        } else {
            base.location.clone()
        };
        pair.push(Edit::changed(rule, message, base, head).at(&place));
    }
    let keyword = "contentSchema";
    let (added, removed) = (&rules::CONTENT_SCHEMA_ADDED, &rules::CONTENT_SCHEMA_REMOVED);
    if !pair.keyword(keyword, added, removed)
        && let (Some(base), Some(head)) = (pair.base.get(keyword), pair.head.get(keyword))
    {
        pair.descend(vec![base], vec![head]);
    }
}
