//! What the server sends to users: its types, what distinguishes them, and how they are verified.

use std::collections::BTreeSet;

use super::{Change, Comparison, DEPRECATED, DOCS_ONLY, NOWHERE, read_otherwise};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::{Event, Payload, Webhooks, declaration};

impl Comparison<'_> {
    pub(super) fn webhooks(&mut self) {
        let none = Webhooks::default();
        let stated = |webhooks: &'_ Option<Webhooks>| webhooks.clone().unwrap_or_default();
        let (base, head) = (
            stated(&self.base.sdk.webhooks),
            stated(&self.head.sdk.webhooks),
        );
        if (&base, &head) != (&none, &none) {
            self.payloads(&base, &head);
            self.event(&base, &head);
            self.verifier(&base, &head);
        }
    }

    fn payloads(&mut self, base: &Webhooks, head: &Webhooks) {
        for one in &base.payloads {
            let two = head.payloads.iter().find(|two| two.name == one.name);
            let change = match two {
                None => Change::new(Bump::Major, path(one), removed(one, head)),
                Some(two) if !self.pairs.same(&one.ty, &two.ty) => {
                    let note = "Read it as the type that it has now.";
                    Change::new(Bump::Major, path(two), note)
                }
                Some(two) if one.is_json != two.is_json => {
                    let note = "Read it in the media type that it has now.";
                    Change::new(Bump::Major, path(two), note)
                }
                Some(two) if !one.deprecated && two.deprecated => {
                    Change::new(Bump::Minor, path(two), DEPRECATED)
                }
                Some(two) if read_otherwise(&one.docs, &two.docs) => {
                    Change::new(Bump::Patch, path(two), DOCS_ONLY)
                }
                Some(_) => continue,
            };
            let change = change.before(declaration::payload(one), &one.location);
            self.changes.push(match two {
                Some(two) => change.after(declaration::payload(two), &two.location),
                None => change,
            });
        }
        for two in &head.payloads {
            if !base.payloads.iter().any(|one| one.name == two.name) {
                let change = Change::new(Bump::Minor, path(two), "");
                self.push(change.after(declaration::payload(two), &two.location));
            }
        }
    }

    /// The enumeration as such; its alternatives come and go with the payloads.
    fn event(&mut self, base: &Webhooks, head: &Webhooks) {
        const PATH: &str = "webhooks::Event";
        const ITEM: &str = "pub enum Event";
        let change = match (&base.event, &head.event) {
            (Some(_), None) => {
                let note = "Say which webhook is expected: nothing distinguishes them any more.";
                Change::new(Bump::Major, PATH, note).before(ITEM, place(base))
            }
            (None, Some(_)) => Change::new(Bump::Minor, PATH, "").after(ITEM, place(head)),
            (Some(one), Some(two))
                if distinguishing(one, base, head) != distinguishing(two, head, base) =>
            {
                let note = "Update the crate, or webhooks are not known as what they are.";
                let change = Change::new(Bump::Patch, PATH, note).fails_at_run_time();
                change.before(ITEM, place(base)).after(ITEM, place(head))
            }
            _ => return,
        };
        self.push(change);
    }

    fn verifier(&mut self, base: &Webhooks, head: &Webhooks) {
        const PATH: &str = "webhooks::Verifier";
        const ITEM: &str = "pub struct Verifier";
        let verify = |webhooks: &Webhooks| webhooks.verified().map(declaration::verify);
        let change = match (base.signature, head.signature) {
            (None, None) => return,
            (Some(_), None) => {
                let note = "Verify what comes by other means: the policy names no signature.";
                Change::new(Bump::Major, PATH, note).before(ITEM, NOWHERE)
            }
            (None, Some(_)) => Change::new(Bump::Minor, PATH, "").after(ITEM, NOWHERE),
            (Some(one), Some(two)) if one != two => {
                let note = "Update the crate, or no signature is right; the secret may have to be another.";
                let change = Change::new(Bump::Patch, PATH, note).fails_at_run_time();
                change.before(ITEM, NOWHERE).after(ITEM, NOWHERE)
            }
            _ => {
                let path = "webhooks::Verifier::verify";
                match (verify(base), verify(head)) {
                    (one, two) if one == two => return,
                    (Some(one), Some(two)) => {
                        let note = "Use what it gives as what that is now.";
                        let change = Change::new(Bump::Major, path, note);
                        change.before(one, place(base)).after(two, place(head))
                    }
                    (Some(one), None) => {
                        let note = "Say which webhook is expected, with `verify_as`.";
                        Change::new(Bump::Major, path, note).before(one, place(base))
                    }
                    (None, Some(two)) => Change::new(Bump::Minor, path, "").after(two, place(head)),
                    (None, None) => return,
                }
            }
        };
        self.push(change);
    }
}

fn path(payload: &Payload) -> String {
    format!("webhooks::{}", payload.name)
}

fn removed(payload: &Payload, head: &Webhooks) -> String {
    let same = head.payloads.iter().find(|one| one.wire == payload.wire);
    match same {
        Some(now) => format!("Use `{}` in its place.", now.name),
        None => "Remove what reads it.".to_owned(),
    }
}

/// Where the first of them is.
fn place(webhooks: &Webhooks) -> Option<&Location> {
    webhooks.payloads.first().map(|payload| &payload.location)
}

/// By what the webhooks are known that the other has as well.
fn distinguishing(event: &Event, of: &Webhooks, other: &Webhooks) -> BTreeSet<String> {
    let is_common = |name: &str| other.events().any(|(payload, _)| payload.name == name);
    let common = of.events().filter(|(payload, _)| is_common(&payload.name));
    let known = common.map(|(payload, values)| {
        let (by, said) = (
            (&event.header, &event.member),
            (&values.header, &values.member),
        );
        format!("{} {by:?} {said:?}", payload.name)
    });
    known.collect()
}
