//! What a person would call each operation: the resources that lead to it, and the method.
//!
//! What the document says as a whole is looked at first and kept as data: `tree::Tree` knows all paths, `ids::Ids` whether the
//! operationIds were written by people. Then each operation is named by the first that says something: the names that the author
//! wrote for SDKs, its operationId where people wrote those, its path. At last [`distinct`] tells apart what was named alike, by
//! what differs: the scope, a parameter, a version, never by a number.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation};
use crate::threads::both;

mod actions;
mod below;
pub mod distinct;
mod ids;
mod keys;
mod leaves;
mod nodes;
mod odata;
mod own_kind;
mod paths;
mod results;
pub mod rules;
mod said;
mod scopes;
mod shown;
mod siblings;
mod tree;
mod verbs;
mod walk;
pub mod words;

pub use verbs::Verbs;

use ids::Ids;
use results::Returned;
use tree::Tree;

/// Where an operation is found on the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// At least one.
    pub resources: Vec<String>,
    pub method: String,
}

/// What may be said of names beside the document.
#[derive(Debug, Default)]
pub struct Tables {
    /// What methods are called that do what HTTP methods do.
    pub verbs: Verbs,
    /// Segments of paths, as words, that are called otherwise; as no word, not at all.
    pub segments: BTreeMap<String, Vec<String>>,
}

/// The evidence of a document.
pub struct Naming<'a> {
    tables: &'a Tables,
    tree: Tree<'a>,
    ids: Ids,
    /// Whether fragments name operations of several services.
    has_services: bool,
}

impl<'a> Naming<'a> {
    /// Of all operations that become methods, with the names that some of them have already.
    pub fn new(
        api: &'a Api,
        operations: Vec<&'a Operation>,
        kept: &[Option<Place>],
        tables: &'a Tables,
    ) -> Self {
        let (ids, tree) = both(
            operations.len(),
            || Ids::of(&operations),
            || Tree::of(api, operations.clone(), kept, tables),
        );
        Self {
            tables,
            has_services: {
                let services = operations.iter().filter_map(|one| service(&one.path));
                services.collect::<BTreeSet<_>>().len() > 1
            },
            ids,
            tree,
        }
    }

    /// The name of an operation, by its position in the list.
    pub fn place(&self, position: usize) -> Place {
        let operation = self.tree.operation(position);
        let by_id = self.by_id(position);
        let is_by_path = by_id.is_none();
        let inferred = by_id.unwrap_or_else(|| self.by_path(position));
        let inferred = self.with_called(inferred, operation);
        let stated = &operation.sdk_name;
        // Who names methods, and no groups, has grouped by tags.
        let tag = operation.tags.first();
        let tag = tag.filter(|_| is_by_path && stated.method.is_some());
        let snake = |name: &String| words::snake(name);
        Place {
            resources: match (stated.resources.as_slice(), tag) {
                ([], None) => inferred.resources,
                ([], Some(tag)) => vec![snake(tag)],
                (names, _) => names.iter().map(snake).collect(),
            },
            method: match &stated.method {
                Some(method) => words::snake(method),
                None => inferred.method,
            },
        }
    }

    /// The name of an operation below a prefix of the policy, which stands for so many segments of its path.
    pub fn place_below(&self, position: usize, prefix: &[String], segments: usize) -> Place {
        match self.by_id(position) {
            Some(place) => Place {
                resources: prefix.to_vec(),
                method: place.method,
            },
            None => paths::place_below(&self.tree, position, prefix, segments, self.tables),
        }
    }

    fn with_called(&self, place: Place, operation: &Operation) -> Place {
        let Some(method) = called(&operation.path) else {
            return place;
        };
        let service = service(&operation.path);
        match service.filter(|_| self.has_services && operation.tags.is_empty()) {
            Some(service) => Place {
                resources: vec![service],
                method,
            },
            None => place.with_method(method),
        }
    }

    fn by_path(&self, position: usize) -> Place {
        let mut place = paths::place(&self.tree, position, self.tables);
        if let Some(name) = self.ids.resource_like(&place.resources[0]) {
            place.resources[0] = name;
        }
        let operation = self.tree.operation(position);
        if let Some(action) = self.ids.action(operation)
            && self.tables.verbs.is_unstated(&place.method)
        {
            place.method = action.to_owned();
        }
        if let Some(name) = own_kind::own_kind(&place.resources, operation)
            && let Some(last) = place.resources.last_mut()
        {
            *last = name;
        }
        place
    }

    fn by_id(&self, position: usize) -> Option<Place> {
        let operation = self.tree.operation(position);
        let returned = self.tree.returned(position);
        let is_list = matches!(returned, Returned::Several | Returned::Holder);
        self.ids.place(operation, is_list, &self.tables.verbs)
    }

    /// Those that were named alike are distinguished. `taken` are the places that are not asked about.
    pub fn distinct(
        &self,
        inferred: Vec<(usize, Place)>,
        taken: BTreeMap<String, usize>,
    ) -> Vec<(usize, Place)> {
        distinct::distinct(&self.tree, inferred, taken, &self.tables.verbs)
    }
}

/// What is done where a header or a parameter distinguishes operations of one path without words,
/// `#X-Amz-Target=Tables.CreateTable`.
fn called(path: &str) -> Option<String> {
    let value = value_of(path)?;
    let name = value.rsplit('.').next()?;
    begins_a_name(name).then(|| words::snake(name))
}

/// The service of which it is done: `tables`, also of `Tables_20120810.CreateTable`.
fn service(path: &str) -> Option<String> {
    let (service, _) = value_of(path)?.rsplit_once('.')?;
    let is_version = |text: &str| {
        let number = text.strip_prefix(['v', 'V']).unwrap_or(text);
        !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit())
    };
    let versioned = service.rsplit_once('_');
    let service = versioned
        .filter(|(_, end)| is_version(end))
        .map_or(service, |(name, _)| name);
    begins_a_name(service).then(|| words::snake(service))
}

fn value_of(path: &str) -> Option<&str> {
    let (path, fragment) = path.split_once('#')?;
    let (_, value) = fragment.split('&').next()?.split_once('=')?;
    words_of(path).is_empty().then_some(value)
}

fn begins_a_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// What a path says that is no parameter, as words.
pub fn words_of(path: &str) -> Vec<String> {
    let steps = walk::Walk::of(path).steps.into_iter();
    let literals = steps.filter(|step| !step.parameter);
    literals.map(|step| step.word).collect()
}

impl Place {
    pub fn of(name: &str) -> Option<Self> {
        let mut parts: Vec<String> = name.split('.').map(str::to_owned).collect();
        let method = parts.pop().filter(|_| !parts.is_empty())?;
        Some(Self {
            resources: parts,
            method,
        })
    }

    /// `resource.resource.method`
    pub fn name(&self) -> String {
        format!("{}.{}", self.resources.join("."), self.method)
    }

    fn with_method(&self, method: String) -> Self {
        Self {
            resources: self.resources.clone(),
            method,
        }
    }
}
