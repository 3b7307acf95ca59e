//! What operationIds say is done, where those of a document begin with it: `SearchEvents`, `upsert_item`.

use super::ids::{ARTICLES, PREPOSITIONS};
use super::words::{self, is_plural, singular};
use super::{Place, Verbs};
use crate::api::Operation;
use crate::rust::names::is_version;

/// The least share of ids that begin with a verb where that is the convention.
const SHARE: f64 = 0.75;

/// The least share of reading operations whose id says `list` where the ids distinguish lists from single objects.
const LISTED: f64 = 0.2;

/// How many first letters a verb and a resource share that are of one stem: `invite` and `invitations`.
const STEM: usize = 5;

/// Verbs that say no more than the HTTP method does.
const CREATES: [&str; 11] = [
    "add", "build", "create", "generate", "insert", "issue", "make", "new", "open", "post", "save",
];
const UPDATES: [&str; 9] = [
    "change", "edit", "modify", "patch", "put", "replace", "save", "set", "update",
];
const DELETES: [&str; 3] = ["delete", "destroy", "remove"];
pub const READS: [&str; 7] = [
    "describe", "fetch", "get", "read", "retrieve", "show", "view",
];
const FINDS: [&str; 4] = ["find", "list", "lookup", "query"];

/// What no GET does, whatever its id says.
const CHANGES: [&str; 6] = ["add", "create", "delete", "insert", "remove", "update"];

/// Before a verb that is done to many, which the path says as well.
const MANY: [&str; 3] = ["batch", "bulk", "mass"];

/// What the ids of a document have in common.
#[derive(Debug, Default)]
pub struct Said {
    verbs_first: bool,
    /// Whether they say which of what is read are lists.
    lists: bool,
}

impl Said {
    pub fn of(operations: &[&Operation]) -> Self {
        let share = |of: &[&&Operation], is: &dyn Fn(&str) -> bool| {
            let said = of.iter().filter_map(|operation| verb(operation));
            let count = said.filter(|verb| is(verb)).count();
            count as f64 / of.len().max(1) as f64
        };
        let all: Vec<&&Operation> = operations.iter().collect();
        let reads = operations
            .iter()
            .filter(|operation| operation.method == "GET");
        Self {
            verbs_first: share(&all, &|_| true) >= SHARE,
            lists: share(&reads.collect::<Vec<_>>(), &|verb| verb == "list") >= LISTED,
        }
    }

    /// Whether the last word of a path is what is done.
    pub fn is_done(&self, operation: &Operation, word: &str) -> bool {
        let done = words::of(word);
        let id = id_words(operation);
        let is_verb = !is_plural(word) && !MANY.contains(&word);
        // `NumberLookup` says nothing of `number_lookup`, but `byName` of `by_name`.
        let is_phrase = PREPOSITIONS.contains(&done[0].as_str()) || words::is_verb(word);
        let is_more = id.len() > done.len() || (done.len() > 1 && is_phrase);
        self.verbs_first && is_verb && is_more && id.starts_with(&done)
    }

    /// Whether an id lets an operation be one that changes: it says so, or no more than method and path do.
    pub fn may_update(&self, operation: &Operation) -> bool {
        let known = words::singular_words(&format!("{} {}", operation.method, operation.path));
        let id = id_words(operation);
        let is_known = |word: &String| known.contains(&singular(word));
        id.iter().all(is_known) || id.iter().any(|word| UPDATES.contains(&word.as_str()))
    }

    /// Whether an id says that an operation updates, whatever else does.
    pub fn updates(&self, operation: &Operation) -> bool {
        self.verbs_first && verb(operation).as_deref() == Some("update")
    }

