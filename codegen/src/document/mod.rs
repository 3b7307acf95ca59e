//! The document: read from a file, checked, and parsed into the types of `openapiv3`.

use std::path::Path;
use std::sync::Arc;

use openapiv3::OpenAPI;
use serde_yaml::Value;

use crate::diagnostic::{Diagnostics, Rejected, Source};
use crate::left_out::LeftOut;
use crate::location::Location;
use keywords::OPENAPI_3;
use load::Version;
use origins::Origins;
use source_map::SourceMap;

mod check;
pub mod codes;
mod fault;
pub mod graph;
mod keywords;
mod load;
mod origins;
mod patterns;
mod plain;
mod repairs;
mod reporter;
pub mod resolve;
mod source_map;
mod swagger;
mod tuples;
mod typed;
mod upgrade;
mod values;

pub use crate::location::pointer;
pub use patterns::UNMATCHED;
pub use plain::Plain;
pub use reporter::Reporter;
pub use tuples::PREFIX_ITEMS;

/// A document in the words of OpenAPI 3.0, and where each part of it is in its files.
#[derive(Debug)]
pub struct Document {
    pub openapi: OpenAPI,
    /// The same document as plain values, where deep references and keywords that the types lose
    /// are looked up.
    pub value: Value,
    /// By [`FileId`](crate::location::FileId).
    files: Vec<Arc<SourceMap>>,
    origins: Origins,
    /// The operations that are invalid beyond repair.
    pub left_out: Vec<LeftOut>,
}

impl Document {
    /// Reads a document; everything wrong with it is in `diagnostics`.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let source = load::read(path, diagnostics)?;
        Self::parse(source, diagnostics)
    }

    /// Parses the text of a document.
    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let files = vec![Arc::new(SourceMap::of(source))];
        let value = load::parse(&files[0], diagnostics)?;
        Self::of(value, files, diagnostics)
    }

    /// The document of plain values, as if its text were parsed.
    pub fn from_plain(plain: &Plain, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let files = vec![Arc::clone(&plain.places)];
        let value = match &plain.ordered {
            Some(value) => value.clone(),
            None => load::parse(&files[0], diagnostics)?,
        };
        Self::of(value, files, diagnostics)
    }

    fn of(
        mut value: Value,
        files: Vec<Arc<SourceMap>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let mut reporter = Reporter {
            files: &files,
            diagnostics,
        };
        let version = load::version(&value, &mut reporter)?;
        let mut origins = Origins::default();
        let mut left_out = Vec::new();
        if version == Version::V20 {
            let older = &swagger::SWAGGER_2;
            left_out = check::check(&mut value, older, &mut origins, &mut reporter)?;
            (value, origins) = swagger::convert(&value, origins, &mut reporter);
        }
        upgrade::upgrade(&mut value, version, &mut origins, &mut reporter);
        left_out.extend(check::check(
            &mut value,
            &OPENAPI_3,
            &mut origins,
            &mut reporter,
        )?);
        let openapi = typed::parse(&mut value, &origins, &mut left_out, &mut reporter)?;
        Ok(Self {
            openapi,
            value,
            files,
            origins,
            left_out,
        })
    }

    /// Where the user wrote what is at the pointer into [`Self::value`].
    pub fn location(&self, pointer: &str) -> Location {
        self.origins.location(pointer)
    }

    pub fn reporter<'a>(&'a self, diagnostics: &'a mut Diagnostics) -> Reporter<'a> {
        Reporter {
            files: &self.files,
            diagnostics,
        }
    }
}
