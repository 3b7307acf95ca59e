//! Models: structs, enumerations and unions.

use std::collections::{BTreeMap, HashMap};

use super::operations::is_disallowed;
use super::prose::{Links, linked, links};
use super::renames::Renames;
use super::{Plan, imports};
use crate::api::{
    self, IntegerFormat, NumberFormat, Object, Origin, Property, Shape, StringFormat, TypeId,
};
use crate::policy::TypePolicy;
use crate::rust::names::{Scope, case_word, module, pascal, snake_names, spelled, stands};
use crate::rust::signature::{Derive, Lint, ParameterType};
use crate::rust::{
    Additional, Enum, EnumVariant, Field, Item, ModelFile, OtherName, Presence, Struct, Ty,
};

/// How many arguments a function may have before clippy warns of it.
pub(super) const MOST_ARGUMENTS: usize = 7;

/// How deep lists and maps are typed that have no model between them.
const NESTING: usize = 4;

impl Plan<'_> {
    /// One file for each component, with the inline models that belong to it.
    pub(super) fn models(&mut self) -> Vec<ModelFile> {
        let mut files: BTreeMap<&String, Vec<TypeId>> = BTreeMap::new();
        for (id, owner) in self.names.keys().map(|&id| (id, self.owner(id))) {
            files.entry(owner).or_default().push(id);
        }
        let mut scope = Scope::reserving(["models"]);
        let mut others: BTreeMap<&String, Vec<TypeId>> = BTreeMap::new();
        for &id in self.others.keys() {
            others
                .entry(self.owner(self.api.resolved(id)))
                .or_default()
                .push(id);
        }
        let mut list = Vec::new();
        for (id, name) in &self.literals {
            let items = Vec::from_iter(self.literal(*id, name).map(Item::Struct));
            list.push(ModelFile {
                module: scope.claim(module(name)),
                docs: format!("[`{name}`]"),
                imports: imports::of_models(&items, &[]),
                allow: file_lints(&items),
                others: Vec::new(),
                features: Vec::new(),
                items,
            });
        }
        for (owner, mut ids) in files {
            // The owner first, then its parts in the order of the document.
            ids.sort_by_key(|id| (self.names[id] != *owner, *id));
            let items: Vec<Item> = ids.iter().map(|id| self.item(*id)).collect();
            let others = others.remove(owner).unwrap_or_default();
            let others: Vec<OtherName> = others.into_iter().map(|id| self.other_name(id)).collect();
            list.push(ModelFile {
                module: scope.claim(module(owner)),
                docs: format!("[`{owner}`]"),
                imports: imports::of_models(&items, &others),
                allow: file_lints(&items),
                features: Vec::new(),
                items,
                others,
            });
        }
        list
    }

    /// The name of the model that an inline model is written beside.
    fn owner(&self, id: TypeId) -> &String {
        let mut owner = id;
        let mut at = id;
        loop {
            at = match self.api.ty(at).origin {
                Origin::Property { of, .. }
                | Origin::Items { of }
                | Origin::Values { of }
                | Origin::Variant { of, .. }
                | Origin::Base { of }
                | Origin::Part { of } => of,
                _ => return &self.names[&owner],
            };
            let model = self.api.resolved(at);
            if self.names.contains_key(&model) {
                owner = model;
            }
        }
    }

    fn other_name(&self, id: TypeId) -> OtherName {
        OtherName {
            of: self.names[&self.api.resolved(id)].clone(),
            item: self.item(id),
        }
    }

    pub(super) fn own_name(&self, id: TypeId) -> String {
        self.model_name(id).cloned().unwrap_or_default()
    }

    fn item(&self, id: TypeId) -> Item {
        let stated = self.sharing.stated.get(&id);
        match stated.unwrap_or(&self.api.ty(id).shape) {
            Shape::Object(object) => Item::Struct(self.structure(id, object)),
            Shape::Enumeration(values) => Item::Enum(self.enumeration(id, values)),
            Shape::Union(union) => Item::Union(self.union(id, union)),
            other => unreachable!("only objects, enumerations and unions are models: {other:?}"),
        }
    }

    fn structure(&self, id: TypeId, object: &Object) -> Struct {
        let mut scope = Scope::default();
        let names = field_names(&object.properties, &self.field_names_of(id), &mut scope);
        let links = links(&names);
        let given = self.given_to_new(id, object);
        let field = |property: &Property, name: &str| {
            let is_given = given.contains(&property.name.as_str());
            self.field(self.api.resolved(id), property, name, is_given, &links)
        };
        let named = object.properties.iter().zip(&names);
        let fields: Vec<Field> = named.map(|(p, (_, name))| field(p, name)).collect();
        let extras = ["extra", "extra_fields", "undeclared_fields"].map(str::to_owned);
        let missing = |field: &Field| field.presence != Presence::Required;
        let default = fields.iter().all(missing);
        let redacted = fields.iter().any(|f| f.sensitive);
        Struct {
            name: self.own_name(id),
            docs: linked(self.type_docs(id), &links),
            aliases: self.stated_names(id, |policy| &policy.aliases),
            former: self.former.get(&id).cloned().unwrap_or_default(),
            deprecated: self.api.ty(id).deprecated,
            derives: struct_derives(default, redacted),
            redacted,
            plain: false,
            allow: struct_lints(&fields),
            constructor: fields.iter().any(|field| field.argument.is_some()),
            setters: self.setters(id, object, &fields),
            extra: scope.claim_first(extras),
            additional: self.additional(&object.additional),
            location: self.api.ty(id).location.clone(),
            fields,
        }
    }

    /// What a struct holds beyond its fields, if the document says more of it than that it is
    /// there. It is read from values whose decimals are not exact, so that they stay values.
    fn additional(&self, stated: &api::Additional) -> Option<Additional> {
        let api::Additional::Of(values) = stated else {
            return None;
        };
        let mut ty = self.value_ty(*values, None);
        if self.chain(*values).any(|ty| ty.nullable) {
            ty = optional(ty);
        }
        let is_decimal =
            |id: &TypeId| self.api.ty(*id).shape == Shape::Number(NumberFormat::Decimal);
        let decimals = self.api.reachable([*values]).iter().any(is_decimal);
        (!decimals && !is_untyped(&ty)).then(|| Additional {
            exact: is_exact(&ty),
            ty,
        })
    }

    /// What the field of a property is called.
    pub(super) fn field_name(&self, of: TypeId, property: &str) -> Option<String> {
        let id = self.api.resolved(of);
        let stated = self.sharing.stated.get(&id);
        let Shape::Object(object) = stated.unwrap_or(&self.api.ty(id).shape) else {
            return None;
        };
        let names = field_names(
            &object.properties,
            &self.field_names_of(id),
            &mut Scope::default(),
        );
        let mut names = names.into_iter();
        names.find_map(|(wire, name)| (wire == property).then_some(name))
    }

    fn field(
        &self,
        of: TypeId,
        property: &Property,
        name: &str,
        is_given: bool,
        links: &Links<'_>,
    ) -> Field {
        let presence = self.presence(of, property);
        let ty = self.value_ty(property.ty, Some(of));
        let is_implied = !is_given && self.is_argument(of, property);
        Field {
            name: name.to_owned(),
            wire: property.name.clone(),
            docs: self.property_docs(of, property, name, links),
            exact: is_exact(&ty),
            argument: is_given.then(|| self.constructor_parameter(property.ty, &ty)),
            implied: is_implied.then(|| self.only_variant(property.ty)).flatten(),
            ty: match presence {
                Presence::Required => ty,
                Presence::Nullable | Presence::Optional => optional(ty),
                Presence::OptionalNullable => Ty::Option(Box::new(optional(ty))),
            },
            presence,
            sensitive: self.is_sensitive(property.ty),
            deprecated: self
                .chain(property.ty)
                .any(|ty| ty.deprecated && ty.location == property.location),
            location: property.location.clone(),
        }
    }

    /// How `new` takes a value.
    fn constructor_parameter(&self, id: TypeId, ty: &Ty) -> ParameterType {
        match ty {
            Ty::String | Ty::Written(_) => ParameterType::Into(ty.clone()),
            Ty::Model(_) if self.takes_scalars(id) => ParameterType::Into(ty.clone()),
            ty => ParameterType::Value(ty.clone()),
        }
    }

    /// Whether one of several types that a value may be is a scalar.
    pub(super) fn takes_scalars(&self, id: TypeId) -> bool {
        let Shape::Union(union) = self.shape(id) else {
            return false;
        };
        let mut variants = union.variants.iter();
        variants.any(|variant| self.scalar_kind(variant.ty).is_some())
    }

    /// The properties that `new` is given: what a request cannot do without, but for what can only have one value. Where
    /// there is nothing else, those.
    pub(super) fn given_to_new<'o>(&self, of: TypeId, object: &'o Object) -> Vec<&'o str> {
        let of = self.api.resolved(of);
        let properties = object.properties.iter();
        let asked: Vec<&Property> = properties.filter(|p| self.is_argument(of, p)).collect();
        let open = |p: &&&Property| self.only_variant(p.ty).is_none();
        let names =
            |properties: Vec<&'o Property>| properties.iter().map(|p| p.name.as_str()).collect();
        match asked.iter().filter(open).copied().collect::<Vec<_>>() {
            none if none.is_empty() => names(asked),
            open => names(open),
        }
    }

    /// What an enumeration of one value calls that, where it is a type of its own.
    fn only_variant(&self, id: TypeId) -> Option<String> {
        let of = self.api.resolved(id);
        let Shape::Enumeration(values) = self.shape(id) else {
            return None;
        };
        let [only] = values.as_slice() else {
            return None;
        };
        let is_enum = matches!(self.value_ty(id, None), Ty::Model(_)) && self.is_model(of);
        let variants =
            is_enum.then(|| self.enumeration(of, std::slice::from_ref(only)).variants)?;
        variants.into_iter().next().map(|variant| variant.name)
    }

    /// Whether a request cannot do without the property.
    pub(super) fn is_argument(&self, of: TypeId, property: &Property) -> bool {
        let facts = || self.chain(property.ty);
        let nullable = facts().any(|ty| ty.nullable);
        let read_only = facts().any(|ty| ty.read_only);
        property.required && !nullable && !read_only && self.sent.contains(&of)
    }

    /// A property that only one direction carries is missing in the other.
    fn presence(&self, of: TypeId, property: &Property) -> Presence {
        let facts: Vec<_> = self.chain(property.ty).collect();
        let nullable = facts.iter().any(|ty| ty.nullable);
        let one_way = facts.iter().any(|ty| {
            (ty.read_only && self.sent.contains(&of))
                || (ty.write_only && self.received.contains(&of))
        });
        match (property.required && !one_way, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, true) if self.sent.contains(&of) => Presence::OptionalNullable,
            (false, _) => Presence::Optional,
        }
    }

    fn enumeration(&self, id: TypeId, values: &[String]) -> Enum {
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

    /// A list of names that the policy has for a component.
    pub(super) fn stated_names<T: Clone>(
        &self,
        id: TypeId,
        list: fn(&TypePolicy) -> &Vec<T>,
    ) -> Vec<T> {
        let Origin::Component(name) = &self.api.ty(id).origin else {
            return Vec::new();
        };
        let mut types = self.policy.types.iter();
        let policy = types.find(|(known, _)| known.get_ref() == name);
        policy
            .map(|(_, policy)| list(policy).clone())
            .unwrap_or_default()
    }

    /// The Rust type of a value that is there; `of` is the model that holds it.
    pub(super) fn value_ty(&self, id: TypeId, of: Option<TypeId>) -> Ty {
        self.nested_ty(id, of, &mut Vec::new())
    }

    /// `outer` are the lists and maps around it: one that is within itself is any value there.
    fn nested_ty(&self, stated: TypeId, of: Option<TypeId>, outer: &mut Vec<TypeId>) -> Ty {
        let id = self.api.resolved(stated);
        if outer.len() > NESTING || outer.contains(&id) {
            return Ty::Value;
        }
        let mut item = |item: TypeId, of: Option<TypeId>| {
            outer.push(id);
            let ty = self.nested_ty(item, of, outer);
            outer.pop();
            if self.chain(item).any(|ty| ty.nullable) {
                optional(ty)
            } else {
                ty
            }
        };
        match &self.api.ty(id).shape {
            Shape::Any | Shape::Alias(_) | Shape::AllOf(_) => Ty::Value,
            Shape::Boolean => Ty::Bool,
            Shape::Integer(format) => match format {
                IntegerFormat::Int32 => Ty::I32,
                IntegerFormat::Int64 => Ty::I64,
                IntegerFormat::Unsigned32 => Ty::U32,
                IntegerFormat::Unsigned64 => Ty::U64,
                IntegerFormat::Signed128 => Ty::I128,
                IntegerFormat::Unsigned128 => Ty::U128,
            },
            Shape::Number(NumberFormat::Decimal) => Ty::Decimal,
            Shape::Number(NumberFormat::Float | NumberFormat::Double) => Ty::F64,
            Shape::String(format) => self.text_ty(format),
            Shape::Tuple(items) => {
                let items = items.iter().map(|id| item(*id, of));
                tuple(items.collect())
            }
            Shape::Array(items) => Ty::Vec(Box::new(item(*items, None))),
            Shape::Map(values) => Ty::Map(Box::new(item(*values, None))),
            Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => {
                let Some(name) = self.model_name(stated) else {
                    return Ty::String;
                };
                let model = Ty::Model(name.clone());
                if of.is_some_and(|of| self.boxes.contains(&(of, id))) {
                    Ty::Boxed(Box::new(model))
                } else {
                    model
                }
            }
        }
    }

    /// What a text is, by its format: what the policy says, or what services write as they like.
    pub(super) fn text_ty(&self, format: &StringFormat) -> Ty {
        let written = |ty| Ty::Written(Box::new(ty));
        match (self.formats.get(format.name()), format) {
            (Some(ty), _) => ty.clone(),
            (None, StringFormat::Date) => written(Ty::Date),
            (None, StringFormat::DateTime) => written(Ty::Timestamp),
            (None, StringFormat::Decimal) => written(Ty::Decimal),
            (None, _) => Ty::String,
        }
    }
}

