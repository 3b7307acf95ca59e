//! What schemas are called that stand at several places, and which of several has a name that all want.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Plan;
use super::joined_names::{Names, joined};
use super::long_names::words;
use super::operation_words::CHANGES;
use super::type_words::{VAGUE, is_generic};
use crate::api::{Shape, TypeId};
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
