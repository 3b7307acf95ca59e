//! Two pieces of work at once.

use std::panic::resume_unwind;
use std::thread;

/// What both return. A panic of either is a panic of the caller.
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, two: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let two = two();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), two)
    })
}
