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
        let variants = union.variants.iter().enumerate();
        let long: Vec<String> = variants
            .map(|(index, variant)| self.variant_name(id, variant, index))
            .collect();
        let mut taken: BTreeSet<String> = long.iter().map(|name| name.to_lowercase()).collect();
        let own = self.own_name(id);
        let mut names = vec![None; long.len()];
        // What was kept has its name whatever comes beside it.
        for kept in [true, false] {
            for (index, variant) in union.variants.iter().enumerate() {
                if names[index].is_some() || !self.is_called_as_model(variant.ty) {
                    continue;
                }
                let name = if kept {
                    let keys = keys[index].iter().map(String::as_str);
                    self.kept.kept_of(Kind::Variant, keys).map(str::to_owned)
                } else {
                    without(&own, &long[index])
                };
                names[index] = name.filter(|name| taken.insert(name.to_lowercase()));
            }
        }
        names
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
