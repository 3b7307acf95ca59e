//! All paths of a document as one tree, and what they say together.

use std::collections::{BTreeMap, BTreeSet};

use super::Tables;
use super::results::{self, Returned};
use super::said::Said;
use super::words::{self, is_version, singular_words, snake};
use crate::api::{Api, Operation};
use crate::path_template;

/// A scope has so many resources below it at least, and so much of all operations.
const LEAST_RESOURCES: usize = 8;
const LEAST_SHARE: f64 = 0.12;

/// What most operations are below is a scope even where much of it only is read.
const MOST_SHARE: f64 = 0.5;

/// The id of a scope is not called in more ways.
const MOST_IDS: usize = 6;

/// What is read so often is a tree of reports, if it has so many operations.
const READ_SHARE: f64 = 0.9;
const LEAST_REPORTS: usize = 10;

/// So many resources that begin with one acronym are a family.
const LEAST_FAMILY: usize = 3;

/// The paths, with one walk for each operation.
pub struct Tree<'a> {
    operations: Vec<&'a Operation>,
    returned: Vec<Returned>,
    walks: Vec<Walk>,
    nodes: BTreeMap<String, Node>,
    /// First words whose one parameter says for whom everything below is: an account, a zone.
    scopes: BTreeSet<String>,
    /// By the first word after the scope.
    tops: BTreeMap<String, Top>,
    /// Parameters that say by their names what they are of, with how many words at the end all of them share.
    kinds: BTreeMap<String, usize>,
    /// Acronyms that several resources begin with: `dns` of `dns_records` and `dns_settings`.
    families: BTreeSet<String>,
    /// What the ids say is done.
    pub said: Said,
    /// Things are changed by POST, as in APIs that have hardly a PUT or PATCH.
    pub post_updates: bool,
}

