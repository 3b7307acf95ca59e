//! What is to be compared, as data.

use std::path::PathBuf;

use codegen::diagnostic::Source;
use review::Input;

/// Two versions of one document, or two documents.
#[derive(Debug)]
pub struct Pair {
    pub base: Input,
    pub head: Input,
    /// What the reader should know about how the two were chosen.
    pub notes: Vec<String>,
    /// The policy of the head, if it is in the working tree.
    pub policy_file: Option<PathBuf>,
    /// Where documents and policies are in the working tree, or would be.
    pub files: Vec<PathBuf>,
}

/// What documents are read with.
#[derive(Debug, Default)]
pub struct Reading {
    /// Folders beside their own that documents may refer to files of.
    pub allow_outside: Vec<PathBuf>,
    /// Overlays that are applied to each, after those that its policy file names.
    pub overlays: Vec<PathBuf>,
}

/// What is to be compared.
#[derive(Debug)]
pub struct Found {
    pub pairs: Vec<Pair>,
    /// The review file, if it is there.
    pub review: Option<Source>,
    /// Where it is or would be, and what reports call it.
    pub review_file: Option<PathBuf>,
    pub review_name: Option<String>,
}

impl Found {
    /// What no output may be written over.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let files = self.pairs.iter().flat_map(|pair| &pair.files);
        files.chain(&self.review_file).cloned().collect()
    }

    /// Without the documents that did not change, unless none did.
    pub fn only_changed(mut self) -> Self {
        if self.pairs.iter().any(|pair| !pair.is_same()) {
            self.pairs.retain(|pair| !pair.is_same());
        }
        self
    }
}

impl Pair {
    /// Nothing differs, in no file, not even by a space.
    pub fn is_same(&self) -> bool {
        self.base.is_same(&self.head)
    }
}
