//! All paths of a document as one tree, and what they say together.

use std::collections::{BTreeMap, BTreeSet};

use super::nodes::{self, Node};
use super::odata;
use super::results::{self, Returned};
use super::said::Said;
use super::scopes::scopes;
use super::shown::Shown;
use super::siblings;
use super::walk::{Step, Walk};
use super::words::{self, is_plural, is_verb, singular_name, singular_words, snake};
use super::{Place, Tables};
use crate::api::{Api, Operation};
use crate::threads::share_out;

/// What is read so often is a tree of reports, if it has so many operations.
const READ_SHARE: f64 = 0.9;
const LEAST_REPORTS: usize = 10;

/// So much of all is of one word where paths are what is done, and so much of that is known to say it.
const CALLS_SHARE: f64 = 0.8;
const KNOWN_SHARE: f64 = 0.5;
const LEAST_CALLS: usize = 5;

/// So much of all operations is posted where that says nothing.
const POSTED_SHARE: f64 = 0.95;

/// Plurals that there is one of, and of what is in it.
const SETTINGS: [&str; 3] = ["options", "preferences", "settings"];

/// So many resources that begin with one acronym are a family.
const LEAST_FAMILY: usize = 3;

/// The paths, with one walk for each operation.
pub struct Tree<'a> {
    operations: Vec<&'a Operation>,
    returned: Vec<Returned>,
    /// Those that are posted, to where the same can be read.
    written_back: BTreeSet<usize>,
    walks: Vec<Walk>,
    nodes: BTreeMap<String, Node>,
    /// First words whose one parameter says for whom everything below is: an account, a zone.
    scopes: BTreeSet<String>,
    /// By the first word after the scope.
    tops: BTreeMap<String, Top>,
    /// Those that are plural, by their singular.
    plural_tops: BTreeMap<String, String>,
    /// Parameters that say by their names what they are of, with how many words at the end all of them share.
    kinds: BTreeMap<String, usize>,
    /// Acronyms that several resources begin with: `dns` of `dns_records` and `dns_settings`.
    families: BTreeSet<String>,
    /// What the ids say is done.
    pub said: Said,
    /// Things are changed by POST, as in APIs that have hardly a PUT or PATCH.
    pub post_updates: bool,
    /// Paths are what is done, as in `/sendMessage`.
    pub is_calls: bool,
    /// Nearly everything is posted, so that the last word of a path is what is done: `/users/ping`.
    pub is_posted: bool,
}

/// What is known of a first word.
#[derive(Debug, Default)]
struct Top {
    operations: usize,
    read: usize,
    tags: BTreeSet<String>,
    /// The second words; empty where a parameter or nothing follows.
    next: BTreeSet<String>,
    /// The scopes below which it is; empty for none.
    scopes: BTreeSet<String>,
}

impl<'a> Tree<'a> {
    pub fn of(
        api: &Api,
        operations: Vec<&'a Operation>,
        kept: &[Option<Place>],
        tables: &Tables,
    ) -> Self {
        let namespace = odata::namespace(&operations);
        let mut walks: Vec<Walk> = share_out(&operations, |operation| {
            let mut walk = Walk::of(&operation.path);
            odata::without_namespace(&mut walk, &namespace);
            walk
        });
        let returned = share_out(&operations, |o| results::of(api, o));
        let mut nodes = nodes::nodes(&operations, &walks);
        if siblings::call_alike(&mut walks, &nodes, &returned, kept, tables) {
            nodes = nodes::nodes(&operations, &walks);
        }
        // What is new is named as the names beside it are, whatever it does to the document as a whole.
        let shown = Shown::of(&walks, kept, tables);
        let mut scopes = scopes(&operations, &walks, &nodes, tables);
        scopes.retain(|word| shown.is_scope(word) != Some(false));
        let more = shown
            .scopes()
            .filter(|word| shown.is_scope(word) == Some(true));
        scopes.extend(more.cloned());
        let kinds = kinds(&walks);
        for walk in &mut walks {
            walk.pass(&scopes, tables);
        }
        pass_shared(&mut walks, &operations, &nodes, &shown, tables);
        let mut tree = Self {
            returned,
            written_back: written_back(api, &operations, &nodes),
            said: Said::of(&operations),
            post_updates: post_updates(&operations, &nodes),
            is_calls: is_calls(&walks),
            is_posted: is_posted(&operations),
            tops: tops(&operations, &walks),
            plural_tops: BTreeMap::new(),
            kinds,
            families: BTreeSet::new(),
            operations,
            walks,
            nodes,
            scopes,
        };
        tree.families = families(&tree.tops);
        let plurals = tree.tops.keys().filter(|top| is_plural(top));
        tree.plural_tops = plurals
            .map(|top| (singular_name(top), top.clone()))
            .collect();
        tree
    }

