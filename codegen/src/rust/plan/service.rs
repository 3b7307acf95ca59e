//! Where the API is, how a caller authenticates, and what must not be seen.

use std::collections::{BTreeSet, HashSet};

use heck::ToShoutySnakeCase;
use toml::Spanned;

use super::{Plan, UNSUPPORTED};
use crate::api::{Place, Security, SecurityKind, Shape, StringFormat, TypeId};
use crate::diagnostic::Diagnostic;
use crate::policy;
use crate::rust::names::{Scope, snake};
use crate::rust::reserved::CREDENTIALS_FUNCTIONS;
use crate::rust::{Alternative, Constructor, Envelope, Package, Placement, Scheme, Service, docs};

impl Plan<'_> {
    pub(super) fn service(&mut self, package: &Package) -> (Service, Vec<Constructor>) {
        let (alternatives, constructors) = if self.policy.client.credentials.is_empty() {
            self.inferred_credentials(package)
        } else {
            self.stated_credentials()
        };
        let client = &self.policy.client;
        let prefix = package.name.to_shouty_snake_case();
        let first = self.api.servers.first();
        let service = Service {
            user_agent: format!("{}/{}", package.name, package.version),
            base_url: self.base_url(),
            base_url_location: first.map(|s| s.location.clone()).unwrap_or_default(),
            servers: self.api.servers.iter().map(|s| s.url.clone()).collect(),
            base_url_variable: match &client.base_url_variable {
                Some(variable) => variable.clone(),
                None => format!("{prefix}_BASE_URL"),
            },
            credentials_required: !alternatives.is_empty() && self.all_secured(),
            alternatives,
            envelope: self.policy.envelope.as_ref().map(|envelope| Envelope {
                success: envelope.success.clone(),
                data: envelope.data.get_ref().clone(),
                errors: envelope.errors.clone(),
                messages: envelope.messages.clone(),
            }),
            request_id_headers: if client.request_id_headers.is_empty() {
                vec!["x-request-id".to_owned()]
            } else {
                client.request_id_headers.clone()
            },
            retry_count_header: self.retry_count_header(),
            sensitive: self.sensitive_names(),
        };
        (service, constructors)
    }

    fn retry_count_header(&mut self) -> String {
        let Some(name) = &self.policy.client.retry_count_header else {
            return String::new();
        };
        if !is_header_name(name.get_ref()) {
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
        let url = &server.url;
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

    fn stated_credentials(&mut self) -> (Vec<Alternative>, Vec<Constructor>) {
        let policy = self.policy;
        let mut alternatives = Vec::new();
        let mut constructors = Vec::new();
        let mut names = HashSet::new();
        for (name, credentials) in &policy.client.credentials {
            self.check_constructor(name, !names.insert(snake(name.get_ref())));
            let name = name.get_ref();
            let mut schemes = Vec::new();
            for scheme in &credentials.schemes {
                let variable = scheme.variable.clone().unwrap_or_default();
                match self.scheme(scheme.scheme.get_ref(), variable) {
                    Some(scheme) => schemes.push(scheme),
                    None => {
                        let message = format!(
                            "there is no usable security scheme `{}`",
                            scheme.scheme.get_ref()
                        );
                        let help = "name one of components/securitySchemes";
                        let span = scheme.scheme.span();
                        self.policy_error(policy::UNUSED, &message, span, help);
                    }
                }
            }
            let arguments = credentials.schemes.iter().map(|s| s.argument.as_str());
            constructors.push(self.constructor(name, arguments, &schemes, alternatives.len()));
            alternatives.push(Alternative { schemes });
        }
        (alternatives, constructors)
    }

    fn check_constructor(&mut self, name: &Spanned<String>, is_second: bool) {
        let method = snake(name.get_ref());
        let taken = is_second || CREDENTIALS_FUNCTIONS.contains(&method.as_str());
        if taken || method.trim_start_matches("r#") != name.get_ref() {
            let message = format!("`{}` cannot be the name of a constructor", name.get_ref());
            let help = if taken {
                "the name is taken; choose another"
            } else {
                "write it in snake_case"
            };
            self.policy_error(policy::INVALID, &message, name.span(), help);
        }
    }

    /// One alternative for each that an operation names, in the order of the document.
    fn inferred_credentials(&mut self, package: &Package) -> (Vec<Alternative>, Vec<Constructor>) {
        let mut lists: Vec<Vec<String>> = Vec::new();
        for operation in &self.api.operations {
            for names in &operation.security.alternatives {
                if !names.is_empty() && !lists.contains(names) {
                    lists.push(names.clone());
                }
            }
        }
        let prefix = package.name.to_shouty_snake_case();
        let mut scope = Scope::reserving(CREDENTIALS_FUNCTIONS);
        let (mut alternatives, mut constructors) = (Vec::new(), Vec::new());
        for names in lists {
            let variable = |name: &String| format!("{prefix}_{}", name.to_shouty_snake_case());
            let schemes: Option<Vec<Scheme>> = names
                .iter()
                .map(|name| self.scheme(name, variable(name)))
                .collect();
            let Some(schemes) = schemes else { continue };
            let name = scope.claim(snake(&names.join("_and_")));
            let arguments: Vec<&str> = schemes.iter().map(argument).collect();
            constructors.push(self.constructor(
                &name,
                arguments.into_iter(),
                &schemes,
                alternatives.len(),
            ));
            alternatives.push(Alternative { schemes });
        }
        (alternatives, constructors)
    }

    fn constructor<'n>(
        &self,
        name: &str,
        arguments: impl Iterator<Item = &'n str>,
        schemes: &[Scheme],
        alternative: usize,
    ) -> Constructor {
        let mut scope = Scope::default();
        let known = |scheme: &Scheme| {
            let mut known = self.api.security_schemes.iter();
            known.find(|s| s.name == scheme.name)
        };
        let described = schemes.iter().filter_map(|scheme| {
            let known = known(scheme)?;
            (!known.description.is_empty()).then(|| self.clean(&known.description))
        });
        let mut paragraphs: Vec<String> = described.collect();
        if paragraphs.is_empty() {
            let names: Vec<String> = schemes.iter().map(|s| docs::code(&s.name)).collect();
            paragraphs.push(format!("Authenticates by {}.", names.join(" and ")));
        }
        Constructor {
            name: snake(name),
            docs: paragraphs.join("\n\n"),
            alternative,
            arguments: arguments.map(|name| scope.claim(snake(name))).collect(),
            location: schemes.first().and_then(known).map(|s| s.location.clone()),
        }
    }

    fn scheme(&mut self, name: &str, variable: String) -> Option<Scheme> {
        let scheme = self.api.security_schemes.iter().find(|s| s.name == name)?;
        let placement = match &scheme.kind {
            SecurityKind::Bearer | SecurityKind::OAuth => Placement::Bearer,
            SecurityKind::Basic => Placement::Basic,
            SecurityKind::ApiKey { place, name } => match place {
                Place::Query => Placement::Query(name.clone()),
                Place::Cookie => Placement::Cookie(name.clone()),
                _ => Placement::Header(name.clone()),
            },
            SecurityKind::Other(kind) => {
                let message = format!("the HTTP authentication scheme `{kind}` is not supported");
                let help = "clients cannot authenticate by it; bearer and basic are supported";
                let at = scheme.location.clone();
                self.report(Diagnostic::warning(UNSUPPORTED, message).help(help), &at);
                return None;
            }
        };
        Some(Scheme {
            name: name.to_owned(),
            placement,
            variable,
        })
    }

    fn all_secured(&self) -> bool {
        let secured = |security: &Security| {
            !security.alternatives.is_empty() && security.alternatives.iter().all(|a| !a.is_empty())
        };
        self.operations
            .iter()
            .all(|(index, _)| secured(&self.operation(*index).security))
    }

    /// Whether the value must not be seen.
    pub(super) fn is_sensitive(&self, id: TypeId) -> bool {
        self.chain(id).any(|ty| {
            let password = |format: &StringFormat| {
                matches!(format, StringFormat::Other(name) if name == "password")
            };
            ty.sensitive || matches!(&ty.shape, Shape::String(format) if password(format))
        })
    }

    fn sensitive_names(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for ty in &self.api.types {
            if let Shape::Object(object) = &ty.shape {
                let hidden = object.properties.iter().filter(|p| self.is_sensitive(p.ty));
                names.extend(hidden.map(|p| p.name.clone()));
            }
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
fn is_header_name(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_allowed)
}

/// What a constructor's argument is called where the policy does not say.
fn argument(scheme: &Scheme) -> &str {
    match scheme.placement {
        // Two secrets in one, as they are sent: `user:password` (RFC 7617).
        Placement::Basic => "user_colon_password",
        _ => &scheme.name,
    }
}
