//! The package, the client, and how it authenticates.

use super::{Change, Comparison, DOCS_ONLY, NOWHERE, listed, read_otherwise, servers};
use crate::taxonomy::Bump;
use codegen::location::{Location, Pointer};
use codegen::rust::{Constructor, Crate, Placement, Scheme, Service, TokenUrls};

/// What names come from that no policy file states.
const TITLE: &str = "/info/title";

impl<'a> Comparison<'a> {
    pub(super) fn client(&mut self) {
        self.package();
        self.features();
        self.authentication();
        self.constructors();
        self.tokens();
        self.variables();
        self.service();
        self.servers();
        self.settings();
    }

    fn package(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let (one, two) = (&base.package, &head.package);
        if one.name != two.name {
            let note = format!(
                "Depend on `{}`, and write `{}::` instead of `{}::`.",
                two.name, two.lib_name, one.lib_name
            );
            let change = Change::new(Bump::Major, &one.name, note)
                .before(format!("name = \"{}\"", one.name), NOWHERE)
                .after(format!("name = \"{}\"", two.name), NOWHERE)
                .causes([&in_document(TITLE)]);
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
            change.base = Some(in_document("/info"));
            change.head = Some(in_document("/info"));
            self.push(change);
        }
    }

    /// Features that come or go as such; that of a resource which comes or goes is no news beside it.
    fn features(&mut self) {
        let (one, two) = (self.base.sdk, self.head.sdk);
        let has = |sdk: &Crate, name: &str| sdk.resources.iter().any(|r| r.name == name);
        let stays = one
            .resources
            .iter()
            .any(|resource| has(two, &resource.name));
        let location = |sdk: &Crate| sdk.features.first().and_then(|one| one.location.clone());
        let change = match (one.features.is_empty(), two.features.is_empty()) {
            (false, true) if stays => {
                let note =
                    "Remove the features of resources from Cargo.toml: all of them are there.";
                Change::new(Bump::Major, "feature all", note).before("all = [..]", &location(one))
            }
            (true, false) if stays => {
                let note =
                    "With `default-features = false`, add `all` to the features in Cargo.toml.";
                Change::new(Bump::Major, "feature all", note).after("all = [..]", &location(two))
            }
            _ => return,
        };
        self.push(change);
    }