    /// What the method is called, where the id says more than the HTTP method of which `place` has its name.
    pub fn method(
        &self,
        operation: &Operation,
        place: &Place,
        is_list: bool,
        verbs: &Verbs,
    ) -> Option<String> {
        if !self.verbs_first || !verbs.is_usual(&place.method) {
            return None;
        }
        let said = verb(operation)?;
        let is = |of: &[&str]| of.contains(&said.as_str());
        let name = match operation.method.as_str() {
            "GET" if said == "list" => verbs.list.clone(),
            "GET" if is(&READS) && self.lists && !is_list => verbs.get.clone(),
            "GET" if is(&READS) || is(&FINDS) || is(&CHANGES) => return None,
            "POST" if is(&CREATES) => return None,
            "POST" if is(&UPDATES) => one_way(&verbs.update, operation),
            "PUT" | "PATCH" if is(&UPDATES) || is(&READS) || is(&FINDS) => return None,
            "PUT" | "PATCH" if said == "create" => verbs.create.clone(),
            "DELETE" if is(&DELETES) || is(&READS) || is(&FINDS) || is(&CREATES) => return None,
            "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => match said.as_str() {
                "list" => verbs.list.clone(),
                _ if is(&READS) => verbs.get.clone(),
                _ if is(&DELETES) => verbs.delete.clone(),
                _ if is(&OPEN) => one_way(&said, operation),
                _ => said.clone(),
            },
            _ => return None,
        };
        let mut words = place.resources.iter().flat_map(|name| name.split('_'));
        let is_resource = words.any(|word| is_of_one_stem(&said, &singular(word)));
        (name != place.method && !is_resource).then_some(name)
    }
}

/// The first word of an id, if it is a verb; both of `create_or_update`.
fn verb(operation: &Operation) -> Option<String> {
    let id = id_words(operation);
    let (first, rest) = id.split_first()?;
    if MANY.contains(&first.as_str()) || !words::is_verb(first) {
        return None;
    }
    match rest {
        [or, second, ..] if or == "or" && words::is_verb(second) => {
            Some(format!("{first}_or_{second}"))
        }
        _ => Some(first.clone()),
    }
}

/// Verbs that say nothing without what follows them: `mark_done`.
const OPEN: [&str; 3] = ["make", "mark", "turn"];

/// One of several ways to do it, where the id has words that the path has not: `UpdatePetWithForm`.
fn one_way(verb: &str, operation: &Operation) -> String {
    const MOST_WORDS: usize = 3;
    let path = words::singular_words(&operation.path);
    let own: Vec<String> = id_words(operation)
        .into_iter()
        .skip(1)
        .filter(|word| !path.contains(&singular(word)) && !ARTICLES.contains(&word.as_str()))
        .collect();
    let says_more = own
        .iter()
        .any(|word| !PREPOSITIONS.contains(&word.as_str()));
    if says_more && own.len() <= MOST_WORDS {
        format!("{verb}_{}", own.join("_"))
    } else {
        verb.to_owned()
    }
}

/// The words of an id, without a version before them, and without the path and the method that follow a name that is made unique.
fn id_words(operation: &Operation) -> Vec<String> {
    let Some(id) = operation.id.as_deref() else {
        return Vec::new();
    };
    let mut id = words::of(without_path(id, operation));
    let versions = id.iter().take_while(|word| is_version(word)).count();
    id.drain(..versions);
    id
}

/// `list_pets` of `list_pets_v1_pets_get`. By letters, since an id can be longer than a name.
pub fn without_path<'i>(id: &'i str, operation: &Operation) -> &'i str {
    let is_letter = |c: &char| c.is_alphanumeric();
    let path = [&operation.path, &operation.method];
    let path = path.into_iter().rev().flat_map(|text| text.chars().rev());
    let mut rest = id.char_indices().rev().filter(|(_, c)| is_letter(c));
    let mut end = id.len();
    for wanted in path.filter(is_letter) {
        match rest.next() {
            Some((at, c)) if c.eq_ignore_ascii_case(&wanted) => end = at,
            _ => return id,
        }
    }
    if rest.next().is_some() {
        &id[..end]
    } else {
        id
    }
}

/// Whether the resource is called by what is done: `refund` and `refunds`.
fn is_of_one_stem(verb: &str, resource: &str) -> bool {
    let shared = verb.bytes().zip(resource.bytes());
    let shared = shared.take_while(|(one, other)| one == other).count();
    shared >= STEM.min(verb.len())
}
