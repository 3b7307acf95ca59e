//! What methods and requests take, and what they send of it.

use std::collections::BTreeSet;

use super::crates::Placed;
use super::method_change::{changed, differing, names, narrowed};
use super::sent::{sends_same, sent_alike, sent_by_itself, sent_otherwise, written};
use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, listed, read_otherwise, servers};
use crate::taxonomy::Bump;
use codegen::path_template;
use codegen::rust::signature::{File, ParameterType, Signature};
use codegen::rust::{Argument, Method, Role, Ty, declaration};

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
        for (difference, places) in sent_by_itself(base, head) {
            differences.push(difference);
            causes.extend(places);
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
        let positional = |method: &Method, one: &Argument| {
            let mut arguments = method.arguments.iter();
            arguments.any(|a| a.name == one.name && sends_same(a, one))
        };
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
            let change = match (find(head, &one.name), called_otherwise(one, head)) {
                (Some(two), Some(is)) if !sends_same(one, &two) => {
                    renamed(path, one, is, self.parameter(one, &two) < Bump::Major)
                }
                // The method's signature says so.
                (None, _) if positional(head, one) || call(head, &one.name) => continue,
                (None, Some(is)) => renamed(path, one, is, false),
                (None, None) => Change::new(
                    Bump::Major,
                    path,
                    "Remove the calls: the parameter is gone.",
                ),
                (Some(two), _) => {
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
            let was_otherwise = base
                .options
                .iter()
                .any(|one| called_otherwise(one, head).is_some_and(|is| is.name == two.name));
            let is_told = positional(base, two)
                || call(base, &two.name)
                || is_maybe(&two.name)
                || was_otherwise;
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
        ParameterType::List(_)
            | ParameterType::Lent(_)
            | ParameterType::ListInto(_)
            | ParameterType::TextList
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

/// What sends what a setter sent, where that has another name in the head.
fn called_otherwise<'m>(one: &Argument, head: &'m Method) -> Option<&'m Argument> {
    let mut options = head.options.iter().filter(|two| sends_same(one, two));
    let found = options.next()?;
    (found.name != one.name && options.next().is_none()).then_some(found)
}

/// The setter of the old name is gone, or compiles and sets something else.
fn renamed(path: String, one: &Argument, is: &Argument, compiles: bool) -> Change {
    let note = if compiles {
        format!(
            "Call `{}(..)` instead of `{}(..)`, which compiles and sets something else.",
            is.name, one.name
        )
    } else {
        format!("Call `{}(..)` instead of `{}(..)`.", is.name, one.name)
    };
    let mut change = Change::new(Bump::Major, path, note).after(is.setter(), &is.location);
    change.item.fails_at_run_time = compiles;
    change
}

fn signature_note(base: &Method, head: &Method) -> String {
    let (one, two) = (names(&base.arguments), names(&head.arguments));
    let mut steps = Vec::new();
    let added = head
        .arguments
        .iter()
        .filter(|a| !one.contains(&a.name.as_str()));
    let removed = base
        .arguments
        .iter()
        .filter(|a| !two.contains(&a.name.as_str()));
    let other = |one: &Argument, others: &'_ [Argument]| {
        let found = others.iter().find(|other| sends_same(one, other));
        found.map(|other| other.name.clone())
    };
    let (mut passed, mut left) = (Vec::new(), Vec::new());
    let mut moved = Vec::new();
    for argument in added {
        let name = argument.name.as_str();
        match other(argument, &base.options) {
            Some(was) => moved.push(format!(
                "pass `{name}` here instead of `.{was}(..)` on the request"
            )),
            None => passed.push(name),
        }
    }
    for argument in removed {
        let name = argument.name.as_str();
        match other(argument, &head.options) {
            Some(is) => moved.push(format!("set `{name}` by `.{is}(..)` on the request")),
            None => left.push(name),
        }
    }
    if !passed.is_empty() {
        steps.push(format!("pass {}", listed(passed)));
    }
    steps.append(&mut moved);
    if !left.is_empty() {
        steps.push(format!("leave {} out", listed(left)));
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
