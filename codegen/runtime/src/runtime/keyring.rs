//! All secrets that a client holds, and which of them a call gets.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::credentials::Credentials;
use super::error::ConfigurationError;
use super::lending::Chosen;
use super::proof::Proof;
use super::secret::{Secret, Source};
use super::service::{Scheme, Security, Service};
use super::spellings;
use super::transport::Transport;

/// The secrets of a client, at most one for each scheme.
#[derive(Clone, Default)]
pub(super) struct Keyring(Vec<Held>);

#[derive(Clone)]
struct Held {
    scheme: &'static Scheme,
    secret: Secret,
    // Whether a caller gave it, and not the environment.
    given: bool,
    // What it adds to each request, once the client is built; nothing of one that is fetched.
    proof: Arc<Proof>,
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
                proof: Arc::default(),
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
                    proof: Arc::default(),
                });
            }
        }
    }

    /// Whether one of the alternatives is complete.
    pub(super) fn completes(&self, alternatives: Security) -> bool {
        let has = |scheme: &&'static Scheme| self.held(scheme).is_some();
        alternatives.iter().any(|schemes| schemes.iter().all(has))
    }

    /// Checks what it holds, and makes ready what has to be fetched: now it is known where from.
    pub(super) fn settle(
        &mut self,
        service: &'static Service,
        base_url: &str,
        transport: &Transport,
    ) -> Result<(), ConfigurationError> {
        for held in &mut self.0 {
            match &held.secret.0 {
                Source::Text(secret) => {
                    let proof = Arc::make_mut(&mut held.proof);
                    proof.add(held.scheme, secret.expose_secret())?;
                }
                Source::Renewed(_) => {}
                Source::Unusable(reason) => {
                    let name = held.scheme.name;
                    let reason = format!("the secret for `{name}` can't be sent: {reason}");
                    return Err(ConfigurationError::new(reason));
                }
                Source::OAuth2(grant) => {
                    let renewal = grant.renewal(held.scheme, service, base_url, transport)?;
                    held.secret = Secret(Source::Renewed(Arc::new(renewal)));
                }
            }
        }
        Ok(())
    }

    /// What a call gets: the first alternative that is complete, with those that callers gave
    /// before those of the environment. `by_hand` says which secrets the call has by itself. None if
    /// no alternative is complete.
    pub(super) fn choose(
        &self,
        security: Security,
        by_hand: impl Fn(&Scheme) -> bool,
    ) -> Option<Chosen> {
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
            return open.then(Chosen::default);
        };
        let mut chosen = Chosen::default();
        for held in schemes.iter().filter_map(|scheme| self.held(scheme)) {
            match &held.secret.0 {
                Source::Text(_) => chosen.add(&held.proof),
                Source::Renewed(_) if by_hand(held.scheme) => {}
                Source::Renewed(renewal) => chosen.renewed.push((held.scheme, Arc::clone(renewal))),
                // A client was built, which has settled them.
                Source::OAuth2(_) | Source::Unusable(_) => {}
            }
        }
        Some(chosen)
    }

    /// Each secret that stays what it is, in every spelling in which it may come back.
    pub(super) fn spellings(&self) -> Vec<String> {
        let texts = self.0.iter().filter_map(|held| match &held.secret.0 {
            Source::Text(secret) => Some((held.scheme, secret.clone())),
            _ => None,
        });
        spellings(texts)
    }

    /// The same of what was fetched, so far.
    pub(super) fn fetched(&self) -> Vec<String> {
        let fetched = self.0.iter().flat_map(|held| match &held.secret.0 {
            Source::Renewed(renewal) => {
                let secrets = renewal.secrets().into_iter();
                secrets.map(|secret| (held.scheme, secret)).collect()
            }
            _ => Vec::new(),
        });
        spellings(fetched)
    }

    fn held(&self, scheme: &Scheme) -> Option<&Held> {
        self.0.iter().find(|held| held.scheme.name == scheme.name)
    }
}

fn spellings(secrets: impl Iterator<Item = (&'static Scheme, SecretString)>) -> Vec<String> {
    let of_secret = |(scheme, secret): (&Scheme, SecretString)| {
        spellings::of_secret(scheme.placement, secret.expose_secret())
    };
    secrets.flat_map(of_secret).collect()
}

impl fmt::Debug for Keyring {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|held| held.scheme.name);
        formatter.debug_list().entries(names).finish()
    }
}
