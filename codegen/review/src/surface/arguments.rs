//! What methods and requests take, and what they send of it.

use std::collections::BTreeSet;

use super::crates::Placed;
use super::method_change::{changed, differing, names, narrowed};
use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, listed, read_otherwise, servers};
use crate::taxonomy::Bump;
use codegen::path_template;
use codegen::rust::signature::{File, ParameterType, Signature};
use codegen::rust::{
    Argument, Body, BodyFormat, FormEncoding, Method, Place, Role, Style, Styled, Ty, declaration,
};

impl<'a> Comparison<'a> {
    pub(super) fn arguments(&mut self, one: &Placed<'a>, placed: &Placed<'a>) {
        let (before, (base, head)) = (one, (one.method, placed.method));
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
            // Each argument takes what the one in its place took.
            let compiles = fits && swapped && worst < Bump::Major;
            let note = match bump {
                Bump::Major if compiles => {
                    "Reorder the arguments: the old order compiles and means something else."
                        .to_owned()
                }
                Bump::Major => signature_note(base, head),
                _ => "Nothing: it takes what it took, and more.".to_owned(),
            };
            let causes = differing(base, head, |one, two| self.parameter(one, two) > Bump::None);
            let mut change = changed(bump, placed.item(), note, base, head);
            change.item.fails_at_run_time = compiles;
            return self.push(narrowed(change, &causes));
        }
        self.on_the_wire(before, placed);
    }

    /// The same signature, and another request behind it.
    fn on_the_wire(&mut self, one: &Placed<'a>, placed: &Placed<'a>) {
        let (base, head) = (one.method, placed.method);
        let mut differences = Vec::new();
        let mut causes = Vec::new();
        if let (Some(one), Some(two)) = (&base.multipart, &head.multipart)
            && one.media_type != two.media_type
        {
            let (before, after) = (&one.media_type, &two.media_type);
            differences.push(format!("sends `{after}` instead of `{before}`"));
            causes.extend([&one.location, &two.location]);
        }
        if let (Some(one), Some(two)) = (&base.fields, &head.fields)
            && written(&one.body) != written(&two.body)
        {
            let (before, after) = (&one.body.media_type, &two.body.media_type);
            differences.push(if before == after {
                "sends the body in another form".to_owned()
            } else {
                format!("sends `{after}` instead of `{before}`")
            });
            causes.extend([&one.location, &two.location]);
        }
        if base.http_method != head.http_method {
            differences.push(format!(
                "sends {} instead of {}",
                head.http_method, base.http_method
            ));
        }
        // Where the server alone is another, its own change says so; calls of a method that went
        // elsewhere do not compile.
        let another = path_template::anonymous(&base.path) != path_template::anonymous(&head.path);
        let elsewhere = self.base.address(base) != self.head.address(head);
        if another && elsewhere && one.call() == placed.call() {
            differences.push(format!("calls `{}` instead of `{}`", head.path, base.path));
        }
        let servers = [&base.server, &head.server].into_iter().flatten();
        let servers: Vec<_> = servers
            .flat_map(|one| servers::around(&one.location))
            .collect();
        let (from, to) = (servers::own(base), servers::own(head));
        if from != to {
            let shown = |url: Option<&str>| url.unwrap_or("the server of the API").to_owned();
            differences.push(format!("calls {} instead of {}", shown(to), shown(from)));
            causes.extend(&servers);
        }
        for (one, two) in base.arguments.iter().zip(&head.arguments) {
            if !sent_alike(&one.role, &two.role)
                && !matches!((&one.role, &two.role), (Role::Path(_), Role::Path(_)))
            {
                differences.push(sent_otherwise(one, two));
                causes.extend([&one.location, &two.location]);
            }
        }
        if let Some((difference, places)) = self.needed(base, head) {
            differences.push(difference);
            causes.extend(places);
        }
        if !differences.is_empty() {
            let note = format!(
                "Update the crate, or calls fail: it {}.",
                differences.join(", ")
            );
            let change = changed(Bump::Patch, placed.item(), note, base, head).fails_at_run_time();
            self.push(change.causes(causes));
        }
        let path = format!("{}::idempotency_key", placed.request());
        match (base.idempotency_key(), head.idempotency_key()) {
            (Some(key), None) => {
                let change = Change::new(Bump::Major, path, "Remove the calls.");
                self.push(change.before(key, &base.location));
            }
            (None, Some(key)) => {
                let change = Change::new(Bump::Minor, path, "");
                self.push(change.after(key, &head.location));
            }
            _ => {}
        }
    }

    pub(super) fn options(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let positional =
            |method: &Method, name: &str| method.arguments.iter().any(|a| a.name == name);
        let find = |method: &'_ Method, name: &str| {
            method.options.iter().find(|a| a.name == name).cloned()
        };
        // What takes the name of one says what becomes of it.
        let call = |method: &Method, name: &str| {
            let call = method.stream();
            call.is_some_and(|call| call.name == name)
        };
        for one in &base.options {
            let path = format!("{}::{}", placed.request(), one.name);
            let change = match find(head, &one.name) {
                // The method's signature says so.
                None if positional(head, &one.name) || call(head, &one.name) => continue,
                None => Change::new(
                    Bump::Major,
                    path,
                    "Remove the calls: the parameter is gone.",
                ),
                Some(two) => {
                    self.maybe(placed, one, &two);
                    match self.option(path, one, &two) {
                        Some(change) => change.after(two.setter(), &two.location),
                        None => continue,
                    }
                }
            };
            self.push(change.before(one.setter(), &one.location));
        }
        let is_maybe = |name: &String| {
            let mut options = base.options.iter();
            options.any(|one| one.maybe.as_ref() == Some(name))
        };
        for two in &head.options {
            let is_told =
                positional(base, &two.name) || call(base, &two.name) || is_maybe(&two.name);
            if find(base, &two.name).is_none() && !is_told {
                let path = format!("{}::{}", placed.request(), two.name);
                let change = Change::new(Bump::Minor, path, "").after(two.setter(), &two.location);
                self.push(change);
            }
        }
    }

    /// The setter of an `Option` beside one that both have; what it takes is what that takes.
    fn maybe(&mut self, placed: &Placed<'a>, one: &Argument, two: &Argument) {
        let path = |signature: &Signature| format!("{}::{}", placed.request(), signature.name);
        let change = match (one.maybe_setter(), two.maybe_setter()) {
            (Some(was), Some(is)) if was.name == is.name => return,
            (Some(was), is) => {
                let name = is.as_ref().map_or(&two.name, |is| &is.name);
                let note = format!("Call `{name}(..)` instead of `{}(..)`.", was.name);
                let change = Change::new(Bump::Major, path(&was), note);
                let change = change.before(&was, &one.location);
                match is {
                    Some(is) => change.after(is, &two.location),
                    None => change.after(two.setter(), &two.location),
                }
            }
            (None, Some(is)) => {
                let change = Change::new(Bump::Minor, path(&is), "");
                let mut change = change.after(is, &two.location);
                change.base = Some(one.location.clone());
                change
            }
            (None, None) => return,
        };
        self.push(change);
    }

    fn option(&self, path: String, one: &Argument, two: &Argument) -> Option<Change> {
        let bump = self.parameter(one, two);
        Some(if bump == Bump::Major {
            let note = format!(
                "Give it `{}`; it took `{}`{}.",
                shown(two),
                shown(one),
                collected(one, two)
            );
            Change::new(bump, path, note)
        } else if bump == Bump::Minor {
            Change::new(bump, path, "Nothing: it takes what it took, and more.")
        } else if !sent_alike(&one.role, &two.role) {
            let note = format!(
                "Update the crate, or calls fail: it {}.",
                sent_otherwise(one, two)
            );
            Change::new(Bump::Patch, path, note).fails_at_run_time()
        } else if !one.deprecated && two.deprecated {
            Change::new(Bump::Minor, path, DEPRECATED)
        } else if one.deprecated && !two.deprecated {
            Change::new(Bump::Patch, path, "Nothing: it is no longer deprecated.")
        } else if read_otherwise(&one.docs, &two.docs) {
            Change::new(Bump::Patch, path, DOCS_ONLY)
        } else {
            return None;
        })
    }

    /// What another type of a parameter does to those who call.
    fn parameter(&self, one: &Argument, two: &Argument) -> Bump {
        let same = |one: &Ty, two: &Ty| one == two || self.pairs.same(one, two);
        let back = |two: &Ty, one: &Ty| same(one, two);
        if !two.ty.accepts(&one.ty, same) {
            Bump::Major
        } else if one.ty.accepts(&two.ty, back) {
            Bump::None
        } else {
            Bump::Minor
        }
    }
}

