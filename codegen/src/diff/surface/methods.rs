//! Resources, their methods, and the requests that those return.

use std::collections::{BTreeMap, BTreeSet};

use super::crates::{Placed, template};
use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, declare, listed};
use crate::diff::Bump;
use crate::rust::{Argument, Method, Role, Ty};

impl<'a> Comparison<'a> {
    pub(super) fn methods(&mut self) {
        let implied = self.moved_resources();
        let (base, head) = (self.base, self.head);
        let matched: BTreeMap<usize, usize> = self.pairs.methods.iter().copied().collect();
        for (index, one) in base.methods.iter().enumerate() {
            match matched.get(&index) {
                Some(other) => self.method(one, &head.methods[*other], &implied),
                None => {
                    let change = Change::new(
                        Bump::Major,
                        one.item(),
                        "Remove the calls: the operation is gone.",
                    )
                    .before(declare::method(one.method), &one.method.pointer);
                    self.push(change);
                }
            }
        }
        let known: BTreeSet<usize> = matched.values().copied().collect();
        for (index, two) in head.methods.iter().enumerate() {
            if !known.contains(&index) {
                let change = Change::new(Bump::Minor, two.item(), "")
                    .after(declare::method(two.method), &two.method.pointer);
                self.push(change);
            }
        }
        self.resource_texts();
    }

    /// Only where nothing else differs: an example follows whatever it calls.
    pub(super) fn examples(&mut self) {
        for &(one, two) in &self.pairs.methods {
            let (one, two) = (&self.base.methods[one], &self.head.methods[two]);
            if one.method.example != two.method.example {
                self.push(changed(
                    Bump::Patch,
                    two.item(),
                    "Nothing: only the example differs.",
                    one.method,
                    two.method,
                ));
            }
        }
    }

    /// Resources of which all methods went to one other: one change each. Returns the pairs of
    /// accesses whose methods need none of their own.
    fn moved_resources(&mut self) -> BTreeSet<(&'a str, &'a str)> {
        let (base, head) = (self.base, self.head);
        let mut targets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for &(one, two) in &self.pairs.methods {
            let (one, two) = (&base.methods[one], &head.methods[two]);
            targets.entry(one.access).or_default().insert(two.access);
        }
        let accesses = |access: &str| head.resources.iter().any(|r| r.resource.access == access);
        let mut moved = BTreeSet::new();
        for (from, to) in targets {
            let Some(&to) = to.first().filter(|_| to.len() == 1) else {
                continue;
            };
            if from != to && !accesses(from) {
                moved.insert((from, to));
            }
        }
        for &(from, to) in &moved {
            let find = |side: &'a super::Side<'a>, access: &str| {
                side.resources.iter().find(|r| r.resource.access == access)
            };
            let (Some(one), Some(two)) = (find(base, from), find(head, to)) else {
                continue;
            };
            let methods = self
                .pairs
                .methods
                .iter()
                .map(|&(one, two)| (&base.methods[one], &head.methods[two]));
            let places: Vec<(&str, &str)> = methods
                .filter(|(one, _)| one.access == from)
                .map(|(one, two)| (one.method.pointer.as_str(), two.method.pointer.as_str()))
                .collect();
            let (first_base, first_head) = places.first().copied().unwrap_or_default();
            let note = format!("Write `{to}` in place of `{from}`.");
            let change = Change::new(Bump::Major, one.item(), note)
                .before(
                    declare::accessor(one.resource, &one.type_path()),
                    first_base,
                )
                .after(
                    declare::accessor(two.resource, &two.type_path()),
                    first_head,
                )
                .causes(places.iter().flat_map(|(one, two)| [*one, *two]));
            self.push(change);
        }
        moved
    }

    fn resource_texts(&mut self) {
        let (base, head) = (self.base, self.head);
        for two in &head.resources {
            let Some(one) = base
                .resources
                .iter()
                .find(|r| r.resource.access == two.resource.access)
            else {
                continue;
            };
            let (item, note, bump) = if one.type_path() != two.type_path() {
                let note = format!(
                    "Write `{}` in place of `{}`.",
                    two.type_path(),
                    one.type_path()
                );
                (one.type_path(), note, Bump::Major)
            } else if one.resource.docs != two.resource.docs {
                (two.type_path(), DOCS_ONLY.to_owned(), Bump::Patch)
            } else {
                continue;
            };
            let change = Change::new(bump, item, note)
                .before(
                    declare::accessor(one.resource, &one.type_path()),
                    &one.resource.pointer,
                )
                .after(
                    declare::accessor(two.resource, &two.type_path()),
                    &two.resource.pointer,
                );
            self.push(change);
        }
    }

