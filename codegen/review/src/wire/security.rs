//! Security schemes, and the security requirements of operations.

use std::collections::{BTreeMap, BTreeSet};

use super::credentials::{self, value};
use super::document::{At, Document};
use super::edit::{Edit, Spot, shown};
use super::engine::Engine;
use super::model::Operation;
use super::rules::{self, Rule};
use super::texts;
use crate::taxonomy::{Area, Direction, Severity};
use codegen::location::{Location, Pointer};

/// Compares the requirements of the document, and the schemes.
pub fn compare(engine: &mut Engine<'_, '_>) {
    document(engine);
    schemes(engine);
}

/// The requirements of one operation; what it has from the document is compared there.
pub fn of_operation<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    if !base.own_security && !head.own_security {
        return;
    }
    let of = format!(" for `{} {}`", head.method, head.path);
    let sides = ((&base.security, &base.at), (&head.security, &head.at));
    let edits = requirements(sides, &of);
    let lists = (&base.security, &head.security);
    for edit in credentials::judged(engine, edits, lists) {
        engine.of_operation(edit, Area::Security, Direction::None, index);
    }
}

/// The requirements of the document.
fn document(engine: &mut Engine<'_, '_>) {
    let (base, head) = (engine.base.root(), engine.head.root());
    let security = (&base.get("security"), &head.get("security"));
    let edits = requirements(((security.0, &base), (security.1, &head)), "");
    let felt = engine.operations.iter().any(|one| one.inherits);
    let edits = if felt {
        credentials::judged(engine, edits, security)
    } else {
        edits
    };
    for edit in edits {
        engine.inherited(edit, Area::Security);
    }
}

/// The requirement, and the object that has it.
type Requirement<'s, 'a> = (&'s Option<At<'a>>, &'s At<'a>);

fn requirements((one, two): (Requirement<'_, '_>, Requirement<'_, '_>), of: &str) -> Vec<Edit> {
    let ((base, base_home), (head, head_home)) = (one, two);
    let (before, after) = (alternatives(base), alternatives(head));
    // No requirement, or one that is empty: everybody is let in.
    let open = |list: &Alternatives<'_>| list.is_empty() || list.contains_key("");
    let mut edits = Vec::new();
    for (names, (at, scopes)) in &after {
        match before.get(names) {
            None => {
                let (rule, note) = if open(&before) && !names.is_empty() {
                    (&rules::SECURITY_REQUIRED, REQUIRED)
                } else {
                    (&rules::SECURITY_ADDED, "")
                };
                let message = match names.as_str() {
                    "" => format!("authentication is optional{of} now"),
                    names => format!("authentication by `{names}` was added{of}"),
                };
                let mut edit = Edit::added(rule, message, at).at(&place(at, head_home));
                edit.part = inherited(names, at, head_home);
                edits.push(with_schemes(edit.note(note), at));
            }
            Some((old, old_scopes)) => {
                edits.extend(scopes_changed((old, old_scopes), (at, scopes), of))
            }
        }
    }
    for (names, (at, scopes)) in before
        .iter()
        .filter(|(names, _)| !after.contains_key(*names))
    {
        let part = part_of((at, scopes), &after);
        let rule = if open(&after) || part.is_some() {
            &rules::SECURITY_LIFTED
        } else {
            &rules::SECURITY_REMOVED
        };
        let message = match names.as_str() {
            "" => format!("authentication is no longer optional{of}"),
            names if open(&after) => {
                format!("authentication by `{names}` is no longer required{of}")
            }
            names => match part {
                Some(part) => {
                    format!("of the authentication by `{names}` only `{part}` is required{of} now")
                }
                None => format!("authentication by `{names}` was removed{of}"),
            },
        };
        let mut edit = Edit::removed(rule, message, at).at(&place(at, base_home));
        edit.part = inherited(names, at, base_home);
        // An operation that stops inheriting says so itself.
        let own = head.as_ref().filter(|own| inside(own, head_home));
        if let Some(own) = own.filter(|_| !inside(at, base_home)) {
            edit.head = Some(Spot::from(own));
            edit.location = own.location.clone();
        }
        edits.push(with_schemes(edit, at));
    }
    edits
}

const REQUIRED: &str = "no authentication was required before";

/// A requirement that is met by whoever met this one, with fewer schemes.
fn part_of<'l>(
    (at, scopes): (&At<'_>, &BTreeSet<String>),
    after: &'l Alternatives<'_>,
) -> Option<&'l str> {
    let has = |name: &String| at.members().any(|(known, _)| known == name);
    let mut after = after.iter();
    let found = after.find(|(_, (one, needed))| {
        one.members().all(|(name, _)| has(name)) && needed.is_subset(scopes)
    });
    found.map(|(names, _)| names.as_str())
}

/// A scheme means nothing to callers before it is required: what the scheme does to the crate, the
/// requirement does.
fn with_schemes(mut edit: Edit, requirement: &At<'_>) -> Edit {
    let homes = ["/components/securitySchemes", "/securityDefinitions"];
    let schemes = requirement
        .members()
        .flat_map(|(name, _)| homes.map(|home| Location::from(Pointer::from(home).key(name))));
    edit.covers.extend(schemes);
    edit
}