fn shown(argument: &Argument) -> String {
    declaration::parameter_type(&argument.ty, File::Resources)
}

/// How a caller goes on giving an iterator, where a list becomes one of several types: these are made of an array or a `Vec`.
fn collected(one: &Argument, two: &Argument) -> &'static str {
    let inner = |ty: &'_ ParameterType| match ty {
        ParameterType::Perhaps(inner) => (**inner).clone(),
        ty => ty.clone(),
    };
    let was_list = matches!(
        inner(&one.ty),
        ParameterType::List(_) | ParameterType::ListInto(_) | ParameterType::TextList
    );
    match inner(&two.ty) {
        ParameterType::Into(Ty::Model(_)) | ParameterType::OptionalInto(Ty::Model(_))
            if was_list =>
        {
            ": an array or a `Vec` goes in as it is, and an iterator once it is collected, by `.collect::<Vec<_>>()`"
        }
        _ => "",
    }
}

fn signature_note(base: &Method, head: &Method) -> String {
    let (one, two) = (names(&base.arguments), names(&head.arguments));
    let (was, is) = (names(&base.options), names(&head.options));
    let mut steps = Vec::new();
    let added: Vec<&str> = two.iter().filter(|n| !one.contains(n)).copied().collect();
    let removed: Vec<&str> = one.iter().filter(|n| !two.contains(n)).copied().collect();
    let (promoted, added): (Vec<&str>, Vec<&str>) =
        added.into_iter().partition(|n| was.contains(n));
    let (demoted, removed): (Vec<&str>, Vec<&str>) =
        removed.into_iter().partition(|n| is.contains(n));
    if !added.is_empty() {
        steps.push(format!("pass {}", listed(added)));
    }
    for name in promoted {
        steps.push(format!(
            "pass `{name}` here instead of `.{name}(..)` on the request"
        ));
    }
    for name in demoted {
        steps.push(format!("set `{name}` by `.{name}(..)` on the request"));
    }
    if !removed.is_empty() {
        steps.push(format!("leave {} out", listed(removed)));
    }
    for (one, two) in base
        .arguments
        .iter()
        .filter_map(|a| Some((a, head.arguments.iter().find(|b| b.name == a.name)?)))
    {
        if one.ty != two.ty {
            let (before, after) = (shown(one), shown(two));
            steps.push(format!(
                "give `{}` as `{after}`, which was `{before}`{}",
                one.name,
                collected(one, two)
            ));
        }
    }
    let sentence = match steps.as_slice() {
        [] => "pass the arguments in their new order".to_owned(),
        _ => steps.join(", and "),
    };
    let mut chars = sentence.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", chars.as_str())
}

