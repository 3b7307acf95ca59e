//! What distinguishes the variants of a union.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::{Plan, UNSUPPORTED};
use crate::api::{Object, Origin, Property, Shape, TypeId, Union, Variant};
use crate::diagnostic::Diagnostic;

/// How many alternatives of alternatives are looked at for a value.
const MOST_DIRECTLY: usize = 100;

/// What distinguishes the variants of a union.
pub(super) struct Distinguished {
    pub(super) property: Option<String>,
    /// Its values for each variant.
    pub(super) tags: Vec<Vec<String>>,
    /// Whether a value may be without it, so that variants are tried as well.
    pub(super) may_be_absent: bool,
}

impl Plan<'_> {
    /// The property that distinguishes the variants: as the document states it, or else one that every variant has with
    /// values of its own, best where all require it.
    pub(super) fn discriminator(&self, union: &Union) -> Distinguished {
        if let Some(property) = &union.discriminator
            && self.is_declared(union, property)
        {
            let tags = union.variants.iter().map(|variant| {
                if variant.tags.is_empty() {
                    let object = self.object(variant.ty);
                    let listed = object.and_then(|object| self.listed_in(object, property, true));
                    listed.unwrap_or_default()
                } else {
                    self.possible_tags(variant, property)
                }
            });
            return Distinguished {
                property: Some(property.clone()),
                tags: tags.collect(),
                may_be_absent: false,
            };
        }
        let first = union
            .variants
            .first()
            .and_then(|variant| self.object(variant.ty));
        let candidates = || first.into_iter().flat_map(|object| &object.properties);
        let listed = |property: &Property, required: bool| {
            let variants = union.variants.iter();
            let tags = variants.map(|variant| {
                let object = self.object(variant.ty)?;
                self.listed_in(object, &property.name, required)
            });
            let tags: Option<Vec<Vec<String>>> = tags.collect();
            tags.filter(|tags| are_disjoint(tags))
        };
        for required in [true, false] {
            for property in candidates().filter(|property| property.required || !required) {
                if let Some(tags) = listed(property, required) {
                    return Distinguished {
                        property: Some(property.name.clone()),
                        tags,
                        may_be_absent: !required,
                    };
                }
            }
        }
        Distinguished {
            property: None,
            tags: vec![Vec::new(); union.variants.len()],
            may_be_absent: false,
        }
    }

    /// The tags of an alternative. What its own property lists comes first where none of them is listed there: most
    /// documents that state no mapping do not mean the names of the schemas.
    fn possible_tags(&self, variant: &Variant, property: &str) -> Vec<String> {
        let object = self.object(variant.ty);
        let listed = object.and_then(|object| self.listed_in(object, property, false));
        let other = listed.filter(|listed| !variant.tags.iter().any(|tag| listed.contains(tag)));
        let mut tags = other.unwrap_or_default();
        tags.extend(variant.tags.iter().cloned());
        tags
    }

    /// What the property lists, if it is there, and required where it has to be.
    pub(super) fn listed_in(
        &self,
        object: &Object,
        property: &str,
        required: bool,
    ) -> Option<Vec<String>> {
        let found = object.properties.iter().find(|p| p.name == property)?;
        self.texts_of_values(found.ty)
            .filter(|_| found.required || !required)
    }

    /// Whether any alternative has the property, so that it can distinguish them.
    fn is_declared(&self, union: &Union, property: &str) -> bool {
        union.variants.iter().any(|variant| {
            let mut made_of = self.directly(variant.ty).into_iter();
            made_of.any(|id| match self.object(id) {
                Some(object) => object.properties.iter().any(|p| p.name == property),
                None => matches!(self.shape(id), Shape::Map(_) | Shape::Any),
            })
        })
    }

    /// The text by which unions know an alternative, where all know it by the same and the document says so: in a mapping, or
    /// by the values of the property. Services often use another text than the name of the schema.
    pub(super) fn find_tags(&mut self) {
        let mut found: HashMap<(TypeId, String), Option<String>> = HashMap::new();
        for id in self.names.keys() {
            let Shape::Union(union) = &self.api.ty(*id).shape else {
                continue;
            };
            let by = self.discriminator(union);
            let Some(property) = by.property.filter(|_| !by.may_be_absent) else {
                continue;
            };
            for (variant, tags) in union.variants.iter().zip(by.tags) {
                let only = match tags.as_slice() {
                    [tag] if self.is_said((*id, variant), &property, tag) => Some(tag.clone()),
                    _ => None,
                };
                let key = (self.api.resolved(variant.ty), property.clone());
                let known = found.entry(key).or_insert_with(|| only.clone());
                if *known != only {
                    *known = None;
                }
            }
        }
        let found = found.into_iter();
        self.tags = found.filter_map(|(key, tag)| Some((key, tag?))).collect();
    }

    fn is_said(&self, (of, variant): (TypeId, &Variant), property: &str, tag: &String) -> bool {
        let object = self.object(variant.ty);
        let listed = object.and_then(|object| self.listed_in(object, property, false));
        let mut names = self.chain_ids(variant.ty).chain(self.chain_ids(of));
        let is_name =
            |id: TypeId| matches!(&self.api.ty(id).origin, Origin::Component(name) if name == tag);
        listed.is_some_and(|listed| listed.contains(tag)) || !names.any(is_name)
    }

    /// That of a model by a property, if there is one.
    pub(super) fn tag_of(&self, of: TypeId, property: &str) -> Option<&str> {
        let key = (self.api.resolved(of), property.to_owned());
        self.tags.get(&key).map(String::as_str)
    }

    /// Warns of alternatives that a value may be as well as another, where values are read.
    pub(super) fn check_alternatives(&mut self) {
        let models = self.names.keys().copied();
        let mut models: Vec<TypeId> = models.filter(|id| self.received.contains(id)).collect();
        models.sort();
        for id in models {
            let Shape::Union(union) = &self.api.ty(id).shape else {
                continue;
            };
            let stated = union.discriminator.as_ref();
            if let Some(property) = stated.filter(|property| !self.is_declared(union, property)) {
                let message = format!("no alternative has the discriminator `{property}`");
                let help =
                    "a value is read as the alternative that it fits; declare the property in each";
                let diagnostic = Diagnostic::warning(UNSUPPORTED, message).help(help);
                self.report(diagnostic, &self.api.ty(id).location);
            }
            let found = self.discriminator(union);
            let tagged = |index: usize| found.property.is_some() && !found.tags[index].is_empty();
            let tried = union.variants.iter().enumerate();
            let tried = tried.filter(|(index, variant)| !tagged(*index) && !variant.fallback);
            let objects =
                tried.filter_map(|(_, variant)| Some((variant, self.object(variant.ty)?)));
            if let Some((one, two)) = self.alike(&Vec::from_iter(objects)) {
                let message = format!("nothing distinguishes {one} and {two}");
                let help = "a value is read as the one that knows most of its members; require a \
                            property that only one of them has, or state a discriminator";
                let diagnostic = Diagnostic::warning(UNSUPPORTED, message).help(help);
                self.report(diagnostic, &self.api.ty(id).location);
            }
        }
    }

    /// The names of the first two alternatives of which a value may be either.
    fn alike(&self, objects: &[(&Variant, &Object)]) -> Option<(String, String)> {
        for (index, (one, a)) in objects.iter().enumerate() {
            for (two, b) in &objects[index + 1..] {
                let (one, two) = (one.ty, two.ty);
                let is_same = self.api.resolved(one) == self.api.resolved(two)
                    && self.model_name(one) == self.model_name(two);
                if !is_same && self.fits(a, b) && self.fits(b, a) {
                    let name = |id: TypeId| match self.model_name(id) {
                        Some(name) => format!("`{name}`"),
                        None => "two of the alternatives".to_owned(),
                    };
                    return Some((name(one), name(two)));
                }
            }
        }
        None
    }

    /// Whether what the one requires says nothing against the other.
    fn fits(&self, one: &Object, other: &Object) -> bool {
        let mut required = one.properties.iter().filter(|p| p.required);
        required.all(|property| {
            let mut properties = other.properties.iter();
            let same = properties.find(|p| p.name == property.name);
            same.is_some_and(|same| self.may_be_alike(property.ty, same.ty))
        })
    }

    /// Whether a value may be of both.
    fn may_be_alike(&self, one: TypeId, two: TypeId) -> bool {
        let kind = |shape: &Shape| match shape {
            Shape::Boolean => Some(0),
            Shape::Integer(_) | Shape::Number(_) => Some(1),
            Shape::String(_) | Shape::Enumeration(_) => Some(2),
            Shape::Array(_) | Shape::Tuple(_) => Some(3),
            Shape::Object(_) | Shape::Map(_) => Some(4),
            _ => None,
        };
        match (self.texts_of_values(one), self.texts_of_values(two)) {
            (Some(a), Some(b)) => a.iter().any(|value| b.contains(value)),
            _ => {
                let kinds = kind(self.shape(one)).zip(kind(self.shape(two)));
                kinds.is_none_or(|(one, two)| one == two)
            }
        }
    }

    /// Whether a value of the schema may be an object.
    pub(super) fn may_be_object(&self, id: TypeId) -> bool {
        let made_of = self.directly(id);
        made_of.into_iter().any(|id| {
            matches!(
                self.shape(id),
                Shape::Object(_) | Shape::Map(_) | Shape::Any
            )
        })
    }

    /// The names of all properties that an object of the schema may have.
    pub(super) fn known_properties(&self, id: TypeId) -> Vec<String> {
        let made_of = self.directly(id);
        let objects = made_of.into_iter().filter_map(|id| self.object(id));
        let names = objects.flat_map(|object| object.properties.iter().map(|p| p.name.clone()));
        BTreeSet::from_iter(names).into_iter().collect()
    }

    /// The schema, or all alternatives that it may be, at whatever depth.
    fn directly(&self, id: TypeId) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        let mut pending = vec![self.api.resolved(id)];
        while let Some(id) = pending.pop().filter(|_| found.len() < MOST_DIRECTLY) {
            if let Shape::Union(union) = &self.api.ty(id).shape
                && found.insert(id)
            {
                pending.extend(union.variants.iter().map(|v| self.api.resolved(v.ty)));
            } else {
                found.insert(id);
            }
        }
        found
    }

    /// How many properties a value of the schema must have.
    pub(super) fn required_count(&self, id: TypeId) -> usize {
        let object = self.object(id);
        object.map_or(0, |object| {
            object.properties.iter().filter(|p| p.required).count()
        })
    }

    /// The values that a schema lists, as the runtime finds them in a property: of what is no string its JSON text.
    pub(super) fn texts_of_values(&self, id: TypeId) -> Option<Vec<String>> {
        let ty = self.api.ty(self.api.resolved(id));
        if let Shape::Enumeration(values) = &ty.shape {
            return Some(values.clone());
        }
        let listed = &ty.limits.values;
        let texts: Option<Vec<String>> = listed.iter().map(text_of_scalar).collect();
        texts.filter(|texts| !texts.is_empty() && !ty.nullable)
    }

    pub(super) fn object(&self, id: TypeId) -> Option<&Object> {
        match self.shape(id) {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// A whole number is written without a fraction, as the runtime does it.
fn text_of_scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => {
            let whole = number
                .as_f64()
                .filter(|n| n.fract() == 0.0 && n.abs() < 1e15);
            Some(whole.map_or_else(|| number.to_string(), |whole| format!("{whole:.0}")))
        }
        _ => None,
    }
}

fn are_disjoint(lists: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    lists.iter().flatten().all(|value| seen.insert(value))
}
