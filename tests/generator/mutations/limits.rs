//! What a run may take, of time and of memory: the process ends when it takes more, and the document stays on the disk.

use std::path::Path;
use std::process;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// For one document of a few kilobytes, which takes milliseconds: on a busy machine, and without optimization.
const LONGEST: Duration = Duration::from_secs(60);

/// Of the process, in pages of 4 KiB: 3 GB.
const MOST_PAGES: u64 = 3 << 18;

pub struct Limits {
    begun: Arc<Mutex<Option<Instant>>>,
}

impl Limits {
    /// Of runs whose document is at the path.
    pub fn of(document: &Path) -> Self {
        let begun = Arc::new(Mutex::new(None));
        let (document, watched) = (document.to_owned(), Arc::downgrade(&begun));
        thread::spawn(move || {
            while let Some(begun) = watched.upgrade() {
                let begun = *begun.lock().expect("no holder panics");
                if begun.is_some_and(|begun: Instant| begun.elapsed() > LONGEST) {
                    end(&document, "takes too long");
                }
                if begun.is_some() && resident() > MOST_PAGES {
                    end(&document, "takes too much memory, or one beside it");
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        Self { begun }
    }

    pub fn begin(&self) {
        *self.begun.lock().expect("no holder panics") = Some(Instant::now());
    }

    pub fn end(&self) {
        *self.begun.lock().expect("no holder panics") = None;
    }
}

fn end(document: &Path, problem: &str) {
    eprintln!("{} {problem}", document.display());
    process::abort();
}

/// Pages in memory, where the system says so in this manner.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0)
}
