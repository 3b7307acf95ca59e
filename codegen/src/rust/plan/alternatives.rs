//! What the alternatives of a union are called that have no name of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Plan;
use super::type_words::is_name;
use super::unions::kind_name;
use crate::api::{Object, Origin, Shape, TypeId, Union, Variant};
use crate::lock::Kind;
use crate::rust::names::{Scope, pascal};

/// How many alternatives are held against one to name it.
const MOST_SIBLINGS: usize = 100;

impl<'a> Plan<'a> {
    /// For each union what each of its alternatives is called.
    pub(super) fn name_alternatives(&mut self) {
        let unions = self.named_unions();
        let keys = self.keys_of_alternatives(&unions);
        let labels = unions.iter().zip(&keys);
        let labels: Vec<Vec<String>> = labels
            .map(|((_, union), keys)| self.labels(union, keys))
            .collect();
        for (((id, union), keys), labels) in unions.into_iter().zip(&keys).zip(labels) {
            self.record_alternatives(union, keys, &labels);
            self.alternatives.insert(id, labels);
        }
    }

    pub(super) fn named_unions(&self) -> Vec<(TypeId, &'a Union)> {
        let api = self.api;
        let ids = api.type_ids();
        let ids = ids.filter(|id| self.sent.contains(id) || self.received.contains(id));
        let unions = ids.filter_map(|id| match &api.ty(id).shape {
            Shape::Union(union) => Some((id, union)),
            _ => None,
        });
        unions.collect()
    }

    /// Those that are called as their model are kept with its name.
    fn record_alternatives(&mut self, union: &Union, keys: &[Vec<String>], labels: &[String]) {
        for ((variant, keys), label) in union.variants.iter().zip(keys).zip(labels) {
            if !self.is_called_as_model(variant.ty) {
                for key in keys {
                    self.kept.record(Kind::Variant, key, label);
                }
            }
        }
    }