    fn method(&mut self, one: &Placed<'a>, two: &Placed<'a>, implied: &BTreeSet<(&str, &str)>) {
        let before = self.changes.len();
        let (base, head) = (one.method, two.method);
        let moved = one.access != two.access && !implied.contains(&(one.access, two.access));
        if moved || base.name != head.name {
            let note = format!(
                "Call `{}(..)` in place of `{}(..)`.",
                two.call(),
                one.call()
            );
            let shown = |placed: &Placed<'_>| {
                format!(
                    "impl {} {{ {} }}",
                    placed.type_name,
                    declare::method(placed.method)
                )
            };
            let change = Change::new(Bump::Major, one.item(), note)
                .before(shown(one), &base.pointer)
                .after(shown(two), &head.pointer);
            self.push(change);
        } else if base.request != head.request {
            let note = format!("Write `{}` in place of `{}`.", head.request, base.request);
            self.push(changed(Bump::Major, one.request(), note, base, head));
        }
        self.arguments(two, base, head);
        self.options(two, base, head);
        self.output(two, base, head);
        self.error_bodies(two, base, head);
        if self.changes.len() == before {
            self.method_text(two, base, head);
        }
    }

    fn arguments(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let fits = base.arguments.len() == head.arguments.len();
        let pairs = || base.arguments.iter().zip(&head.arguments);
        let worst = pairs()
            .map(|(one, two)| self.parameter(one, two))
            .max()
            .unwrap_or_default();
        let (one, two) = (names(&base.arguments), names(&head.arguments));
        let swapped = one != two && BTreeSet::from_iter(&one) == BTreeSet::from_iter(&two);
        let bump = if !fits || swapped { Bump::Major } else { worst };
        if bump > Bump::None {
            let note = match bump {
                Bump::Major if fits && swapped && worst < Bump::Major => {
                    "Reorder the arguments: in their old order they compile and mean something else.".to_owned()
                }
                Bump::Major => signature_note(base, head),
                _ => "Nothing: it takes what it took, and more.".to_owned(),
            };
            let causes = differing(base, head, |one, two| self.parameter(one, two) > Bump::None);
            let change = changed(bump, placed.item(), note, base, head);
            return self.push(narrowed(change, &causes));
        }
        self.on_the_wire(placed, base, head);
    }

    /// The same signature, and another request behind it.
    fn on_the_wire(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let mut told = Vec::new();
        let mut causes = Vec::new();
        if base.http_method != head.http_method {
            told.push(format!(
                "sends {} in place of {}",
                head.http_method, base.http_method
            ));
        }
        if self.address(self.base, base) != self.address(self.head, head) {
            told.push(format!("calls `{}` in place of `{}`", head.path, base.path));
        }
        for (one, two) in base.arguments.iter().zip(&head.arguments) {
            if one.role != two.role
                && !matches!((&one.role, &two.role), (Role::Path(_), Role::Path(_)))
            {
                told.push(sent_otherwise(one, two));
                causes.extend([one.pointer.as_str(), two.pointer.as_str()]);
            }
        }
        if base.anonymous && !head.anonymous {
            told.push("sends the credentials".to_owned());
        }
        if !told.is_empty() {
            let note = format!("Update the crate, or calls fail: it {}.", told.join(", "));
            let change = changed(Bump::Patch, placed.item(), note, base, head).fails_at_run_time();
            self.push(change.causes(causes));
        }
        let key = |method: &Method| matches!(method.http_method.as_str(), "POST" | "PATCH");
        let declaration =
            || "pub fn idempotency_key(self, key: impl Into<String>) -> Self".to_owned();
        let path = format!("{}::idempotency_key", placed.request());
        match (key(base), key(head)) {
            (true, false) => {
                let change = Change::new(Bump::Major, path, "Remove the calls.")
                    .before(declaration(), &base.pointer);
                self.push(change);
            }
            (false, true) => {
                let change = Change::new(Bump::Minor, path, "").after(declaration(), &head.pointer);
                self.push(change);
            }
            _ => {}
        }
    }

    /// Where the method calls, whether the server or the path says so.
    pub(super) fn address(&self, side: &super::Side<'_>, method: &Method) -> String {
        let url = &side.sdk.service.base_url;
        let host = url.find("://").map_or(0, |at| at + 3);
        let prefix = url[host..].find('/').map_or("", |at| &url[host + at..]);
        template(&format!("{prefix}{}", method.path))
    }

    fn options(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let positional =
            |method: &Method, name: &str| method.arguments.iter().any(|a| a.name == name);
        let find = |method: &'_ Method, name: &str| {
            method.options.iter().find(|a| a.name == name).cloned()
        };
        for one in &base.options {
            let path = format!("{}::{}", placed.request(), one.name);
            let change = match find(head, &one.name) {
                // The method's signature tells it.
                None if positional(head, &one.name) => continue,
                None => Change::new(
                    Bump::Major,
                    path,
                    "Remove the calls: the parameter is gone.",
                ),
                Some(two) => match self.option(path, one, &two) {
                    Some(change) => change.after(declare::option(&two), &two.pointer),
                    None => continue,
                },
            };
            self.push(change.before(declare::option(one), &one.pointer));
        }
        for two in &head.options {
            if find(base, &two.name).is_none() && !positional(base, &two.name) {
                let path = format!("{}::{}", placed.request(), two.name);
                let change =
                    Change::new(Bump::Minor, path, "").after(declare::option(two), &two.pointer);
                self.push(change);
            }
        }
    }

    fn option(&self, path: String, one: &Argument, two: &Argument) -> Option<Change> {
        let bump = self.parameter(one, two);
        Some(if bump == Bump::Major {
            let note = format!(
                "Give it `{}`; it took `{}`.",
                declare::parameter_ty(two),
                declare::parameter_ty(one)
            );
            Change::new(bump, path, note)
        } else if bump == Bump::Minor {
            Change::new(bump, path, "Nothing: it takes what it took, and more.")
        } else if one.role != two.role {
            let note = format!(
                "Update the crate, or calls fail: it {}.",
                sent_otherwise(one, two)
            );
            Change::new(Bump::Patch, path, note).fails_at_run_time()
        } else if !one.deprecated && two.deprecated {
            Change::new(Bump::Minor, path, DEPRECATED)
        } else if one.deprecated && !two.deprecated {
            Change::new(Bump::Patch, path, "Nothing: it is no longer deprecated.")
        } else if one.docs != two.docs {
            Change::new(Bump::Patch, path, DOCS_ONLY)
        } else {
            return None;
        })
    }

    /// What another type of a parameter does to those who call. Everything that has one text can
    /// be given where anything with a text is taken.
    fn parameter(&self, one: &Argument, two: &Argument) -> Bump {
        let (before, after) = (declare::parameter_ty(one), declare::parameter_ty(two));
        let widened = match (&one.ty, after.as_str()) {
            (ty, "impl Display") => has_text(ty),
            (Ty::Vec(item), "impl IntoIterator<Item = impl Display>") => {
                has_text(item) && before.starts_with("impl IntoIterator")
            }
            _ => false,
        };
        let shape = |text: &str| text.starts_with('&');
        match () {
            () if before == after => Bump::None,
            () if self.pairs.same(&one.ty, &two.ty) && shape(&before) == shape(&after) => {
                Bump::None
            }
            () if widened => Bump::Minor,
            () => Bump::Major,
        }
    }

    fn output(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = placed.request();
        let change = if !self.pairs.same(&base.output, &head.output) {
            let note = format!(
                "Use the answer as `{}`; it was `{}`.",
                declare::outer_ty(&head.output),
                declare::outer_ty(&base.output)
            );
            Change::new(Bump::Major, path, note)
        } else if base.decode != head.decode {
            Change::new(
                Bump::Patch,
                path,
                "Update the crate, or answers cannot be read: they are wrapped otherwise.",
            )
            .fails_at_run_time()
        } else {
            return;
        };
        let change = change
            .before(declare::output(base), &base.output_pointer)
            .after(declare::output(head), &head.output_pointer);
        self.push(change);
    }

    /// What the document tells of errors is theirs to read who look into `ApiError`.
    fn error_bodies(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let new = |one: &Method, two: &'_ Method| -> Vec<(String, String)> {
            let known = |status: &str| one.errors.iter().any(|e| e.status == status);
            let new = two.errors.iter().filter(|e| !known(&e.status));
            new.map(|e| (e.status.clone(), e.pointer.clone())).collect()
        };
        for (status, pointer) in new(base, head) {
            let note =
                format!("Nothing: `ApiError::body` holds what the document says of {status} now.");
            let change = Change::new(
                Bump::Minor,
                format!("{} ({status})", placed.request()),
                note,
            )
            .after(format!("Err(Error::Api(..)) // {status}"), &pointer);
            self.push(change);
        }
    }

    fn method_text(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let args = |method: &Method| -> Vec<String> {
            method.arguments.iter().map(|a| a.docs.clone()).collect()
        };
        let (bump, note) = match (base.deprecated, head.deprecated) {
            (false, true) => (Bump::Minor, DEPRECATED),
            (true, false) => (Bump::Patch, "Nothing: it is no longer deprecated."),
            _ if base.docs != head.docs
                || base.path != head.path
                || names(&base.arguments) != names(&head.arguments)
                || args(base) != args(head) =>
            {
                (Bump::Patch, DOCS_ONLY)
            }
            _ => return,
        };
        let causes = differing(base, head, |one, two| one.docs != two.docs);
        let causes = if base.docs == head.docs {
            causes
        } else {
            BTreeSet::new()
        };
        let change = changed(bump, placed.item(), note, base, head);
        self.push(narrowed(change, &causes));
    }
}

