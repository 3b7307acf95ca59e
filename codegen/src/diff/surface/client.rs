//! The package, the client, and how it authenticates.

use super::{Change, Comparison, DOCS_ONLY, declare, listed, place};
use crate::diff::Bump;
use crate::rust::{Constructor, Crate, Placement, Scheme};

impl<'a> Comparison<'a> {
    pub(super) fn client(&mut self) {
        self.package();
        self.authentication();
        self.constructors();
        self.variables();
        self.service();
    }

    fn package(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let (one, two) = (&base.package, &head.package);
        if one.name != two.name {
            let note = format!(
                "Depend on `{}`, and write `{}::` in place of `{}::`.",
                two.name, two.lib_name, one.lib_name
            );
            let change = Change::new(Bump::Major, &one.name, note)
                .before(format!("name = \"{}\"", one.name), "")
                .after(format!("name = \"{}\"", two.name), "");
            self.push(change);
        }
        let text = |sdk: &Crate| {
            let mut package = sdk.package.clone();
            package.version.clear();
            package.name.clear();
            package.lib_name.clear();
            (package, sdk.title.clone(), sdk.description.clone())
        };
        if text(base) != text(head) {
            let mut change =
                Change::new(Bump::Patch, format!("{} (README)", two.lib_name), DOCS_ONLY);
            change.base = place("/info");
            change.head = place("/info");
            self.push(change);
        }
    }

    fn authentication(&mut self) {
        let (one, two) = (self.base.sdk, self.head.sdk);
        let declaration = |sdk: &Crate| match sdk.uses.authentication {
            true => "pub fn new(credentials: Credentials) -> Result<Self, Error>".to_owned(),
            false => "pub fn new() -> Result<Self, Error>".to_owned(),
        };
        let note = match (one.uses.authentication, two.uses.authentication) {
            (false, true) => "Give `Client::new` the credentials.",
            (true, false) => "Call `Client::new` without credentials: there are none any more.",
            _ => return,
        };
        let pointer = |sdk: &'_ Crate| {
            sdk.credentials
                .first()
                .map_or(String::new(), |c| c.pointer.clone())
        };
        let change = Change::new(Bump::Major, "Client::new", note)
            .before(declaration(one), &pointer(one))
            .after(declaration(two), &pointer(two));
        self.push(change);
    }

    fn constructors(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let pairs = constructors(base, head);
        for one in &base.credentials {
            let path = format!("Credentials::{}", one.name);
            let other = pairs.iter().find(|(from, _)| from.name == one.name);
            let change = match other {
                None => Change::new(
                    Bump::Major,
                    path,
                    "Authenticate in another way: the API no longer has this one.",
                ),
                Some((_, two)) => match constructor(path, (base, one), (head, two)) {
                    Some(change) => change.after(declare::constructor(two), &two.pointer),
                    None => continue,
                },
            };
            self.push(change.before(declare::constructor(one), &one.pointer));
        }
        for two in &head.credentials {
            if !pairs.iter().any(|(_, to)| to.name == two.name) {
                let change = Change::new(
                    Bump::Minor,
                    format!("Credentials::{}", two.name),
                    "Nothing: it is new.",
                )
                .after(declare::constructor(two), &two.pointer);
                self.push(change);
            }
        }
    }

    /// The environment is a part of what an application states.
    fn variables(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let mut told: Vec<(&str, &str)> = Vec::new();
        for (one, two) in constructors(base, head) {
            let pairs = schemes(base, one).iter().zip(schemes(head, two));
            told.extend(pairs.map(|(one, two)| (one.variable.as_str(), two.variable.as_str())));
        }
        told.push((
            &base.service.base_url_variable,
            &head.service.base_url_variable,
        ));
        told.retain(|(one, two)| one != two);
        if told.is_empty() {
            return;
        }
        let (before, after): (Vec<&str>, Vec<&str>) = told.into_iter().unzip();
        let note = format!(
            "Set {} in place of {}.",
            listed(after.iter().copied()),
            listed(before.iter().copied())
        );
        let change = Change::new(Bump::Major, "Client::from_env", note)
            .before(before.join(", "), "")
            .after(after.join(", "), "");
        self.push(change.fails_at_run_time());
    }

    fn service(&mut self) {
        let (one, two) = (&self.base.sdk.service, &self.head.sdk.service);
        let mut told: Vec<(String, String, &str, String)> = Vec::new();
        if one.base_url != two.base_url {
            let note = match two.base_url.is_empty() {
                true => "State the base URL: the document has none.".to_owned(),
                false => "Update the crate: it calls another address; whoever states a base URL has to look at it.".to_owned(),
            };
            told.push((
                one.base_url.clone(),
                two.base_url.clone(),
                "/servers/0/url",
                note,
            ));
        }
        if one.credentials_required != two.credentials_required {
            let note = match two.credentials_required {
                true => "Give the client credentials: every operation needs them now.",
                false => "Nothing: some operations need no credentials now.",
            };
            let shown = |required| format!("credentials_required: {required}");
            let places = (
                shown(one.credentials_required),
                shown(two.credentials_required),
            );
            told.push((places.0, places.1, "/security", note.to_owned()));
        }
        if one.envelope != two.envelope {
            let shown = |envelope: &Option<crate::rust::Envelope>| match envelope {
                Some(e) => format!(
                    "{{ {}, {}, {}, {} }}",
                    e.success, e.data, e.errors, e.messages
                ),
                None => "none".to_owned(),
            };
            let note = "Update the crate, or answers cannot be read: they are wrapped otherwise.";
            told.push((
                shown(&one.envelope),
                shown(&two.envelope),
                "",
                note.to_owned(),
            ));
        }
        for (before, after, pointer, note) in told {
            let fails = !after.ends_with("false");
            let mut change = Change::new(Bump::Patch, "Client::builder", note)
                .before(before, pointer)
                .after(after, pointer);
            change.item.fails_at_run_time = fails && !self.is_compensated(pointer);
            self.push(change);
        }
        if one.request_id_headers != two.request_id_headers {
            let shown = |headers: &[String]| headers.join(", ");
            let change = Change::new(
                Bump::Patch,
                "ApiError::request_id",
                "Nothing: it is read from other headers.",
            )
            .before(shown(&one.request_id_headers), "")
            .after(shown(&two.request_id_headers), "");
            self.push(change);
        }
    }

    /// Whether what the server's URL lost or got is in the paths, or was.
    fn is_compensated(&self, pointer: &str) -> bool {
        let host = |url: &str| {
            let start = url.find("://").map_or(0, |at| at + 3);
            let end = url[start..].find('/').map_or(url.len(), |at| start + at);
            url[..end].to_owned()
        };
        let (one, two) = (
            &self.base.sdk.service.base_url,
            &self.head.sdk.service.base_url,
        );
        let same = |&(one, two): &(usize, usize)| {
            let (one, two) = (self.base.methods[one].method, self.head.methods[two].method);
            self.address(self.base, one) == self.address(self.head, two)
        };
        pointer == "/servers/0/url" && host(one) == host(two) && self.pairs.methods.iter().all(same)
    }
}

