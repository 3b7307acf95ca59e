//! Names from operationIds, where people wrote those: they say the resource first, as the tags do.

use std::collections::BTreeMap;

use super::below::{are_parts, below_tags, parts, said_below};
use super::words::{self, singular_words, snake};
use super::{Place, Verbs, actions, odata, said};
use crate::api::Operation;
use crate::rust::names::is_version;

/// So much of all ids is of one form where that is meant.
const SHARE: f64 = 0.8;

/// So often words go on in the same way where that is meant.
const LEAST_PHRASES: usize = 5;

/// So many operations are in a group, on average.
const LEAST_IN_GROUP: usize = 2;

/// So few ids say their group twice.
const MOST_SAID_AGAIN: f64 = 0.2;

pub const ARTICLES: [&str; 3] = ["a", "an", "the"];

pub const PREPOSITIONS: [&str; 9] = ["as", "at", "by", "for", "from", "in", "of", "to", "with"];

/// What the ids of a document have in common.
#[derive(Debug)]
pub struct Ids {
    form: Form,
    /// After the tag, ids say further words of the path: `dcim_rack-roles_list` for `/dcim/rack-roles`.
    nested: bool,
    /// The tags that ids begin with, by their words.
    tags: BTreeMap<Vec<String>, String>,
    /// What all operations of a tag of several parts are about, which their paths say after it: `jobs` of `batch`.
    below: BTreeMap<String, String>,
    /// Words at the end of an id that others go on from: `for_authenticated` goes on with `user`.
    phrases: BTreeMap<[String; 2], String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `issues/list-for-repo` below the tag `issues`.
    Tagged,
    /// `objects.references.update`
    Structured,
    /// `sshKeys_list`, each group below one tag.
    Grouped,
    /// `list` below the tag `manage > v1 > projects`, `get_dataset_v1_datasets__id__get` below `beta.datasets`.
    BelowParts,
    /// `listCoreV1NamespacedPod` below the tag `core_v1`.
    Around,
    /// `orders_cancel_create` for `POST /orders/{id}/cancel`: the path, and a word for the HTTP method.
    Actions,
    /// Made of method and path, or only unique.
    Other,
}

impl Ids {
    pub fn of(operations: &[&Operation]) -> Self {
        let share = |fits: &dyn Fn(&Operation) -> bool| {
            let count = operations
                .iter()
                .filter(|operation| fits(operation))
                .count();
            !operations.is_empty() && count as f64 >= SHARE * operations.len() as f64
        };
        let form = if odata::are_paths(operations) {
            Form::Other
        } else if are_parts(operations) {
            Form::BelowParts
        } else if actions::are_actions(operations) {
            Form::Actions
        } else if share(&|operation| tagged(operation).is_some()) {
            Form::Tagged
        } else if share(&|operation| structured(operation).is_some()) {
            Form::Structured
        } else if share(&|operation| grouped(operation).is_some()) && are_groups(operations) {
            Form::Grouped
        } else if share(&|operation| around(operation).is_some()) && have_words(operations) {
            Form::Around
        } else {
            Form::Other
        };
        let goes_on = |operation: &Operation| {
            let said = tagged(operation).map(|(_, rest)| below_tag(operation, &rest));
            said.is_some_and(|resources| !resources.is_empty())
        };
        let mut ids = Self {
            form,
            nested: form == Form::Tagged && share(&goes_on),
            tags: BTreeMap::new(),
            below: BTreeMap::new(),
            phrases: BTreeMap::new(),
        };
        if form == Form::BelowParts {
            ids.below = below_tags(operations);
        }
        if form == Form::Tagged {
            let tagged = operations.iter().filter_map(|operation| tagged(operation));
            ids.tags = tagged
                .map(|(tag, _)| (singular_words(tag), tag.to_owned()))
                .collect();
        }
        if !matches!(form, Form::Actions | Form::Other) {
            ids.phrases = phrases(operations);
        }
        ids
    }

