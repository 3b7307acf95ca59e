//! What the credentials add to a request.

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::SecretString;

use super::encode;
use super::error::ConfigurationError;
use super::headers::{header, secret_value};
use super::service::{Placement, Scheme};

/// What the credentials add to a request.
#[derive(Clone, Default)]
pub(super) struct Proof {
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) query: Vec<(&'static str, SecretString)>,
    pub(super) cookies: Vec<(&'static str, SecretString)>,
}

/// That of no credentials.
pub(super) static NONE: Proof = Proof {
    headers: Vec::new(),
    query: Vec::new(),
    cookies: Vec::new(),
};

impl Proof {
    /// Adds the secret of a scheme.
    pub(super) fn add(&mut self, scheme: &Scheme, secret: &str) -> Result<(), ConfigurationError> {
        let name = scheme.name;
        if matches!(scheme.placement, Placement::Basic) && !secret.contains(':') {
            return Err(ConfigurationError::new(format!(
                "the secret for `{name}` has no colon: it is `user:password`, or `key:` of a key alone"
            )));
        }
        self.place(scheme.placement, secret).ok_or_else(|| {
            ConfigurationError::new(format!("the secret for `{name}` can't be sent"))
        })
    }

    /// Adds what another one adds.
    pub(super) fn extend(&mut self, other: &Self) {
        self.headers.extend_from_slice(&other.headers);
        self.query.extend_from_slice(&other.query);
        self.cookies.extend_from_slice(&other.cookies);
    }

    fn place(&mut self, placement: Placement, secret: &str) -> Option<()> {
        let secret = bare(placement, secret);
        if secret.is_empty() {
            return None;
        }
        match placement {
            Placement::Bearer | Placement::OAuth2 { .. } => {
                self.authorize(&format!("Bearer {secret}"))?
            }
            Placement::Basic => {
                self.authorize(&format!("Basic {}", encode::base64(secret.as_bytes())))?;
            }
            Placement::BasicKey => {
                let pair = key_alone(secret);
                self.authorize(&format!("Basic {}", encode::base64(pair.as_bytes())))?;
            }
            Placement::Authorization(name) => self.authorize(&format!("{name} {secret}"))?,
            Placement::Header(name) => {
                self.headers.push(header(name, secret)?);
            }
            Placement::Query(name) => self.query.push((name, secret.into())),
            Placement::Cookie(name) => self.cookies.push((name, secret.into())),
        }
        Some(())
    }

    fn authorize(&mut self, value: &str) -> Option<()> {
        self.headers.push((AUTHORIZATION, secret_value(value)?));
        Some(())
    }
}

/// The user and the password that a key is: itself, and none.
pub(super) fn key_alone(secret: &str) -> String {
    let end = if secret.contains(':') { "" } else { ":" };
    format!("{secret}{end}")
}

/// The secret itself, where it was given with the name of its scheme before it, as in `Bearer abc`.
pub(super) fn bare(placement: Placement, secret: &str) -> &str {
    let name = match placement {
        Placement::Bearer | Placement::OAuth2 { .. } => "Bearer",
        Placement::Authorization(name) => name,
        _ => return secret,
    };
    match secret.trim_start().split_once(' ') {
        Some((before, rest)) if before.eq_ignore_ascii_case(name) => rest.trim(),
        _ => secret,
    }
}