/// The steps of one path, without what stands before all resources.
#[derive(Debug, Clone)]
pub struct Walk {
    pub steps: Vec<Step>,
    /// The scope that was passed, as in the path.
    pub scope: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Step {
    /// Snake case; the name of a parameter.
    pub word: String,
    pub parameter: bool,
    pub version: bool,
    /// Which segment of the path it is in.
    pub segment: usize,
    /// The path up to it, parameters without names.
    pub at: String,
}

/// What is at one path.
#[derive(Debug, Default)]
pub struct Node {
    /// Positions of operations, by method.
    pub methods: BTreeMap<String, usize>,
    /// Paths one step further.
    pub below: BTreeSet<String>,
}

impl Node {
    /// Whether there is more than one thing to do with it, or something below it.
    fn is_resource(&self) -> bool {
        self.methods.len() > 1 || !self.below.is_empty()
    }
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
    pub fn of(api: &Api, operations: Vec<&'a Operation>, tables: &Tables) -> Self {
        let mut walks: Vec<Walk> = operations.iter().map(|o| Walk::of(&o.path)).collect();
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        for (position, (operation, walk)) in operations.iter().zip(&walks).enumerate() {
            let mut outer = String::new();
            for step in &walk.steps {
                nodes
                    .entry(outer)
                    .or_default()
                    .below
                    .insert(step.at.clone());
                outer = step.at.clone();
            }
            let methods = &mut nodes.entry(outer).or_default().methods;
            methods.entry(operation.method.clone()).or_insert(position);
        }
        let scopes = scopes(&walks, &nodes, tables);
        let kinds = kinds(&walks);
        for walk in &mut walks {
            walk.pass(&scopes, tables);
        }
        pass_shared(&mut walks, &operations, &nodes, tables);
        let mut tree = Self {
            returned: operations.iter().map(|o| results::of(api, o)).collect(),
            said: Said::of(&operations),
            post_updates: post_updates(&operations, &nodes),
            tops: tops(&operations, &walks),
            kinds,
            families: BTreeSet::new(),
            operations,
            walks,
            nodes,
            scopes,
        };
        tree.families = families(&tree.tops);
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

impl Walk {
    pub fn of(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path_template::spelled_out(path);
        let mut steps: Vec<Step> = Vec::new();
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        for (segment, text) in segments.enumerate() {
            for (text, parameter) in parts(text) {
                let at = steps.last().map_or("", |step| &step.at);
                let version = !parameter && is_version(text);
                // An extension says how it is written.
                let text = if parameter {
                    text
                } else {
                    without_extension(text)
                };
                let part = if parameter { "{}" } else { text };
                steps.push(Step {
                    at: format!("{at}/{part}"),
                    word: snake(text),
                    parameter,
                    version,
                    segment,
                });
            }
        }
        Self { steps, scope: None }
    }

    pub fn ends_in_parameter(&self) -> bool {
        self.steps.last().is_some_and(|step| step.parameter)
    }

    /// Leaves out versions and the like at the beginning, and the scope.
    fn pass(&mut self, scopes: &BTreeSet<String>, tables: &Tables) {
        self.pass_prefix(tables);
        if let [first, id, _, ..] = self.steps.as_slice()
            && id.parameter
            && scopes.contains(&first.word)
        {
            self.scope = Some(first.word.clone());
            self.steps.drain(..2);
            self.pass_prefix(tables);
        }
    }

    fn pass_prefix(&mut self, tables: &Tables) {
        let is_named = |step: &Step| tables.segments.contains_key(&step.word);
        let says_nothing = |step: &Step| step.version || step.word == "api";
        let is_prefix = |step: &Step| !step.parameter && says_nothing(step) && !is_named(step);
        // A path of nothing else is about that.
        let rest = self.steps.iter().position(|step| !is_prefix(step));
        if let Some(rest) = rest {
            self.steps.drain(..rest);
        }
    }
}

/// Words and parameters of a segment: `{id}:cancel` is an id and what is done with it, `vm.create` a resource and its method.
fn parts(segment: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else {
            break;
        };
        words_of(&rest[..start], &mut parts);
        parts.push((&rest[start + 1..end], true));
        rest = &rest[end + 1..];
    }
    words_of(rest, &mut parts);
    parts
}

fn words_of<'t>(text: &'t str, parts: &mut Vec<(&'t str, bool)>) {
    if is_version(text) {
        parts.push((text, false));
        return;
    }
    let text = without_extension(text);
    let says = |word: &str| word.contains(|c: char| c.is_alphanumeric());
    let mut start = 0;
    for (at, sign) in text.match_indices(['.', ':', '(', ')', '=', ',', '$', '@']) {
        // `model-v1.5` is one word.
        if sign == "." && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        parts.push((&text[start..at], false));
        start = at + 1;
    }
    parts.push((&text[start..], false));
    parts.retain(|(word, parameter)| *parameter || says(word));
}

fn without_extension(text: &str) -> &str {
    const EXTENSIONS: [&str; 7] = [".json", ".xml", ".csv", ".yaml", ".yml", ".txt", ".html"];
    let mut found = EXTENSIONS.iter().filter_map(|end| text.strip_suffix(end));
    found.next().unwrap_or(text)
}

/// What is below a first word.
#[derive(Debug, Default)]
struct Below<'w> {
    count: usize,
    resources: BTreeSet<&'w str>,
    /// These, and what only is read.
    things: BTreeSet<&'w str>,
    /// What the parameter is called.
    ids: BTreeSet<&'w str>,
}

/// Parameters of one place with so many names that end alike: each is of something else.
fn kinds(walks: &[Walk]) -> BTreeMap<String, usize> {
    const LEAST_NAMES: usize = 4;
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let steps = walks.iter().flat_map(|walk| &walk.steps);
    for step in steps.filter(|step| step.parameter) {
        names.entry(&step.at).or_default().insert(&step.word);
    }
    names.retain(|_, names| names.len() >= LEAST_NAMES);
    let shared = names.into_iter().filter_map(|(at, names)| {
        let mut names = names
            .iter()
            .map(|name| name.rsplit('_').collect::<Vec<_>>());
        let first = names.next()?;
        let alike = |other: &Vec<&str>| {
            let pairs = first.iter().zip(other);
            pairs.take_while(|(one, two)| one == two).count()
        };
        // All of them say something else before that.
        let least = names.clone().map(|other| alike(&other)).min()?;
        let said = first.len() > least && names.all(|other| other.len() > least);
        (least > 0 && said).then(|| (at.to_owned(), least))
    });
    shared.collect()
}

/// Leaves out the word that all paths begin with, where a version follows or tags say the resources: `openai` of `/openai/v1/files`,
/// `rest` of `/rest/api/3/issue`. It says no more than the API's name.
fn pass_shared(
    walks: &mut [Walk],
    operations: &[&Operation],
    nodes: &BTreeMap<String, Node>,
    tables: &Tables,
) {
    let first = walks.first().and_then(|walk| walk.steps.first());
    let Some(first) = first.filter(|first| !first.parameter).cloned() else {
        return;
    };
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
    if before_version || (leads_on && tags.len() > 1 && !tags.iter().any(is_of_tag)) {
        for walk in walks {
            walk.steps.drain(..1);
            walk.pass_prefix(tables);
        }
    }
}

/// First words that an id and many resources follow. What is done with one thing is no resource below it.
fn scopes(walks: &[Walk], nodes: &BTreeMap<String, Node>, tables: &Tables) -> BTreeSet<String> {
    let mut below: BTreeMap<&str, Below> = BTreeMap::new();
    for walk in walks {
        let mut passed = walk.clone();
        passed.pass_prefix(tables);
        let skipped = walk.steps.len() - passed.steps.len();
        if let [first, id, next, ..] = &walk.steps[skipped..]
            && id.parameter
            && !next.parameter
        {
            let below = below.entry(&first.word).or_default();
            below.count += 1;
            let node = nodes.get(&next.at);
            if node.is_some_and(Node::is_resource) {
                below.resources.insert(&next.word);
            }
            if node.is_some_and(|node| node.is_resource() || node.methods.contains_key("GET")) {
                below.things.insert(&next.word);
            }
            below.ids.insert(&id.word);
        }
    }
    let enough = |below: &Below| {
        let share = below.count as f64 / walks.len() as f64;
        let resources = if share >= MOST_SHARE {
            &below.things
        } else {
            &below.resources
        };
        resources.len() >= LEAST_RESOURCES && below.ids.len() <= MOST_IDS && share >= LEAST_SHARE
    };
    let found = below.into_iter().filter(|(_, found)| enough(found));
    found.map(|(word, _)| word.to_owned()).collect()
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

/// Only what the tags write in capitals is a name by itself; `custom` of `custom_pages` is none.
fn families(tops: &BTreeMap<String, Top>) -> BTreeSet<String> {
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, top) in tops {
        if let Some((acronym, _)) = name.split_once('_') {
            let capitals = acronym.to_uppercase();
            let says = |tag: &String| tag.split(' ').next() == Some(&capitals);
            *families.entry(acronym).or_default() += usize::from(top.tags.iter().any(says));
        }
    }
    let found = families
        .into_iter()
        .filter(|(_, count)| *count >= LEAST_FAMILY);
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
