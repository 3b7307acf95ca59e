//! The security schemes that a client can send: of the document, and of the policy in their place.

use std::collections::HashSet;

use super::security::Alternatives;
use super::{Plan, authorization_words};
use crate::api::{Place, SecurityKind, SecurityScheme};
use crate::location::Location;
use crate::policy::{self, SecretPlace};
use crate::rust::names::{self, Scope};
use crate::rust::{Package, Placement, Scheme, TokenUrls};

impl Plan<'_> {
    /// The schemes whose secrets a client can send, by their names.
    pub(super) fn find_schemes(&mut self, package: &Package) {
        let prefix = names::constant(&package.name);
        let stated = &self.policy.client.credentials;
        let stated: Vec<&policy::Scheme> = stated.values().flat_map(|c| &c.schemes).collect();
        self.security_schemes = self.known_schemes();
        let words = words(&self.security_schemes);
        for (scheme, word) in self.security_schemes.iter().zip(words) {
            let name = &scheme.name;
            let given = || stated.iter().filter(|s| s.scheme.get_ref() == name);
            let variable = if stated.is_empty() {
                format!("{prefix}_{}", names::constant(&word))
            } else {
                given().find_map(|s| s.variable.clone()).unwrap_or_default()
            };
            if let Some(placement) = placement(scheme) {
                let scheme = Scheme {
                    name: name.clone(),
                    word,
                    constant: String::new(),
                    placement,
                    tokens: tokens(scheme),
                    variable,
                };
                self.schemes.insert(name.clone(), scheme);
            }
        }
    }

    /// The security schemes of the document, and those of the policy in their place.
    fn known_schemes(&self) -> Vec<SecurityScheme> {
        let stated = &self.policy.client.security_schemes;
        let own = self.api.security_schemes.iter();
        let own = own.filter(|scheme| !stated.contains_key(&scheme.name));
        let stated = stated.iter().map(|(name, scheme)| SecurityScheme {
            name: name.clone(),
            kind: kind(&scheme.get_ref().kind),
            description: scheme.get_ref().description.clone(),
            location: Location::default(),
        });
        own.cloned().chain(stated).collect()
    }

    pub(super) fn scheme_names(&self) -> Vec<String> {
        let schemes = self.security_schemes.iter();
        schemes.map(|scheme| scheme.name.clone()).collect()
    }

    /// The schemes that something takes, in the order of the ways to authenticate.
    pub(super) fn taken_schemes(
        &self,
        all: &Alternatives,
        default: &Alternatives,
        scope: &mut Scope,
    ) -> Vec<Scheme> {
        let taken = self
            .operations
            .iter()
            .flat_map(|(index, _)| &self.taken[index]);
        let names: Vec<String> = all
            .iter()
            .chain(default)
            .chain(taken)
            .flatten()
            .cloned()
            .collect();
        let mut schemes: Vec<Scheme> = Vec::new();
        for name in names {
            let known = schemes.iter().any(|scheme| scheme.name == name);
            if let Some(scheme) = self.schemes.get(&name).filter(|_| !known) {
                let constant = scope.claim(names::constant(&name));
                schemes.push(Scheme {
                    constant,
                    ..scheme.clone()
                });
            }
        }
        schemes
    }
}

/// What says which kind of credential it is.
const CREDENTIALS: [&str; 9] = [
    "basic", "bearer", "cookie", "jwt", "key", "oauth2", "secret", "session", "token",
];

/// What callers call the schemes: by what they give, where no other is called so by itself, and none before by that.
fn words(schemes: &[SecurityScheme]) -> Vec<String> {
    let own: Vec<String> = schemes.iter().map(|one| names::snake(&one.name)).collect();
    let mut known: HashSet<String> = own.iter().cloned().collect();
    let words = schemes.iter().zip(&own).map(|(scheme, own)| {
        let word = word(scheme);
        if known.insert(word.clone()) {
            word
        } else {
            own.clone()
        }
    });
    words.collect()
}

