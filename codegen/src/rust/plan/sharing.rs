//! Schemas that mean the same are one type, docs aside.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use super::by_chance::parted;

use super::encodings::is_file;
use super::uses::{Tags, Uses, alternatives, tags};
use crate::api::components::components;
use crate::api::{
    Additional, Api, NumberFormat, Object, Origin, Shape, StringFormat, TypeId, Union,
};
use crate::rust::names::pascal;

/// How many alternatives are held against each other.
const MOST_VARIANTS: usize = 100;

/// An API whose schemas of one meaning lead to one of them.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub api: Api,
    pub sharing: Sharing,
    /// How many schemas the document has: those behind them stand for several.
    count: usize,
}

#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// For each schema that others lead to now: all that do, itself aside, in the order of the document.
    pub members: BTreeMap<TypeId, Vec<TypeId>>,
    /// What those are by themselves.
    pub stated: HashMap<TypeId, Shape>,
}

/// `mapped` are the formats that become types of their own.
pub(super) fn shared(api: Api, mapped: &HashSet<&str>) -> Shared {
    let uses = Uses::of(&api);
    let meanings = Meanings::of(&api, mapped);
    let (groups, sent) = (meanings.groups(), meanings.sent);
    let mut shared = Shared {
        count: api.types.len(),
        api,
        sharing: Sharing::default(),
    };
    for group in groups {
        shared.join(&group, &sent, &uses);
    }
    shared
}

impl Shared {
    /// The API as the document states it.
    pub(super) fn into_stated(mut self) -> Api {
        self.api.types.truncate(self.count);
        for (id, shape) in self.sharing.stated {
            self.api.types[id.0].shape = shape;
        }
        self.api
    }

    /// Whoever of the group is not the one that stands for all becomes another name of it, with facts and docs of its own.
    fn join(&mut self, group: &[TypeId], sent: &HashSet<TypeId>, uses: &Uses) {
        let one = self.representative(group, sent, uses);
        let mut members = Vec::new();
        for &id in group.iter().filter(|id| **id != one) {
            let ty = &mut self.api.types[id.0];
            let stated = std::mem::replace(&mut ty.shape, Shape::Alias(one));
            self.sharing.stated.insert(id, stated);
            members.push(id);
        }
        self.sharing.members.insert(one, members);
    }

    /// The component that most bodies are, or else a schema of its own: what is said of one place is not said of all.
    /// Where requests carry one it is made of such: what may be null there differs from what is missing.
    fn representative(&mut self, group: &[TypeId], sent: &HashSet<TypeId>, uses: &Uses) -> TypeId {
        let by_request: Vec<TypeId> = group
            .iter()
            .copied()
            .filter(|id| sent.contains(id) && !uses.unseen.contains(id))
            .collect();
        let all = if by_request.is_empty() {
            group
        } else {
            &by_request
        };
        let named = self.most_used(all, uses);
        let named = named.or_else(|| self.most_used(group, uses));
        let shaped = named.filter(|id| all.contains(id)).unwrap_or(all[0]);
        let named = named.unwrap_or(shaped);
        let mut ty = self.api.ty(named).clone();
        let is_component = matches!(ty.origin, Origin::Component(_));
        let says_more = ty.nullable || ty.sensitive || ty.read_only || ty.write_only;
        if is_component && !says_more && named == shaped {
            return named;
        }
        let shape = self.api.ty(shaped);
        ty.shape = shape.shape.clone();
        ty.value_locations = shape.value_locations.clone();
        (ty.nullable, ty.sensitive, ty.read_only, ty.write_only) = (false, false, false, false);
        ty.default = None;
        self.api.types.push(ty);
        TypeId(self.api.types.len() - 1)
    }
}

impl Shared {
    /// The component that most bodies are, of several the one with the shortest name. What may be null is called by what it is
    /// where it is not.
    fn most_used(&self, ids: &[TypeId], uses: &Uses) -> Option<TypeId> {
        let rank = |id: &TypeId| {
            let ty = self.api.ty(*id);
            let Origin::Component(name) = &ty.origin else {
                return None;
            };
            let used = Reverse(uses.bodies[id.0]);
            let unseen = uses.unseen.contains(id);
            Some((unseen, ty.nullable, used, pascal(name).len(), name, *id))
        };
        let named = ids.iter().filter_map(rank);
        named.min().map(|(.., id)| id)
    }
}