fn changed(
    bump: Bump,
    path: String,
    note: impl Into<String>,
    base: &Method,
    head: &Method,
) -> Change {
    Change::new(bump, path, note)
        .before(declare::method(base), &base.pointer)
        .after(declare::method(head), &head.pointer)
}

/// The places of the arguments themselves beside that of the operation.
fn narrowed(change: Change, causes: &BTreeSet<String>) -> Change {
    change.causes(causes.iter().map(String::as_str))
}

/// The places of the arguments that only one side has, or that differ.
fn differing(
    base: &Method,
    head: &Method,
    differ: impl Fn(&Argument, &Argument) -> bool,
) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let find =
        |method: &'_ Method, name: &str| method.arguments.iter().find(|a| a.name == name).cloned();
    for one in &base.arguments {
        match find(head, &one.name) {
            Some(two) if !differ(one, &two) => {}
            Some(two) => places.extend([one.pointer.clone(), two.pointer]),
            None => {
                places.insert(one.pointer.clone());
                let other = head.options.iter().find(|a| a.name == one.name);
                places.extend(other.map(|a| a.pointer.clone()));
            }
        }
    }
    for two in &head.arguments {
        if find(base, &two.name).is_none() {
            places.insert(two.pointer.clone());
        }
    }
    places
}