    /// For each alternative of each union what the lock calls it; no two are called the same there.
    pub(super) fn keys_of_alternatives(
        &self,
        unions: &[(TypeId, &Union)],
    ) -> Vec<Vec<Vec<String>>> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut distinct = |key: String| {
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            match count {
                1 => key,
                count => format!("{key} ({count})"),
            }
        };
        let mut all = Vec::new();
        for (id, union) in unions {
            let variants = union.variants.iter();
            let keys = variants.map(|variant| self.alternative_keys(*id, variant.ty));
            let keys = keys.map(|keys| keys.into_iter().map(&mut distinct).collect());
            all.push(keys.collect());
        }
        all
    }

    /// The places of an alternative, in each of those of its union. One that stands elsewhere may be of several unions.
    fn alternative_keys(&self, union: TypeId, stated: TypeId) -> Vec<String> {
        let (of, own) = (self.type_key(union), self.type_key(stated));
        let below = own.strip_prefix(&of);
        let below = below.filter(|rest| rest.is_empty() || rest.starts_with(['/', ' ']));
        let places = std::iter::once(union).chain(self.copies(union));
        let places = places.map(|id| self.type_key(id));
        let mut keys: Vec<String> = match below {
            Some(rest) => places.map(|place| place + rest).collect(),
            None => places.map(|place| format!("{own} of {place}")).collect(),
        };
        keys.sort();
        keys.dedup();
        keys
    }

    /// What the alternative is called, of the union that it was written in.
    pub(super) fn alternative(&self, id: TypeId) -> String {
        self.label_of(id).unwrap_or_else(|| {
            // It was merged with what stands beside the union, and is no alternative any more.
            let alone = Union {
                variants: Vec::new(),
                discriminator: None,
            };
            let names = self.suggested(&alone, id);
            names.into_iter().next().unwrap_or_default()
        })
    }

    fn label_of(&self, id: TypeId) -> Option<String> {
        let Origin::Variant { of, .. } = self.api.ty(id).origin else {
            return None;
        };
        let union = self.api.resolved(of);
        let labels = self.alternatives.get(&union)?;
        let Shape::Union(all) = &self.api.ty(union).shape else {
            return None;
        };
        let meant = self.api.resolved(id);
        let mut variants = all.variants.iter();
        let at = variants.position(|variant| self.api.resolved(variant.ty) == meant)?;
        labels.get(at).cloned()
    }

    fn labels(&self, union: &Union, keys: &[Vec<String>]) -> Vec<String> {
        let variants = union.variants.iter().zip(keys);
        let kept: Vec<Option<String>> = variants
            .map(|(variant, keys)| self.kept_alternative(keys, variant.ty))
            .collect();
        let names = self.names_of_alternatives(union, &kept).into_iter();
        let all = names.zip(kept);
        let all = all.map(|(names, kept)| Suggestions { names, kept });
        distinct(&all.collect::<Vec<_>>())
    }

    /// For each alternative the names that it may have. Where the first that the document states is no other's, that is what it is called,
    /// and no more is looked for, which would take long where there are thousands.
    fn names_of_alternatives(&self, union: &Union, kept: &[Option<String>]) -> Vec<Vec<String>> {
        let suggested = |variant: &Variant| self.suggested(union, variant.ty);
        let own = union.variants.iter().map(|variant| {
            let own = Some(self.own_names(variant.ty)).filter(|own| !own.is_empty());
            own.unwrap_or_else(|| suggested(variant))
        });
        let own: Vec<Vec<String>> = own.collect();
        let mut wanted: HashMap<String, usize> = HashMap::new();
        let first = own.iter().filter_map(|names| names.first());
        for name in first.chain(kept.iter().flatten()) {
            *wanted.entry(name.to_lowercase()).or_default() += 1;
        }
        let is_alone = |name: &String| wanted[&name.to_lowercase()] == 1;
        let names = own.into_iter().zip(&union.variants);
        let names = names.map(|(own, variant)| {
            let alone = own.first().is_some_and(is_alone);
            if alone { own } else { suggested(variant) }
        });
        names.collect()
    }

    fn kept_alternative(&self, keys: &[String], stated: TypeId) -> Option<String> {
        if self.kept.is_new() || self.is_called_as_model(stated) {
            return None;
        }
        let keys = keys.iter().map(String::as_str);
        self.kept.kept_of(Kind::Variant, keys).map(str::to_owned)
    }

    /// The best first: what the author calls it, what its constants say, what it is, and what only it has.
    fn suggested(&self, union: &Union, stated: TypeId) -> Vec<String> {
        let id = self.api.resolved(stated);
        let ty = self.api.ty(id);
        let mut names = self.own_names(stated);
        match &ty.shape {
            Shape::Object(object) => self.suggest_object(union, id, object, &mut names),
            Shape::Enumeration(values) => {
                if let [only] = values.as_slice() {
                    names.push(pascal(only));
                }
                names.extend(["Text", "Known"].map(str::to_owned));
            }
            Shape::Array(items) => {
                names.push("List".to_owned());
                names.push(self.item_word(*items) + "List");
            }
            Shape::Union(_) => names.extend(["Choice"].map(str::to_owned)),
            _ => names.push(
                self.scalar_kind(id)
                    .unwrap_or_else(|| self.shape_kind(id))
                    .to_owned(),
            ),
        }
        names
    }

    /// What the document calls a schema.
    fn own_names(&self, stated: TypeId) -> Vec<String> {
        let mut names = Vec::new();
        for origin in self.chain_ids(stated).map(|id| &self.api.ty(id).origin) {
            // What all kinds have is called as the schema that they extend.
            let origin = match origin {
                Origin::Base { of } => &self.api.ty(*of).origin,
                origin => origin,
            };
            match origin {
                Origin::Component(name) => names.push(self.component_name(name)),
                Origin::Variant {
                    named: Some(name), ..
                } => names.push(pascal(name)),
                _ => {}
            }
        }
        let title = self
            .chain(stated)
            .map(|ty| &ty.docs.title)
            .find(|title| is_name(title));
        names.extend(title.map(|title| pascal(title)));
        names
    }

    fn suggest_object(&self, union: &Union, id: TypeId, object: &Object, names: &mut Vec<String>) {
        let others: Vec<&Object> = union
            .variants
            .iter()
            .filter(|variant| self.api.resolved(variant.ty) != id)
            .take(MOST_SIBLINGS)
            .filter_map(|variant| self.object(variant.ty))
            .collect();
        if others.is_empty() && !union.variants.is_empty() {
            names.push("Object".to_owned());
        }
        if object.properties.is_empty() {
            names.push("Empty".to_owned());
        }
        for property in &object.properties {
            let Some(value) = self.only_value(property.ty) else {
                continue;
            };
            let differs = |other: &&Object| {
                let mut same = other.properties.iter().filter(|p| p.name == property.name);
                same.all(|same| self.only_value(same.ty).is_none_or(|other| other != value))
            };
            if others.iter().all(differs) {
                let word = value.starts_with(|c: char| c.is_ascii_alphabetic());
                let stem = if word {
                    String::new()
                } else {
                    pascal(&property.name)
                };
                names.push(stem + &pascal(&value));
            }
        }
        let has = |object: &Object, name: &str, required: bool| {
            let mut properties = object.properties.iter();
            properties.any(|p| p.name == name && (p.required || !required))
        };
        let own = || object.properties.iter();
        let required = || own().filter(|p| p.required);
        let alone = |name: &str| !others.iter().any(|other| has(other, name, false));
        let asked = |name: &str| !others.iter().all(|other| has(other, name, true));
        let telling = required()
            .filter(|p| alone(&p.name))
            .chain(own().filter(|p| alone(&p.name)))
            .chain(required().filter(|p| asked(&p.name)));
        names.extend(telling.take(4).map(|p| format!("With{}", pascal(&p.name))));
        let all: Vec<String> = required().take(3).map(|p| pascal(&p.name)).collect();
        if all.len() > 1 {
            names.push(format!("With{}", all.join("And")));
        }
        names.extend(required().chain(own()).take(2).map(|property| {
            let word = match self.shape(property.ty) {
                Shape::Array(items) => self.item_word(*items) + "List",
                _ => self.item_word(property.ty),
            };
            format!("With{}{word}", pascal(&property.name))
        }));
        names.push("Object".to_owned());
    }

    /// The only text that a schema allows.
    fn only_value(&self, id: TypeId) -> Option<String> {
        match self.texts_of_values(id)?.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    fn item_word(&self, id: TypeId) -> String {
        let resolved = self.api.resolved(id);
        match &self.api.ty(resolved).origin {
            Origin::Component(name) if self.is_model(resolved) => self.component_name(name),
            _ if is_name(&self.api.ty(id).docs.title) => pascal(&self.api.ty(id).docs.title),
            _ => self
                .scalar_kind(id)
                .unwrap_or_else(|| self.shape_kind(id))
                .to_owned(),
        }
    }

    /// What a scalar is called.
    pub(super) fn scalar_kind(&self, id: TypeId) -> Option<&'static str> {
        match self.shape(id) {
            Shape::Boolean => Some("Boolean"),
            Shape::Integer(_) => Some("Integer"),
            Shape::Number(_) => Some("Number"),
            Shape::String(format) => Some(kind_name(&self.text_ty(format))),
            Shape::Union(union) if self.is_text(union) => Some("Text"),
            _ => None,
        }
    }

    fn shape_kind(&self, id: TypeId) -> &'static str {
        match self.shape(id) {
            Shape::Array(_) => "List",
            Shape::Map(_) => "Map",
            Shape::Tuple(_) => "Tuple",
            Shape::Object(_) => "Object",
            Shape::Enumeration(_) => "Text",
            Shape::Union(_) => "Choice",
            _ => "Any",
        }
    }
}

