//! Security schemes and what operations require of them.

use openapiv3::{APIKeyLocation, Operation, SecurityScheme as Typed};

use super::{Lowering, UNKNOWN_NAME};
use crate::api::{Place, Security, SecurityKind, SecurityScheme};
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
            if let Some((scheme, at)) = self.resolve(scheme, &at.key(name)) {
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
            for name in requirement.keys() {
                self.check_scheme(name, &at);
            }
            alternatives.push(requirement.keys().cloned().collect());
        }
        Security { alternatives }
    }

    fn check_scheme(&mut self, name: &str, at: &Trail<'_>) {
        let components = self.document.openapi.components.as_ref();
        let known = components.is_some_and(|c| c.security_schemes.contains_key(name));
        if !known {
            let message = format!("there is no security scheme `{name}`");
            let help = "define it under components/securitySchemes";
            let at = self.location(&at.key(name));
            self.error(UNKNOWN_NAME, message, help, &at);
        }
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
