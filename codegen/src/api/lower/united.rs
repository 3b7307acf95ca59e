//! Alternatives that are all lists of texts: one list of all of them.

use std::collections::{BTreeMap, HashSet};

use super::Lowering;
use crate::api::value_names::without_type;
use crate::api::{Origin, Shape, TypeId};
use crate::location::Location;

/// How many texts are listed anew. A long list can be an alternative in many places.
const MOST_UNITED: usize = 100_000;

impl Lowering<'_> {
    /// Reads lists of texts that are alternatives as one, the inner ones first: what `oneOf` of a list and of the empty text says is
    /// which texts there are.
    pub(super) fn unite_enumerations(&mut self) {
        let mut left = MOST_UNITED;
        for id in (0..self.types.len()).rev().map(TypeId) {
            let Some(lists) = self.lists_of_texts(id) else {
                continue;
            };
            let counts = lists
                .iter()
                .map(|list| self.types[list.0].value_locations.len());
            let Some(rest) = left.checked_sub(counts.sum()) else {
                continue;
            };
            left = rest;
            let (values, locations) = self.all_texts(&lists).into_iter().unzip();
            let said = self.said_of_texts(&lists);
            let names = self.names_of_texts(&lists);
            let ty = &mut self.types[id.0];
            let description = &mut ty.docs.description;
            if !said.is_empty() && !description.is_empty() {
                description.push_str("\n\n");
            }
            description.push_str(&said.join("\n"));
            ty.shape = Shape::Enumeration(values);
            ty.value_locations = locations;
            ty.value_names = names;
        }
    }

    /// What the lists call their values, the first before others.
    fn names_of_texts(&self, lists: &[TypeId]) -> BTreeMap<String, String> {
        let lists = || lists.iter().rev();
        let short = lists().flat_map(|list| self.names_without_type(*list));
        let short: BTreeMap<String, String> = short.collect();
        let mut known = HashSet::new();
        if short.values().all(|name| known.insert(name.to_lowercase())) {
            return short;
        }
        let stated = lists().flat_map(|list| self.types[list.0].value_names.clone());
        stated.collect()
    }

    /// What a list calls its values, without its own name before all of them: what is made of it has another.
    fn names_without_type(&self, list: TypeId) -> BTreeMap<String, String> {
        let ty = &self.types[list.0];
        let names = ty.value_names.clone();
        match &ty.origin {
            Origin::Component(own) => without_type(names, own),
            _ => names,
        }
    }

    /// The alternatives, if each is a list of texts.
    fn lists_of_texts(&self, id: TypeId) -> Option<Vec<TypeId>> {
        let Shape::Union(union) = &self.types[id.0].shape else {
            return None;
        };
        let list = |ty| {
            let end = self.end(ty);
            matches!(self.types[end.0].shape, Shape::Enumeration(_)).then_some(end)
        };
        union
            .variants
            .iter()
            .map(|variant| list(variant.ty))
            .collect()
    }

    /// What is said of those that stand alone, each in a line.
    fn said_of_texts(&self, lists: &[TypeId]) -> Vec<String> {
        let mut lines = Vec::new();
        for list in lists {
            let ty = &self.types[list.0];
            let first = |text: &str| text.lines().next().map(str::to_owned);
            if let Shape::Enumeration(values) = &ty.shape
                && let [only] = values.as_slice()
                && !only.is_empty()
            {
                let title = first(ty.docs.title_in_words()).filter(|title| title != only);
                let said = title.into_iter().chain(first(&ty.docs.description));
                let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
                if !said.is_empty() {
                    lines.push(format!("- `{only}`: {}", said.join(". ")));
                }
            }
        }
        lines
    }

    /// Each text once, with where it is first listed.
    fn all_texts(&self, lists: &[TypeId]) -> Vec<(String, Location)> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for list in lists {
            let ty = &self.types[list.0];
            let Shape::Enumeration(values) = &ty.shape else {
                continue;
            };
            for (index, value) in values.iter().enumerate() {
                if seen.insert(value) {
                    let location = ty.value_locations.get(index).unwrap_or(&ty.location);
                    all.push((value.clone(), location.clone()));
                }
            }
        }
        all
    }
}
