//! What the server sends to its users: a type for each body, and one for all that can be distinguished.

use std::collections::BTreeSet;

use super::page_members::escaped;
use super::{Plan, imports};
use crate::api::media::Format;
use crate::api::{Media, Shape, TypeId, Webhook};
use crate::policy;
use crate::rust::docs::code;
use crate::rust::names::{Scope, pascal};
use crate::rust::{Event, EventKey, Payload, SignatureScheme, Ty, Webhooks};

/// Names that the module has.
const TAKEN: [&str; 12] = [
    "Box",
    "Err",
    "Event",
    "HeaderMap",
    "Ok",
    "Option",
    "Result",
    "Self",
    "String",
    "UnknownEvent",
    "Verifier",
    "WebhookError",
];

/// The variant for what is not known.
const UNKNOWN: &str = "Unknown";

impl Plan<'_> {
    /// The schemas of what is read.
    pub(super) fn webhook_payloads(&self) -> Vec<TypeId> {
        let webhooks = self.api.webhooks.iter();
        webhooks.filter_map(|one| media(one)?.ty).collect()
    }

    /// Nothing where the document has none and the policy does not speak of them.
    pub(super) fn webhooks(&mut self, has_resources: bool) -> Option<Webhooks> {
        let signature = self.signature();
        let mut scope = Scope::reserving(TAKEN);
        scope.claim_exactly(UNKNOWN);
        let webhooks = &self.api.webhooks;
        let payloads: Vec<Payload> = webhooks
            .iter()
            .map(|webhook| self.payload(webhook, &mut scope))
            .collect();
        if payloads.is_empty() && signature.is_none() {
            return None;
        }
        let event = self.event(&payloads);
        let is_verified = signature.is_some() && payloads.len() == 1 && payloads[0].is_json;
        Some(Webhooks {
            imports: imports::of_webhooks(
                &payloads,
                is_verified || (event.is_some() && signature.is_some()),
            ),
            alone: !has_resources,
            payloads,
            event,
            signature,
        })
    }

    fn payload(&self, webhook: &Webhook, scope: &mut Scope) -> Payload {
        let media = media(webhook);
        let ty = media.and_then(|media| media.ty);
        let texts = [&webhook.docs.title, &webhook.docs.description];
        let texts = texts.map(|text| self.clean(text)).into_iter();
        let mut texts: Vec<String> = texts
            .filter(|text| !text.is_empty() && *text != webhook.name)
            .collect();
        texts.dedup();
        texts.insert(0, format!("The webhook {}.", code(&webhook.name)));
        let other = media.filter(|media| media.format() != Format::Json);
        let said = other.map(|media| format!("It comes as {}.", code(&media.media_type)));
        texts.extend(said);
        Payload {
            name: scope.claim_first([pascal(&webhook.name), pascal(&webhook.name) + "Webhook"]),
            wire: webhook.name.clone(),
            docs: texts.join("\n\n"),
            ty: ty.map_or(Ty::Value, |ty| self.value_ty(ty, None)),
            is_json: other.is_none(),
            deprecated: webhook.deprecated,
            location: webhook.location.clone(),
        }
    }

    fn signature(&mut self) -> Option<SignatureScheme> {
        let policy = self.policy;
        let stated = policy.webhooks.signature.as_ref()?;
        let signature = match stated.get_ref().as_str() {
            "standard-webhooks" => SignatureScheme::StandardWebhooks,
            "stripe" => SignatureScheme::Stripe,
            "github" => SignatureScheme::GitHub,
            other => {
                let message = format!("`{other}` is no way to sign webhooks");
                let help = "name one of `standard-webhooks`, `stripe` and `github`";
                self.policy_error(policy::INVALID, &message, stated.span(), help);
                return None;
            }
        };
        Some(signature)
    }

    /// By what the policy names, or else by what the document has.
    fn event(&mut self, payloads: &[Payload]) -> Option<Event> {
        let read: Vec<usize> = (0..payloads.len())
            .filter(|&one| payloads[one].is_json)
            .collect();
        let policy = self.policy;
        let policy = &policy.webhooks;
        let header = policy.header.as_ref();
        let member = policy.property.as_ref();
        if let Some(stated) = member.filter(|stated| self.is_nowhere(&read, stated.get_ref())) {
            let message = format!("no webhook has the property `{}`", stated.get_ref());
            let help = "write it as the document does, or as a JSON pointer";
            self.policy_error(policy::INVALID, &message, stated.span(), help);
            return None;
        }
        if let Some(stated) = header.or(member) {
            let header = header.map(|name| name.get_ref().to_lowercase());
            let member = member.map(|name| pointer(name.get_ref()));
            let span = stated.span();
            return match self.keyed(&read, header, member, true) {
                Ok(event) => Some(event).filter(|event| !event.values.is_empty()),
                Err(alike) => {
                    let help = "name the header, or the property of the body, by which they differ";
                    self.policy_error(policy::INVALID, &alike, span, help);
                    None
                }
            };
        }
        if read.len() < 2 {
            return None;
        }
        let headers = self.headers_of_all(&read);
        let by_header = headers.iter().find_map(|header| {
            let key = self.keyed(&read, Some(header.clone()), None, false);
            key.ok()
        });
        let members = || self.members_of_all(&read).into_iter();
        by_header
            .or_else(|| {
                members().find_map(|member| self.keyed(&read, None, Some(member), false).ok())
            })
            .or_else(|| {
                let pairs = headers
                    .iter()
                    .flat_map(|header| members().map(move |member| (header.clone(), member)));
                let mut pairs = pairs.into_iter();
                pairs.find_map(|(header, member)| {
                    self.keyed(&read, Some(header), Some(member), false).ok()
                })
            })
    }

    /// Whether the bodies of all are known, and have no such member: each that came would be unknown.
    fn is_nowhere(&self, read: &[usize], stated: &str) -> bool {
        let lacks = |index: &usize| {
            let ty = media(&self.api.webhooks[*index]).and_then(|media| media.ty);
            self.member(ty, stated).is_none()
        };
        !read.is_empty() && read.iter().all(lacks)
    }

    /// What each webhook has in the header and in the body. What the document does not state is the webhook's name, if the
    /// policy says that this is what tells them apart.
    fn keyed(
        &self,
        read: &[usize],
        header: Option<String>,
        member: Option<String>,
        by_policy: bool,
    ) -> Result<Event, String> {
        let mut known = BTreeSet::new();
        let mut values = Vec::new();
        for &payload in read {
            let webhook = &self.api.webhooks[payload];
            let unsaid = || format!("nothing says what tells `{}`", webhook.name);
            let in_body = member
                .as_ref()
                .map(|pointer| self.key_in_body(webhook, pointer));
            let in_body = in_body.map(|value| match (value, &header) {
                (Some(value), _) => Ok(value),
                (None, Some(_)) => Ok(String::new()),
                (None, None) if by_policy => Ok(webhook.name.clone()),
                (None, None) => Err(unsaid()),
            });
            let in_body = in_body.transpose()?.unwrap_or_default();
            let in_header = header.as_ref().map(|name| match header_of(webhook, name) {
                Some(value) => Ok(value),
                None if by_policy => Ok(without(&webhook.name, &in_body)),
                None => Err(unsaid()),
            });
            let in_header = in_header.transpose()?.unwrap_or_default();
            if !known.insert((in_header.clone(), in_body.clone())) {
                return Err(format!(
                    "nothing tells the webhook `{}` from another",
                    webhook.name
                ));
            }
            values.push(EventKey {
                payload,
                header: in_header,
                member: in_body,
            });
        }
        Ok(Event {
            header,
            member,
            values,
        })
    }

    /// The one text that is in the body there, or the webhook's name where it is one of several.
    fn key_in_body(&self, webhook: &Webhook, pointer: &str) -> Option<String> {
        let mut at = media(webhook)?.ty?;
        for name in pointer.split('/').skip(1) {
            at = self
                .api
                .property(at, &name.replace("~1", "/").replace("~0", "~"))?;
        }
        match self.shape(at) {
            Shape::Enumeration(values) if values.len() == 1 => values.first().cloned(),
            Shape::Enumeration(values) => values.iter().find(|one| **one == webhook.name).cloned(),
            _ => None,
        }
    }

    fn headers_of_all(&self, read: &[usize]) -> Vec<String> {
        let webhooks = || read.iter().map(|&index| &self.api.webhooks[index]);
        let Some(first) = webhooks().next() else {
            return Vec::new();
        };
        let names = first.headers.iter().map(|header| &header.name);
        let has =
            |name: &&String| webhooks().all(|webhook| header_of(webhook, name.as_str()).is_some());
        names.filter(has).cloned().collect()
    }

    /// Members of the body that have one value each.
    fn members_of_all(&self, read: &[usize]) -> Vec<String> {
        let webhooks = || read.iter().map(|&index| &self.api.webhooks[index]);
        let first = webhooks().next().and_then(|one| media(one)?.ty);
        let Some(Shape::Object(object)) = first.map(|ty| self.shape(ty)) else {
            return Vec::new();
        };
        let names = object.properties.iter();
        let pointers = names.map(|property| format!("/{}", escaped(&property.name)));
        let has = |pointer: &String| {
            webhooks().all(|webhook| self.key_in_body(webhook, pointer).is_some())
        };
        pointers.filter(has).collect()
    }
}

/// JSON, or else what has a type.
fn media(webhook: &Webhook) -> Option<&Media> {
    let content = &webhook.body.as_ref()?.content;
    let json = content.iter().find(|media| media.format() == Format::Json);
    json.or_else(|| content.iter().find(|media| media.ty.is_some()))
        .or(content.first())
}

fn header_of(webhook: &Webhook, name: &str) -> Option<String> {
    let header = webhook.headers.iter().find(|header| header.name == name)?;
    match header.values.as_slice() {
        [value] => Some(value.clone()),
        _ => None,
    }
}

/// `issues-opened` is `issues`, and `opened`.
fn without(name: &str, end: &str) -> String {
    let stem = name.strip_suffix(end).filter(|_| !end.is_empty());
    let stem = stem.map(|stem| stem.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let stem = stem.filter(|stem| !stem.is_empty());
    stem.unwrap_or(name).to_owned()
}

fn pointer(stated: &str) -> String {
    if stated.starts_with('/') {
        stated.to_owned()
    } else {
        format!("/{}", escaped(stated))
    }
}
