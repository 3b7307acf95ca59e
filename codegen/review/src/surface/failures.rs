//! The bodies of errors, as `ApiError::read` gives them.

use std::collections::BTreeSet;

use super::crates::Placed;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::signature::File;
use codegen::rust::{Method, Outcome, Status, Ty, declaration};

impl<'a> Comparison<'a> {
    /// Once for each status, whatever media types it has.
    pub(super) fn failures(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let failures = base.failures().chain(head.failures());
        let statuses: BTreeSet<Status> = failures.map(|failure| failure.status).collect();
        for status in statuses {
            let path = format!("{} ({status})", placed.request());
            let change = match (body(base, status), body(head, status)) {
                (None, Some(two)) => {
                    let note = format!(
                        "Nothing: `ApiError::body` holds what the document says of {status} now."
                    );
                    Change::new(Bump::Minor, path, note).after(declared(two), &two.location)
                }
                (Some(one), None) if is_typed(one) => {
                    let note = format!(
                        "Expect another body with {status}: the document says nothing of it any longer."
                    );
                    let change = Change::new(Bump::Patch, path, note).fails_at_run_time();
                    change.before(declared(one), &one.location)
                }
                (Some(one), Some(two)) if !self.pairs.same(&one.ty, &two.ty) => {
                    let shown = |one: &Outcome| declaration::ty(&one.ty, File::Resources);
                    let change = if is_typed(one) {
                        let (was, is) = (shown(one), shown(two));
                        let note =
                            format!("Read the body with {status} as `{is}`; it was `{was}`.");
                        Change::new(Bump::Patch, path, note).fails_at_run_time()
                    } else {
                        let note = format!("Nothing: `ApiError::read` gives `{}` now.", shown(two));
                        Change::new(Bump::Minor, path, note)
                    };
                    let change = change.before(declared(one), &one.location);
                    change.after(declared(two), &two.location)
                }
                _ => continue,
            };
            self.push(change);
        }
    }
}

/// The body that has a type, if one has.
fn body(method: &Method, status: Status) -> Option<&Outcome> {
    let bodies = || method.failures().filter(|failure| failure.status == status);
    bodies().find(|body| is_typed(body)).or(bodies().next())
}

/// Of what is text, bytes or any value nobody says more.
fn is_typed(body: &Outcome) -> bool {
    !matches!(body.ty, Ty::Value | Ty::String | Ty::Bytes | Ty::Unit)
}

fn declared(body: &Outcome) -> String {
    let ty = declaration::ty(&body.ty, File::Resources);
    format!("Err(Error::Api(..)) // {}: {ty}", body.status)
}
