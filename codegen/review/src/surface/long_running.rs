//! Whether a request can wait for what it starts, and what that gives.

use super::crates::Placed;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::signature::File;
use codegen::rust::{LongRunning, Method, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn long_running(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = format!("{}::wait", placed.request());
        let change = match (&base.long_running, &head.long_running) {
            (None, None) => return,
            (Some(one), None) => {
                let note = "Ask for the state yourself: nothing says where it is any more.";
                Change::new(Bump::Major, path, note).before(declared(one), &one.location)
            }
            (None, Some(two)) => {
                Change::new(Bump::Minor, path, "").after(declared(two), &two.location)
            }
            (Some(one), Some(two)) => {
                let change = if !self.pairs.same(&one.state, &two.state) {
                    let ty = |waits: &LongRunning| declaration::ty(&waits.state, File::Resources);
                    let note =
                        format!("Use the last state as `{}`; it was `{}`.", ty(two), ty(one));
                    Change::new(Bump::Major, path, note)
                } else if asked(one) != asked(two) {
                    let note = "Update the crate, or the state is not found or not understood.";
                    Change::new(Bump::Patch, path, note).fails_at_run_time()
                } else {
                    return;
                };
                let change = change.before(declared(one), &one.location);
                change.after(declared(two), &two.location)
            }
        };
        self.push(change);
    }
}

fn declared(waits: &LongRunning) -> String {
    let state = declaration::ty(&waits.state, File::Resources);
    format!("pub fn wait(self) -> Waiting<{state}>")
}

/// All but the place in the document, and how often.
fn asked(waits: &LongRunning) -> LongRunning {
    LongRunning {
        state: codegen::rust::Ty::Unit,
        seconds: 0,
        location: Default::default(),
        ..waits.clone()
    }
}