    pub fn operation(&self, position: usize) -> &'a Operation {
        self.operations[position]
    }

    pub fn walk(&self, position: usize) -> &Walk {
        &self.walks[position]
    }

    pub fn returned(&self, position: usize) -> Returned {
        self.returned[position]
    }

    /// Whether it posts what GET reads at the same path, as settings are that there are one of.
    pub fn is_written_back(&self, position: usize) -> bool {
        self.written_back.contains(&position)
    }

    pub fn node(&self, at: &str) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// How many operations are below a scope.
    pub fn scope_size(&self, scope: &str) -> usize {
        let mut sizes = self.walks.iter();
        let below = |walk: &&Walk| walk.scope.as_deref() == Some(scope);
        sizes.by_ref().filter(below).count()
    }

    pub fn has_scopes(&self) -> bool {
        !self.scopes.is_empty()
    }

    /// Whether the resources below a first word are there to be read only, so that their leaves are methods.
    pub fn is_report(&self, top: &str) -> bool {
        self.tops.get(top).is_some_and(|top| {
            top.operations >= LEAST_REPORTS && top.read as f64 >= READ_SHARE * top.operations as f64
        })
    }

    /// What a parameter is of, where its name says that: `azure` of `{azure_mount_path}`, beside `{aws_mount_path}`.
    pub fn kind<'s>(&self, step: &'s Step) -> Option<&'s str> {
        let shared = *self.kinds.get(&step.at)?;
        let (end, _) = step.word.rmatch_indices('_').nth(shared - 1)?;
        Some(&step.word[..end])
    }

    pub fn is_family(&self, acronym: &str) -> bool {
        self.families.contains(acronym)
    }

    /// The first word that a tag is the singular of: `payrolls` for what is tagged `Payroll`.
    pub fn like_top(&self, tag: String) -> String {
        let plural = self.plural_tops.get(&tag);
        let plural = plural.filter(|_| !self.tops.contains_key(&tag));
        plural.cloned().unwrap_or(tag)
    }

    /// The first word in full, where the tags say what it abbreviates: `mnm` of `Magic Network Monitoring Rules`.
    pub fn spelled_out(&self, top: &str) -> Option<String> {
        let tags = &self.tops.get(top)?.tags;
        let tags: Vec<Vec<String>> = tags.iter().map(|tag| words::of(tag)).collect();
        let count = top.len();
        let first = tags.first()?.get(..count).filter(|_| count > 1)?;
        let initials: String = first
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        let all = tags.iter().all(|tag| tag.get(..count) == Some(first));
        (all && initials == top).then(|| first.join("_"))
    }

    /// Whether the first two words are the name of one thing, as the tags have it: `Email Routing settings`.
    pub fn is_one_name(&self, first: &str, second: &str) -> bool {
        let Some(top) = self.tops.get(first) else {
            return false;
        };
        let name = format!("{first}_{second}");
        let begins = |tag: &String| snake(tag).starts_with(&name);
        top.next.len() == 1 && top.tags.len() > 1 && top.tags.iter().all(begins)
    }

    /// Whether a resource below a scope is one of it, as its tag says: `Account Members`.
    pub fn is_of_scope(&self, operation: &Operation, top: &str, scope: &str) -> bool {
        let only = self.tops.get(top).is_some_and(|top| top.scopes.len() == 1);
        let Some(tag) = operation.tags.first().filter(|_| only) else {
            return false;
        };
        let mut expected = singular_words(scope);
        expected.extend(singular_words(top));
        singular_words(tag) == expected
    }
}

