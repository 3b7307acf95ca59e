//! What schemas are called that stand at several places, and which of several has a name that all want.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Plan;
use super::joined_names::{Names, joined};
use super::long_names::{FILLERS, words};
use super::operation_words::CHANGES;
use super::type_words::{GENERIC, Place, Root, VAGUE, is_generic};
use crate::api::{Property, Shape, TypeId};
use crate::naming::words::is_verb;
use crate::rust::names::{capitalized, pascal};

/// Those of them that say alone what several things have.
const STATES: [&str; 5] = ["Format", "Level", "Mode", "State", "Status"];

impl Plan<'_> {
    /// What stands at several places is called by none of them.
    pub(super) fn suggest_shared(
        &self,
        id: TypeId,
        key: &str,
        contexts: &BTreeSet<String>,
        names: &mut Names,
    ) {
        let says_enough = !is_generic(key) && !VAGUE.contains(&key);
        let own = says_enough.then(|| key.to_owned());
        match self.shape(id) {
            Shape::Enumeration(values) if contexts.len() > 1 => {
                let only = values.first().filter(|_| values.len() == 1);
                names.extend(only.map(|value| joined(&[&pascal(value), key])));
                names.extend(own);
                names.extend(in_common(contexts).map(|word| joined(&[&word, key])));
                names.extend(STATES.contains(&key).then(|| key.to_owned()));
            }
            // Several words say what a value is of: `TaxIdentifierType`.
            Shape::Enumeration(_) => names.extend(own.filter(|name| words(name).len() > 1)),
            _ => names.extend(own.filter(|_| contexts.len() > 1)),
        }
    }

    /// Whether a choice is one of a single alternative, or nothing.
    pub(super) fn is_only_alternative(&self, of: TypeId) -> bool {
        let stated = self.sharing.stated.get(&of);
        matches!(stated.unwrap_or(&self.api.ty(of).shape), Shape::Alias(_))
    }

    /// Of several that want a name the one that it means to most readers: what models have comes before what calls are asked
    /// for, and what stands at twice as many places as all others before those.
    pub(super) fn foremost(&self, ids: &[TypeId]) -> Option<TypeId> {
        if let [only] = ids {
            return Some(*only);
        }
        let places: Vec<(bool, usize)> = ids.iter().map(|id| self.places_of(*id)).collect();
        let mut within = ids.iter().zip(&places).filter(|(_, (is_in, _))| *is_in);
        if let (Some((id, _)), None) = (within.next(), within.next()) {
            return Some(*id);
        }
        let all: usize = places.iter().map(|(_, count)| count).sum();
        let mut most = ids.iter().zip(&places);
        let most = most.find(|(_, (_, count))| count * 3 >= all * 2);
        most.map(|(id, _)| *id)
    }

    /// What several operations send or return as a whole: what the names of most of them have in common.
    pub(super) fn shared_by_operations(&self, places: &[Place]) -> Option<String> {
        let mut names: Vec<Vec<String>> = Vec::new();
        let mut tails = BTreeSet::new();
        for place in places {
            let (operation, tail) = match &place.root {
                Root::Body(operation) => (*operation, "Body"),
                Root::Response(operation, word) => (*operation, word.as_str()),
                _ => return None,
            };
            if !place.words.is_empty() {
                return None;
            }
            names.push(words(self.operation_words(operation).get(1)?));
            tails.insert(tail);
        }
        let first = names
            .first()
            .filter(|_| places.len() > 1 && tails.len() == 1)?;
        let is_common = |word: &&String| {
            let with = names.iter().filter(|name| name.contains(word)).count();
            with * 5 >= names.len() * 4
        };
        let mut common: Vec<&str> = first.iter().filter(is_common).map(String::as_str).collect();
        while common.pop_if(|word| FILLERS.contains(word)).is_some() {}
        let says_what = |word: &&str| {
            let does = is_verb(word) || CHANGES.contains(word);
            !does && !is_generic(&capitalized(word))
        };
        let tail = tails.first()?;
        common
            .iter()
            .any(says_what)
            .then(|| joined(&[&pascal(&common.join("_")), tail]))
    }

    /// What operations of nothing in common return as a whole: what alone is in it.
    pub(super) fn only_member(&self, id: TypeId, places: &[Place]) -> Option<String> {
        let is_whole =
            |place: &Place| place.words.is_empty() && matches!(place.root, Root::Response(..));
        let is_shared = places.len() > 1 && places.iter().all(is_whole);
        let word = is_shared.then(|| self.only_word(id)).flatten()?;
        Some(joined(&[&word, "Response"]))
    }

    /// What an object has alone, or what it has in an envelope: `data: {url}`.
    fn only_word(&self, id: TypeId) -> Option<String> {
        let outer = self.only_property(id)?;
        let word = pascal(&outer.name);
        if !GENERIC.contains(&word.as_str()) {
            return Some(word);
        }
        let inner = pascal(&self.only_property(outer.ty)?.name);
        (!GENERIC.contains(&inner.as_str())).then_some(inner)
    }

    fn only_property(&self, id: TypeId) -> Option<&Property> {
        let Shape::Object(object) = self.shape(id) else {
            return None;
        };
        let is_said = |property: &&Property| {
            object.properties.len() == 1 || !VAGUE.contains(&pascal(&property.name).as_str())
        };
        let mut said = object.properties.iter().filter(is_said);
        said.next().filter(|_| said.next().is_none())
    }
}

/// The words that four in five have in common, but for what is done.
fn in_common(contexts: &BTreeSet<String>) -> Option<String> {
    let all: Vec<Vec<String>> = contexts.iter().map(|context| words(context)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for own in &all {
        for word in own.iter().map(String::as_str).collect::<HashSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    let is_common = |word: &&str| counts[word] * 5 >= all.len() * 4 && !CHANGES.contains(word);
    let common = |own: &Vec<String>| -> Vec<String> {
        let own = own.iter().map(String::as_str);
        own.filter(is_common).map(str::to_owned).collect()
    };
    let common = all.iter().map(common).max_by_key(Vec::len)?;
    let says_which = |word: &String| !is_generic(&capitalized(word));
    common
        .iter()
        .any(says_which)
        .then(|| pascal(&common.join("_")))
}