fn schemes<'a>(sdk: &'a Crate, constructor: &Constructor) -> &'a [Scheme] {
    let alternative = sdk.service.alternatives.get(constructor.alternative);
    alternative.map_or(&[], |alternative| &alternative.schemes)
}

/// By name, and what is left by what is sent.
fn constructors<'a>(base: &'a Crate, head: &'a Crate) -> Vec<(&'a Constructor, &'a Constructor)> {
    let mut pairs: Vec<(&Constructor, &Constructor)> = Vec::new();
    let named = |list: &'a [Constructor], name: &str| list.iter().find(|c| c.name == name);
    for one in &base.credentials {
        let sent = |sdk: &'a Crate, c: &Constructor| -> Vec<&'a Placement> {
            schemes(sdk, c).iter().map(|s| &s.placement).collect()
        };
        let same = |two: &&Constructor| {
            named(&base.credentials, &two.name).is_none() && sent(base, one) == sent(head, two)
        };
        let other =
            named(&head.credentials, &one.name).or_else(|| head.credentials.iter().find(same));
        if let Some(two) = other.filter(|two| !pairs.iter().any(|(_, to)| to.name == two.name)) {
            pairs.push((one, two));
        }
    }
    pairs
}

fn constructor(
    path: String,
    (base, one): (&Crate, &Constructor),
    (head, two): (&Crate, &Constructor),
) -> Option<Change> {
    let sent = |sdk: &Crate, c: &Constructor| -> Vec<Placement> {
        schemes(sdk, c)
            .iter()
            .map(|s| s.placement.clone())
            .collect()
    };
    Some(if one.name != two.name {
        Change::new(
            Bump::Major,
            path,
            format!("Write `{}` in place of `{}`.", two.name, one.name),
        )
    } else if one.arguments.len() != two.arguments.len() {
        let note = format!(
            "Give it {}.",
            listed(two.arguments.iter().map(String::as_str))
        );
        Change::new(Bump::Major, path, note)
    } else if sent(base, one) != sent(head, two) {
        let note = "Update the crate, or calls fail: the credentials are sent in another place.";
        Change::new(Bump::Patch, path, note).fails_at_run_time()
    } else if one.docs != two.docs || one.arguments != two.arguments {
        Change::new(Bump::Patch, path, DOCS_ONLY)
    } else {
        return None;
    })
}
