//! Security schemes.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::keywords::FLOWS;
use super::moves::At;
use crate::document::keywords::Kind;
use crate::document::plain_value::PlainValue;

impl<'v> Conversion<'v> {
    pub(super) fn security_scheme(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let ty = value.get("type").and_then(Value::as_str);
        let mut scheme = Mapping::new();
        for (name, value) in self.members(value, Kind::SecurityScheme) {
            match name {
                "type" if ty == Some("basic") => {
                    scheme.insert("type".into(), "http".into());
                    scheme.insert("scheme".into(), "basic".into());
                    self.moves
                        .stands_for(&at.now.key("scheme").text(), &at.from.key("type").text());
                }
                "flow" | "authorizationUrl" | "tokenUrl" | "scopes" => {}
                _ => drop(scheme.insert(name.into(), value.clone())),
            }
        }
        if ty == Some("oauth2") && !scheme.contains_key("flows") {
            scheme.insert("flows".into(), self.flows(value, at).into());
        }
        scheme.into()
    }

    fn flows(&mut self, scheme: &'v Value, at: &At<'_>) -> Mapping {
        let stated = scheme.get("flow").and_then(Value::as_str);
        let known = FLOWS.iter().find(|(flow, ..)| Some(*flow) == stated);
        let (_, name, required) = known.unwrap_or(&FLOWS[0]);
        if known.is_none() {
            let message = "a security scheme `oauth2` without `flow` is read as `implicit`";
            self.findings.repaired(message, &at.from.text());
        }
        let flows = at.made("flows");
        let at = flows.made(name);
        let written = if known.is_some() {
            at.from.key("flow").text()
        } else {
            at.from.text()
        };
        self.moves.stands_for(&flows.now.text(), &written);
        self.moves.stands_for(&at.now.text(), &written);
        let mut flow = Mapping::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            let Some(value) = scheme.get(key) else {
                continue;
            };
            self.moves.moved(&at.key(key));
            let value = if value.is_mapping() {
                scopes(value)
            } else {
                value.clone()
            };
            flow.insert(key.into(), value);
        }
        for key in required.iter().filter(|key| scheme.get(**key).is_none()) {
            let message = format!("a flow without `{key}` is read as if it were empty");
            self.findings.repaired(&message, &written);
            flow.insert((*key).into(), "".into());
        }
        if !flow.contains_key("scopes") {
            let now = at.now.key("scopes").text();
            self.moves.stands_for(&now, &written);
            flow.insert("scopes".into(), Mapping::new().into());
        }
        Mapping::from_iter([(Value::from(*name), Value::from(flow))])
    }
}

/// Without extensions, which 3.0 has no place for.
fn scopes(value: &Value) -> Value {
    let scopes = value.members().filter(|(name, _)| !name.starts_with("x-"));
    let scopes = scopes.map(|(name, text)| (Value::from(name), text.clone()));
    Mapping::from_iter(scopes).into()
}