    fn authentication(&mut self) {
        let (one, two) = (self.base.sdk, self.head.sdk);
        let signature = |sdk: &'_ Crate| sdk.client.new.signature.clone();
        if signature(one) == signature(two) {
            return;
        }
        let note = if two.uses.authentication {
            "Give `Client::new` the credentials."
        } else {
            "Call `Client::new` without credentials: the API no longer has any."
        };
        let first = |sdk: &Crate| sdk.credentials.first().and_then(|c| c.location.clone());
        let change = Change::new(Bump::Major, "Client::new", note)
            .before(signature(one), &first(one))
            .after(signature(two), &first(two));
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
                    "Authenticate in another way: no operation takes this one any more.",
                ),
                Some((_, two)) => match constructor(path, (base, one), (head, two)) {
                    Some(change) => change.after(two.signature(), &two.location),
                    None => continue,
                },
            };
            self.push(change.before(one.signature(), &one.location));
        }
        for two in &head.credentials {
            if !pairs.iter().any(|(_, to)| to.name == two.name) {
                let change = Change::new(Bump::Minor, format!("Credentials::{}", two.name), "")
                    .after(two.signature(), &two.location);
                self.push(change);
            }
        }
    }

    /// The environment is a part of what an application states.
    fn variables(&mut self) {
        let (base, head) = (self.base.sdk, self.head.sdk);
        let mut renamed: Vec<(&str, &str)> = Vec::new();
        for (one, two) in constructors(base, head) {
            let pairs = schemes(base, one).iter().zip(schemes(head, two));
            renamed.extend(pairs.map(|(one, two)| (one.variable.as_str(), two.variable.as_str())));
        }
        renamed.push((
            &base.service.base_url_variable,
            &head.service.base_url_variable,
        ));
        renamed.retain(|(one, two)| one != two);
        if renamed.is_empty() {
            return;
        }
        let (before, after): (Vec<&str>, Vec<&str>) = renamed.into_iter().unzip();
        let note = format!(
            "Set {} instead of {}.",
            listed(after.iter().copied()),
            listed(before.iter().copied())
        );
        let change = Change::new(Bump::Major, "Client::from_env", note)
            .before(before.join(", "), NOWHERE)
            .after(after.join(", "), NOWHERE);
        self.push(change.causes([&in_document(TITLE)]));
    }

    /// What the client does with every call.
    fn service(&mut self) {
        self.base_url();
        self.needs_credentials();
        self.security();
        let (one, two) = (&self.base.sdk.service, &self.head.sdk.service);
        if one.envelope != two.envelope {
            let note = "Update the crate, or responses cannot be read: their envelope changed.";
            let change = Change::new(Bump::Patch, "Response", note)
                .before(envelope(one), NOWHERE)
                .after(envelope(two), NOWHERE);
            self.push(change.fails_at_run_time());
        }
        if one.request_id_headers != two.request_id_headers {
            let note = "Nothing: it is read from other headers.";
            let change = Change::new(Bump::Patch, "ApiError::request_id", note)
                .before(one.request_id_headers.join(", "), NOWHERE)
                .after(two.request_id_headers.join(", "), NOWHERE);
            self.push(change);
        }
        if one.retry_count_header != two.retry_count_header {
            let note = "Nothing: what is sent again says in another header how often it was sent.";
            let change = Change::new(Bump::Patch, "ClientBuilder::max_retries", note)
                .before(one.retry_count_header.clone(), NOWHERE)
                .after(two.retry_count_header.clone(), NOWHERE);
            self.push(change);
        }
        if one.accept != two.accept {
            let note = "Nothing: calls ask for the version that the document states.";
            let change = Change::new(Bump::Patch, "ClientBuilder::build", note)
                .before(one.accept.clone(), NOWHERE)
                .after(two.accept.clone(), NOWHERE)
                .causes([
                    &in_document("/info/description"),
                    &in_document("/info/version"),
                ]);
            self.push(change);
        }
        if one.stream_end != two.stream_end {
            let note = "Update the crate, or streams do not end where they should.";
            let change = Change::new(Bump::Patch, "ItemStream::next", note).fails_at_run_time();
            let change = change.before(one.stream_end.clone(), NOWHERE);
            self.push(change.after(two.stream_end.clone(), NOWHERE));
        }
    }

    fn base_url(&mut self) {
        let (one, two) = (&self.base.sdk.service, &self.head.sdk.service);
        let (one, two) = (&one.base_url, &two.base_url);
        if one == two {
            return;
        }
        let moved = self.is_in_the_paths(one, two);
        let kept = self.is_still_a_server(one);
        let first = one.is_empty();
        let note = match () {
            () if first => {
                "Nothing: there was no default base URL, so that each client has been given one."
                    .to_owned()
            }
            () if two.is_empty() => "Set the base URL: the document has none.".to_owned(),
            () if moved => {
                "Change the base URL where you set one: calls go where they went.".to_owned()
            }
            () if kept => format!(
                "The default base URL changes from `{one}` to `{two}`: set the old one to keep calling it."
            ),
            () => format!(
                "The default base URL changes from `{one}` to `{two}`, and the old one is no longer a server: update the crate."
            ),
        };
        let stated = |sdk: &'a Crate| {
            let service = &sdk.service;
            (!service.base_url.is_empty()).then_some(&service.base_url_location)
        };
        let bump = if first { Bump::Minor } else { Bump::Patch };
        let mut change = Change::new(bump, "ClientBuilder::base_url", note)
            .before(one.clone(), stated(self.base.sdk))
            .after(two.clone(), stated(self.head.sdk));
        change.item.fails_at_run_time = !first && !moved && !kept;
        let places = [self.base.sdk, self.head.sdk]
            .into_iter()
            .filter_map(stated);
        let places: Vec<Location> = places.flat_map(servers::around).collect();
        self.push(change.causes(&places));
    }

    /// Whether every operation needs credentials, where there are any.
    fn needs_credentials(&mut self) {
        let (one, two) = (self.base.sdk, self.head.sdk);
        let required = |sdk: &Crate| sdk.service.credentials_required;
        let same = one.uses.authentication == two.uses.authentication;
        if !same || required(one) == required(two) {
            return;
        }
        let shown = |sdk: &Crate| {
            if required(sdk) {
                "credentials are required".to_owned()
            } else {
                "credentials are optional".to_owned()
            }
        };
        let note = if required(two) {
            "Give the client credentials: it cannot be built without them."
        } else {
            "Nothing: some operations need no credentials."
        };
        let change = Change::new(Bump::Patch, "ClientBuilder::build", note)
            .before(shown(one), NOWHERE)
            .after(shown(two), NOWHERE)
            .causes([&in_document("/security")]);
        self.push(change);
    }

    fn is_still_a_server(&self, url: &str) -> bool {
        let servers = &self.head.sdk.service.servers;
        servers
            .iter()
            .any(|other| other.trim_end_matches('/') == url)
    }

    /// Whether what the server's URL lost or got is in the paths, or was.
    fn is_in_the_paths(&self, base: &str, head: &str) -> bool {
        let same = |&(one, two): &(usize, usize)| {
            let (one, two) = (self.base.methods[one].method, self.head.methods[two].method);
            self.base.address(one) == self.head.address(two)
        };
        host(base) == host(head) && self.pairs.methods.iter().all(same)
    }
}

fn in_document(pointer: &str) -> Location {
    Pointer::from(pointer).into()
}

fn host(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |at| &url[..start + at])
}

fn envelope(service: &Service) -> String {
    match &service.envelope {
        Some(e) => format!(
            "{{ {}, {}, {}, {} }}",
            e.success, e.data, e.errors, e.messages
        ),
        None => "none".to_owned(),
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
    let written =
        |sdk, c| -> Vec<&Placement> { schemes(sdk, c).iter().map(|s| &s.placement).collect() };
    // Headers are called the same in any case (RFC 9110, section 5.1).
    let sent = |sdk: &Crate, c: &Constructor| -> Vec<Placement> {
        let placements = schemes(sdk, c).iter().map(|s| match &s.placement {
            Placement::Header(name) => Placement::Header(name.to_lowercase()),
            placement => placement.clone(),
        });
        placements.collect()
    };
    let tokens = |sdk, c| -> Vec<Option<&TokenUrls>> {
        schemes(sdk, c).iter().map(|s| s.tokens.as_ref()).collect()
    };
    Some(if one.name != two.name {
        Change::new(
            Bump::Major,
            path,
            format!("Write `{}` instead of `{}`.", two.name, one.name),
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
    } else if tokens(base, one) != tokens(head, two) {
        let note = "Update the crate, or tokens are asked for where they were.";
        let change = Change::new(Bump::Patch, path, note);
        if tokens(base, one).iter().any(Option::is_some) {
            change.fails_at_run_time()
        } else {
            change
        }
    } else if read_otherwise(&one.docs, &two.docs)
        || one.arguments != two.arguments
        || written(base, one) != written(head, two)
    {
        Change::new(Bump::Patch, path, DOCS_ONLY)
    } else {
        return None;
    })
}
