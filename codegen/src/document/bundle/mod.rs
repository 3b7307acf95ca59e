//! A document in several files as one: what references name in other files becomes a component of
//! the document, and references are JSON pointers into it afterwards.
//!
//! ```text
//! api.yaml:    $ref: models/pet.yaml     -->    $ref: '#/components/schemas/pet'
//! ```
//!
//! What cannot be a component (an operation, a text) is put in place of the reference. Where each node
//! was before is kept, so that what is found in it is reported in its file.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use super::keywords::{Expect, Kind};
use super::origins::Origins;
use super::pointer;
use super::source_map::SourceMap;
use crate::diagnostic::Diagnostics;
use crate::location::{FileId, Location, Trail};
use failure::{Failure, Failures};
use files::Files;
use values::insert;

pub mod failure;
mod files;
mod folder;
mod grammar;
mod identifiers;
mod inline;
mod naming;
mod reference;
mod values;

pub use folder::{Disk, Folder, Found, Unreadable};
pub use reference::join;
pub use values::{at_mut, misplaced_reference, only_reference};

/// A document without references into other files, but for those that lead nowhere.
pub struct Bundle {
    pub value: Value,
    /// By [`FileId`]; the document itself is the first.
    pub files: Vec<Arc<SourceMap>>,
    /// Where each node was.
    pub origins: Origins,
    pub failures: Failures,
}

/// Puts a document together with what it refers to. Without a folder there are no other files.
pub fn bundle(
    root: Value,
    map: Arc<SourceMap>,
    folder: Option<&dyn Folder>,
    diagnostics: &mut Diagnostics,
) -> Bundle {
    if !refers_elsewhere(&map.source.text) {
        return Bundle {
            value: root,
            files: vec![map],
            origins: Origins::default(),
            failures: Failures::default(),
        };
    }
    put_together(root, map, folder, diagnostics)
}

fn put_together(
    root: Value,
    map: Arc<SourceMap>,
    folder: Option<&dyn Folder>,
    diagnostics: &mut Diagnostics,
) -> Bundle {
    let mut value = root.clone();
    let mut bundler = Bundler {
        swagger_2: root.get("swagger").is_some(),
        taken: naming::taken(&root),
        files: Files::new(root, map, folder, diagnostics),
        placed: HashMap::new(),
        pending: VecDeque::new(),
        inside: Vec::new(),
        repeated: 0,
        origins: Origins::default(),
        failures: Failures::default(),
    };
    bundler.document(&mut value);
    Bundle {
        value,
        files: bundler.files.maps(),
        origins: bundler.origins,
        failures: bundler.failures,
    }
}

/// The same of what was added since: it refers to other files as the document does.
pub fn again(bundle: &mut Bundle, folder: Option<&dyn Folder>, diagnostics: &mut Diagnostics) {
    let (value, map) = (
        std::mem::take(&mut bundle.value),
        Arc::clone(&bundle.files[0]),
    );
    let added = put_together(value, map, folder, diagnostics);
    let known = bundle.files.len() - 1;
    let mut origins = bundle.origins.clone();
    for (now, from) in added.origins.recorded() {
        let from = match from.file {
            FileId(0) => bundle.origins.location(&from.pointer),
            FileId(file) => Location {
                file: FileId(known + file),
                pointer: from.pointer,
            },
        };
        origins.record(now, from);
    }
    bundle.value = added.value;
    bundle.origins = origins;
    bundle.files.extend(added.files.into_iter().skip(1));
    bundle.failures.extend(added.failures);
}

/// Whether there is any reference that is no pointer into the document itself, by a glance.
pub fn refers_elsewhere(text: &str) -> bool {
    let written = |c: char| matches!(c, '"' | '\'' | ' ' | ':');
    let elsewhere = |(at, key): (usize, &str)| {
        let rest = text[at + key.len()..].trim_start_matches(written);
        !rest.starts_with("#/")
    };
    text.match_indices("$ref").any(elsewhere)
        || text.contains("$dynamicRef")
        || text.contains("$id")
}

struct Bundler<'a> {
    swagger_2: bool,
    files: Files<'a>,
    /// Where each part of another file is now, and what it is there.
    placed: HashMap<Place, (String, Expect)>,
    pending: VecDeque<Pending>,
    /// The pointers of components.
    taken: HashSet<String>,
    /// What is being put in place of references, from the outermost.
    inside: Vec<Place>,
    /// How much was put in place of references that was before.
    repeated: usize,
    origins: Origins,
    failures: Failures,
}