    /// Where the id says that the operation is.
    pub fn place(&self, operation: &Operation, is_list: bool, verbs: &Verbs) -> Option<Place> {
        let (mut resources, mut rest) = match self.form {
            Form::Actions | Form::Other => return None,
            Form::Tagged => {
                let (tag, rest) = tagged(operation).or_else(|| self.tagged_as_others(operation))?;
                (tag.split(['.', '/']).map(snake).collect(), rest)
            }
            Form::Structured => structured(operation)?,
            Form::Grouped => {
                let (group, rest) = grouped(operation)?;
                (vec![group], rest)
            }
            Form::Around => {
                let (tag, rest) = around(operation)?;
                (vec![snake(tag)], rest)
            }
            Form::BelowParts => {
                let tag = operation.tags.first()?;
                let mut resources = parts(tag);
                resources.extend(self.below.get(tag).cloned());
                let rest = match operation.written_id {
                    Some(_) => said_below(operation, &resources, is_list, verbs),
                    None if is_list => vec![verbs.list.clone()],
                    None => vec![verbs.of(&operation.method)],
                };
                (resources, rest)
            }
        };
        if self.nested {
            let below = below_tag(operation, &rest);
            let said: usize = below.iter().map(|name| name.split('_').count()).sum();
            rest.drain(..said);
            resources.extend(below);
        }
        let method = self.completed(without_resource(
            rest,
            resources.last()?,
            is_list,
            verbs,
            operation,
        ));
        Some(Place {
            resources,
            method: snake(&method),
        })
    }

    /// What the id says is done, besides the path.
    pub fn action(&self, operation: &Operation) -> Option<&'static str> {
        let are_actions = self.form == Form::Actions;
        are_actions.then(|| actions::action(operation)).flatten()
    }

    /// What is called so but for its number where ids say it, so that there are no `tasks` beside `task`.
    pub fn resource_like(&self, name: &str) -> Option<String> {
        let tag = self.tags.get(&singular_words(name))?;
        (!tag.contains(['.', '/'])).then(|| snake(tag))
    }

    /// The longest tag of others that the id begins with, perhaps after a verb, where it begins with none of its own.
    fn tagged_as_others(&self, operation: &Operation) -> Option<(&str, Vec<String>)> {
        let id = operation.id.as_deref()?;
        let (said, singular) = (words::of(id), singular_words(id));
        let tag_from = |start: usize| {
            let mut ends = (start + 1..=singular.len()).rev();
            ends.find_map(|end| Some((self.tags.get(&singular[start..end])?, end)))
        };
        if let Some((tag, end)) = tag_from(0) {
            return Some((tag, said[end..].to_vec()));
        }
        let is_verb =
            |word: &&String| words::is_verb(word) || word.eq_ignore_ascii_case(&operation.method);
        let verb = said.first().filter(is_verb)?;
        let (tag, end) = tag_from(1)?;
        let rest = [verb].into_iter().chain(&said[end..]);
        Some((tag, rest.cloned().collect()))
    }

    fn completed(&self, method: String) -> String {
        let words: Vec<&str> = method.split('_').collect();
        let [.., preposition, word] = words.as_slice() else {
            return method;
        };
        let phrase = [(*preposition).to_owned(), (*word).to_owned()];
        match self.phrases.get(&phrase) {
            Some(next) => format!("{method}_{next}"),
            None => method,
        }
    }
}

/// The tag that the id begins with, and the words that follow.
fn tagged(operation: &Operation) -> Option<(&str, Vec<String>)> {
    let id = operation.id.as_deref()?;
    let plain = id.split_once('_').and_then(|(group, rest)| {
        let group = without_controller(group)?;
        Some(format!("{group}_{rest}"))
    });
    let id = plain.as_deref().unwrap_or(id);
    let id_words = words::of(id);
    let singular = singular_words(id);
    let tag = operation.tags.iter().find_map(|tag| {
        let tag_words = singular_words(tag);
        let begins = singular.len() > tag_words.len() && singular.starts_with(&tag_words);
        begins.then_some((tag.as_str(), tag_words.len()))
    });
    let (tag, count) = tag?;
    Some((tag, without_version(id_words[count..].to_vec(), operation)))
}

/// `find_all` of `CatsController_findAll_v1` at `/v1/cats`: the version of the path at the end only makes the id unique, unless it
/// is of a word there, too: `/v2/imagesV2` beside `/v2/images`.
fn without_version(mut said: Vec<String>, operation: &Operation) -> Vec<String> {
    let is_of_word = |version: &str| {
        let end = format!("_{version}");
        let mut segments = operation.path.split('/');
        segments.any(|segment| snake(segment).ends_with(&end))
    };
    let is_of_path =
        |word: &&String| is_version(word) && has_word(&operation.path, word) && !is_of_word(word);
    if said.len() > 1 && said.last().filter(is_of_path).is_some() {
        said.pop();
    }
    said
}

