//! A server of somebody else's that runs while a check needs it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::{Result, Unable, isolate, line};

/// A server that runs until this value is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Held open: a server that reads its standard input ends with this program, however that ends.
    _stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Server {
    /// Starts the server and waits for the line that says where it listens; `address` finds it there.
    pub fn start(
        mut command: Command,
        address: impl Fn(&str) -> Option<String>,
    ) -> Result<(Self, String)> {
        isolate(&mut command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let name = line(&command);
        let mut child = command
            .spawn()
            .map_err(|error| Unable(format!("{name}: {error}")))?;
        let lines = lines_of(&mut child);
        let server = Self {
            _stdin: child.stdin.take(),
            child,
            lines,
        };
        let mut printed = String::new();
        let deadline = Instant::now() + START_TIMEOUT;
        while let Ok(text) = server
            .lines
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            if let Some(address) = address(&text) {
                return Ok((server, address));
            }
            printed.push_str(&text);
            printed.push('\n');
        }
        Err(Unable(format!(
            "`{name}` did not start to listen\n{}",
            printed.trim_end()
        )))
    }

    /// What the server has printed since it was last asked, after waiting for a line with the given text in it.
    pub fn printed_until(&self, text: &str, timeout: Duration) -> Vec<String> {
        let deadline = Instant::now() + timeout;
        let mut printed = Vec::new();
        while let Ok(line) = self
            .lines
            .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            let found = line.contains(text);
            printed.push(line);
            if found {
                break;
            }
        }
        printed.extend(self.lines.try_iter());
        printed
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nobody to tell more to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Both outputs of a child, read all the time: a full pipe would stop it.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    let outputs = [
        child
            .stdout
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn Read + Send>),
        child
            .stderr
            .take()
            .map(|pipe| Box::new(pipe) as Box<dyn Read + Send>),
    ];
    for output in outputs.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(output)
                .lines()
                .map_while(std::result::Result::ok)
            {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// A large document on a busy machine takes minutes.
const START_TIMEOUT: Duration = Duration::from_secs(300);

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;

    #[test]
    fn a_server_that_ends_is_reported_with_what_it_printed() {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.arg("--version");
        let started = Server::start(command, |_| None);
        let unable = started
            .err()
            .map(|unable| unable.to_string())
            .unwrap_or_default();
        assert!(unable.contains("did not start to listen"), "{unable}");
        assert!(unable.contains("cargo 1."), "{unable}");
    }
}
