//! The secrets of one way to authenticate, and how they are put into a request.

use std::fmt;
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap};
use secrecy::{ExposeSecret, SecretString};

use super::encode;
use super::error::ConfigurationError;
use super::headers::{header, secret_value};
use super::service::{Alternative, Placement, Scheme};
use super::spellings;

/// What a client authenticates with.
///
/// The secrets are never shown: `Debug` names the schemes only, and memory is cleared on drop.
#[derive(Clone)]
pub struct Credentials {
    alternative: &'static Alternative,
    secrets: Arc<[SecretString]>,
}

/// What the credentials add to a request.
#[derive(Default)]
pub(super) struct Proof {
    pub(super) headers: HeaderMap,
    pub(super) query: Vec<(&'static str, SecretString)>,
    pub(super) cookies: Vec<(&'static str, SecretString)>,
}

impl Credentials {
    /// The secrets of all schemes of one alternative, in its order.
    #[doc(hidden)]
    pub fn from_secrets(
        alternative: &'static Alternative,
        secrets: impl IntoIterator<Item = SecretString>,
    ) -> Self {
        Self {
            alternative,
            secrets: secrets.into_iter().collect(),
        }
    }

    /// What to add to a request.
    pub(super) fn proof(&self) -> Result<Proof, ConfigurationError> {
        if self.secrets.len() != self.alternative.schemes.len() {
            return Err(ConfigurationError::new(
                "the credentials don't have one secret per scheme",
            ));
        }
        let mut proof = Proof::default();
        for (scheme, secret) in self.schemes() {
            proof.add(scheme, secret).ok_or_else(|| {
                ConfigurationError::new(format!("the secret for `{}` can't be sent", scheme.name))
            })?;
        }
        Ok(proof)
    }

    /// Each secret in every spelling in which it may come back.
    pub(super) fn spellings(&self) -> Vec<String> {
        self.schemes()
            .flat_map(|(scheme, secret)| spellings::of_secret(scheme.placement, secret))
            .collect()
    }

    fn schemes(&self) -> impl Iterator<Item = (&'static Scheme, &str)> {
        let secrets = self.secrets.iter().map(ExposeSecret::expose_secret);
        self.alternative.schemes.iter().zip(secrets)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.alternative.schemes.iter().map(|scheme| scheme.name);
        formatter.write_str("Credentials")?;
        formatter.debug_list().entries(names).finish()
    }
}

impl Proof {
    fn add(&mut self, scheme: &Scheme, secret: &str) -> Option<()> {
        if secret.is_empty() {
            return None;
        }
        match scheme.placement {
            Placement::Bearer => self.authorize(&format!("Bearer {secret}"))?,
            Placement::Basic => {
                self.authorize(&format!("Basic {}", encode::base64(secret.as_bytes())))?;
            }
            Placement::Header(name) => {
                let (name, value) = header(name, secret)?;
                self.headers.append(name, value);
            }
            Placement::Query(name) => self.query.push((name, secret.into())),
            Placement::Cookie(name) => self.cookies.push((name, secret.into())),
        }
        Some(())
    }

    fn authorize(&mut self, value: &str) -> Option<()> {
        self.headers.append(AUTHORIZATION, secret_value(value)?);
        Some(())
    }
}
