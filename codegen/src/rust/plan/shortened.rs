//! Alternatives do not repeat the name of their union: a `SystemMessage` is `Message::System`.

use std::collections::BTreeSet;

use super::Plan;
use crate::api::{Origin, TypeId, Union};
use crate::lock::Kind;
use crate::rust::names::{pascal, snake};

/// What an alternative cannot be called without seeming to be something else: the arm for what is not listed, no model.
const UNTELLING: [&str; 5] = ["Empty", "New", "Other", "SelfValue", "Unknown"];

/// What all kinds of a schema have, as one of them.
const BASE: &str = "Base";

/// From so many alternatives on a single word that all of them begin or end with is too much.
const SEVERAL: usize = 3;

impl Plan<'_> {
    /// For each union what those of its alternatives are called whose models repeat its name, and keeps it.
    pub(super) fn shorten_alternatives(&mut self) {
        let unions = self.named_unions();
        let keys = self.keys_of_alternatives(&unions);
        for ((id, union), keys) in unions.into_iter().zip(&keys) {
            let names = self.shortened(id, union, keys);
            for (name, keys) in names.iter().zip(keys) {
                let Some(name) = name else { continue };
                for key in keys {
                    self.kept.record(Kind::Variant, key, name);
                }
            }
            self.shortened.insert(id, names);
        }
    }

    fn shortened(&self, id: TypeId, union: &Union, keys: &[Vec<String>]) -> Vec<Option<String>> {
        let variants = || union.variants.iter().enumerate();
        let long = |(index, variant)| self.variant_name(id, variant, index);
        let long: Vec<String> = variants().map(long).collect();
        // What was kept has its name whatever comes beside it.
        let mut names = self.kept_short(union, keys);
        let kept: BTreeSet<String> = names
            .iter()
            .flatten()
            .map(|name| name.to_lowercase())
            .collect();
        let mut taken: BTreeSet<String> = long.iter().map(|name| name.to_lowercase()).collect();
        taken.extend(kept.iter().cloned());
        let own = self.own_name(id);
        let referenced = variants().filter(|(_, variant)| self.is_called_as_component(variant.ty));
        let referenced: Vec<usize> = referenced.map(|(index, _)| index).collect();
        let is_base = |index: &usize| self.is_base(union.variants[*index].ty);
        let short = |index: usize| {
            if is_base(&index) {
                Some(BASE.to_owned())
            } else {
                without(&own, &long[index])
            }
        };
        let shorts = referenced.iter().filter(|index| !is_base(index));
        let shorts = shorts.map(|index| short(*index).unwrap_or_else(|| long[*index].clone()));
        let common = Common::of(&shorts.collect::<Vec<_>>());
        for index in referenced {
            if names[index].is_none() {
                let aside = kept.contains(&long[index].to_lowercase());
                let name = aside.then(|| format!("{}Model", long[index]));
                let name = name.or_else(|| {
                    let short = short(index);
                    let from = short.as_deref().unwrap_or(&long[index]);
                    common.without(from).or(short)
                });
                names[index] = name.filter(|name| taken.insert(name.to_lowercase()));
            }
        }
        names
    }

    fn is_called_as_component(&self, alternative: TypeId) -> bool {
        let mut chain = self.chain_ids(alternative);
        self.is_called_as_model(alternative)
            || chain.any(|id| {
                let origin = &self.api.ty(id).origin;
                matches!(
                    origin,
                    Origin::Component(_) | Origin::Variant { named: Some(_), .. }
                )
            })
    }

    /// For each alternative what the lock calls it, if it is called as a component otherwise.
    fn kept_short(&self, union: &Union, keys: &[Vec<String>]) -> Vec<Option<String>> {
        let mut taken = BTreeSet::new();
        let variants = union.variants.iter().zip(keys);
        let kept = variants.map(|(variant, keys)| {
            let keys = keys.iter().map(String::as_str);
            let kept = self.kept.kept_of(Kind::Variant, keys);
            let kept = kept.filter(|_| self.is_called_as_component(variant.ty));
            kept.filter(|name| taken.insert(name.to_lowercase()))
                .map(str::to_owned)
        });
        kept.collect()
    }
}

/// How many words all alternatives begin and end with, which distinguish none of them.
#[derive(Debug, Default)]
struct Common {
    begin: usize,
    end: usize,
}

impl Common {
    /// Of each a word is left, and what is left of it is what it can be called.
    fn of(names: &[String]) -> Self {
        let words: Vec<String> = names.iter().map(|name| snake(name)).collect();
        let words: Vec<Vec<&str>> = words.iter().map(|name| name.split('_').collect()).collect();
        let Some((first, others)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Self::default();
        };
        let shared = |word: &dyn Fn(&Vec<&str>, usize) -> Option<String>| {
            let most = words.iter().map(Vec::len).min().unwrap_or_default();
            let same = |at: &usize| others.iter().all(|one| word(one, *at) == word(first, *at));
            let count = (0..most.saturating_sub(1)).take_while(same).count();
            let is_much = count > 1 || names.len() >= SEVERAL;
            if is_much { count } else { 0 }
        };
        let text = |word: Option<&&str>| word.map(|word| (*word).to_owned());
        let begin = shared(&|of, at| text(of.get(at)));
        let end = shared(&|of, at| text(of.iter().rev().nth(at)));
        let fits = |common: &Self| names.iter().all(|name| common.without(name).is_some());
        let ways = [
            Self { begin, end },
            Self { begin, end: 0 },
            Self { begin: 0, end },
        ];
        ways.into_iter().find(fits).unwrap_or_default()
    }

    fn without(&self, name: &str) -> Option<String> {
        let words = snake(name);
        let words: Vec<&str> = words.split('_').collect();
        let count = words.len().checked_sub(self.begin + self.end)?;
        let is_short = self.begin + self.end > 0;
        is_short.then(|| telling(&words[self.begin..][..count]))?
    }
}

/// What is left of a name, if that says which alternative it is.
fn telling(words: &[&str]) -> Option<String> {
    let name = pascal(&words.join("_"));
    let is_word = words
        .first()?
        .starts_with(|c: char| c.is_ascii_alphabetic());
    (is_word && !UNTELLING.contains(&name.as_str())).then_some(name)
}

/// The name without the words that the union's name begins with, and those that it ends with.
fn without(union: &str, name: &str) -> Option<String> {
    let (union, words) = (snake(union), snake(name));
    let (union, words): (Vec<&str>, Vec<&str>) =
        (union.split('_').collect(), words.split('_').collect());
    let same = words.iter().zip(&union);
    let begins = same.take_while(|(word, of)| word == of).count();
    let rest = &words[begins..];
    let same = rest.iter().rev().zip(union.iter().rev());
    let ends = same.take_while(|(word, of)| word == of).count();
    let rest = &rest[..rest.len() - ends];
    telling(rest).filter(|_| begins + ends > 0)
}
