//! Models that are structs: their fields, and what they hold beyond them.

use super::Plan;
use super::models::MOST_ARGUMENTS;
use super::prose::{Links, linked, links};
use super::renames::Renames;
use super::value_types::{is_exact, is_untyped, optional};
use crate::api::{self, NumberFormat, Object, Property, Shape, TypeId};
use crate::rust::names::{Scope, names_beside};
use crate::rust::signature::{Derive, Lint};
use crate::rust::{Additional, Field, Presence, Struct, Ty};

impl Plan<'_> {
    pub(super) fn structure(&self, id: TypeId, object: &Object) -> Struct {
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
        let constructor = fields.iter().any(|field| field.argument.is_some());
        let is_known = |field: &Field| field.implied.is_some() && !constructor;
        let default = fields.iter().all(|field| missing(field) || is_known(field));
        let redacted = fields.iter().any(|f| f.sensitive);
        Struct {
            name: self.own_name(id),
            docs: linked(self.type_docs(id), |name| links.get(name).copied()),
            aliases: self.stated_names(id, |policy| &policy.aliases),
            former: self.former.get(&id).cloned().unwrap_or_default(),
            deprecated: self.api.ty(id).deprecated,
            derives: struct_derives(default, redacted),
            redacted,
            plain: false,
            allow: struct_lints(&fields),
            constructor,
            constants: self.constants(object, &fields),
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
            implied: is_implied.then(|| self.implied(of, property)).flatten(),
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

    /// A property that only one direction carries is missing in the other.
    pub(super) fn presence(&self, of: TypeId, property: &Property) -> Presence {
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
    let inferred = names_beside(wires(), renames).into_iter();
    let names = stated.into_iter().zip(inferred);
    let names = names.map(|(stated, inferred)| stated.unwrap_or_else(|| scope.claim(inferred)));
    wires().map(str::to_owned).zip(names).collect()
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
