//! Alternatives do not repeat the name of their union: a `SystemMessage` is `Message::System`.

use std::collections::BTreeSet;

use super::Plan;
use crate::api::{TypeId, Union};
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
                for (name, key) in name
                    .iter()
                    .flat_map(|name| keys.iter().map(move |key| (name, key)))
                {
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
        let as_models = variants().filter(|(_, variant)| self.is_called_as_model(variant.ty));
        for (index, _) in as_models {
            if names[index].is_none() {
                let aside = kept.contains(&long[index].to_lowercase());
                let name = aside.then(|| format!("{}Model", long[index]));
                let name = name.or_else(|| without(&own, &long[index]));
                names[index] = name.filter(|name| taken.insert(name.to_lowercase()));
            }
        }
        names
    }

    /// For each alternative what the lock calls it, if it is called as a model otherwise.
    fn kept_short(&self, union: &Union, keys: &[Vec<String>]) -> Vec<Option<String>> {
        let mut taken = BTreeSet::new();
        let variants = union.variants.iter().zip(keys);
        let kept = variants.map(|(variant, keys)| {
            let keys = keys.iter().map(String::as_str);
            let kept = self.kept.kept_of(Kind::Variant, keys);
            let kept = kept.filter(|_| self.is_called_as_model(variant.ty));
            kept.filter(|name| taken.insert(name.to_lowercase()))
                .map(str::to_owned)
        });
        kept.collect()
    }
}

/// The name without the words at its end that the union's name ends with, or else without the union's name at its beginning.
fn without(union: &str, name: &str) -> Option<String> {
    let (union, words) = (snake(union), snake(name));
    let (union, words): (Vec<&str>, Vec<&str>) =
        (union.split('_').collect(), words.split('_').collect());
    let same = words.iter().rev().zip(union.iter().rev());
    let same = same.take_while(|(word, of)| word == of).count();
    let rest = match same {
        0 => words.strip_prefix(union.as_slice())?,
        same => &words[..words.len() - same],
    };
    let short = pascal(&rest.join("_"));
    let telling = rest.first()?.starts_with(|c: char| c.is_ascii_alphabetic());
    (telling && !UNTELLING.contains(&short.as_str())).then_some(short)
}
