//! How a command ends.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was found.
    Fine,
    /// Something was found, and has been printed.
    Findings,
}

/// Why a command could not do its work, with what to do about it.
#[derive(Debug)]
pub struct Unable(pub String);

/// The result of a command, or of a step on the way to it.
pub type Result<T> = std::result::Result<T, Unable>;

/// 0 fine, 1 findings, 2 the command could not do its work.
pub fn exit_code(result: Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(unable) => {
            eprintln!("error: {unable}");
            ExitCode::from(2)
        }
    }
}

/// Prints; somebody who has read enough is no failure.
pub fn print(text: &str) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Unable(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// A line on the screen, as `println!` writes it, which panics where nobody reads on.
macro_rules! say {
    ($($text:tt)*) => { $crate::outcome::line(format_args!($($text)*)) };
}
pub(crate) use say;

/// What `say!` writes. What the command did is not undone where its report cannot be written.
pub fn line(text: fmt::Arguments<'_>) {
    match writeln!(anstream::stdout(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("error: cannot write to standard output: {error}");
        }
        _ => {}
    }
}

/// A file that could not be read, written or removed.
pub fn cannot(verb: &str, path: &Path, error: &io::Error) -> Unable {
    Unable(format!("cannot {verb} {}: {error}", path.display()))
}

impl fmt::Display for Unable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
