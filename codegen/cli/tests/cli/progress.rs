//! What is shown of a run that takes long: the stage that it is in, on a terminal and nowhere else.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use tests::place::{Place, Run};

use super::{DOCUMENT, SDK};

/// A run that shows nothing fails, and does not wait forever.
const LONGEST: Duration = Duration::from_secs(120);

/// Empties the line.
const BLANK: &str = "\r\u{1b}[K";

#[test]
fn a_long_run_shows_its_stage_on_a_terminal_alone() {
    let place = Place::empty(SDK);
    // Both wait for the document, the one that has no terminal for longer.
    let silent = waiting(&place, "silent", Stdio::piped());
    let (screen, end) = terminal();
    let watched = waiting(&place, "watched", end);
    let mut shown = String::new();
    while !shown.contains("load") {
        shown += &screen.recv_timeout(LONGEST).expect("the stage is shown");
    }
    assert!(
        shown.starts_with(&format!("{BLANK}[>         ] load ")),
        "{shown:?}"
    );
    assert_eq!(given(watched).code, Some(0));
    shown.extend(screen);
    // The line is empty again before anything else is printed.
    let (_, after) = shown.rsplit_once(BLANK).expect("a line was emptied");
    assert!(!after.contains("load"), "{shown:?}");
    let silent = given(silent);
    assert_eq!(silent.code, Some(0), "{}", silent.stderr);
    assert!(!silent.stderr.contains('\r'), "{:?}", silent.stderr);
}

/// A run whose document is still to come.
fn waiting(place: &Place, out: &str, errors: Stdio) -> Child {
    let arguments = format!("generate /dev/stdin --out {out} --lock {out}.lock");
    let mut command = place.command(&arguments);
    command.env("TERM", "xterm").stdin(Stdio::piped());
    let command = command.stdout(Stdio::piped()).stderr(errors);
    command.spawn().expect("the command runs")
}

fn given(mut run: Child) -> Run {
    let mut document = run.stdin.take().expect("the document can be written");
    let written = document.write_all(DOCUMENT.as_bytes());
    drop(document);
    written.expect("the document is read");
    let output = run.wait_with_output().expect("the command ends");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// What appears on a terminal, and the end of it that a command has.
fn terminal() -> (Receiver<String>, Stdio) {
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
    let own = openpt(flags).expect("a terminal can be made");
    grantpt(&own).expect("the terminal is ours");
    unlockpt(&own).expect("the terminal can be opened");
    let end = ioctl_tiocgptpeer(&own, flags).expect("the terminal has another end");
    let (shown, screen) = channel();
    thread::spawn(move || {
        let mut own = File::from(own);
        let mut bytes = [0; 4096];
        // Once nobody has the other end, reading fails.
        while let Ok(count @ 1..) = own.read(&mut bytes) {
            let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
            if shown.send(text).is_err() {
                return;
            }
        }
    });
    (screen, end.into())
}