/// What an alternative may be called.
struct Suggestions {
    /// The best first.
    names: Vec<String>,
    /// What it was called before.
    kept: Option<String>,
}

/// For each the first of its names that is no other's; who has the same names has the same name, since nothing tells them apart.
fn distinct(suggestions: &[Suggestions]) -> Vec<String> {
    let mut named: BTreeMap<&Vec<String>, String> = BTreeMap::new();
    let mut scope = Scope::default();
    for Suggestions { names, kept } in suggestions {
        if let Some(kept) = kept
            && !named.contains_key(names)
            && scope.claim_exactly(kept)
        {
            named.insert(names, kept.clone());
        }
    }
    let longest = suggestions.iter().map(|of| of.names.len()).max();
    let different: Vec<&Vec<String>> = {
        let mut known = BTreeSet::new();
        let names = suggestions.iter().map(|of| &of.names);
        names.filter(|names| known.insert(*names)).collect()
    };
    for round in 0..longest.unwrap_or_default() {
        let wanted = different
            .iter()
            .filter(|names| !named.contains_key(**names));
        let wanted: Vec<(&Vec<String>, &String)> = wanted
            .filter_map(|names| Some((*names, names.get(round)?)))
            .collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, name) in &wanted {
            *counts.entry(name.to_lowercase()).or_default() += 1;
        }
        for (names, name) in wanted {
            if counts[&name.to_lowercase()] == 1 && scope.claim_exactly(name) {
                named.insert(names, name.clone());
            }
        }
    }
    for names in different {
        if !named.contains_key(names) {
            let name = names.last().cloned().unwrap_or_else(|| "Other".to_owned());
            named.insert(names, scope.claim(name));
        }
    }
    suggestions
        .iter()
        .map(|of| named[&of.names].clone())
        .collect()
}