/// The document's own list is not in the operation.
fn place(at: &At<'_>, home: &At<'_>) -> Location {
    if inside(at, home) {
        at.location.clone()
    } else {
        home.location.clone()
    }
}

/// Several can be at the place of one operation that has them from the document.
fn inherited(names: &str, at: &At<'_>, home: &At<'_>) -> Option<String> {
    (!inside(at, home)).then(|| names.to_owned())
}

fn inside(at: &At<'_>, home: &At<'_>) -> bool {
    at.location.pointer.starts_with(&*home.location.pointer)
}

/// By the names of the schemes that go together: the place, and the scopes.
type Alternatives<'a> = BTreeMap<String, (At<'a>, BTreeSet<String>)>;

fn alternatives<'a>(security: &Option<At<'a>>) -> Alternatives<'a> {
    let mut found = Alternatives::new();
    for at in security.iter().flat_map(|at| at.items()) {
        let names: Vec<&str> = at.members().map(|(name, _)| name.as_str()).collect();
        let scopes = at.members().flat_map(|(name, at)| {
            let scopes = at.items();
            scopes.filter_map(move |scope| Some(format!("{name}: {}", scope.value.as_str()?)))
        });
        let scopes: BTreeSet<String> = scopes.collect();
        let entry = found.entry(names.join(" + "));
        entry
            .or_insert_with(|| (at.clone(), BTreeSet::new()))
            .1
            .extend(scopes);
    }
    found
}

fn scopes_changed(
    (base, before): (&At<'_>, &BTreeSet<String>),
    (head, after): (&At<'_>, &BTreeSet<String>),
    of: &str,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let scope = |at: &At<'_>, wanted: &str| {
        let mut places = at.members().flat_map(|(name, list)| {
            let name = name.clone();
            list.items().map(move |item| (name.clone(), item))
        });
        let found = places.find(|(name, item)| {
            item.value
                .as_str()
                .is_some_and(|scope| format!("{name}: {scope}") == wanted)
        });
        found.map_or_else(|| at.location.clone(), |(_, item)| item.location)
    };
    for name in after.difference(before) {
        let at = At {
            value: head.value,
            location: scope(head, name),
        };
        let message = format!("the scope `{name}` is required{of} now");
        edits.push(Edit::added(&rules::SECURITY_REQUIRED, message, &at));
    }
    for name in before.difference(after) {
        let at = At {
            value: base.value,
            location: scope(base, name),
        };
        let message = format!("the scope `{name}` is no longer required{of}");
        edits.push(Edit::removed(&rules::SECURITY_LIFTED, message, &at));
    }
    edits
}

/// The schemes themselves.
fn schemes(engine: &mut Engine<'_, '_>) {
    let base: BTreeMap<_, _> = engine
        .base
        .components("securitySchemes")
        .into_iter()
        .collect();
    let head: BTreeMap<_, _> = engine
        .head
        .components("securitySchemes")
        .into_iter()
        .collect();
    let required = required(engine.base);
    // What no operation requires, no client sends.
    let idle = |name: &String, edit: Edit| {
        if required.contains(name.as_str()) {
            edit
        } else {
            Edit {
                severities: Some((
                    edit.severities().0.min(Severity::Safe),
                    edit.severities().1.min(Severity::Safe),
                )),
                ..edit
            }
        }
    };
    let mut edits = Vec::new();
    for (name, at) in &head {
        match base.get(name) {
            Some(before) => {
                let before = engine.base.resolved(before.clone());
                let found = scheme(name, &before, &engine.head.resolved(at.clone()));
                edits.extend(found.into_iter().map(|edit| idle(name, edit)));
            }
            None => edits.push(Edit::added(
                &rules::SECURITY_ADDED,
                format!("the security scheme `{name}` was added"),
                at,
            )),
        }
    }
    for (name, at) in base.iter().filter(|(name, _)| !head.contains_key(*name)) {
        let message = format!("the security scheme `{name}` was removed");
        let edit = Edit::removed(&rules::SECURITY_REMOVED, message, at);
        edits.push(idle(name, edit));
    }
    for edit in edits {
        engine.of_document(edit, Area::Security);
    }
}

/// The schemes that the document or one of its operations requires. They are called by their names, which the reference
/// graph does not follow: it is made of `$ref` alone.
fn required<'a>(document: &Document<'a>) -> BTreeSet<&'a str> {
    let items = document.root().get("paths").into_iter();
    let items = items.flat_map(|at| at.members());
    let operations = items.flat_map(|(_, item)| document.resolved(item).members());
    let owners = operations.map(|(_, at)| at).chain([document.root()]);
    let lists = owners.filter_map(|at| at.get("security"));
    let requirements = lists.flat_map(|at| at.items());
    requirements
        .flat_map(|at| at.members())
        .map(|(name, _)| name.as_str())
        .collect()
}