/// `ApiKeyAuth` takes an `api_key`, and `bearerAuth` a `bearer_token`.
fn word(scheme: &SecurityScheme) -> String {
    let name = names::snake(&scheme.name);
    let given = ["_auth", "_authentication"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let says = |given: &&str| {
        let last = given.rsplit('_').next();
        last.is_some_and(|last| CREDENTIALS.contains(&last))
    };
    match given.filter(says).unwrap_or(&name) {
        "bearer" if scheme.kind == SecurityKind::Bearer => "bearer_token".to_owned(),
        word => word.to_owned(),
    }
}

/// Where the secret of a scheme goes, if a client can send it.
fn placement(scheme: &SecurityScheme) -> Option<Placement> {
    Some(match &scheme.kind {
        SecurityKind::Bearer | SecurityKind::OAuth(_) => Placement::Bearer,
        SecurityKind::Basic if is_key(scheme) => Placement::BasicKey,
        SecurityKind::Basic => Placement::Basic,
        SecurityKind::ApiKey { place, name } => match place {
            Place::Query => Placement::Query(name.clone()),
            Place::Cookie => Placement::Cookie(name.clone()),
            _ => in_header(name, &scheme.description),
        },
        SecurityKind::MutualTls => return None,
        SecurityKind::Other(kind) => {
            let one_time = ONE_TIME.contains(&kind.to_lowercase().as_str());
            let usable = !one_time && super::service::is_token(kind);
            return usable.then(|| Placement::Authorization(kind.clone()));
        }
    })
}

/// Whether a scheme is called after a key, which is a user without a password.
fn is_key(scheme: &SecurityScheme) -> bool {
    let word = word(scheme);
    let last = word.split('_').next_back();
    last.is_some_and(|word| ["key", "token"].contains(&word))
}

/// Where a key goes that is a header: as a credential of the kind that the description says is written before it.
fn in_header(name: &str, description: &str) -> Placement {
    let authorizes = name.eq_ignore_ascii_case("authorization");
    let word = authorizes.then(|| authorization_words::stated(description));
    match word.flatten() {
        Some(word) if word.eq_ignore_ascii_case("bearer") => Placement::Bearer,
        Some(word) if !word.eq_ignore_ascii_case("basic") => Placement::Authorization(word.into()),
        _ => Placement::Header(name.to_owned()),
    }
}

/// The endpoints of its tokens.
fn tokens(scheme: &SecurityScheme) -> Option<TokenUrls> {
    match &scheme.kind {
        SecurityKind::OAuth(urls) if *urls != TokenUrls::default() => Some(urls.clone()),
        _ => None,
    }
}

/// The HTTP authentication schemes whose credentials are made for each request, of what the server sent before or of
/// the request itself (<https://www.iana.org/assignments/http-authschemes>).
const ONE_TIME: [&str; 13] = [
    "aws4-hmac-sha256",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "ntlm",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
];

/// A scheme of the policy as one of the API.
fn kind(stated: &policy::SecurityKind) -> SecurityKind {
    match stated {
        policy::SecurityKind::Http { scheme } => match scheme.to_lowercase().as_str() {
            "bearer" => SecurityKind::Bearer,
            "basic" => SecurityKind::Basic,
            "mutualtls" => SecurityKind::MutualTls,
            _ => SecurityKind::Other(scheme.clone()),
        },
        policy::SecurityKind::ApiKey { place, name } => SecurityKind::ApiKey {
            place: match place {
                SecretPlace::Query => Place::Query,
                SecretPlace::Header => Place::Header,
                SecretPlace::Cookie => Place::Cookie,
            },
            name: name.clone(),
        },
        policy::SecurityKind::OAuth2 {
            token_url,
            refresh_url,
        } => SecurityKind::OAuth(TokenUrls {
            client_credentials: token_url.clone(),
            refresh: refresh_url.clone(),
        }),
    }
}
