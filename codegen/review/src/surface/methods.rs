//! Resources, their methods, and the requests that those return.

use std::collections::{BTreeMap, BTreeSet};

use super::crates::Placed;
use super::method_change::{changed, differing, names, narrowed};
use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, Pin, read_otherwise};
use crate::taxonomy::Bump;
use codegen::rust::signature::File;
use codegen::rust::{Method, Ty, declaration};

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
                    .before(one.method.signature(), &one.method.location);
                    self.push(change);
                }
            }
        }
        let known: BTreeSet<usize> = matched.values().copied().collect();
        for (index, two) in head.methods.iter().enumerate() {
            if !known.contains(&index) {
                let change = Change::new(Bump::Minor, two.item(), "")
                    .after(two.method.signature(), &two.method.location);
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

    fn method(&mut self, one: &Placed<'a>, two: &Placed<'a>, implied: &BTreeSet<(&str, &str)>) {
        let before = self.changes.len();
        let (base, head) = (one.method, two.method);
        let moved = one.access != two.access && !implied.contains(&(one.access, two.access));
        if moved || base.name != head.name {
            let note = format!("Call `{}(..)` instead of `{}(..)`.", two.call(), one.call());
            let shown = |placed: &Placed<'_>| {
                format!(
                    "impl {} {{ {} }}",
                    placed.type_name,
                    placed.method.signature()
                )
            };
            let mut change = Change::new(Bump::Major, one.item(), note)
                .before(shown(one), &base.location)
                .after(shown(two), &head.location);
            change.pin = Some(Pin::of(one, two));
            self.push(change);
        } else if base.request != head.request {
            let note = format!("Write `{}` instead of `{}`.", head.request, base.request);
            self.push(changed(Bump::Major, one.request(), note, base, head));
        }
        self.arguments(one, two);
        self.options(two, base, head);
        self.output(two, base, head);
        self.stream(two, base, head);
        self.reconnecting(two, base, head);
        self.pages(two, base, head);
        self.long_running(two, base, head);
        self.failures(two, base, head);
        if self.changes.len() == before {
            self.method_text(two, base, head);
        }
    }

    fn output(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = placed.request();
        let change = if !self.pairs.same(&base.output, &head.output) {
            let note = format!(
                "Use the response as `{}`; it was `{}`.",
                declaration::ty(&head.output, File::Resources),
                declaration::ty(&base.output, File::Resources)
            );
            Change::new(Bump::Major, path, note)
        } else if base.decode != head.decode {
            Change::new(
                Bump::Patch,
                path,
                "Update the crate, or responses cannot be read: their envelope changed.",
            )
            .fails_at_run_time()
        } else if base.without_data != head.without_data {
            Change::new(
                Bump::Patch,
                path,
                "Update the crate, or responses cannot be read: others come without data.",
            )
            .fails_at_run_time()
        } else {
            if let (Some(base), Some(head)) = (&base.choice, &head.choice) {
                self.outcomes(placed, base, head);
            }
            self.accepted(placed, base, head);
            return self.data(path, base, head);
        };
        let change = change
            .before(declaration::awaited(base), &base.output_location)
            .after(declaration::awaited(head), &head.output_location);
        self.push(change);
    }

    /// That the data of an envelope may be missing is not seen in what the method returns, unless that may
    /// be null as well.
    fn data(&mut self, path: String, base: &Method, head: &Method) {
        let (Some(one), Some(two)) = (&base.data, &head.data) else {
            return;
        };
        let accepts_null = matches!(head.output, Ty::Option(_) | Ty::Value);
        if one.required && !two.required && !accepts_null {
            let output = declaration::ty(&head.output, File::Resources);
            let note =
                format!("Expect an error where a response has no data: it is read as `{output}`.");
            let change = Change::new(Bump::Patch, path, note).fails_at_run_time();
            let change = change.before(declaration::awaited(base), &one.location);
            self.push(change.after(declaration::awaited(head), &two.location));
        }
    }

    fn method_text(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let arguments = || base.arguments.iter().zip(&head.arguments);
        let (bump, note) = match (base.deprecated, head.deprecated) {
            (false, true) => (Bump::Minor, DEPRECATED),
            (true, false) => (Bump::Patch, "Nothing: it is no longer deprecated."),
            _ if read_otherwise(&base.docs, &head.docs)
                || base.path != head.path
                || names(&base.arguments) != names(&head.arguments)
                || arguments().any(|(one, two)| read_otherwise(&one.docs, &two.docs)) =>
            {
                (Bump::Patch, DOCS_ONLY)
            }
            _ => return,
        };
        let causes = if read_otherwise(&base.docs, &head.docs) {
            BTreeSet::new()
        } else {
            differing(base, head, |one, two| read_otherwise(&one.docs, &two.docs))
        };
        let change = changed(bump, placed.item(), note, base, head);
        self.push(narrowed(change, &causes));
    }
}
