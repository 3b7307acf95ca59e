//! Models that are enumerations of texts.

use std::collections::{HashMap, HashSet};

use super::Plan;
use super::renames::Renames;
use crate::api::TypeId;
use crate::rust::names::{Scope, case_word, is_joined, pascal, spelled, stands};
use crate::rust::signature::Derive;
use crate::rust::{Enum, EnumVariant};

impl Plan<'_> {
    pub(super) fn enumeration(&self, id: TypeId, values: &[String]) -> Enum {
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        let mut names = value_names(values, &self.value_names_of(id), &mut scope).into_iter();
        let ty = self.api.ty(id);
        let listed = ty.value_locations.iter();
        let locations = listed.chain(std::iter::repeat(&ty.location));
        for (value, location) in values.iter().zip(locations) {
            variants.push(EnumVariant {
                name: names.next().unwrap_or_default(),
                wire: value.clone(),
                location: location.clone(),
            });
        }
        Enum {
            name: self.own_name(id),
            docs: self.type_docs(id),
            aliases: self.stated_names(id, |policy| &policy.aliases),
            former: self.former.get(&id).cloned().unwrap_or_default(),
            deprecated: self.api.ty(id).deprecated,
            derives: vec![
                Derive::Clone,
                Derive::Debug,
                Derive::Eq,
                Derive::Hash,
                Derive::PartialEq,
            ],
            variants,
            unknown: unknown_arm(&mut scope),
            location: ty.location.clone(),
        }
    }
}

/// What the values are called. Where several would have one name, the one that is written as names are has it, or else the only one that
/// is words with hyphens, and the others are called by what distinguishes them, wherever they are listed: so a value that is added takes no other's name.
pub(super) fn value_names(values: &[String], renames: &Renames, scope: &mut Scope) -> Vec<String> {
    let key = |name: &str| name.to_lowercase();
    let plain: Vec<String> = values.iter().map(|value| variant_name(value)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in &plain {
        *counts.entry(key(name)).or_default() += 1;
    }
    let named = || values.iter().zip(plain.iter().map(|name| key(name)));
    let standing: HashSet<String> = named()
        .filter_map(|(value, name)| stands(value).then_some(name))
        .collect();
    let mut joined: HashMap<String, usize> = HashMap::new();
    for (_, name) in named().filter(|(value, _)| is_joined(value)) {
        *joined.entry(name).or_default() += 1;
    }
    let is_owner = |value: &str, name: &str| {
        let is_only = is_joined(value) && joined.get(name) == Some(&1);
        counts.get(name) == Some(&1) || stands(value) || (is_only && !standing.contains(name))
    };
    let renamed = values.iter().map(|value| renames.get(value));
    let mut names: Vec<Option<String>> = renamed
        .map(|name| name.map(|name| scope.claim(name.clone())))
        .collect();
    for first in [true, false] {
        for ((name, value), plain) in names.iter_mut().zip(values).zip(&plain) {
            let is_first = is_owner(value, &key(plain));
            if name.is_some() || is_first != first {
                continue;
            }
            let told = [spelled(value, false), spelled(value, true)];
            let told = told.into_iter().filter(|name| key(name) != key(plain));
            let cased = format!("{plain}{}", case_word(value));
            let own = first.then(|| plain.clone());
            *name = Some(scope.claim_first(own.into_iter().chain(told).chain([cased])));
        }
    }
    names.into_iter().flatten().collect()
}

/// `V2_14` of `2.14`, which nobody reads as 214.
fn variant_name(value: &str) -> String {
    let number = value.strip_prefix(['v', 'V']).unwrap_or(value);
    let is_number =
        |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    if number.contains('.') && number.split('.').all(is_number) {
        format!("V{}", number.replace('.', "_"))
    } else {
        pascal(value)
    }
}

pub(super) fn unknown_arm(scope: &mut Scope) -> String {
    scope.claim_first(["Unknown", "Unrecognized", "UnknownValue"].map(str::to_owned))
}
