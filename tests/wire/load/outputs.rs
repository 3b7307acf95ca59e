//! All that the client says, in which no credential may be.

use std::error::Error as StdError;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use cloudflare_billing::Error;
use tracing::Dispatch;

/// Cheap to clone.
#[derive(Clone)]
pub struct Outputs(Arc<Inner>);

struct Inner {
    secrets: Vec<String>,
    texts: AtomicUsize,
    lines: AtomicUsize,
    found: Mutex<Vec<String>>,
}

impl Outputs {
    pub fn new(secrets: &[&str]) -> Self {
        Self(Arc::new(Inner {
            secrets: secrets.iter().map(|secret| secret.to_string()).collect(),
            texts: AtomicUsize::new(0),
            lines: AtomicUsize::new(0),
            found: Mutex::default(),
        }))
    }

    /// Looks at a text as it is, and at what `Debug` made of quotes in it.
    pub fn look_at(&self, text: &str) {
        self.0.texts.fetch_add(1, Relaxed);
        let plain = text.replace("\\\\", "\\").replace("\\\"", "\"");
        let is_in = |secret: &String| text.contains(secret) || plain.contains(secret);
        if self.0.secrets.iter().any(is_in) {
            let mut found = self.0.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.push(format!("a credential is in {text}"));
        }
    }

    /// All that an error shows: itself, and each cause behind it.
    pub fn look_at_error(&self, error: &Error) {
        let mut next: Option<&dyn StdError> = Some(error);
        while let Some(error) = next {
            self.look_at(&format!("{error} {error:?} {error:#?}"));
            next = error.source();
        }
        match error {
            Error::Api(error) => self.look_at(error.body()),
            Error::Decode(error) => self.look_at(error.body()),
            _ => {}
        }
    }

    /// What is traced is looked at as well.
    pub fn dispatch(&self) -> Dispatch {
        let outputs = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || outputs.clone())
            .finish();
        Dispatch::new(subscriber)
    }

    pub fn texts(&self) -> usize {
        self.0.texts.load(Relaxed)
    }

    pub fn lines(&self) -> usize {
        self.0.lines.load(Relaxed)
    }

    pub fn found(&self) -> Vec<String> {
        let found = self.0.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.clone()
    }
}

impl Write for Outputs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lines.fetch_add(1, Relaxed);
        self.look_at(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