/// `Cats` of `CatsController_findAll`: what only says that operations are in one class.
fn without_controller(group: &str) -> Option<&str> {
    let name = group.strip_suffix("Controller")?;
    (!name.is_empty()).then_some(name)
}

/// Whether most tags are of several words, so that an id does not say them by chance.
fn have_words(operations: &[&Operation]) -> bool {
    let tags = operations.iter().filter_map(|one| one.tags.first());
    let count = tags.filter(|tag| words::of(tag).len() > 1).count();
    2 * count >= operations.len()
}

/// The tag that the id says after its verb, and the verb with the words that follow.
fn around(operation: &Operation) -> Option<(&str, Vec<String>)> {
    let tag = operation.tags.first()?;
    let id = operation.id.as_deref()?;
    let verb = words::of(id).into_iter().next()?;
    let rest = after(after(id, &verb)?, tag)?;
    let begins = rest.starts_with(|c: char| !c.is_lowercase());
    begins.then(|| {
        let rest = words::of(rest).into_iter();
        (tag.as_str(), std::iter::once(verb).chain(rest).collect())
    })
}

/// What follows the letters and digits of a beginning.
fn after<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in beginning.chars().filter(|c| c.is_alphanumeric()) {
        let mut letters = rest.by_ref().filter(|c| c.is_alphanumeric());
        letters.next().filter(|c| c.eq_ignore_ascii_case(&wanted))?;
    }
    Some(rest.as_str())
}

/// The words of the path that what follows the tag begins with, before it says what is done. Where two of them do, `wireless` and
/// `wireless_links`, it is the longer one.
fn below_tag(operation: &Operation, rest: &[String]) -> Vec<String> {
    let literals = super::words_of(&operation.path);
    let mut literals = literals.as_slice();
    let mut rest = rest;
    let mut found = Vec::new();
    let begins = |rest: &[String], own: &str| {
        let mut words = rest.iter();
        let is_said = own
            .split('_')
            .all(|own| words.next().is_some_and(|word| word == own));
        is_said && words.next().is_some()
    };
    let said = |literals: &[String], rest: &[String]| {
        let indices = (0..literals.len()).filter(|index| begins(rest, &literals[*index]));
        indices.rev().max_by_key(|index| literals[*index].len())
    };
    while let Some(index) = said(literals, rest) {
        let literal = &literals[index];
        rest = &rest[literal.split('_').count()..];
        found.push(literal.clone());
        literals = &literals[index + 1..];
    }
    found
}

/// The parts of an id that has several.
fn structured(operation: &Operation) -> Option<(Vec<String>, Vec<String>)> {
    let id = without_hash(operation.id.as_deref()?);
    let is_part = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut parts: Vec<&str> = id.split(['.', '/']).filter(is_part).collect();
    let method = parts.pop()?;
    let resources: Vec<String> = parts.iter().map(|part| snake(part)).collect();
    // `Get.Count.issues` is a phrase.
    if resources.first().is_some_and(|first| words::is_verb(first)) {
        return None;
    }
    (!resources.is_empty()).then(|| (resources, words::of(method)))
}

/// `graph.users.List-51c2`: what makes an id unique is no word.
fn without_hash(id: &str) -> &str {
    const DIGITS: usize = 4;
    let is_hash = |text: &str| text.len() == DIGITS && text.bytes().all(|c| c.is_ascii_hexdigit());
    match id.rsplit_once('-') {
        Some((name, hash)) if is_hash(hash) && hash.contains(|c: char| c.is_ascii_digit()) => name,
        _ => id,
    }
}

/// What stands before the first underscore, if that is no verb, and the words that follow.
fn grouped(operation: &Operation) -> Option<(String, Vec<String>)> {
    let (group, rest) = operation.id.as_deref()?.split_once('_')?;
    let group = snake(without_controller(group).unwrap_or(group));
    let is_name = group.starts_with(|c: char| c.is_ascii_lowercase()) && !words::is_verb(&group);
    let rest = without_version(words::of(rest), operation);
    // `agents_api_v1_agents_list` is made of the path.
    let is_path = rest.iter().any(|word| word == "api" || is_version(word));
    (is_name && !is_path).then_some((group, rest))
}

