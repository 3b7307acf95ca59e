//! The secrets of one way to authenticate, and how they are put into a request.

use std::fmt;
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap};
use secrecy::{ExposeSecret, SecretString};

use super::encode;
use super::error::ConfigurationError;
use super::headers::{header, secret_value};
use super::service::{Alternative, Placement, Scheme};

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

    /// Each secret in every spelling in which it may come back, the longest first.
    pub(super) fn spellings(&self) -> Vec<SecretString> {
        let mut spellings: Vec<String> = self
            .schemes()
            .flat_map(|(scheme, secret)| spellings(scheme, secret))
            .collect();
        spellings.retain(|spelling| !spelling.is_empty());
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        spellings.into_iter().map(SecretString::from).collect()
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

fn spellings(scheme: &Scheme, secret: &str) -> Vec<String> {
    let mut spellings = in_each_encoding(secret);
    if let Placement::Basic = scheme.placement {
        spellings.push(encode::base64(secret.as_bytes()));
        let password = secret.split_once(':').map(|(_, password)| password);
        spellings.extend(password.into_iter().flat_map(in_each_encoding));
    }
    spellings
}

fn in_each_encoding(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let unquoted = json
        .get(1..json.len().saturating_sub(1))
        .unwrap_or_default()
        .to_owned();
    vec![
        secret.to_owned(),
        encode::component(secret),
        encode::cookie_value(secret),
        unquoted,
    ]
}