/// What clients have to do.
const FIELDS: [(&str, &Rule); 6] = [
    ("type", &rules::SCHEME_CHANGED),
    ("in", &rules::SCHEME_CHANGED),
    ("name", &rules::SCHEME_CHANGED),
    ("scheme", &rules::SCHEME_CHANGED),
    ("bearerFormat", &rules::TEXT_CHANGED),
    ("openIdConnectUrl", &rules::SCHEME_DETAIL_CHANGED),
];

/// The values of `flow` in version 2.0, and what they were called afterwards.
const OLDER_FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

fn scheme(name: &str, base: &At<'_>, head: &At<'_>) -> Vec<Edit> {
    let mut edits = fields(name, base, head, &FIELDS);
    if value(base, "type") != value(head, "type") {
        return edits;
    }
    let (before, after) = (flows(base), flows(head));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for key in names {
        match (before.get(key), after.get(key)) {
            (Some(old), Some(new)) => {
                edits.extend(fields(name, old, new, &FLOW));
                edits.extend(scopes(name, old.get("scopes"), new.get("scopes")));
            }
            (None, Some(new)) => {
                let message = format!("the flow `{key}` was added to `{name}`");
                edits.push(Edit::added(&rules::SECURITY_ADDED, message, new));
            }
            (Some(old), None) => {
                let message = format!("the flow `{key}` was removed from `{name}`");
                edits.push(Edit::removed(&rules::SECURITY_REMOVED, message, old));
            }
            (None, None) => {}
        }
    }
    let known: Vec<&str> = FIELDS
        .iter()
        .map(|(field, _)| *field)
        .chain(FLOW.iter().map(|(field, _)| *field))
        .chain(["flow", "flows", "scopes"])
        .collect();
    edits.extend(texts::compare(&format!("`{name}`"), base, head, &known));
    edits
}

/// The flows by name. In version 2.0 the scheme is the flow itself.
fn flows<'a>(at: &At<'a>) -> BTreeMap<&'a str, At<'a>> {
    if let Some(flow) = at.text("flow") {
        let newer = OLDER_FLOWS.iter().find(|(older, _)| *older == flow);
        return BTreeMap::from([(newer.map_or(flow, |(_, newer)| newer), at.clone())]);
    }
    let flows = at.get("flows").into_iter().flat_map(|at| at.members());
    flows.map(|(name, at)| (name.as_str(), at)).collect()
}

const FLOW: [(&str, &Rule); 3] = [
    ("authorizationUrl", &rules::SCHEME_DETAIL_CHANGED),
    ("tokenUrl", &rules::SCHEME_DETAIL_CHANGED),
    ("refreshUrl", &rules::SCHEME_DETAIL_CHANGED),
];

fn fields(name: &str, base: &At<'_>, head: &At<'_>, fields: &[(&str, &'static Rule)]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (field, rule) in fields {
        // Names of headers and schemes are the same in any case (RFC 9110, section 5.1 and 11.1).
        let headers = [base, head]
            .iter()
            .all(|at| at.text("in") == Some("header"));
        let text = |at: &At<'_>| {
            value(at, field).map(|text| match *field {
                "scheme" => text.to_lowercase(),
                "name" if headers => text.to_lowercase(),
                _ => text.to_owned(),
            })
        };
        if text(base) == text(head) {
            continue;
        }
        let word = |at: &At<'_>| {
            at.value
                .get(*field)
                .map_or_else(|| "nothing".to_owned(), shown)
        };
        let message = format!(
            "`{field}` of the security scheme `{name}` changed from {} to {}",
            word(base),
            word(head)
        );
        let spot = |at: &At<'_>| Spot::of(at, field, serde_json::Value::Null);
        let (old, new) = (spot(base), spot(head));
        let place = if new.location == head.location {
            old.location.clone()
        } else {
            new.location.clone()
        };
        edits.push(Edit::changed(rule, message, old, new).at(&place));
        // Another type has other fields.
        if *field == "type" {
            break;
        }
    }
    edits
}

fn scopes(name: &str, base: Option<At<'_>>, head: Option<At<'_>>) -> Vec<Edit> {
    fn list<'a>(at: Option<At<'a>>) -> BTreeMap<&'a String, At<'a>> {
        at.into_iter().flat_map(|at| at.members()).collect()
    }
    let (before, after) = (list(base), list(head));
    let mut edits = Vec::new();
    for (scope, at) in &after {
        match before.get(scope) {
            None => {
                let message = format!("the scope `{scope}` was added to `{name}`");
                edits.push(Edit::added(&rules::SECURITY_ADDED, message, at));
            }
            Some(old) if old.value != at.value => {
                let message = format!("the description of the scope `{scope}` of `{name}` changed");
                edits.push(Edit::changed(&rules::SCOPE_TEXT_CHANGED, message, old, at));
            }
            Some(_) => {}
        }
    }
    for (scope, at) in before
        .iter()
        .filter(|(scope, _)| !after.contains_key(*scope))
    {
        let message = format!("the scope `{scope}` was removed from `{name}`");
        edits.push(Edit::removed(&rules::SECURITY_REMOVED, message, at));
    }
    edits
}