/// What each schema means, as a number that those of the same meaning have in common.
struct Meanings<'a> {
    api: &'a Api,
    mapped: &'a HashSet<&'a str>,
    sent: HashSet<TypeId>,
    received: HashSet<TypeId>,
    sensitive: HashSet<TypeId>,
    /// The alternatives that there are somewhere, which constants tell apart.
    alternatives: HashSet<TypeId>,
    tags: HashMap<TypeId, Tags>,
    /// The same of classes.
    tagged: HashMap<usize, Tags>,
    classes: Vec<usize>,
    /// What holds of a value, with all that its schema stands for.
    facts: Vec<Facts>,
    known: HashMap<String, usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    nullable: bool,
    sensitive: bool,
    read_only: bool,
    write_only: bool,
}

impl<'a> Meanings<'a> {
    fn of(api: &'a Api, mapped: &'a HashSet<&'a str>) -> Self {
        let operations = || api.operations.iter();
        let sent = operations().flat_map(|operation| {
            let bodies = operation.body.iter().flat_map(|body| &body.content);
            let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
            parameters.chain(bodies.filter_map(|media| media.ty))
        });
        let received = operations().flat_map(|operation| {
            let bodies = operation.outcomes.iter().filter_map(|o| o.body.as_ref());
            bodies.filter_map(|media| media.ty)
        });
        let received = received.chain(api.webhook_types());
        let mut meanings = Self {
            api,
            mapped,
            sent: api.reachable(sent),
            received: api.reachable(received),
            sensitive: api.sensitive(),
            alternatives: alternatives(api),
            tags: tags(api),
            tagged: HashMap::new(),
            classes: (0..api.types.len()).collect(),
            facts: vec![Facts::default(); api.types.len()],
            known: HashMap::new(),
        };
        meanings.classify();
        meanings
    }

    /// What a schema is made of comes before it. One that is made of itself is none but itself.
    fn classify(&mut self) {
        let ids: Vec<TypeId> = self.api.type_ids().collect();
        let edges: Vec<Vec<TypeId>> = ids.iter().map(|id| self.api.children(*id)).collect();
        for component in components(&ids, &edges) {
            for &id in &component {
                self.facts[id.0] = self.facts_of(id);
            }
            if let [id] = component[..]
                && !edges[id.0].contains(&id)
            {
                self.classes[id.0] = match self.api.ty(id).shape {
                    Shape::Alias(target) => self.classes[target.0],
                    _ => {
                        let mut key = String::new();
                        self.write(id, &mut key);
                        self.class_of(id, key)
                    }
                };
            }
        }
    }

    /// Alternatives that are known by different texts are not the same, since each is made with its own; what is no alternative
    /// means the same as the first.
    fn class_of(&mut self, id: TypeId, key: String) -> usize {
        let apart = self.tags.get(&id).map(|tags| format!("{key}{tags:?}"));
        let class = *self.known.entry(key).or_insert(id.0);
        let (Some(apart), Some(tags)) = (apart, self.tags.get(&id)) else {
            return class;
        };
        let first = self.tagged.entry(class).or_insert_with(|| tags.clone());
        if first == tags {
            class
        } else {
            *self.known.entry(apart).or_insert(id.0)
        }
    }

    fn facts_of(&self, id: TypeId) -> Facts {
        let ty = self.api.ty(id);
        let stood_for = match ty.shape {
            Shape::Alias(target) => self.facts[target.0],
            _ => Facts::default(),
        };
        Facts {
            nullable: ty.nullable || stood_for.nullable,
            sensitive: self.sensitive.contains(&id),
            read_only: ty.read_only || stood_for.read_only,
            write_only: ty.write_only || stood_for.write_only,
        }
    }

    /// The models that have a meaning in common with others, in the order of the document.
    fn groups(&self) -> Vec<Vec<TypeId>> {
        let mut groups: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
        for id in self.api.type_ids() {
            let is_alias = matches!(self.api.ty(id).shape, Shape::Alias(_));
            if !is_alias
                && self.is_model(id)
                && (self.sent.contains(&id) || self.received.contains(&id))
            {
                groups.entry(self.classes[id.0]).or_default().push(id);
            }
        }
        let groups = groups
            .into_values()
            .flat_map(|group| parted(self.api, group));
        groups.filter(|group| group.len() > 1).collect()
    }

