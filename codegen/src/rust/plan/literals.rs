//! What a request has to be given that is more than arguments in a row: a plain struct, written as a literal.

use super::bodies::Sent;
use super::fields::MOST_POSITIONAL;
use super::prose::links;
use super::structs::{field_names, struct_derives};
use super::{Audience, Plan};
use crate::api::{self, Origin, Property, TypeId};
use crate::lock::Kind;
use crate::rust::docs::code;
use crate::rust::names::Scope;
use crate::rust::signature::ParameterType;
use crate::rust::{
    Argument, Field, FieldContent, Presence, RequiredField, Role, SentField, Struct, Ty,
};

impl Plan<'_> {
    /// What the struct is called, if the body has one.
    pub(super) fn literal_name(&self, sent: &Sent) -> Option<&str> {
        let id = self.body_id(sent)?;
        self.literals.get(&id).map(String::as_str)
    }

    fn body_id(&self, sent: &Sent) -> Option<TypeId> {
        sent.ty.map(|id| self.api.resolved(id))
    }

    fn required_properties(&self, sent: &Sent) -> Vec<Property> {
        let mut all = self.sent_properties(sent);
        all.retain(|property| property.required && !self.is_fixed(sent, property));
        all
    }

    /// What stands for all properties that are required.
    pub(super) fn literal_argument(
        &self,
        sent: &Sent,
        body: &api::Body,
        name: &str,
        scope: &mut Scope,
    ) -> Argument {
        let all = self.required_properties(sent);
        let names = self.literal_fields(sent, &all);
        let docs = self.literal_docs(body, &names);
        let fields = all.iter().zip(names).map(|(property, (wire, name))| {
            let (ty, content) = self.field_content(sent, property, true);
            RequiredField {
                name,
                sent: SentField { wire, content, ty },
                location: property.location.clone(),
            }
        });
        Argument {
            name: scope.claim_first(["body", "required", "required_properties"].map(str::to_owned)),
            docs,
            ty: ParameterType::Value(Ty::Model(name.to_owned())),
            role: Role::Required(fields.collect()),
            deprecated: false,
            maybe: None,
            allow: Vec::new(),
            location: body.location.clone(),
        }
    }

    /// What is said of the body, or else what it is made of.
    fn literal_docs(&self, body: &api::Body, fields: &[(String, String)]) -> String {
        let said = self.clean(&body.description);
        if !said.is_empty() || self.audience == Audience::Comparison {
            return said;
        }
        let names = fields
            .iter()
            .map(|(_, name)| code(name.trim_start_matches("r#")));
        format!("Made of {}.", names.collect::<Vec<_>>().join(", "))
    }

    fn literal_fields(&self, sent: &Sent, properties: &[Property]) -> Vec<(String, String)> {
        let renames = sent.ty.map(|id| self.field_names_of(self.api.resolved(id)));
        field_names(
            properties,
            &renames.unwrap_or_default(),
            &mut Scope::default(),
        )
    }

    /// Names the structs, those first that have a name already.
    pub(super) fn name_literals(&mut self, scope: &mut Scope) {
        for position in 0..self.operations.len() {
            let (index, bodies) = self.operations[position].clone();
            let operation = self.operation(index);
            let is_required = operation.body.as_ref().is_some_and(|body| body.required);
            for (chosen, sent) in bodies.sent.iter().enumerate() {
                let many = self.required_properties(sent).len() > MOST_POSITIONAL;
                let is_needed = many && is_required && self.is_method(operation, &bodies, chosen);
                let Some(id) = self.body_id(sent).filter(|_| is_needed) else {
                    continue;
                };
                if self.literals.contains_key(&id) {
                    continue;
                }
                let key = format!("{} required", self.type_key(id));
                let kept = self.kept.kept(Kind::Type, &key).map(str::to_owned);
                let kept = kept.filter(|name| scope.claim_exactly(name));
                let name = kept.unwrap_or_else(|| scope.claim_first(self.literal_names(index, id)));
                self.kept.record(Kind::Type, &key, &name);
                self.literals.insert(id, name);
            }
        }
    }

    /// `NewInstance` of what creates one, or else the name of the body.
    fn literal_names(&self, operation: usize, id: TypeId) -> Vec<String> {
        let words = self.operation_words(operation);
        let path = self.operation_paths.get(&operation);
        let method = path.and_then(|path| path.last());
        let creates = method.is_some_and(|name| ["create", "add", "new"].contains(&name.as_str()));
        let thing = words.first().filter(|_| creates);
        let mut names: Vec<String> = Vec::from_iter(thing.map(|thing| format!("New{thing}")));
        if let Origin::Component(name) = &self.api.ty(id).origin {
            names.push(self.component_name(name));
        }
        names.extend(words.iter().skip(1).map(|name| format!("{name}Body")));
        names
    }

    /// The struct itself.
    pub(super) fn literal(&self, id: TypeId, name: &str) -> Option<Struct> {
        let bodies = || self.operations.iter().flat_map(|(_, bodies)| &bodies.sent);
        let sent = bodies().find(|sent| {
            self.body_id(sent) == Some(id) && !self.required_properties(sent).is_empty()
        })?;
        let all = self.required_properties(sent);
        let names = self.literal_fields(sent, &all);
        let links = links(&names);
        let fields = all.iter().zip(&names).map(|(property, (wire, name))| {
            let (ty, content) = self.field_content(sent, property, true);
            let ty = own_type(&SentField {
                wire: wire.clone(),
                content,
                ty,
            });
            Field {
                name: name.clone(),
                wire: wire.clone(),
                docs: self.property_docs(id, property, name, &links),
                implied: None,
                presence: match &ty {
                    Ty::Option(_) => Presence::Nullable,
                    _ => Presence::Required,
                },
                exact: false,
                argument: None,
                sensitive: self.is_sensitive(property.ty),
                deprecated: false,
                location: property.location.clone(),
                ty,
            }
        });
        let fields: Vec<Field> = fields.collect();
        let redacted = fields.iter().any(|field| field.sensitive);
        let docs = if self.sent_properties(sent).len() > all.len() {
            "What has to be given; the rest is set on the request."
        } else {
            "What has to be given."
        };
        Some(Struct {
            name: name.to_owned(),
            docs: docs.to_owned(),
            aliases: Vec::new(),
            former: Vec::new(),
            deprecated: false,
            derives: struct_derives(false, redacted),
            redacted,
            plain: true,
            constructor: false,
            constants: Vec::new(),
            setters: Vec::new(),
            allow: Vec::new(),
            extra: String::new(),
            additional: None,
            location: self.api.ty(id).location.clone(),
            fields,
        })
    }
}

/// What a field holds that is given as it is. A date is one, so that what is parsed where it is given is known to be it.
pub(super) fn own_type(sent: &SentField) -> Ty {
    let own = match &sent.ty {
        Ty::Written(ty) if matches!(**ty, Ty::Date | Ty::Timestamp) => (**ty).clone(),
        ty => ty.clone(),
    };
    match (own, sent.content) {
        (Ty::Value, _) => Ty::Value,
        (own, FieldContent::Nullable) => Ty::Option(Box::new(own)),
        (own, _) => own,
    }
}
