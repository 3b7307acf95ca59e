//! The document: read from a file, checked, and parsed into the types of `openapiv3`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use openapiv3::OpenAPI;
use serde_yaml::Value;

use crate::diagnostic::{Diagnostics, Rejected, Source};
use crate::left_out::LeftOut;
use crate::location::Location;
use crate::timings::{Stage, stage};
use bundle::Bundle;
use bundle::failure::Failures;
use keywords::OPENAPI_3;
use load::Version;
use origins::Origins;
use source_map::SourceMap;
use typed::Paths;

mod bundle;
mod check;
pub mod codes;
mod copies;
mod counted;
mod effective;
pub mod extract;
mod fault;
pub mod graph;
mod keywords;
mod kinds;
mod load;
mod member;
mod origins;
mod overlay;
pub mod part;
mod path_item;
mod patterns;
mod plain;
mod plain_value;
mod reading;
mod repairs;
mod reporter;
pub mod resolve;
mod scalars;
mod source_map;
mod swagger;
mod tuples;
mod typed;
mod upgrade;
mod values;

pub use crate::location::pointer;
pub use bundle::{Disk, Folder, Found, Unreadable, join, refers_elsewhere};
pub use keywords::{
    ADDITIONAL_OPERATIONS, CONTENT_MEDIA_TYPE, DEFAULT_MAPPING, SEPARATOR, SERVER_NAME, WEBHOOKS,
};
pub use load::text;
pub use part::{Listed, Part};
pub use path_item::PathItem;
pub use patterns::UNMATCHED;
pub use plain::Plain;
pub use reading::values as plain_values;
pub use reporter::Reporter;
pub use tuples::PREFIX_ITEMS;

/// A document in the words of OpenAPI 3.0, and where each part of it is in its files.
#[derive(Debug)]
pub struct Document {
    /// But for its paths.
    pub openapi: OpenAPI,
    pub paths: Paths,
    /// The same document as plain values, where deep references and keywords that the types lose
    /// are looked up.
    pub value: Value,
    /// By [`FileId`](crate::location::FileId).
    files: Vec<Arc<SourceMap>>,
    origins: Origins,
    /// The places of the files that were put together, where [`Self::location`] is one in the whole.
    bundled: Origins,
    failures: Failures,
    /// The operations that are invalid beyond repair.
    pub left_out: Vec<LeftOut>,
    /// What it is without, if it is a part of one.
    pub part: Option<Part>,
}

/// Whether an operation is wanted.
pub type Wanted<'a> = &'a dyn Fn(&Listed) -> bool;

impl Document {
    /// Reads a document, with the files that it refers to: those in its folder, and in the others; and
    /// applies overlays; then all is left out that no wanted operation reaches. Everything wrong with it is in
    /// `diagnostics`.
    pub fn load(
        path: &Path,
        others: &[PathBuf],
        overlays: &[PathBuf],
        wanted: Option<Wanted<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let mut read =
            |path: &Path, what| stage(Stage::Load, || load::read(path, what, diagnostics));
        let source = read(path, "an OpenAPI document");
        let overlays = overlays.iter().map(|path| read(path, "an overlay"));
        let overlays: Vec<_> = overlays.collect();
        let overlays = overlays.into_iter().collect::<Result<Vec<_>, _>>();
        let source = source?;
        let folder = Disk::of(path, &source.name, others);
        Self::read(source, Some(&folder), &overlays?, wanted, diagnostics)
    }

    /// Parses the text of a document in a single file.
    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        Self::read(source, None, &[], None, diagnostics)
    }

    fn read(
        source: Arc<Source>,
        folder: Option<&dyn Folder>,
        overlays: &[Arc<Source>],
        wanted: Option<Wanted<'_>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let mut part = None;
        let bundle = stage(Stage::Load, || {
            let file = Arc::new(SourceMap::of(source));
            let value = load::parse(&file, diagnostics)?;
            let mut bundle = bundle::bundle(value, file, folder, diagnostics);
            overlay::apply(&mut bundle, overlays, folder, diagnostics);
            part = wanted.map(|wanted| part::part(&bundle.value, wanted));
            if let Some(part) = &part {
                part.apply(&mut bundle.value);
            }
            Ok(bundle)
        })?;
        let document = Self::of(bundle, Origins::default(), diagnostics)?;
        Ok(Self { part, ..document })
    }

    /// The document of plain values, as if its text were parsed. Its locations are those in the plain
    /// values.
    pub fn from_plain(plain: &Plain, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let value = match &plain.ordered {
            Some(value) => value.clone(),
            None => load::parse(&plain.files[0], diagnostics)?,
        };
        let bundle = Bundle {
            value,
            files: plain.files.clone(),
            origins: Origins::default(),
            failures: plain.failures.clone(),
        };
        Self::of(bundle, plain.origins.clone(), diagnostics)
    }

    fn of(
        bundle: Bundle,
        bundled: Origins,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let Bundle {
            mut value,
            files,
            mut origins,
            failures,
        } = bundle;
        let mut reporter = Reporter {
            files: &files,
            bundled: &bundled,
            diagnostics,
        };
        let version = load::version(&value, &mut reporter)?;
        let mut left_out = Vec::new();
        if version == Version::V20 {
            let older = &swagger::SWAGGER_2;
            left_out = stage(Stage::Check, || {
                check::check(&mut value, older, &failures, &mut origins, &mut reporter)
            })?;
            (value, origins) = stage(Stage::Normalize, || {
                swagger::convert(&value, origins, &mut reporter)
            });
        }
        stage(Stage::Normalize, || {
            upgrade::upgrade(&mut value, version, &mut origins, &mut reporter)
        });
        let (openapi, paths) = stage(Stage::Check, || {
            let three = &OPENAPI_3;
            let found = check::check(&mut value, three, &failures, &mut origins, &mut reporter)?;
            left_out.extend(found);
            typed::parse(&mut value, &origins, &mut left_out, &mut reporter)
        })?;
        Ok(Self {
            openapi,
            paths,
            value,
            files,
            origins,
            bundled,
            failures,
            left_out,
            part: None,
        })
    }

    /// What it says, without where that is.
    pub fn take_values(&mut self) -> (OpenAPI, Paths, Value) {
        (
            std::mem::take(&mut self.openapi),
            std::mem::take(&mut self.paths),
            std::mem::take(&mut self.value),
        )
    }

    /// Where the user wrote what is at the pointer into [`Self::value`].
    pub fn location(&self, pointer: &str) -> Location {
        self.origins.location(pointer)
    }

    pub fn reporter<'a>(&'a self, diagnostics: &'a mut Diagnostics) -> Reporter<'a> {
        Reporter {
            files: &self.files,
            bundled: &self.bundled,
            diagnostics,
        }
    }
}
