//! A hash of contents, by which is known what changed since the last run.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use crate::tools::{Result, cannot};

/// The hash of what it was given, in order.
#[derive(Default, Clone)]
pub struct Hash(DefaultHasher);

impl Hash {
    pub fn and(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
        self
    }

    pub fn and_file(self, path: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|error| cannot("read", path, &error))?;
        Ok(self.and(bytes))
    }

    pub fn hex(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}