/// The properties with the names of their fields.
pub(super) fn field_names(
    properties: &[Property],
    renames: &Renames,
    scope: &mut Scope,
) -> Vec<(String, String)> {
    let wires = || properties.iter().map(|property| property.name.as_str());
    let stated: Vec<Option<String>> = wires()
        .map(|wire| renames.get(wire).map(|name| scope.claim(name.clone())))
        .collect();
    let inferred = snake_names(wires()).into_iter();
    let names = stated.into_iter().zip(inferred);
    let names = names.map(|(stated, inferred)| stated.unwrap_or_else(|| scope.claim(inferred)));
    wires().map(str::to_owned).zip(names).collect()
}

/// What the values are called. Where several would have one name, the one that is written as names are has it, and the others are
/// called by what tells them apart, wherever they are listed: so a value that is added takes no other's name.
pub(super) fn value_names(values: &[String], renames: &Renames, scope: &mut Scope) -> Vec<String> {
    let key = |name: &str| name.to_lowercase();
    let plain: Vec<String> = values.iter().map(|value| pascal(value)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in &plain {
        *counts.entry(key(name)).or_default() += 1;
    }
    let renamed = values.iter().map(|value| renames.get(value));
    let mut names: Vec<Option<String>> = renamed
        .map(|name| name.map(|name| scope.claim(name.clone())))
        .collect();
    for first in [true, false] {
        for ((name, value), plain) in names.iter_mut().zip(values).zip(&plain) {
            let is_first = counts[&key(plain)] == 1 || stands(value);
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

/// Only what a later field can never take away: no `Eq`, no `Hash`, no `Copy`.
pub(super) fn struct_derives(default: bool, redacted: bool) -> Vec<Derive> {
    let mut derives = vec![Derive::Clone];
    derives.extend((!redacted).then_some(Derive::Debug));
    derives.extend(default.then_some(Derive::Default));
    derives.push(Derive::PartialEq);
    derives
}

/// Of the constructor.
fn struct_lints(fields: &[Field]) -> Vec<Lint> {
    let given = fields.iter().filter(|field| field.argument.is_some());
    let many = given.count() > MOST_ARGUMENTS;
    Vec::from_iter(many.then_some(Lint::TooManyArguments))
}

/// Of the types that a file of models names, and of its fields, which are variables where a model is read.
pub(super) fn file_lints(items: &[Item]) -> Vec<Lint> {
    let complex = items.iter().any(|item| match item {
        Item::Struct(item) => {
            // The type that holds them counts as one more around them.
            let held = |values: &Additional| is_complex(&Ty::Vec(Box::new(values.ty.clone())));
            item.fields.iter().any(|field| is_complex(&field.ty))
                || item.additional.as_ref().is_some_and(held)
        }
        Item::Union(item) => item.variants.iter().any(|variant| is_complex(&variant.ty)),
        Item::Enum(_) => false,
    });
    let disallowed = items.iter().any(|item| match item {
        Item::Struct(item) => item.fields.iter().any(|field| is_disallowed(&field.name)),
        _ => false,
    });
    let lints = [
        (complex, Lint::TypeComplexity),
        (disallowed, Lint::DisallowedNames),
    ];
    let set_off = lints.into_iter().filter(|(is_set_off, _)| *is_set_off);
    set_off.map(|(_, lint)| lint).collect()
}

/// Whether clippy would have the type simplified: each name in it counts ten times its depth.
pub(super) fn is_complex(ty: &Ty) -> bool {
    fn score(ty: &Ty, depth: usize) -> usize {
        let own = 10 * depth;
        match ty {
            Ty::Vec(ty) | Ty::Option(ty) | Ty::Boxed(ty) => own + score(ty, depth + 1),
            Ty::Map(ty) => own + 10 * (depth + 1) + score(ty, depth + 1),
            Ty::Written(ty) => own + score(ty, depth + 1),
            Ty::Tuple(items) => own + items.iter().map(|ty| score(ty, depth + 1)).sum::<usize>(),
            _ => own,
        }
    }
    score(ty, 1) > 250
}

/// Whether nothing but any value is held, at whatever depth.
fn is_untyped(ty: &Ty) -> bool {
    match ty {
        Ty::Value => true,
        Ty::Option(ty) => is_untyped(ty),
        _ => false,
    }
}

fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Option(_) => ty,
        ty => Ty::Option(Box::new(ty)),
    }
}

/// A list whose items are known one by one. Its numbers are read exactly if all that is beside
/// them can be read so, too; otherwise the items are any values.
fn tuple(items: Vec<Ty>) -> Ty {
    if items.iter().any(is_exact) && !items.iter().all(can_be_exact) {
        return Ty::Vec(Box::new(Ty::Value));
    }
    Ty::Tuple(items)
}

/// Whether the runtime reads the type beside numbers that are exact.
fn can_be_exact(ty: &Ty) -> bool {
    match ty {
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) => can_be_exact(ty),
        Ty::Tuple(items) => items.iter().all(can_be_exact),
        Ty::Model(_) | Ty::Boxed(_) | Ty::Foreign(_) | Ty::Bytes | Ty::Unit => false,
        _ => true,
    }
}

/// Whether the value needs the exact reading of numbers, at whatever depth.
pub(super) fn is_exact(ty: &Ty) -> bool {
    match ty {
        Ty::Decimal | Ty::I32 | Ty::I64 | Ty::I128 | Ty::U32 | Ty::U64 | Ty::U128 => true,
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) => is_exact(ty),
        Ty::Tuple(items) => items.iter().any(is_exact),
        _ => false,
    }
}

pub(super) fn unknown_arm(scope: &mut Scope) -> String {
    scope.claim_first(["Unknown", "Unrecognized", "UnknownValue"].map(str::to_owned))
}
