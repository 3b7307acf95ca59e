//! The words that a schema without a name may be called by: those of its place, the nearest first.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Plan;
use super::joined_names::{Names, ends_with_word, joined};
use super::long_names::{FILLERS, LONGEST, words};
use super::outcome_words::status_word;
use crate::api::{Origin, Shape, TypeId};
use crate::naming::words::singular_name;
use crate::rust::names::{capitalized, pascal, snake};

/// How many words of their own an author may give a schema.
const MOST_WORDS: usize = 5;

/// Properties that hold what is meant and say nothing of it.
#[rustfmt::skip]
pub(super) const GENERIC: [&str; 18] = [
    "Attributes", "Body", "Content", "Data", "Entry", "Item", "Items", "List", "Object", "Payload", "Properties", "Record",
    "Response", "Result", "Results", "Root", "Value", "Values",
];

/// Words that name something only with what they are of.
pub(super) const VAGUE: [&str; 14] = [
    "Category", "Config", "Format", "Info", "Kind", "Level", "Meta", "Metadata", "Mode", "Name",
    "Options", "State", "Status", "Type",
];

/// What one of a list is called that has no other word.
const ITEM: &str = "Item";

/// Where a schema is written out.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The words on the way to it, its own first.
    pub words: Vec<String>,
    /// Its own word is of a list that it is in.
    is_item: bool,
    pub root: Root,
}

#[derive(Debug, Default)]
pub(super) enum Root {
    #[default]
    Nothing,
    Model(String),
    Parameter(usize),
    Body(usize),
    Response(usize, String),
    Webhook(usize),
}

