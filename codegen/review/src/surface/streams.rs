//! The stream of items that a call can ask for beside what it returns.

use super::crates::Placed;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::signature::{File, Signature};
use codegen::rust::{Argument, Method, Stream, Ty, declaration};

/// What the call is.
const NAME: &str = "stream";

impl<'a> Comparison<'a> {
    pub(super) fn stream(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = || format!("{}::{NAME}", placed.request());
        let change = match (declared(base), declared(head)) {
            (None, None) => return,
            (Some((one, before)), None) => {
                let note = "Remove the calls: the stream is no longer documented.";
                let change = Change::new(Bump::Major, path(), note).before(before, &one.location);
                match namesake(head) {
                    Some(two) => change.after(two.setter(), &two.location),
                    None => change,
                }
            }
            (None, Some((two, after))) => {
                let change = match namesake(base) {
                    Some(one) => {
                        let note = "Call it without an argument: it asks for the stream.";
                        let change = Change::new(Bump::Major, path(), note);
                        change.before(one.setter(), &one.location)
                    }
                    None => Change::new(Bump::Minor, path(), ""),
                };
                change.after(after, &two.location)
            }
            (Some((one, before)), Some((two, after))) => {
                let change = if !self.pairs.same(&one.output, &two.output) {
                    let (is, was) = (item(&two.output), item(&one.output));
                    let note = format!("Use its items as `{is}`; they were `{was}`.");
                    Change::new(Bump::Major, path(), note)
                } else if (one.items, &one.media_type, &one.switch)
                    != (two.items, &two.media_type, &two.switch)
                {
                    let note = "Update the crate, or its items cannot be read.";
                    Change::new(Bump::Patch, path(), note).fails_at_run_time()
                } else {
                    return;
                };
                let change = change.before(before, &one.location);
                change.after(after, &two.location)
            }
        };
        self.push(change);
    }
}

impl<'a> Comparison<'a> {
    /// Where it returns a stream as before, and no other kind of one.
    pub(super) fn reconnecting(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        if !self.pairs.same(&base.output, &head.output) {
            return;
        }
        let path = format!("{}::reconnecting", placed.request());
        let change = match (base.reconnecting(), head.reconnecting()) {
            (Some(before), None) => {
                let note = "Await the request instead: its items are no longer events.";
                let change = Change::new(Bump::Major, path, note);
                change.before(before, &base.output_location)
            }
            (None, Some(after)) => {
                Change::new(Bump::Minor, path, "").after(after, &head.output_location)
            }
            _ => return,
        };
        self.push(change);
    }
}

/// What is set under the name of the call, where there is no such call.
fn namesake(method: &Method) -> Option<&Argument> {
    let mut options = method.options.iter();
    options.find(|option| option.name == NAME)
}

fn declared(method: &Method) -> Option<(&Stream, Signature)> {
    Some((method.stream.as_ref()?, method.stream()?))
}

fn item(output: &Ty) -> String {
    match output {
        Ty::Items(item) => declaration::ty(item, File::Resources),
        other => declaration::ty(other, File::Resources),
    }
}
