//! Which credentials calls take.

use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::{Constructor, Crate, Method, Placement, docs};

const OAUTH2: &str = "OAuth2";
const STRUCT: &str = "pub struct OAuth2";

impl Comparison<'_> {
    /// What calls take that state nothing else.
    pub(super) fn security(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let taken = |sdk: &Crate| sdk.service.undocumented.alternatives.clone();
        let (before, after) = (taken(base), taken(head));
        let place = |sdk: &Crate| sdk.service.security_location.clone();
        let stated = place(base).or(place(head)).is_some();
        let authenticates = base.uses.authentication && head.uses.authentication;
        if before == after || !stated || !authenticates {
            return;
        }
        let suffices = self.suffices(&before, &after);
        let note = if suffices {
            "Nothing: calls take what they took."
        } else {
            "Update the crate, and give the client the credentials, or calls fail."
        };
        let mut change = Change::new(Bump::Patch, "ClientBuilder::credentials", note)
            .before(shown(&before), &place(base))
            .after(shown(&after), &place(head));
        change.item.fails_at_run_time = !suffices;
        self.push(change);
    }

    /// The type that gets tokens, which is there for schemes that have an endpoint for them.
    pub(super) fn tokens(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let place = |sdk: &Crate| {
            let mut constructors = sdk.credentials.iter();
            let of_tokens = |constructor: &&Constructor| {
                let alternative = sdk.service.alternatives.get(constructor.alternative);
                let mut schemes = alternative.iter().flat_map(|one| &one.schemes);
                schemes.any(|scheme| scheme.tokens.is_some())
            };
            constructors
                .find(of_tokens)
                .and_then(|c| c.location.clone())
        };
        let is_there = |sdk: &Crate| sdk.exports.iter().any(|name| name == OAUTH2);
        let change = match (is_there(base), is_there(head)) {
            (true, false) => {
                let note = "Give a token: the document says no longer where to get one.";
                Change::new(Bump::Major, OAUTH2, note).before(STRUCT, &place(base))
            }
            (false, true) => Change::new(Bump::Minor, OAUTH2, "").after(STRUCT, &place(head)),
            _ => return,
        };
        self.push(change);
    }

    /// What a method takes of the client's credentials that it did not, and where that is stated.
    /// What all calls take is compared once.
    pub(super) fn needed<'m>(
        &self,
        base: &'m Method,
        head: &'m Method,
    ) -> Option<(String, Vec<&'m Location>)> {
        let (one, two) = (&base.security, &head.security);
        let places = [one, two].into_iter().filter_map(|s| s.location.as_ref());
        let places: Vec<&Location> = places.collect();
        if places.is_empty() || self.suffices(&one.alternatives, &two.alternatives) {
            return None;
        }
        let difference = format!("takes other credentials: {}", shown(&two.alternatives));
        Some((difference, places))
    }

    /// Whether the credentials of each alternative that there was are still enough.
    fn suffices(&self, before: &[Vec<String>], after: &[Vec<String>]) -> bool {
        let before = sent(self.base.sdk, before);
        let after = sent(self.head.sdk, after);
        let is_open = |list: &[Vec<Placement>]| list.is_empty() || list.iter().any(Vec::is_empty);
        let enough = |had: &Vec<Placement>| {
            let complete = |needed: &Vec<Placement>| needed.iter().all(|one| had.contains(one));
            after.iter().any(complete)
        };
        is_open(&after) || (!is_open(&before) && before.iter().all(enough))
    }
}

/// Where the secrets of each alternative go, whatever the schemes are called.
fn sent(sdk: &Crate, alternatives: &[Vec<String>]) -> Vec<Vec<Placement>> {
    let placement = |name: &String| {
        let scheme = sdk
            .service
            .schemes
            .iter()
            .find(|scheme| scheme.name == *name)?;
        Some(match &scheme.placement {
            // Headers are called the same in any case (RFC 9110, section 5.1).
            Placement::Header(name) => Placement::Header(name.to_lowercase()),
            placement => placement.clone(),
        })
    };
    let alternative = |names: &Vec<String>| names.iter().filter_map(placement).collect();
    alternatives.iter().map(alternative).collect()
}

/// "`token`, or `email` and `key`"
fn shown(alternatives: &[Vec<String>]) -> String {
    let one = |names: &Vec<String>| match names.as_slice() {
        [] => "none".to_owned(),
        names => {
            let names: Vec<String> = names.iter().map(|name| docs::code(name)).collect();
            names.join(" and ")
        }
    };
    if alternatives.is_empty() {
        return "none".to_owned();
    }
    let alternatives: Vec<String> = alternatives.iter().map(one).collect();
    alternatives.join(", or ")
}
