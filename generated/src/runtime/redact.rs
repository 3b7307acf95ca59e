//! What `Debug` shows in place of values that are secret or personal.

use std::fmt;

/// Stands for a value that must not be shown: its `Debug` is `[redacted]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Redacted;

/// Shows whether there is a value, without showing it.
pub fn option<T>(value: &Option<T>) -> Option<Redacted> {
    value.as_ref().map(|_| Redacted)
}

impl fmt::Debug for Redacted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}
