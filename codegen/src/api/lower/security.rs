//! Security schemes and what operations require of them.

use openapiv3::{APIKeyLocation, Operation, SecurityScheme as Typed};

use super::{Lowering, UNKNOWN_NAME, Without};
use crate::api::{Place, Security, SecurityKind, SecurityScheme};
use crate::location::{Location, Trail};
use crate::nearest::nearest;

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
            if let Some((scheme, at)) = self.resolve(scheme, &at.key(name), Without::Part(&part)) {
                schemes.push(lowered(name, &scheme, self.document.location(&at)));
            }
        }
        schemes
    }

    /// What an operation requires: its own list, or else the document's (4.7.10.1).
    pub(super) fn security(&mut self, operation: &Operation, at: &Trail<'_>) -> Security {
        let (requirements, base) = match (&operation.security, &self.document.openapi.security) {
            (Some(own), _) => (own.clone(), at),
            (None, Some(global)) => (global.clone(), &Trail::ROOT),
            (None, None) => return Security::default(),
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let list = base.key("security");
            let at = list.index(index);
            let mut unknown = requirement.keys().filter(|name| !self.is_scheme(name));
            match unknown.next_back() {
                Some(name) => self.report_unknown(name, &at),
                None => alternatives.push(requirement.keys().cloned().collect()),
            }
        }
        Security { alternatives }
    }

    fn is_scheme(&self, name: &str) -> bool {
        let components = self.document.openapi.components.as_ref();
        components.is_some_and(|c| c.security_schemes.contains_key(name))
    }

    fn report_unknown(&mut self, name: &str, at: &Trail<'_>) {
        let may_search = self.may_search();
        let components = self.document.openapi.components.as_ref();
        let known = components
            .into_iter()
            .flat_map(|c| c.security_schemes.keys());
        let known = known.map(String::as_str).filter(|_| may_search);
        let help = match nearest(name, known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "define it under components/securitySchemes".to_owned(),
        };
        let message = format!("a requirement is left out: there is no security scheme `{name}`");
        let at = self.location(&at.key(name));
        self.warn(UNKNOWN_NAME, message, &help, &at);
    }
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
                _ => SecurityKind::Other(scheme.clone()),
            },
            description,
        ),
        Typed::OAuth2 { description, .. } | Typed::OpenIDConnect { description, .. } => {
            (SecurityKind::OAuth, description)
        }
    };
    SecurityScheme {
        name: name.to_owned(),
        kind,
        description: description.clone().unwrap_or_default(),
        location,
    }
}