impl Plan<'_> {
    /// What a schema may be called that has no name of its own, the best first.
    pub(super) fn suggestions(&self, id: TypeId) -> Vec<String> {
        let places: Vec<Place> = std::iter::once(id)
            .chain(self.copies(id))
            .map(|id| self.place_of(id))
            .collect();
        let mut names = Names::default();
        names.extend(self.title(id, &places));
        let is_alternative = matches!(self.api.ty(id).origin, Origin::Variant { .. });
        if is_alternative
            && matches!(self.shape(id), Shape::Enumeration(values) if values.iter().all(String::is_empty))
        {
            names.extend(["EmptyText".to_owned()]);
        }
        names.extend(self.failure_names(id));
        names.extend(self.one_of_component(id));
        let key = common_key(&places);
        let alike = || places.iter().filter(|place| place.words.first() == key);
        let keys: BTreeSet<_> = places
            .iter()
            .filter_map(|place| place.words.first())
            .collect();
        if keys.len() > 1 {
            names.extend(self.kinds_of_scalars(id));
        }
        if let Some(key) = key {
            // What is one text is called by it, whatever the places have it as.
            let is_one = matches!(self.shape(id), Shape::Enumeration(values) if values.len() == 1);
            let told = places
                .iter()
                .filter(|p| !p.words.is_empty() && (is_one || p.words.first() == Some(key)));
            let contexts: BTreeSet<String> = told.filter_map(|p| self.nearest(p)).collect();
            self.suggest_shared(id, key, &contexts, &mut names);
        }
        let shared = self.shared_by_operations(&places);
        names.extend(shared.or_else(|| self.only_member(id, &places)));
        if let Some(place) = alike().next().or(places.first()) {
            self.suggest(place, &mut names);
        }
        let kind = match self.shape(id) {
            Shape::Object(_) => "Object",
            Shape::Enumeration(_) => "Value",
            _ => "Choice",
        };
        let last = names.all.last().map(|name| joined(&[name, kind]));
        names.extend(last);
        names.all
    }

    /// One of a component that is a list and is called as several: an `InputEntry` of `InputEntries`.
    fn one_of_component(&self, id: TypeId) -> Option<String> {
        let mut all = std::iter::once(id).chain(self.copies(id));
        all.find_map(|id| {
            let Origin::Items { of } = self.api.ty(id).origin else {
                return None;
            };
            let Origin::Component(name) = &self.api.ty(of).origin else {
                return None;
            };
            let several = self.component_name(name);
            let last = words(&several).pop()?;
            // The words before keep their capitals.
            let before = several.strip_suffix(&capitalized(&last))?;
            let one = before.to_owned() + &capitalized(&singular_name(&last));
            (one != several && !is_generic(&one)).then_some(one)
        })
    }

    /// The nearest word of context.
    fn nearest(&self, place: &Place) -> Option<String> {
        let mut context = place.words[1..].iter();
        let near = context.find(|word| !is_generic(word)).cloned();
        near.or_else(|| self.roots(&place.root).first().cloned())
    }

    fn suggest(&self, place: &Place, names: &mut Names) {
        let roots = self.roots(&place.root);
        let tail = match &place.root {
            Root::Body(_) => "Body",
            Root::Response(_, word) => word,
            Root::Webhook(_) => "Webhook",
            _ => "",
        };
        let Some((key, context)) = place.words.split_first() else {
            // All that a component is beside null is called as the component.
            let is_component = matches!(place.root, Root::Model(_));
            let named = roots.iter().skip(usize::from(!is_component));
            names.extend(named.map(|root| joined(&[root, tail])));
            return;
        };
        let telling: Vec<&String> = context
            .iter()
            .rev()
            .filter(|word| !is_generic(word))
            .collect();
        let full: Vec<&String> = context.iter().rev().collect();
        let within = |root: &str, context: &[&String], tail: &str| {
            let mut words = vec![root, tail];
            words.extend(context.iter().map(|word| word.as_str()));
            words.push(key);
            joined(&words)
        };
        // `result` of a list is what is listed.
        if is_generic(key) && telling.is_empty() {
            let is_listed = matches!(place.root, Root::Response(..)) && key.ends_with("Item");
            names.extend(roots.first().filter(|_| is_listed).cloned());
            names.extend(roots.iter().skip(1).map(|root| within(root, &full, "")));
        }
        let around = telling.last().copied().or(roots.first());
        if let Some(around) = around.filter(|around| ends_with_word(around, key)) {
            // `locations` of what a call about locations returns, and `errors` of an `Error`
            let is_returned = around == key && matches!(place.root, Root::Response(..));
            names.extend(is_returned.then(|| key.clone()));
            names.extend(place.is_item.then(|| joined(&[around, ITEM])));
        }
        match telling.last() {
            Some(near) if *near != key => names.push(joined(&[near, key])),
            Some(_) => {}
            None => names.extend(roots.first().map(|root| within(root, &[], ""))),
        }
        self.suggest_apart(key, &telling, &roots, names);
        for context in [&telling, &full] {
            names.extend(roots.iter().map(|root| within(root, context, "")));
        }
        names.extend(roots.iter().map(|root| within(root, &full, tail)));
    }

    /// Where all words are too long for a name, the nearest and one further out, or the latter alone: `CreditCardTierBand`.
    fn suggest_apart(&self, key: &str, telling: &[&String], roots: &[String], names: &mut Names) {
        let all = || telling.iter().map(|word| word.as_str());
        let length: usize = all()
            .chain(roots.first().map(String::as_str))
            .map(str::len)
            .sum();
        let Some((near, outer)) = telling.split_last() else {
            return;
        };
        if length + key.len() <= LONGEST {
            return;
        }
        let outer = outer.iter().rev().map(|word| word.as_str());
        let outer: Vec<&str> = outer.chain(roots.iter().map(String::as_str)).collect();
        let of_three = outer.iter().map(|word| joined(&[word, near, key]));
        let of_two = outer.iter().map(|word| joined(&[word, key]));
        let fit = of_three.chain(of_two).filter(|name| name.len() <= LONGEST);
        fit.for_each(|name| names.add(name));
    }

    /// What a place is within, from the shortest name on.
    fn roots<'r>(&'r self, root: &'r Root) -> Cow<'r, [String]> {
        match root {
            Root::Nothing => Cow::Borrowed(&[]),
            Root::Model(name) => Cow::Borrowed(std::slice::from_ref(name)),
            Root::Parameter(operation) | Root::Body(operation) | Root::Response(operation, _) => {
                Cow::Borrowed(self.operation_words(*operation))
            }
            Root::Webhook(webhook) => {
                let name = pascal(&self.api.webhooks[*webhook].name);
                Cow::Owned(vec![name.clone(), name])
            }
        }
    }

    /// Whether some place of it is within a model, and how many places there are.
    pub(super) fn places_of(&self, id: TypeId) -> (bool, usize) {
        let all = || std::iter::once(id).chain(self.copies(id));
        let mut roots = all().map(|id| self.place_of(id).root);
        let is_in_model = roots.any(|root| matches!(root, Root::Model(_)));
        (is_in_model, all().count())
    }

    fn place_of(&self, id: TypeId) -> Place {
        let mut place = Place::default();
        let mut at = id;
        // What a list or a map is of is called as one of what that is called.
        let mut one_of: Option<&str> = None;
        let is_value = matches!(self.shape(id), Shape::Enumeration(_));
        loop {
            let mut push = |word: String| {
                let word = match one_of.take() {
                    // No other type has the word of a list of values: `report_type: [sales]`.
                    Some(_) if is_value && place.words.is_empty() && !is_generic(&word) => {
                        one(&word, "")
                    }
                    Some(otherwise) => {
                        place.is_item |= place.words.is_empty() && otherwise == ITEM;
                        one(&word, otherwise)
                    }
                    None => word,
                };
                place.words.push(word);
            };
            at = match &self.api.ty(at).origin {
                Origin::Property { of, name } => {
                    push(pascal(name));
                    *of
                }
                Origin::Items { of } => {
                    one_of = one_of.or(Some(ITEM));
                    *of
                }
                Origin::Values { of } => {
                    one_of = one_of.or(Some("Value"));
                    *of
                }
                Origin::Part { of } => *of,
                Origin::Base { of } => {
                    push("Base".to_owned());
                    *of
                }
                // What else there is is null alone.
                Origin::Variant { of, .. } if self.is_only_alternative(*of) => *of,
                Origin::Variant { of, .. } => {
                    push(self.alternative(at));
                    let union = self.api.resolved(*of);
                    if let Some(name) = self.names.get(&union) {
                        place.root = Root::Model(name.clone());
                        return place;
                    }
                    *of
                }
                Origin::Component(name) => {
                    let known = self.model_name(at).cloned();
                    place.root = Root::Model(known.unwrap_or_else(|| self.component_name(name)));
                    break;
                }
                Origin::Parameter { operation, name } => {
                    push(pascal(name));
                    place.root = Root::Parameter(*operation);
                    break;
                }
                Origin::RequestBody { operation } => {
                    place.root = Root::Body(*operation);
                    break;
                }
                Origin::Webhook { webhook } => {
                    place.root = Root::Webhook(*webhook);
                    break;
                }
                Origin::Response { operation, status } => {
                    let is_success = self.operation(*operation).is_success(*status);
                    let word = if is_success && !self.returns_choice(*operation) {
                        "Response".to_owned()
                    } else {
                        status_word(*status)
                    };
                    place.root = Root::Response(*operation, word);
                    break;
                }
            };
        }
        if let Some(word) = one_of {
            place.words.push(word.to_owned());
        }
        place
    }

    /// What the author calls it, if that is a name and all copies agree.
    /// A word alone says too little of what is within something else.
    fn title(&self, id: TypeId, places: &[Place]) -> Option<String> {
        let title = &self.api.ty(id).docs.title;
        let is_part = places.iter().any(|place| !place.words.is_empty());
        let name = pascal_or_nothing(title);
        if is_generic(&name) || (is_part && words(&name).len() < 2) {
            return None;
        }
        let mut copies = self.copies(id);
        let is_name = is_name(title) && copies.all(|copy| self.api.ty(copy).docs.title == *title);
        // That it is a schema says nothing.
        let short = name.strip_suffix("Schema");
        let short = short.filter(|short| words(short).len() > 1);
        is_name.then(|| short.unwrap_or(&name).to_owned())
    }

    /// A choice between scalars and lists of such by what those are: `TextOrInteger`, `TextOrList` of a text or several.
    fn kinds_of_scalars(&self, id: TypeId) -> Option<String> {
        let Shape::Union(union) = self.shape(id) else {
            return None;
        };
        let kinds = union.variants.iter().map(|v| match self.shape(v.ty) {
            Shape::Array(item) => Some((self.scalar_kind(*item)?, true)),
            _ => Some((self.scalar_kind(v.ty)?, false)),
        });
        let kinds: Vec<(&str, bool)> = kinds.collect::<Option<_>>()?;
        let lists = kinds.iter().filter(|(_, is_list)| *is_list).count();
        let words = kinds.iter().map(|(kind, is_list)| match is_list {
            true if lists == 1 && kinds.contains(&(*kind, false)) => "List".to_owned(),
            true => format!("{kind}List"),
            false => (*kind).to_owned(),
        });
        let mut words: Vec<String> = words.collect();
        words.dedup();
        (words.len() > 1).then(|| words.join("Or"))
    }
}

