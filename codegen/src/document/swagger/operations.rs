//! Path items and operations.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::media_types::MediaTypes;
use super::moves::At;
use super::parameters::Parts;
use crate::document::keywords::Kind;

impl<'v> Conversion<'v> {
    pub(super) fn path_item(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let mut made = Mapping::new();
        let shared = self.take_parameters(value, at, &mut made);
        for (name, value) in self.members(value, Kind::PathItem) {
            match name {
                "parameters" => {}
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" => {
                    let operation = self.operation(value, &shared, &at.key(name));
                    made.insert(name.into(), operation);
                }
                _ => drop(made.insert(name.into(), value.clone())),
            }
        }
        if made.contains_key("$ref") {
            self.moves.reference(&at.now);
        }
        made.into()
    }

    fn operation(&mut self, value: &'v Value, shared: &Parts<'v>, at: &At<'_>) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let from = at.from.text();
        let own = |key: &str, otherwise: &MediaTypes<'v>| {
            let own = MediaTypes::of(value, key, &from);
            if own.at.is_some() {
                own
            } else {
                otherwise.clone()
            }
        };
        let consumes = own("consumes", &self.consumes);
        let produces = own("produces", &self.produces);
        let mut made = Mapping::new();
        let parts = self.take_parameters(value, at, &mut made);
        for (name, value) in self.members(value, Kind::Operation) {
            match name {
                "parameters" | "consumes" | "produces" => {}
                "schemes" => self.check_schemes(value, at),
                "responses" => {
                    let responses = self.responses(value, &produces, &at.key(name));
                    made.insert(name.into(), responses);
                }
                _ => drop(made.insert(name.into(), value.clone())),
            }
        }
        let body = self.request(parts.over(shared), &consumes, at);
        made.extend(body.map(|body| (Value::from("requestBody"), body)));
        made.into()
    }

    /// The parameters of the owner that are none of the body are made its own again.
    fn take_parameters(&mut self, owner: &'v Value, at: &At<'_>, made: &mut Mapping) -> Parts<'v> {
        let Some(list) = owner.get("parameters") else {
            return Parts::default();
        };
        let (parameters, parts) = self.parameters(list, &at.key("parameters"));
        made.insert("parameters".into(), parameters);
        parts
    }

    /// What the operation sends beside its parameters.
    fn request(
        &mut self,
        parts: Parts<'v>,
        consumes: &MediaTypes<'v>,
        at: &At<'_>,
    ) -> Option<Value> {
        let Some(body) = parts.body else {
            let is_form = !parts.form.is_empty();
            return is_form.then(|| self.form(&parts.form, consumes, at));
        };
        if let Some(part) = parts.form.first() {
            let message = "parameters `in: formData` beside one `in: body` are not sent";
            let help = "make properties of the body of them, or remove the body";
            self.findings.missed(message, help, &part.from);
        }
        Some(self.body(&body, consumes, at))
    }

    /// An operation that is called by another scheme than the client's.
    fn check_schemes(&mut self, own: &Value, at: &At<'_>) {
        let states = |list: Option<&Value>, scheme: &str| {
            let list = list.and_then(Value::as_sequence);
            list.is_some_and(|list| list.iter().any(|item| item.as_str() == Some(scheme)))
        };
        let all = self.document.get("schemes");
        let is_http = states(all, "http") && !states(all, "https");
        let scheme = if is_http { "http" } else { "https" };
        if own.as_sequence().is_some_and(|own| !own.is_empty()) && !states(Some(own), scheme) {
            let message = "`schemes` of an operation is not supported";
            let help = "its calls go to the client's base URL";
            let from = at.from.key("schemes").text();
            self.findings.missed(message, help, &from);
        }
    }
}

impl<'v> Parts<'v> {
    /// With those of the path item that the operation does not state itself.
    fn over(mut self, shared: &Self) -> Self {
        let name = |part: &super::parameters::Part<'v>| part.value.get("name");
        let of_path = shared.form.iter().filter(|part| {
            let same = |own: &super::parameters::Part<'v>| name(own) == name(part);
            !self.form.iter().any(same)
        });
        let mut form: Vec<_> = of_path.cloned().collect();
        // A body of the operation is in place of the path item's form, and the other way around.
        if self.body.is_some() {
            form.clear();
        } else if self.form.is_empty() {
            self.body = shared.body.clone();
        }
        form.append(&mut self.form);
        self.form = form;
        self
    }
}
