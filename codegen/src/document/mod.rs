//! The document: read from a file, checked, and parsed into the types of `openapiv3`.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use openapiv3::OpenAPI;
use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Source};
use origins::Origins;
use source_map::SourceMap;

mod check;
pub mod codes;
pub mod graph;
mod keywords;
mod load;
pub mod origins;
mod plain;
pub mod pointer;
pub mod resolve;
mod source_map;
mod typed;
mod upgrade;
mod values;

pub use plain::Plain;

/// A document in the words of OpenAPI 3.0, with its places in the file.
#[derive(Debug)]
pub struct Document {
    pub openapi: OpenAPI,
    /// The same document as plain values, where deep references and keywords that the types lose
    /// are looked up.
    pub value: Value,
    source: Arc<Source>,
    map: Arc<SourceMap>,
    origins: Origins,
}

/// Reports by JSON pointer what was found in one document.
pub struct Reporter<'a> {
    pub source: &'a Arc<Source>,
    pub map: &'a SourceMap,
    /// Set where the reported pointers are into the document as it was rewritten.
    origins: Option<&'a Origins>,
    pub diagnostics: &'a mut Diagnostics,
}

impl Document {
    /// Reads a document; everything wrong with it is in `diagnostics`.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let source = load::read(path, diagnostics)?;
        Self::parse(source, diagnostics)
    }

    /// Parses the text of a document.
    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let map = Arc::new(SourceMap::of(Arc::clone(&source)));
        let value = load::parse(&mut Reporter {
            source: &source,
            map: &map,
            origins: None,
            diagnostics,
        })?;
        Self::of(value, source, map, diagnostics)
    }

    /// The document of plain values, as if its text were parsed.
    pub fn from_plain(plain: &Plain, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let source = Arc::clone(&plain.source);
        let map = Arc::clone(&plain.places);
        let value = match &plain.ordered {
            Some(value) => value.clone(),
            None => load::parse(&mut Reporter {
                source: &source,
                map: &map,
                origins: None,
                diagnostics,
            })?,
        };
        Self::of(value, source, map, diagnostics)
    }

    fn of(
        mut value: Value,
        source: Arc<Source>,
        map: Arc<SourceMap>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let mut reporter = Reporter {
            source: &source,
            map: &map,
            origins: None,
            diagnostics,
        };
        let version = load::version(&value, &mut reporter)?;
        let origins = upgrade::upgrade(&mut value, version, &mut reporter);
        reporter.origins = Some(&origins);
        check::check(&value, &mut reporter);
        reporter.diagnostics.gate()?;
        let openapi = typed::parse(&value, &mut reporter)?;
        Ok(Self {
            openapi,
            value,
            source,
            map,
            origins,
        })
    }

    /// Reports at pointers into [`Self::value`].
    pub fn reporter<'a>(&'a self, diagnostics: &'a mut Diagnostics) -> Reporter<'a> {
        Reporter {
            origins: Some(&self.origins),
            ..self.file_reporter(diagnostics)
        }
    }

    /// Reports at pointers into the file.
    pub fn file_reporter<'a>(&'a self, diagnostics: &'a mut Diagnostics) -> Reporter<'a> {
        Reporter {
            source: &self.source,
            map: &self.map,
            origins: None,
            diagnostics,
        }
    }

    /// From pointers into [`Self::value`] to pointers into the file.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }
}

impl Reporter<'_> {
    /// Reports at the value that the pointer names.
    pub fn at(&mut self, diagnostic: Diagnostic, pointer: &str) {
        let pointer = self.original(pointer);
        let span = self.map.value(&pointer).unwrap_or(0..0);
        let located = diagnostic.pointer(pointer).location(self.source, span);
        self.diagnostics.push(located);
    }

    /// Reports at the key of the value that the pointer names.
    pub fn at_key(&mut self, diagnostic: Diagnostic, pointer: &str) {
        let pointer = self.original(pointer);
        let span = self.map.key(&pointer).unwrap_or(0..0);
        let located = diagnostic.pointer(pointer).location(self.source, span);
        self.diagnostics.push(located);
    }

    fn original<'p>(&self, pointer: &'p str) -> Cow<'p, str> {
        match self.origins {
            Some(origins) => origins.original(pointer),
            None => Cow::Borrowed(pointer),
        }
    }
}
