//! What one call gets of its client's secrets.

use std::borrow::Cow;
use std::sync::Arc;

use secrecy::ExposeSecret;

use super::error::{ConfigurationError, Error};
use super::proof::{self, Proof};
use super::renewal::{Failure, Renewal};
use super::service::Scheme;

/// The secrets that were chosen for a call.
#[derive(Default)]
pub(super) struct Chosen {
    /// What those prove that stay what they are.
    lasting: Option<Arc<Proof>>,
    pub(super) renewed: Vec<(&'static Scheme, Arc<Renewal>)>,
}

/// Which secrets a call was lent, and whether it was lent others in their place.
#[derive(Default)]
pub(super) struct Lending {
    numbers: Vec<u64>,
    renewed: bool,
}

/// Why a call can't be made.
pub(super) enum Unproved {
    Unavailable(&'static Scheme, Failure),
    Unsendable(ConfigurationError),
}

impl Chosen {
    /// Adds a secret that stays what it is. Most calls take one, of which nothing is copied then.
    pub(super) fn add(&mut self, proof: &Arc<Proof>) {
        match &mut self.lasting {
            Some(lasting) => Arc::make_mut(lasting).extend(proof),
            None => self.lasting = Some(Arc::clone(proof)),
        }
    }

    /// What is sent with an attempt.
    pub(super) async fn proof(&self, lending: &mut Lending) -> Result<Cow<'_, Proof>, Unproved> {
        let lasting = self.lasting.as_deref().unwrap_or(&proof::NONE);
        if self.renewed.is_empty() {
            return Ok(Cow::Borrowed(lasting));
        }
        let mut proof = lasting.clone();
        lending.numbers.clear();
        for (scheme, renewal) in &self.renewed {
            let lent = renewal.lend().await;
            let lent = lent.map_err(|failure| Unproved::Unavailable(scheme, failure))?;
            let sent = proof.add(scheme, lent.secret.expose_secret());
            sent.map_err(Unproved::Unsendable)?;
            lending.numbers.push(lent.number);
        }
        Ok(Cow::Owned(proof))
    }

    /// Drops what the call was lent if the service rejected it, and says whether it is worth another
    /// attempt with what comes in its place: once.
    pub(super) async fn renews(&self, lending: &mut Lending, error: &Error) -> bool {
        let unauthorized = matches!(error, Error::Api(error) if error.status() == 401);
        if !unauthorized || lending.numbers.is_empty() {
            return false;
        }
        for ((_, renewal), number) in self.renewed.iter().zip(&lending.numbers) {
            renewal.forget(*number).await;
        }
        !std::mem::replace(&mut lending.renewed, true)
    }
}
