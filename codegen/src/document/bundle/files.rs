//! The files of one document: each read once, when a reference names it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_yaml::Value;

use super::failure::Failure;
use super::folder::{Folder, Unreadable};
use super::identifiers::Identifiers;
use super::reference::{File as Named, Reference, join, resolved};
use super::{Place, only_reference};
use crate::diagnostic::Diagnostics;
use crate::document::plain_value::PlainValue;
use crate::document::source_map::SourceMap;
use crate::document::{load, pointer};

pub struct Files<'a> {
    folder: Option<&'a dyn Folder>,
    diagnostics: &'a mut Diagnostics,
    /// The document itself is the first.
    files: Vec<File>,
    /// By the paths that were asked for.
    numbers: HashMap<String, Result<usize, Failure>>,
    /// How many references are being passed on the way to others.
    passing: usize,
    /// How many were passed so, all in all.
    passed: usize,
}

/// References on the way to references are few.
const DEEPEST_PASSED: usize = 16;
const MOST_PASSED: usize = 100_000;

struct File {
    path: String,
    value: Value,
    map: Arc<SourceMap>,
    identifiers: Identifiers,
}

impl<'a> Files<'a> {
    pub fn new(
        root: Value,
        map: Arc<SourceMap>,
        folder: Option<&'a dyn Folder>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let path = folder.map_or("", |folder| folder.document()).to_owned();
        Self {
            folder,
            diagnostics,
            numbers: HashMap::from([(path.clone(), Ok(0))]),
            passing: 0,
            passed: 0,
            files: vec![File {
                identifiers: Identifiers::of(&root, &path),
                path,
                value: root,
                map,
            }],
        }
    }

    /// How many schemas of the files have the name as a dynamic anchor.
    pub fn dynamic_anchors(&self, name: &str) -> usize {
        let files = self.files.iter();
        files
            .map(|file| file.identifiers.dynamic_anchors(name))
            .sum()
    }

