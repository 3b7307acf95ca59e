//! Security schemes and what operations require of them.

use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme as Typed};

use super::parameters::is_token;
use super::{Lowering, UNSUPPORTED, Without};
use crate::api::{Api, Place, Required, Security, SecurityKind, SecurityScheme, TokenUrls};
use crate::diagnostic::Diagnostic;
use crate::location::{Location, Trail};

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let document = self.document;
        let Some(components) = &document.openapi.components else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let at = Trail::from("/components/securitySchemes");
            let part = format!("the security scheme `{name}`");
            let resolved = self.resolve(scheme, &at.key(name), Without::Part(&part));
            let Some((scheme, at)) = resolved else {
                continue;
            };
            let location = self.document.location(&at);
            match cannot_be_sent(&scheme) {
                Some(what) => {
                    let message = format!("{part} is left out: {what}");
                    let help = "a name is made of letters, digits and `-` (RFC 9110, RFC 6265)";
                    self.warn(UNSUPPORTED, message, help, &location.key("name"));
                }
                None => schemes.push(lowered(name, &scheme, location)),
            }
        }
        schemes
    }

    /// What an operation requires, or the document of all that state nothing (4.7.10.1).
    pub(super) fn security(
        &self,
        stated: Option<&Vec<SecurityRequirement>>,
        at: &Trail<'_>,
    ) -> Option<Security> {
        let list = at.key("security");
        let alternatives = stated?.iter().enumerate().map(|(index, requirement)| {
            let at = list.index(index);
            let required = requirement.keys().map(|name| Required {
                scheme: name.clone(),
                location: self.location(&at.key(name)),
            });
            let mut required: Vec<Required> = required.collect();
            // The members of an object have no order (RFC 8259, section 4), and names are made of this one.
            required.sort_by(|one, other| one.scheme.cmp(&other.scheme));
            required
        });
        Some(Security {
            alternatives: alternatives.collect(),
            location: self.location(&list),
        })
    }

    /// What every operation takes where schemes are listed and nothing says who requires them: any of them, or none. No client
    /// could authenticate otherwise.
    pub(super) fn any_scheme(&mut self, schemes: &[SecurityScheme]) -> Option<Security> {
        let is_sent = |scheme: &&SecurityScheme| !matches!(scheme.kind, SecurityKind::MutualTls);
        let sent: Vec<&SecurityScheme> = schemes.iter().filter(is_sent).collect();
        let location = sent.first()?.location.clone();
        let alternatives = sent.iter().map(|scheme| {
            vec![Required {
                scheme: scheme.name.clone(),
                location: scheme.location.clone(),
            }]
        });
        let alternatives = alternatives.chain([Vec::new()]).collect();
        let message = "nothing says which operations require credentials: each takes those of any scheme, or none";
        let help =
            "state `security` for the whole document, or `client.security` in the policy file";
        let diagnostic = Diagnostic::note(UNSUPPORTED, message).help(help);
        self.reporter.at_key(diagnostic, &location);
        Some(Security {
            alternatives,
            location,
        })
    }
}

/// Whether nothing says which operations require credentials. An operation that is exempt says that the others are not.
pub(super) fn is_unsaid(api: &Api) -> bool {
    let mut stated = api.operations.iter().map(|o| o.security.as_ref());
    let requires = |stated: &Security| stated.alternatives.iter().any(|names| !names.is_empty());
    let requires = stated.clone().flatten().any(requires);
    api.security.is_none() && !requires && stated.any(|stated| stated.is_none())
}

fn cannot_be_sent(scheme: &Typed) -> Option<String> {
    let Typed::APIKey { location, name, .. } = scheme else {
        return None;
    };
    let of = match location {
        APIKeyLocation::Query => return None,
        APIKeyLocation::Header => "header",
        APIKeyLocation::Cookie => "cookie",
    };
    (!is_token(name)).then(|| format!("`{name}` cannot be the name of a {of}"))
}

fn lowered(name: &str, scheme: &Typed, location: Location) -> SecurityScheme {
    let (kind, description) = match scheme {
        Typed::APIKey {
            location,
            name,
            description,
            ..
        } => (
            SecurityKind::ApiKey {
                place: match location {
                    APIKeyLocation::Query => Place::Query,
                    APIKeyLocation::Header => Place::Header,
                    APIKeyLocation::Cookie => Place::Cookie,
                },
                name: name.clone(),
            },
            description,
        ),
        Typed::HTTP {
            scheme,
            description,
            ..
        } => (
            match scheme.to_lowercase().as_str() {
                "bearer" => SecurityKind::Bearer,
                "basic" => SecurityKind::Basic,
                "mutualtls" => SecurityKind::MutualTls,
                _ => SecurityKind::Other(scheme.clone()),
            },
            description,
        ),
        Typed::OAuth2 {
            flows, description, ..
        } => (SecurityKind::OAuth(token_urls(flows)), description),
        Typed::OpenIDConnect { description, .. } => {
            (SecurityKind::OAuth(TokenUrls::default()), description)
        }
    };
    SecurityScheme {
        name: name.to_owned(),
        kind,
        description: description.clone().unwrap_or_default(),
        location,
    }
}

/// Where tokens are to be had. What gives none that can be refreshed says nothing of that (4.7.29.1).
fn token_urls(flows: &OAuth2Flows) -> TokenUrls {
    let code = flows.authorization_code.as_ref();
    let code = code.map(|flow| (&flow.refresh_url, &flow.token_url));
    let password = flows.password.as_ref();
    let password = password.map(|flow| (&flow.refresh_url, &flow.token_url));
    let refresh = code
        .or(password)
        .map(|(refresh, token)| refresh.as_ref().unwrap_or(token));
    let application = flows.client_credentials.as_ref();
    TokenUrls {
        client_credentials: application
            .map(|flow| flow.token_url.clone())
            .unwrap_or_default(),
        refresh: refresh.cloned().unwrap_or_default(),
    }
}