/// Whether several ids begin alike, and what is before the underscore is apart from what follows: it has several words written
/// together, and is tagged alike (`sshKeys_list`), or both begin with a capital (`Zones_Get`), or it is a controller, and it is not
/// said again (`Forms_GetForm`).
fn are_groups(operations: &[&Operation]) -> bool {
    let mut groups: BTreeMap<String, BTreeMap<Option<&String>, usize>> = BTreeMap::new();
    let (mut count, mut said_again, mut marked) = (0, 0, 0);
    for operation in operations {
        if let Some((group, rest)) = grouped(operation) {
            let own = singular_words(&group);
            let rest: Vec<String> = rest.iter().map(|word| words::singular(word)).collect();
            said_again += usize::from(rest.ends_with(&own));
            marked += usize::from(has_capitals(operation) || is_of_controller(operation));
            let tags = groups.entry(group).or_default();
            *tags.entry(operation.tags.first()).or_default() += 1;
            count += 1;
        }
    }
    let alike: usize = groups.values().filter_map(|tags| tags.values().max()).sum();
    let are_names =
        groups.keys().any(|group| group.contains('_')) && alike as f64 >= SHARE * count as f64;
    (are_names || marked as f64 >= SHARE * count as f64)
        && LEAST_IN_GROUP * groups.len() <= count
        && (said_again as f64) < MOST_SAID_AGAIN * count as f64
}

fn is_of_controller(operation: &Operation) -> bool {
    let parts = operation.id.as_deref().and_then(|id| id.split_once('_'));
    parts.is_some_and(|(group, _)| without_controller(group).is_some())
}

/// `Zones_CreateOrUpdate`
fn has_capitals(operation: &Operation) -> bool {
    let parts = operation.id.as_deref().and_then(|id| id.split_once('_'));
    let is_name = |part: &str| {
        let mut letters = part.chars().filter(|c| c.is_alphabetic());
        part.starts_with(|c: char| c.is_ascii_uppercase()) && letters.any(char::is_lowercase)
    };
    parts.is_some_and(|(group, rest)| is_name(group) && is_name(rest))
}

/// `Documents_GetDocuments` is `documents.get`; other mentions of the resource say something.
fn without_resource(
    rest: Vec<String>,
    resource: &str,
    is_list: bool,
    verbs: &Verbs,
    operation: &Operation,
) -> String {
    let Some((verb, object)) = rest.split_first() else {
        return verbs.of(&operation.method);
    };
    let is_many = object.last().is_some_and(|word| words::is_plural(word));
    let object: Vec<String> = object.iter().map(|word| words::singular(word)).collect();
    // `sub_teams` of a team, as its path has it
    let whole = rest.join("_");
    let is_word = !words::is_verb(verb) && has_word(&operation.path, &whole);
    if is_word || object != singular_words(resource) {
        whole
    } else if is_list && is_many && said::READS.contains(&verb.as_str()) {
        // `Rooms_GetRooms` beside `Rooms_GetRoom`
        verbs.list.clone()
    } else {
        verb.clone()
    }
}

fn has_word(path: &str, word: &str) -> bool {
    path.split('/').any(|one| snake(one) == word)
}

/// A preposition and a word that nearly always go on with the same word, and at times with nothing.
fn phrases(operations: &[&Operation]) -> BTreeMap<[String; 2], String> {
    let mut followed: BTreeMap<[String; 2], BTreeMap<String, usize>> = BTreeMap::new();
    for id in operations
        .iter()
        .filter_map(|operation| operation.id.as_deref())
    {
        for three in words::of(id).windows(3) {
            if PREPOSITIONS.contains(&three[0].as_str()) {
                let phrase = [three[0].clone(), three[1].clone()];
                let next = followed.entry(phrase).or_default();
                *next.entry(three[2].clone()).or_default() += 1;
            }
        }
    }
    let only = followed.into_iter().filter_map(|(phrase, next)| {
        let mut next = next.into_iter();
        let (word, count) = next.next()?;
        (next.next().is_none() && count >= LEAST_PHRASES).then_some((phrase, word))
    });
    only.collect()
}
