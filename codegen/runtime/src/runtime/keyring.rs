//! All secrets that a client holds, and which of them a call gets.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::credentials::Credentials;
use super::error::ConfigurationError;
use super::proof::Proof;
use super::service::{Scheme, Security};
use super::spellings;

/// The secrets of a client, at most one for each scheme.
#[derive(Clone, Default)]
pub(super) struct Keyring(Vec<Held>);

#[derive(Clone)]
struct Held {
    scheme: &'static Scheme,
    secret: SecretString,
    // Whether a caller gave it, and not the environment.
    given: bool,
}

impl Keyring {
    /// Takes what a caller gives, in place of what was there for the same schemes.
    pub(super) fn give(&mut self, credentials: &Credentials) -> Result<(), &'static str> {
        if credentials.secrets.len() != credentials.schemes.len() {
            return Err("the credentials don't have one secret per scheme");
        }
        for (scheme, secret) in credentials.schemes.iter().zip(&*credentials.secrets) {
            self.0.retain(|held| held.scheme.name != scheme.name);
            self.0.push(Held {
                scheme,
                secret: secret.clone(),
                given: true,
            });
        }
        Ok(())
    }

    /// Takes what the environment has of all schemes that nothing is there for yet.
    pub(super) fn look_up(&mut self, schemes: Security, lookup: impl Fn(&str) -> Option<String>) {
        for scheme in schemes.iter().copied().flatten() {
            if let (None, Some(secret)) = (self.held(scheme), lookup(scheme.variable)) {
                self.0.push(Held {
                    scheme,
                    secret: secret.into(),
                    given: false,
                });
            }
        }
    }

    /// Whether one of the alternatives is complete.
    pub(super) fn completes(&self, alternatives: Security) -> bool {
        let has = |scheme: &&'static Scheme| self.held(scheme).is_some();
        alternatives.iter().any(|schemes| schemes.iter().all(has))
    }

    /// What proves all that it holds, to check it.
    pub(super) fn check(&self) -> Result<(), ConfigurationError> {
        let mut proof = Proof::default();
        self.0.iter().try_for_each(|held| held.prove(&mut proof))
    }

    /// What a call gets: the first alternative that is complete, with those that callers gave
    /// before those of the environment. `by_hand` says which secrets the call has by itself. None if
    /// no alternative is complete.
    pub(super) fn proof(
        &self,
        security: Security,
        by_hand: impl Fn(&Scheme) -> bool,
    ) -> Result<Option<Proof>, ConfigurationError> {
        let complete = |given: bool| {
            let has = |scheme: &&'static Scheme| {
                let held = self.held(scheme);
                by_hand(scheme) || held.is_some_and(|held| held.given || !given)
            };
            let mut alternatives = security.iter().filter(|schemes| !schemes.is_empty());
            alternatives.find(|schemes| schemes.iter().all(has))
        };
        let Some(schemes) = complete(true).or_else(|| complete(false)) else {
            let open = security.is_empty() || security.iter().any(|schemes| schemes.is_empty());
            return Ok(open.then(Proof::default));
        };
        let mut proof = Proof::default();
        for held in schemes.iter().filter_map(|scheme| self.held(scheme)) {
            held.prove(&mut proof)?;
        }
        Ok(Some(proof))
    }

    /// Each secret in every spelling in which it may come back.
    pub(super) fn spellings(&self) -> Vec<String> {
        let spellings =
            |held: &Held| spellings::of_secret(held.scheme.placement, held.secret.expose_secret());
        self.0.iter().flat_map(spellings).collect()
    }

    fn held(&self, scheme: &Scheme) -> Option<&Held> {
        self.0.iter().find(|held| held.scheme.name == scheme.name)
    }
}

impl Held {
    fn prove(&self, proof: &mut Proof) -> Result<(), ConfigurationError> {
        let proved = proof.add(self.scheme, self.secret.expose_secret());
        proved.ok_or_else(|| {
            let name = self.scheme.name;
            ConfigurationError::new(format!("the secret for `{name}` can't be sent"))
        })
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|held| held.scheme.name);
        formatter.debug_list().entries(names).finish()
    }
}