/// Headers are called the same in any case (RFC 9110, section 5.1).
fn sent_alike(one: &Role, two: &Role) -> bool {
    match (one, two) {
        (Role::Header(one), Role::Header(two)) => one.eq_ignore_ascii_case(two),
        (Role::Styled(one), Role::Styled(two)) => {
            let name = match one.place {
                // Of a placeholder only `matrix` sends the name.
                Place::Path if one.style != Style::Matrix => &two.name,
                Place::Header if one.name.eq_ignore_ascii_case(&two.name) => &two.name,
                _ => &one.name,
            };
            let one = Styled {
                name: name.clone(),
                ..one.clone()
            };
            one == *two
        }
        (Role::Body(one), Role::Body(two)) => {
            let alike = !is_raw(one) || one.media_type == two.media_type;
            written(one) == written(two) && alike
        }
        // Each field is compared by itself.
        (Role::Required(one), Role::Required(two)) => one.iter().all(|one| {
            let same = two.iter().find(|two| two.name == one.name);
            same.is_none_or(|two| two.sent.wire == one.sent.wire)
        }),
        // What it is made into, the signature says.
        (Role::Field(one), Role::Field(two)) => one.wire == two.wire,
        _ => one == two,
    }
}

/// How a body is written, whatever is in it.
fn written(body: &Body) -> (BodyFormat, &Option<String>, &FormEncoding) {
    (body.format, &body.content_type, &body.encoding)
}

/// Whether it has no media type by itself.
fn is_raw(body: &Body) -> bool {
    body.format == BodyFormat::Raw
}

fn sent_otherwise(one: &Argument, two: &Argument) -> String {
    match (wire_name(&one.role), wire_name(&two.role)) {
        (Some(before), Some(after)) if before != after => {
            format!("sends `{after}` instead of `{before}`")
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
        | Role::Styled(Styled { name, .. })
        | Role::Cookie(name) => Some(name),
        Role::Body(body) => Some(&body.media_type),
        Role::Part(part) => Some(&part.wire),
        Role::Field(field) => Some(&field.wire),
        Role::Server(address) => Some(&address.url),
        Role::AnyPart | Role::Required(_) => None,
    }
}