    /// What a reference at a place names, which is there.
    pub fn target(&mut self, text: &str, at: &Place) -> Result<Place, Failure> {
        if let Some(found) = self.based(text, at) {
            return Ok(found);
        }
        let from = at.0;
        let reference = Reference::of(text);
        let (file, within) = match &reference.file {
            Named::Same => (from, String::new()),
            Named::Path(path) => match self.number(&join(&self.files[from].path, path), text) {
                Ok(file) => (file, String::new()),
                Err(failure) => self.identified(text).ok_or(failure)?,
            },
            Named::Elsewhere => {
                let identified = self.identified(text);
                identified.ok_or_else(|| Failure::elsewhere(text))?
            }
        };
        let fragment = &*reference.fragment;
        let nothing = || Failure::nothing(text, &self.files[file].path);
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            format!("{within}{fragment}")
        } else {
            let anchors = &self.files[file].identifiers;
            anchors.anchor(fragment, &within).ok_or_else(nothing)?
        };
        if self.files[file].value.at(&pointer).is_some() {
            return Ok((file, pointer));
        }
        let failure = nothing();
        self.through(file, &pointer).ok_or(failure)
    }

    /// What a reference names where it stands in a schema with an `$id`: it is seen from that, if there is such a thing.
    pub fn based(&mut self, text: &str, at: &Place) -> Option<Place> {
        let (root, base) = self.files[at.0].identifiers.base(&at.1)?;
        let reference = Reference::of(text);
        let (file, within) = match &reference.file {
            Named::Same => (at.0, root.to_owned()),
            Named::Elsewhere => return None,
            Named::Path(path) => {
                let uri = resolved(base, path);
                match (self.located(&uri), Reference::of(&uri).file) {
                    (Some(found), _) => found,
                    (None, Named::Path(_)) => (self.number(&uri, text).ok()?, String::new()),
                    (None, _) => return None,
                }
            }
        };
        let fragment = &*reference.fragment;
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            format!("{within}{fragment}")
        } else {
            self.files[file].identifiers.anchor(fragment, &within)?
        };
        self.files[file].value.at(&pointer)?;
        Some((file, pointer))
    }

    /// The schema whose `$id` makes it that URI.
    fn located(&self, uri: &str) -> Option<Place> {
        let mut files = self.files.iter().enumerate();
        files.find_map(|(file, data)| Some((file, data.identifiers.located(uri)?.to_owned())))
    }

    /// Where a pointer leads past references on its way: into what is put in their place.
    fn through(&mut self, file: usize, pointer: &str) -> Option<Place> {
        let mut at = (file, String::new());
        for token in pointer::tokens(pointer) {
            let value = self.files[at.0].value.at(&at.1)?;
            if let Some(text) = only_reference(value).map(str::to_owned) {
                self.passing += 1;
                self.passed += 1;
                let is_near = self.passing < DEEPEST_PASSED && self.passed < MOST_PASSED;
                let target = is_near.then(|| self.target(&text, &at));
                self.passing -= 1;
                at = target?.ok()?;
            }
            at.1 = pointer::join(&at.1, token);
        }
        self.files[at.0].value.at(&at.1)?;
        Some(at)
    }

    /// The end of a chain of references, which begins at a place.
    pub fn end(&mut self, start: Place, text: &str) -> Result<Place, Failure> {
        let mut at = start;
        let mut passed = HashSet::new();
        // What is in the document itself stands there, whatever it is.
        while at.0 != 0 {
            let value = self.files[at.0].value.at(&at.1);
            let Some(next) = value.and_then(only_reference).map(str::to_owned) else {
                break;
            };
            if !passed.insert(at.clone()) {
                return Err(Failure::cycle(text));
            }
            at = self.target(&next, &at)?;
        }
        Ok(at)
    }

    pub fn copy(&self, (file, pointer): &Place) -> Value {
        let value = self.files[*file].value.at(pointer);
        value.cloned().unwrap_or_default()
    }

    pub fn path(&self, file: usize) -> &str {
        &self.files[file].path
    }

    pub fn maps(&self) -> Vec<Arc<SourceMap>> {
        let maps = self.files.iter().map(|file| Arc::clone(&file.map));
        maps.collect()
    }

    /// A reference in a file as it would be written in the document itself.
    pub fn as_of_root(&self, text: &str, file: usize) -> String {
        let fragment = text.find('#').map_or("", |at| &text[at..]);
        let base = &self.files[file].path;
        match Reference::of(text).file {
            _ if file == 0 => text.to_owned(),
            Named::Elsewhere => text.to_owned(),
            Named::Same => format!("{base}{fragment}"),
            Named::Path(path) => format!("{}{fragment}", join(base, &path)),
        }
    }

    /// The schema with an `$id`.
    fn identified(&self, text: &str) -> Option<Place> {
        let id = text.split('#').next().unwrap_or(text);
        let files = self.files.iter().enumerate();
        let mut found = files.filter_map(|(file, data)| Some((file, data.identifiers.schema(id)?)));
        found.next()
    }

    /// The number of the file at a path.
    fn number(&mut self, path: &str, text: &str) -> Result<usize, Failure> {
        if let Some(known) = self.numbers.get(path) {
            return known.clone();
        }
        let number = self.read(path, text);
        self.numbers.insert(path.to_owned(), number.clone());
        number
    }

    fn read(&mut self, path: &str, text: &str) -> Result<usize, Failure> {
        let Some(folder) = self.folder else {
            return Err(Failure::alone(text));
        };
        let found = folder.read(path).map_err(|why| match why {
            Unreadable::Outside => Failure::outside(path),
            Unreadable::Missing => Failure::missing(path),
            Unreadable::Other(why) => Failure::unreadable(text, &why),
        })?;
        if let Some(known) = self.numbers.get(&found.path) {
            return known.clone();
        }
        let map = Arc::new(SourceMap::of(Arc::new(found.source)));
        let broken = |_| Failure::unreadable(path, "it has errors of its own");
        let value = load::parse(&map, self.diagnostics).map_err(broken)?;
        let number = self.files.len();
        self.numbers.insert(found.path.clone(), Ok(number));
        self.files.push(File {
            identifiers: Identifiers::of(&value, &found.path),
            path: found.path,
            value,
            map,
        });
        Ok(number)
    }
}
