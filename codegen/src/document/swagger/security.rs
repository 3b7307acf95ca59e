//! Security schemes.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::moves::At;
use crate::document::graph::PlainValue;
use crate::document::keywords::Kind;

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
        if ty == Some("oauth2") {
            scheme.insert("flows".into(), self.flows(value, at).into());
        }
        scheme.into()
    }

    fn flows(&mut self, scheme: &'v Value, at: &At<'_>) -> Mapping {
        let name = match scheme.get("flow").and_then(Value::as_str) {
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            Some("password") => "password",
            _ => "implicit",
        };
        let flows = at.made("flows");
        let at = flows.made(name);
        let written = at.from.key("flow").text();
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
        if !flow.contains_key("scopes") {
            let now = at.now.key("scopes").text();
            self.moves.stands_for(&now, &at.from.text());
            flow.insert("scopes".into(), Mapping::new().into());
        }
        Mapping::from_iter([(Value::from(name), Value::from(flow))])
    }
}

/// Without extensions, which 3.0 has no place for.
fn scopes(value: &Value) -> Value {
    let scopes = value.members().filter(|(name, _)| !name.starts_with("x-"));
    let scopes = scopes.map(|(name, text)| (Value::from(name), text.clone()));
    Mapping::from_iter(scopes).into()
}