/// A place in a file: its number, and the pointer.
type Place = (usize, String);

/// What became a component, and is still to be read.
struct Pending {
    from: Place,
    now: String,
    kind: Kind,
}

impl Bundler<'_> {
    fn document(&mut self, value: &mut Value) {
        self.adopt(value);
        self.value(value, &Expect::Object(Kind::Document), &Trail::ROOT);
        while let Some(Pending { from, now, kind }) = self.pending.pop_front() {
            let mut part = self.files.copy(&from);
            self.value(
                &mut part,
                &Expect::ObjectOrReference(kind),
                &Trail::from(&now),
            );
            insert(value, &now, part);
        }
    }

    /// A component that is nothing but a reference into another file is what that names, so that the
    /// name in the document is the name of it.
    fn adopt(&mut self, root: &mut Value) {
        let components = Expect::Object(Kind::Components);
        let Some(map) = root.as_mapping_mut() else {
            return;
        };
        if let Some(value) = map.get_mut("components") {
            self.inline(value, &components, &Trail::from("/components"));
        }
        for kind in COMPONENTS {
            let Some(section) = grammar::section(kind, self.swagger_2) else {
                continue;
            };
            let Some(entries) = at_mut(root, section) else {
                continue;
            };
            let trail = Trail::from(section);
            if let Some(expect) = grammar::at(section) {
                self.inline(entries, &expect, &trail);
            }
            for (key, value) in entries.as_mapping_mut().into_iter().flatten() {
                if let Some(key) = key.as_str() {
                    self.adopt_one(value, kind, &trail.key(key));
                }
            }
        }
    }

    fn adopt_one(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) {
        let Some(text) = only_reference(value) else {
            return;
        };
        let target = self.files.target(text, &self.origin(at));
        let target = target.and_then(|target| self.files.end(target, text));
        let Ok(from) = target else { return };
        if from.0 == 0 || self.placed.contains_key(&from) {
            return;
        }
        *value = self.files.copy(&from);
        let expect = Expect::ObjectOrReference(kind);
        self.settle(from, at.text(), expect);
    }

    fn value(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) {
        if let Expect::ObjectOrReference(_) | Expect::SchemaOrBoolean = expect
            && let Some(kind) = grammar::kind(expect)
            && grammar::section(kind, self.swagger_2).is_some()
        {
            self.reference(value, kind, at);
            return self.inner(value, expect, at);
        }
        let inlined = self.inline(value, expect, at);
        let depth = self.inside.len();
        self.inside.extend(inlined);
        self.inner(value, expect, at);
        self.inside.truncate(depth);
    }

    fn inner(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) {
        match expect {
            Expect::List(inner) => {
                for (index, item) in value.as_sequence_mut().into_iter().flatten().enumerate() {
                    self.value(item, inner, &at.index(index));
                }
            }
            Expect::Map(inner) => {
                for (key, value) in value.as_mapping_mut().into_iter().flatten() {
                    let key = key.as_str().unwrap_or_default();
                    self.value(value, inner, &at.key(key));
                }
            }
            _ => {
                if let Some(kind) = grammar::kind(expect) {
                    self.object(value, kind, at);
                }
            }
        }
    }

    fn object(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) {
        for (key, value) in value.as_mapping_mut().into_iter().flatten() {
            let key = key.as_str().unwrap_or_default();
            let Some(expect) = grammar::child(kind, key) else {
                continue;
            };
            let at = at.key(key);
            if kind == Kind::Discriminator && key == "mapping" {
                self.mapping(value, &at);
            } else if kind == Kind::Discriminator && key == "defaultMapping" {
                self.mapped(value, &at);
            } else {
                self.value(value, &expect, &at);
            }
        }
    }

    /// The schemas of a discriminator: by reference, or by name.
    fn mapping(&mut self, value: &mut Value, at: &Trail<'_>) {
        for (key, value) in value.as_mapping_mut().into_iter().flatten() {
            self.mapped(value, &at.key(key.as_str().unwrap_or_default()));
        }
    }

    fn mapped(&mut self, value: &mut Value, at: &Trail<'_>) {
        let is_file = |text: &&str| {
            let extensions = [".yaml", ".yml", ".json"];
            text.contains('#') || extensions.iter().any(|end| text.ends_with(end))
        };
        if let Some(text) = value.as_str().filter(is_file) {
            let now = self.local(text, Kind::Schema, at);
            *value = now.unwrap_or_else(|| text.to_owned()).into();
        }
    }

    /// A reference to an object that can be a component.
    fn reference(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) {
        let Some(object) = value.as_mapping_mut() else {
            return;
        };
        if kind == Kind::Schema && !object.contains_key("$ref") {
            self.dynamic_reference(object, at);
        }
        let text = object.get("$ref").and_then(Value::as_str);
        if let Some(now) = text.and_then(|text| self.local(text, kind, at)) {
            object.insert("$ref".into(), now.into());
        }
    }

    /// A dynamic reference is a plain one where a single schema is called so: there is nothing else that
    /// could be meant by it (JSON Schema 2020-12, section 8.2.3.2).
    fn dynamic_reference(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let Some(Value::String(text)) = schema.get("$dynamicRef") else {
            return;
        };
        let name = text.rsplit_once('#').map_or("", |(_, name)| name);
        if name.starts_with('/') || self.files.dynamic_anchors(name) < 2 {
            let text = Value::String(text.clone());
            let (was, now) = (at.key("$dynamicRef").text(), at.key("$ref").text());
            self.origins.renamed(&was, &now);
            schema.remove("$dynamicRef");
            schema.insert("$ref".into(), text);
        }
    }

    /// The reference seen from the document itself, where it is another one.
    fn local(&mut self, text: &str, kind: Kind, at: &Trail<'_>) -> Option<String> {
        let origin = self.origin(at);
        let file = origin.0;
        if file == 0 && (text.starts_with("#/") || text == "#") {
            // Within a schema that has an `$id` it may be a place in that.
            self.files
                .based(text, &origin)
                .filter(|(_, at)| *at != text[1..])?;
        }
        let target = self.files.target(text, &origin);
        let target = target.and_then(|target| self.files.end(target, text));
        Some(match target {
            Ok(from) => {
                let pointer = self.place(from, kind);
                format!("#{}", pointer.replace('%', "%25"))
            }
            Err(failure) => self.fail(failure, text, file),
        })
    }

    /// Where a part of a file is now.
    fn place(&mut self, from: Place, kind: Kind) -> String {
        if from.0 == 0 {
            return from.1;
        }
        if let Some(known) = self.placed_around(&from, kind) {
            return known;
        }
        let section = grammar::section(kind, self.swagger_2).unwrap_or_default();
        let path = self.files.path(from.0);
        let name = naming::name(path, &from.1, |name| {
            !self.taken.contains(&pointer::join(section, name))
        });
        let now = pointer::join(section, name);
        self.taken.insert(now.clone());
        let expect = Expect::ObjectOrReference(kind);
        self.settle(from.clone(), now.clone(), expect);
        let pending = Pending {
            from,
            now: now.clone(),
            kind,
        };
        self.pending.push_back(pending);
        now
    }

    /// Where it is as a part of something that has its place.
    fn placed_around(&self, (file, at): &Place, kind: Kind) -> Option<String> {
        let outward = std::iter::successors(Some(at.as_str()), |at| pointer::parent(at));
        outward.into_iter().find_map(|outer| {
            let (now, expect) = self.placed.get(&(*file, outer.to_owned()))?;
            let rest = &at[outer.len()..];
            let found = grammar::below(*expect, pointer::tokens(rest))?;
            (grammar::kind(&found) == Some(kind)).then(|| format!("{now}{rest}"))
        })
    }

    /// Notes where a part of a file is now.
    fn settle(&mut self, from: Place, now: String, expect: Expect) {
        let (file, pointer) = from.clone();
        let location = Location {
            file: FileId(file),
            pointer: pointer.into(),
        };
        self.origins.record(now.clone(), location);
        self.placed.entry(from).or_insert((now, expect));
    }

    /// Notes a reference that leads nowhere, and returns it as it is seen from the document itself.
    fn fail(&mut self, failure: Failure, text: &str, file: usize) -> String {
        let now = self.files.as_of_root(text, file);
        self.failures.insert(now.clone(), failure);
        now
    }

    /// Where what is there was.
    fn origin(&self, at: &Trail<'_>) -> Place {
        let location = self.origins.location(&at.text());
        (location.file.0, location.pointer.to_string())
    }
}

/// What a document can hold once and refer to.
const COMPONENTS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];