    fn write(&self, id: TypeId, key: &mut String) {
        let ty = self.api.ty(id);
        match &ty.shape {
            Shape::Array(items) => {
                put(key, format_args!("["));
                self.write_part(*items, key);
            }
            Shape::Map(values) => {
                put(key, format_args!("<"));
                self.write_part(*values, key);
            }
            Shape::Tuple(items) => {
                put(key, format_args!("("));
                items.iter().for_each(|item| self.write_part(*item, key));
            }
            Shape::Enumeration(values) => {
                let mut values: Vec<&String> = values.iter().collect();
                values.sort();
                put(key, format_args!("{}{values:?}", ty.deprecated));
                if !ty.value_names.is_empty() {
                    put(key, format_args!("{:?}", ty.value_names));
                }
            }
            Shape::Object(object) => {
                put(key, format_args!("{}", ty.deprecated));
                self.write_object(id, object, key);
            }
            Shape::Union(union) if self.is_text(union) => put(
                key,
                format_args!("{:?}", Shape::String(StringFormat::Plain)),
            ),
            Shape::Union(union) => {
                put(key, format_args!("{}", ty.deprecated));
                self.write_union(union, key);
            }
            Shape::String(StringFormat::Other(name)) if self.mapped.contains(name.as_str()) => {
                put(key, format_args!("s{name:?}"));
            }
            // What is a file in a part is none in JSON.
            Shape::String(format) if is_file(format) => put(key, format_args!("file")),
            Shape::String(StringFormat::Other(_)) => {
                put(
                    key,
                    format_args!("{:?}", Shape::String(StringFormat::Plain)),
                );
            }
            Shape::Number(NumberFormat::Float) => {
                put(
                    key,
                    format_args!("{:?}", Shape::Number(NumberFormat::Double)),
                );
            }
            plain => put(key, format_args!("{plain:?}")),
        }
    }

    /// A part with what is said of its value.
    fn write_part(&self, id: TypeId, key: &mut String) {
        key.extend(self.facts[id.0].nullable.then_some('?'));
        key.extend(self.facts[id.0].sensitive.then_some('s'));
        self.write_class(id, key);
    }

    fn write_class(&self, id: TypeId, key: &mut String) {
        put(key, format_args!("{},", self.classes[id.0]));
    }

    /// How a property may be missing depends on which direction carries the object.
    fn write_object(&self, id: TypeId, object: &Object, key: &mut String) {
        let mut properties: Vec<_> = object.properties.iter().collect();
        properties.sort_by_key(|property| &property.name);
        let (sent, received) = (self.sent.contains(&id), self.received.contains(&id));
        put(key, format_args!("{{"));
        for property in properties {
            let facts = self.facts[property.ty.0];
            let one_way = (facts.read_only && sent) || (facts.write_only && received);
            let required = property.required && !one_way;
            let nullable = facts.nullable && (required || sent);
            let ty = self.api.ty(property.ty);
            let deprecated = ty.deprecated && ty.location == property.location;
            put(key, format_args!("{:?}:", property.name));
            for (fact, letter) in [
                (required, '!'),
                (nullable, '?'),
                (facts.sensitive, 's'),
                (deprecated, 'd'),
            ] {
                key.extend(fact.then_some(letter));
            }
            let listed = &self.api.ty(self.api.resolved(property.ty)).limits.values;
            // What callers have to write, and what tells alternatives apart.
            if !listed.is_empty() && (sent || self.alternatives.contains(&id)) {
                put(key, format_args!("{listed:?}"));
            }
            self.write_class(property.ty, key);
        }
        if let Additional::Of(values) = object.additional {
            put(key, format_args!("*"));
            self.write_part(values, key);
        }
    }

    /// Variants are called by what they are, which is a part of the meaning. What is there twice is one.
    fn write_union(&self, union: &Union, key: &mut String) {
        let mut variants: Vec<String> = Vec::new();
        for variant in &union.variants {
            let mut text = format!(" {:?}{}", variant.tags, variant.fallback);
            let ty = self.api.ty(self.api.resolved(variant.ty));
            match &ty.origin {
                _ if !self.is_model(variant.ty) => {}
                Origin::Component(name) => put(&mut text, format_args!("{name:?}")),
                Origin::Variant {
                    named: Some(name), ..
                } => put(&mut text, format_args!("{name:?}")),
                _ => put(&mut text, format_args!("{:?}", ty.docs.title)),
            }
            self.write_part(variant.ty, &mut text);
            if variants.len() > MOST_VARIANTS || !variants.contains(&text) {
                variants.push(text);
            }
        }
        put(
            key,
            format_args!("|{:?}{}", union.discriminator, variants.concat()),
        );
    }

    fn is_model(&self, id: TypeId) -> bool {
        match &self.api.ty(self.api.resolved(id)).shape {
            Shape::Object(_) | Shape::Enumeration(_) => true,
            Shape::Union(union) => !self.is_text(union),
            _ => false,
        }
    }

    /// A choice between strings is a string.
    fn is_text(&self, union: &Union) -> bool {
        union.variants.iter().all(|variant| {
            let shape = &self.api.ty(self.api.resolved(variant.ty)).shape;
            matches!(shape, Shape::String(_) | Shape::Enumeration(_))
        })
    }
}

fn put(key: &mut String, part: std::fmt::Arguments<'_>) {
    key.write_fmt(part).expect("a string takes any text");
}
