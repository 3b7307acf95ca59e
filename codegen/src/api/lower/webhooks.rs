//! Webhooks: what the server sends to its users.

use openapiv3::{Operation as Typed, ReferenceOr};
use serde::Deserialize;
use serde_yaml::Value;

use super::{Lowering, UNSUPPORTED, Without};
use crate::api::{Body, Docs, Origin, Webhook, WebhookHeader};
use crate::document::{PathItem, WEBHOOKS};
use crate::location::Trail;

impl Lowering<'_> {
    /// One for each request of each webhook; few have more than one.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        let place = format!("/{WEBHOOKS}");
        let all = Trail::from(&place);
        let stated = self
            .document
            .value
            .get(WEBHOOKS)
            .and_then(Value::as_mapping);
        for (name, item) in stated.into_iter().flatten() {
            let Some(name) = name.as_str().filter(|name| !name.starts_with("x-")) else {
                continue;
            };
            let at = all.key(name);
            let item: ReferenceOr<PathItem> = match ReferenceOr::deserialize(item) {
                Ok(item) => item,
                Err(error) => {
                    let message =
                        format!("the webhook `{name}` is left out: it cannot be read: {error}");
                    let help = "hold it against the specification";
                    let location = self.location(&at);
                    self.warn(UNSUPPORTED, message, help, &location);
                    continue;
                }
            };
            let part = format!("the webhook `{name}`");
            let Some((item, at)) = self.resolve(&item, &at, Without::Part(&part)) else {
                continue;
            };
            let at = Trail::from(&at);
            for (method, operation) in &item.operations {
                let key = method.to_lowercase();
                let at = at.key(&key);
                let index = webhooks.len();
                let webhook = self.webhook(index, (name, method), operation, &at);
                webhooks.push(webhook);
            }
        }
        webhooks
    }

    fn webhook(
        &mut self,
        index: usize,
        (name, method): (&str, &str),
        operation: &Typed,
        at: &Trail<'_>,
    ) -> Webhook {
        Webhook {
            name: name.to_owned(),
            method: method.to_owned(),
            docs: Docs {
                title: operation.summary.clone().unwrap_or_default(),
                description: operation.description.clone().unwrap_or_default(),
                url: String::new(),
            },
            deprecated: operation.deprecated,
            headers: self.headers_of_webhook(operation, at),
            body: self.body_of_webhook(index, name, operation, at),
            location: self.location(at),
        }
    }

    fn body_of_webhook(
        &mut self,
        index: usize,
        name: &str,
        operation: &Typed,
        at: &Trail<'_>,
    ) -> Option<Body> {
        let body = operation.request_body.as_ref()?;
        let part = format!("the body of the webhook `{name}`");
        let (body, at) = self.resolve(body, &at.key("requestBody"), Without::Part(&part))?;
        let at = Trail::from(&at);
        Some(Body {
            required: body.required,
            description: body.description.clone().unwrap_or_default(),
            content: self.content(&body.content, Origin::Webhook { webhook: index }, &at),
            location: self.location(&at),
        })
    }

    /// With the values that they may have.
    fn headers_of_webhook(&self, operation: &Typed, at: &Trail<'_>) -> Vec<WebhookHeader> {
        let at = at.key("parameters");
        let stated = operation.parameters.iter().enumerate();
        let headers = stated.filter_map(|(index, parameter)| {
            let (parameter, at) = self.document.resolve(parameter, &at.index(index)).ok()?;
            let openapiv3::Parameter::Header { parameter_data, .. } = &*parameter else {
                return None;
            };
            Some(WebhookHeader {
                name: parameter_data.name.to_lowercase(),
                values: self.values_at(&format!("{at}/schema")),
            })
        });
        headers.collect()
    }

    /// The texts that a schema lists, past one reference.
    fn values_at(&self, pointer: &str) -> Vec<String> {
        let schema = self.document.lookup(pointer);
        let referred = schema.and_then(|schema| schema.get("$ref")?.as_str()?.strip_prefix('#'));
        let schema = match referred {
            Some(pointer) => self.document.lookup(pointer),
            None => schema,
        };
        let values = schema.and_then(|schema| schema.get("enum")?.as_sequence());
        let values = values.into_iter().flatten().filter_map(Value::as_str);
        values.map(str::to_owned).collect()
    }
}
