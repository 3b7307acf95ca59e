//! Whether a webhook is from the service, and of now.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac::digest::{CtOutput, Output};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::delivery;
use super::error::WebhookError;
use super::signature::Signed;
use crate::runtime::{HeaderMap, clock};

/// How far from now a webhook may have been signed.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Tells webhooks of the service from those of others, by the secret that it signs them with.
///
/// `Debug` never shows a secret, and memory is cleared on drop.
#[derive(Clone)]
pub struct Verifier {
    keys: Vec<SecretSlice<u8>>,
    tolerance: Duration,
    now: Option<SystemTime>,
}

impl Verifier {
    /// By the secret that the service gives for the endpoint.
    ///
    /// # Errors
    ///
    /// [`WebhookError::Secret`] if it can't be one.
    pub fn new(secret: impl Into<SecretString>) -> Result<Self, WebhookError> {
        let none = Self {
            keys: Vec::new(),
            tolerance: TOLERANCE,
            now: None,
        };
        none.also(secret)
    }

    /// By another secret as well, while one takes the place of the other.
    ///
    /// # Errors
    ///
    /// [`WebhookError::Secret`] if it can't be one.
    pub fn also(mut self, secret: impl Into<SecretString>) -> Result<Self, WebhookError> {
        let key = super::SCHEME.key(secret.into().expose_secret());
        self.keys.push(key.ok_or(WebhookError::Secret)?.into());
        Ok(self)
    }

    /// How far from now a webhook may have been signed, where the service says when it was: five minutes, unless this says
    /// otherwise. What was recorded cannot be sent again later than that.
    pub fn tolerance(mut self, time: Duration) -> Self {
        self.tolerance = time;
        self
    }

    /// What time it is, in place of the clock: for tests.
    pub fn now(mut self, time: SystemTime) -> Self {
        self.now = Some(time);
        self
    }

    /// Whether the service has signed this body, just as it came, for now.
    ///
    /// # Errors
    ///
    /// What is wrong with the signature.
    pub fn check(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        let signed = super::SCHEME.signed(headers)?;
        if !self.keys.iter().any(|key| signed.is_right(key, body)) {
            return Err(WebhookError::Signature);
        }
        let now = self.now.unwrap_or_else(clock::now);
        match signed.timestamp.map(|timestamp| away(timestamp, now)) {
            Some(away) if away > self.tolerance => Err(WebhookError::Timestamp { away }),
            _ => Ok(()),
        }
    }

    /// Checks a webhook and reads its body as what it is known to be.
    ///
    /// # Errors
    ///
    /// What is wrong with the signature, or where the body can't be read.
    pub fn verify_as<T: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<T, WebhookError> {
        self.check(headers, body)?;
        delivery::payload(body, super::SENSITIVE)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verifier")
            .field("secrets", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

impl Signed {
    /// In a time that does not depend on how much of a signature is right.
    fn is_right(&self, key: &SecretSlice<u8>, body: &[u8]) -> bool {
        // A key may be of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.expose_secret()) else {
            return false;
        };
        mac.update(self.prefix.as_bytes());
        mac.update(body);
        let right = mac.finalize();
        let mut given = self.signatures.iter();
        given.any(|given| {
            let sized = given.len() == right.clone().into_bytes().len();
            sized && right == CtOutput::new(Output::<Hmac<Sha256>>::clone_from_slice(given))
        })
    }
}

fn away(timestamp: i64, now: SystemTime) -> Duration {
    let signed = Duration::from_secs(timestamp.unsigned_abs());
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    if timestamp < 0 { now + signed } else { now.abs_diff(signed) }
}