/// Those of what there is one of: plurals are many, but for those of settings.
fn written_back(
    api: &Api,
    operations: &[&Operation],
    nodes: &BTreeMap<String, Node>,
) -> BTreeSet<usize> {
    let pairs = nodes.iter().filter_map(|(at, node)| {
        let (read, posted) = (node.methods.get("GET")?, *node.methods.get("POST")?);
        let last = snake(at.rsplit('/').next().unwrap_or_default());
        let is_many = is_plural(&last) && !is_settings(at);
        let same = results::is_written_back(api, operations[posted], operations[*read]);
        (same && !is_many).then_some(posted)
    });
    pairs.collect()
}

fn is_settings(at: &str) -> bool {
    let mut words = at.split('/').map(snake);
    words.any(|word| SETTINGS.iter().any(|end| word.ends_with(end)))
}

/// Parameters of one place with so many names that end alike: each is of something else, but for one that says no more than they have
/// in common.
fn kinds(walks: &[Walk]) -> BTreeMap<String, usize> {
    const LEAST_NAMES: usize = 4;
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let steps = walks.iter().flat_map(|walk| &walk.steps);
    for step in steps.filter(|step| step.parameter) {
        names.entry(&step.at).or_default().insert(&step.word);
    }
    names.retain(|_, names| names.len() >= LEAST_NAMES);
    let shared = names.into_iter().filter_map(|(at, names)| {
        let names = names.iter();
        let names: Vec<Vec<&str>> = names.map(|name| name.rsplit('_').collect()).collect();
        let (first, others) = names.split_first()?;
        let alike = |other: &Vec<&str>| {
            let pairs = first.iter().zip(other);
            pairs.take_while(|(one, two)| one == two).count()
        };
        let least = others.iter().map(alike).min()?;
        let said = names.iter().filter(|name| name.len() > least).count();
        let is_of_kinds = said >= LEAST_NAMES && names.len() - said <= 1;
        (least > 0 && is_of_kinds).then(|| (at.to_owned(), least))
    });
    shared.collect()
}

/// Leaves out the word that all paths begin with, where a version follows or tags say the resources: `openai` of `/openai/v1/files`,
/// `rest` of `/rest/api/3/issue`. It says no more than the API's name.
fn pass_shared(
    walks: &mut [Walk],
    operations: &[&Operation],
    nodes: &BTreeMap<String, Node>,
    shown: &Shown,
    tables: &Tables,
) {
    for walk in walks.iter_mut().filter(|walk| walk.scope.is_none()) {
        let first = walk.steps.first().filter(|first| !first.parameter);
        if first.is_some_and(|first| shown.is_prefix(&first.word) == Some(true)) {
            walk.steps.drain(..1);
            walk.pass_prefix(tables);
        }
    }
    let first = walks.first().and_then(|walk| walk.steps.first());
    let Some(first) = first.filter(|first| !first.parameter).cloned() else {
        return;
    };
    if shown.is_prefix(&first.word) == Some(false) {
        return;
    }
    let begins =
        |walk: &Walk| walk.scope.is_none() && walk.steps.len() > 1 && walk.steps[0].at == first.at;
    if tables.segments.contains_key(&first.word) || !walks.iter().all(begins) {
        return;
    }
    let before_version = walks
        .iter()
        .all(|walk| walk.steps[1].version && walk.steps.len() > 2);
    let leads_on = nodes.get(&first.at).is_some_and(|node| {
        node.methods.is_empty() && node.below.iter().all(|at| !at.ends_with("/{}"))
    });
    let tags: BTreeSet<Option<&String>> = operations
        .iter()
        .map(|operation| operation.tags.first())
        .collect();
    let is_of_tag = |tag: &Option<&String>| tag.is_none_or(|tag| snake(tag) == first.word);
    // `/status/404` is of `status`.
    let says_more = |walk: &Walk| walk.steps[1..].iter().any(Step::is_word);
    let tags_say = tags.len() > 1 && !tags.iter().any(is_of_tag);
    if before_version || (leads_on && tags_say && walks.iter().all(says_more)) {
        for walk in walks {
            walk.steps.drain(..1);
            walk.pass_prefix(tables);
        }
    }
}

