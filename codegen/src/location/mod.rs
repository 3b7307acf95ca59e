//! Where something is in a document: the file, and the JSON pointer within it.

pub mod pointer;

pub use pointer::{Pointer, Trail};

/// A place in what the user wrote, whatever became of it since.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    pub file: FileId,
    pub pointer: Pointer,
}

/// One of the files of a document, by its number; the first is the document itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

impl Location {
    /// One token further down.
    pub fn key(&self, key: impl AsRef<str>) -> Self {
        self.at(self.pointer.key(key))
    }

    /// The container, or `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        Some(self.at(pointer::parent(&self.pointer)?))
    }

    /// Another place in the same file.
    pub fn at(&self, pointer: impl Into<Pointer>) -> Self {
        Self {
            file: self.file,
            pointer: pointer.into(),
        }
    }
}

/// A place in the document itself.
impl From<Pointer> for Location {
    fn from(pointer: Pointer) -> Self {
        Self {
            file: FileId::default(),
            pointer,
        }
    }
}