pub(super) fn pascal_or_nothing(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        pascal(text)
    }
}

/// What one of several is called.
fn one(several: &str, otherwise: &str) -> String {
    let snake = snake(several);
    let name = singular_name(snake.trim_start_matches("r#"));
    let name = pascal(&name);
    if name == otherwise {
        name
    } else if name == several || is_generic(several) {
        several.to_owned() + otherwise
    } else {
        name
    }
}

pub(super) fn is_generic(word: &str) -> bool {
    let word = word.strip_suffix("Item").unwrap_or(word);
    let says_little = word.len() < 3 || FILLERS.contains(&word.to_lowercase().as_str());
    says_little || word.starts_with("With") || GENERIC.contains(&word)
}

/// The word that most places have for it, and of those the first; that it is an item of what is returned only where no place says more.
fn common_key(places: &[Place]) -> Option<&String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    let all = || places.iter().filter_map(|place| place.words.first());
    let says = all().any(|key| *key != ITEM);
    let keys = || all().filter(|key| !says || *key != ITEM);
    keys().for_each(|key| *counts.entry(key).or_default() += 1);
    let most = counts.values().max().copied()?;
    keys().find(|key| counts[key] == most)
}

/// Whether a title is a name and no sentence.
pub(super) fn is_name(title: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || " _-./".contains(c);
    let name = pascal(title);
    title.starts_with(|c: char| c.is_ascii_alphabetic())
        && title.chars().all(is_word)
        && title.split_whitespace().count() <= MOST_WORDS
        && name.len() <= LONGEST
}