fn tops(operations: &[&Operation], walks: &[Walk]) -> BTreeMap<String, Top> {
    let mut tops: BTreeMap<String, Top> = BTreeMap::new();
    for (operation, walk) in operations.iter().zip(walks) {
        let Some(first) = walk.steps.iter().find(|step| !step.parameter) else {
            continue;
        };
        let next = walk.steps.get(1).filter(|step| !step.parameter);
        let top = tops.entry(first.word.clone()).or_default();
        top.operations += 1;
        top.read += usize::from(operation.method == "GET");
        top.tags.extend(operation.tags.first().cloned());
        top.next
            .insert(next.map_or_else(String::new, |step| step.word.clone()));
        top.scopes.insert(walk.scope.clone().unwrap_or_default());
    }
    tops
}

/// Only what the tags write in capitals is a name by itself; `custom` of `custom_pages` is none, and `sim` of `sim_cards` and
/// `sim_card_orders` goes on in one way.
fn families(tops: &BTreeMap<String, Top>) -> BTreeSet<String> {
    let mut families: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, top) in tops {
        if let Some((acronym, rest)) = name.split_once('_') {
            let capitals = acronym.to_uppercase();
            let says = |tag: &String| tag.split(' ').next() == Some(&capitals);
            if top.tags.iter().any(says) {
                let next = rest.split('_').next().unwrap_or_default();
                families
                    .entry(acronym)
                    .or_default()
                    .insert(words::singular(next));
            }
        }
    }
    let found = families
        .into_iter()
        .filter(|(_, next)| next.len() >= LEAST_FAMILY);
    found.map(|(acronym, _)| acronym.to_owned()).collect()
}

/// Whether one thing of a collection is posted to more often than it is put or patched.
fn post_updates(operations: &[&Operation], nodes: &BTreeMap<String, Node>) -> bool {
    let has = |node: &Node, method: &str| node.methods.contains_key(method);
    let posted = |outer: &Node, at: &String| {
        let one = nodes.get(at);
        has(outer, "POST") && at.ends_with("/{}") && one.is_some_and(|one| has(one, "POST"))
    };
    let outer = nodes.values();
    let posts = outer.flat_map(|outer| outer.below.iter().filter(|at| posted(outer, at)));
    let changes = operations.iter().filter(|operation| {
        let of_one = operation.path.trim_end_matches('/').ends_with('}');
        of_one && ["PUT", "PATCH"].contains(&operation.method.as_str())
    });
    posts.count() > changes.count()
}

fn is_posted(operations: &[&Operation]) -> bool {
    let posted = operations.iter().filter(|one| one.method == "POST").count();
    operations.len() >= LEAST_CALLS && posted as f64 >= POSTED_SHARE * operations.len() as f64
}

/// Whether nearly all paths are one word, of which most say what is done.
fn is_calls(walks: &[Walk]) -> bool {
    let lone = |walk: &&Walk| walk.scope.is_none() && walk.steps.len() == 1;
    let words: Vec<&str> = walks
        .iter()
        .filter(lone)
        .map(|walk| walk.steps[0].word.as_str())
        .collect();
    let known = words.iter().filter(|word| is_verb(word)).count() as f64;
    let count = words.len() as f64;
    let enough = words.len() >= LEAST_CALLS;
    enough && count >= CALLS_SHARE * walks.len() as f64 && known >= KNOWN_SHARE * count
}
