//! Alternatives do not repeat the name of their union: a `SystemMessage` is `Message::System`.

use std::collections::BTreeSet;

use super::Plan;
use crate::api::{Origin, TypeId, Union};
use crate::lock::Kind;
use crate::rust::names::{pascal, snake};

/// What an alternative cannot be called without seeming to be something else: the arm for what is not listed, no model.
const UNTELLING: [&str; 5] = ["Empty", "New", "Other", "SelfValue", "Unknown"];

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
        for (index, _) in referenced {
            if names[index].is_none() {
                let aside = kept.contains(&long[index].to_lowercase());
                let name = aside.then(|| format!("{}Model", long[index]));
                let name = name.or_else(|| without(&own, &long[index]));
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
    let short = pascal(&rest.join("_"));
    let telling = rest.first()?.starts_with(|c: char| c.is_ascii_alphabetic());
    let telling = telling && begins + ends > 0 && !UNTELLING.contains(&short.as_str());
    telling.then_some(short)
}
