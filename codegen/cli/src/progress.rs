//! How far something is that takes over a second, on a terminal and nowhere else.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use codegen::timings::{self, Stage};

const FIRST: Duration = Duration::from_secs(1);
const NEXT: Duration = Duration::from_millis(100);

/// Does the work, and says which stage it is in.
pub fn shown<T>(work: impl FnOnce() -> T) -> T {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if is_dumb || !stderr().is_terminal() {
        return work();
    }
    let (working, done) = channel::<()>();
    let painter = thread::spawn(move || paint(&mut stderr(), &done, FIRST));
    let result = work();
    drop(working);
    drop(painter.join());
    result
}

/// Until the other end is dropped; the line is empty then.
fn paint(to: &mut impl Write, done: &Receiver<()>, first: Duration) {
    let start = Instant::now();
    let mut pause = first;
    let mut is_painted = false;
    // Threads are in several stages at a time, and a bar does not go back.
    let mut furthest = 0;
    while done.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        furthest = furthest.max(timings::now() as usize);
        let line = line(furthest, start.elapsed());
        // What cannot be painted is not missed.
        drop(write!(to, "\r\u{1b}[K{line}").and_then(|()| to.flush()));
        (pause, is_painted) = (NEXT, true);
    }
    if is_painted {
        drop(write!(to, "\r\u{1b}[K").and_then(|()| to.flush()));
    }
}

fn line(done: usize, since: Duration) -> String {
    let all = Stage::ALL.len() - 1;
    let done = done.min(all);
    let bar = "=".repeat(done) + ">" + &" ".repeat(all - done);
    format!("[{bar}] {} {} s", Stage::ALL[done].name(), since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_taken_back() {
        let (working, done) = channel();
        let painter = thread::spawn(move || {
            let mut text = Vec::new();
            paint(&mut text, &done, Duration::ZERO);
            text
        });
        drop(working);
        let text = painter.join().expect("it ends");
        let text = String::from_utf8(text).expect("it is text");
        assert!(text.is_empty() || text.ends_with("\r\u{1b}[K"), "{text:?}");
    }

    #[test]
    fn the_bar_grows() {
        let time = Duration::from_millis(3200);
        assert_eq!(line(Stage::Load as usize, time), "[>         ] load 3 s");
        assert_eq!(line(Stage::Plan as usize, time), "[=====>    ] plan 3 s");
    }
}
