//! Whether a request can wait for what it starts, and what that gives.

use super::Comparison;
use super::crates::Placed;
use super::extra_methods::{ExtraMethod, Notes};
use codegen::rust::{LongRunning, Method};

const NOTES: Notes = Notes {
    gone: "Ask for the state yourself: nothing says where it is any more.",
    retyped: |now, former| format!("Use the last state as `{now}`; it was `{former}`."),
    asks_otherwise: "Update the crate, or the state is not found or not understood.",
};

impl<'a> Comparison<'a> {
    pub(super) fn long_running(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = format!("{}::wait", placed.request());
        let (base, head) = (base.long_running.as_deref(), head.long_running.as_deref());
        let asks_alike = base.map(asked) == head.map(asked);
        let sides = (base.map(method), head.map(method));
        self.extra_method(path, sides, asks_alike, &NOTES);
    }
}

fn method(waits: &LongRunning) -> ExtraMethod<'_> {
    ExtraMethod {
        declared: |state| format!("pub fn wait(self) -> Waiting<{state}>"),
        gives: &waits.state,
        location: &waits.location,
    }
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
