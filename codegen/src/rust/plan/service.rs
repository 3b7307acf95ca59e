//! Where the API is, how a caller authenticates, and what must not be seen.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::page_members::plain;
use super::{Plan, UNSUPPORTED};
use crate::api::{Server, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::policy;
use crate::rust::{Constructor, Package, Service, docs, names};

/// What the names of headers end with that say which request a response is to, and the one that is read anyway.
const REQUEST_ID: &str = "requestid";
const USUAL_REQUEST_ID: &str = "x-request-id";
const MOST_REQUEST_IDS: usize = 3;

impl Plan<'_> {
    pub(super) fn service(&mut self, package: &Package) -> (Service, Vec<Constructor>) {
        let authentication = self.authentication(package);
        let client = &self.policy.client;
        let prefix = names::constant(&package.name);
        let first = self.api.servers.first();
        let service = Service {
            user_agent: format!("{}/{}", package.name, package.version),
            base_url: self.base_url(),
            base_url_location: first.map(|s| s.location.clone()).unwrap_or_default(),
            servers: self.api.servers.iter().map(Server::resolved).collect(),
            base_url_variable: match &client.base_url_variable {
                Some(variable) => variable.clone(),
                None => format!("{prefix}_BASE_URL"),
            },
            credentials_required: authentication.required,
            alternatives: authentication.alternatives,
            security: authentication.default,
            undocumented: authentication.undocumented,
            security_location: self.security_location(),
            requirements: authentication.requirements,
            schemes: authentication.schemes,
            envelope: self.envelope.clone(),
            request_id_headers: self.request_id_headers(),
            retry_count_header: self.retry_count_header(),
            accept: self.api.accept.clone().unwrap_or_default(),
            stream_end: self.policy.client.stream_end.clone(),
            sensitive: self.sensitive_names(),
        };
        (service, authentication.constructors)
    }

    /// Those that the policy names, or else the usual one behind those of the document that are called so, the most common first.
    fn request_id_headers(&self) -> Vec<String> {
        let stated = &self.policy.client.request_id_headers;
        if !stated.is_empty() {
            return stated.clone();
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let operations = self.operations.iter();
        let outcomes = operations.flat_map(|(index, _)| &self.operation(*index).outcomes);
        for header in outcomes.flat_map(|outcome| &outcome.headers) {
            if is_token(&header.name) && plain(&header.name).ends_with(REQUEST_ID) {
                *counts.entry(header.name.to_lowercase()).or_default() += 1;
            }
        }
        let mut names: Vec<(usize, String)> = counts
            .into_iter()
            .map(|(name, count)| (count, name))
            .collect();
        names.sort_by_key(|(count, _)| Reverse(*count));
        let names = names.into_iter().take(MOST_REQUEST_IDS);
        let mut names: Vec<String> = names.map(|(_, name)| name).collect();
        if !names.iter().any(|name| name == USUAL_REQUEST_ID) {
            names.push(USUAL_REQUEST_ID.to_owned());
        }
        names
    }

    fn retry_count_header(&mut self) -> String {
        let Some(name) = &self.policy.client.retry_count_header else {
            return String::new();
        };
        if !is_token(name.get_ref()) {
            let message = format!("`{}` is not the name of a header", name.get_ref());
            let help = "use letters, digits and `-` (RFC 9110, section 5.1)";
            self.policy_error(policy::INVALID, &message, name.span(), help);
        }
        name.get_ref().clone()
    }

    /// The first server, if a client can use it as it is.
    fn base_url(&mut self) -> String {
        let Some(server) = self.api.servers.first() else {
            return String::new();
        };
        let url = &server.resolved();
        if is_absolute(url) {
            return url.trim_end_matches('/').to_owned();
        }
        if !url.is_empty() && url != "/" {
            let message = format!("the server `{url}` is not an absolute URL");
            let help = "a caller has to state the base URL";
            self.report(
                Diagnostic::note(UNSUPPORTED, message).help(help),
                &server.location,
            );
        }
        String::new()
    }

    /// Whether the value must not be seen, or one within it that has no name of its own.
    pub(super) fn is_sensitive(&self, id: TypeId) -> bool {
        self.sensitive.contains(&id)
    }

    fn sensitive_names(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for ty in &self.api.types {
            if let Shape::Object(object) = &ty.shape {
                let hidden = object.properties.iter().filter(|p| self.is_sensitive(p.ty));
                names.extend(hidden.map(|p| p.name.clone()));
            }
        }
        for (index, _) in &self.operations {
            let parameters = self.operation(*index).parameters.iter();
            let hidden = parameters.filter(|parameter| self.is_sensitive(parameter.ty));
            names.extend(hidden.map(|parameter| parameter.name.clone()));
        }
        names.into_iter().collect()
    }
}

/// Whether a client can use the URL, and docs can show it: with nothing that a URL does not have (RFC 3986, section 2).
fn is_absolute(url: &str) -> bool {
    let is_foreign = |c: char| {
        c.is_control() || c.is_whitespace() || docs::is_hostile(c) || "<>\"`\\^|".contains(c)
    };
    let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty()) && !url.contains(is_foreign)
}

/// Whether the text is a token (RFC 9110, section 5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_allowed)
}
