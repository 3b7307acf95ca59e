//! Reports what was found in a document where it is in its files.

use std::sync::Arc;

use super::codes;
use super::origins::Origins;
use super::source_map::SourceMap;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::left_out::LeftOut;
use crate::location::{FileId, Location};

/// Reports by location what was found in one document.
pub struct Reporter<'a> {
    /// By [`FileId`].
    pub(super) files: &'a [Arc<SourceMap>],
    /// Where in the files what is reported was, unless its location says so.
    pub(super) bundled: &'a Origins,
    pub diagnostics: &'a mut Diagnostics,
}

impl Reporter<'_> {
    /// Reports at the value that is there.
    pub fn at(&mut self, diagnostic: Diagnostic, location: &Location) {
        let location = self.bundled.settled(location);
        let span = self.file(location.file).value(&location.pointer);
        self.push(diagnostic, location, span);
    }

    /// Reports at the key of the value that is there.
    pub fn at_key(&mut self, diagnostic: Diagnostic, location: &Location) {
        let location = self.bundled.settled(location);
        let span = self.file(location.file).key(&location.pointer);
        self.push(diagnostic, location, span);
    }

    /// Reports an operation that is left out, where the reason is.
    pub fn left_out(&mut self, left_out: &LeftOut, help: &str) {
        let message = format!("`{}` is left out: {}", left_out.operation, left_out.reason);
        let diagnostic = Diagnostic::warning(codes::LEFT_OUT, message).help(help);
        self.at_key(diagnostic, &left_out.location);
    }

    /// The line of a value, in the words of a message that names a second place.
    pub fn line(&self, location: &Location) -> String {
        let location = self.bundled.settled(location);
        let file = self.file(location.file);
        let lines = file.lines(&location.pointer);
        let line = lines.map_or(1, |lines| *lines.start());
        if location.file == FileId::default() {
            format!("line {line}")
        } else {
            format!("line {line} of {}", file.source.name)
        }
    }

    /// The text of a value as it stands in its file.
    pub fn written(&self, location: &Location) -> Option<&str> {
        let location = self.bundled.settled(location);
        let file = self.file(location.file);
        file.source.text.get(file.value(&location.pointer)?)
    }

    pub(super) fn file(&self, file: FileId) -> &SourceMap {
        &self.files[file.0]
    }

    fn push(
        &mut self,
        diagnostic: Diagnostic,
        location: Location,
        span: Option<std::ops::Range<usize>>,
    ) {
        let source = &self.file(location.file).source;
        let located = diagnostic.span(source, span.unwrap_or(0..0));
        self.diagnostics.push(located.location(location));
    }
}