fn names(arguments: &[Argument]) -> Vec<&str> {
    arguments
        .iter()
        .map(|argument| argument.name.as_str())
        .collect()
}

fn signature_note(base: &Method, head: &Method) -> String {
    let (one, two) = (names(&base.arguments), names(&head.arguments));
    let (was, is) = (names(&base.options), names(&head.options));
    let mut told = Vec::new();
    let added: Vec<&str> = two.iter().filter(|n| !one.contains(n)).copied().collect();
    let removed: Vec<&str> = one.iter().filter(|n| !two.contains(n)).copied().collect();
    let (promoted, added): (Vec<&str>, Vec<&str>) =
        added.into_iter().partition(|n| was.contains(n));
    let (demoted, removed): (Vec<&str>, Vec<&str>) =
        removed.into_iter().partition(|n| is.contains(n));
    if !added.is_empty() {
        told.push(format!("pass {}", listed(added)));
    }
    for name in promoted {
        told.push(format!(
            "pass `{name}` here in place of `.{name}(..)` on the request"
        ));
    }
    for name in demoted {
        told.push(format!("set `{name}` by `.{name}(..)` on the request"));
    }
    if !removed.is_empty() {
        told.push(format!("leave {} out", listed(removed)));
    }
    for (one, two) in base
        .arguments
        .iter()
        .filter_map(|a| Some((a, head.arguments.iter().find(|b| b.name == a.name)?)))
    {
        let (before, after) = (declare::parameter_ty(one), declare::parameter_ty(two));
        if before != after {
            told.push(format!(
                "give `{}` as `{after}`, which was `{before}`",
                one.name
            ));
        }
    }
    let told = match told.as_slice() {
        [] => "pass the arguments in their new order".to_owned(),
        _ => told.join(", and "),
    };
    let mut chars = told.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", chars.as_str())
}

fn sent_otherwise(one: &Argument, two: &Argument) -> String {
    match (wire_name(&one.role), wire_name(&two.role)) {
        (Some(before), Some(after)) if before != after => {
            format!("sends `{after}` in place of `{before}`")
        }
        _ => format!("sends `{}` in another form", two.name),
    }
}

fn wire_name(role: &Role) -> Option<&str> {
    match role {
        Role::Path(name)
        | Role::Query(name)
        | Role::QueryList(name, _)
        | Role::QueryObject(name, _)
        | Role::Header(name)
        | Role::Cookie(name) => Some(name),
        Role::RawBody(media_type) => Some(media_type),
        Role::JsonBody | Role::FormBody => None,
    }
}

/// Whether the type has `Display`. Of the models only enumerations are taken by value.
fn has_text(ty: &Ty) -> bool {
    !matches!(
        ty,
        Ty::Vec(_) | Ty::Map(_) | Ty::Option(_) | Ty::Boxed(_) | Ty::Unit | Ty::Bytes
    )
}
