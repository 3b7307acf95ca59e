//! A secret that is fetched: kept until it expires or is rejected, and fetched by one call at a time.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::SecretString;

use super::clock::{self, Instant};
use super::error::Error;
use super::secret::AccessToken;
use super::transport::is_unreached;

/// How long before its end a secret is fetched anew, and the part of its time that this is at most.
const MARGIN: Duration = Duration::from_secs(30);
const LEAST_USE: u32 = 10;

/// How many secrets are remembered, so that errors don't show them: a service may repeat the last one
/// when it rejects it.
pub(super) const REMEMBERED: usize = 4;

type Fetching = Pin<Box<dyn Future<Output = Result<AccessToken, Failure>> + Send>>;

/// A secret with what fetches it.
pub(super) struct Renewal {
    fetch: Box<dyn Fn() -> Fetching + Send + Sync>,
    // Locked by the call that fetches, so that the others wait for it.
    state: tokio::sync::Mutex<State>,
    // How many fetches have ended.
    ended: AtomicU64,
    fetched: Mutex<VecDeque<SecretString>>,
    // What else may not be shown.
    secrets: Box<dyn Fn() -> Vec<SecretString> + Send + Sync>,
}

#[derive(Default)]
struct State {
    lent: Option<(Lent, Option<Instant>)>,
    failure: Option<Failure>,
}

/// The secret as a call gets it.
#[derive(Clone)]
pub(super) struct Lent {
    pub(super) secret: SecretString,
    // Which of those that were fetched it is.
    pub(super) number: u64,
}

/// Why there is no secret.
#[derive(Clone)]
pub(super) struct Failure {
    pub(super) reason: Arc<str>,
    pub(super) retryable: bool,
    pub(super) source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Renewal {
    pub(super) fn new<F, R>(fetch: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<AccessToken, Failure>> + Send + 'static,
    {
        Self {
            fetch: Box::new(move || Box::pin(fetch())),
            state: tokio::sync::Mutex::default(),
            ended: AtomicU64::new(0),
            fetched: Mutex::default(),
            secrets: Box::new(Vec::new),
        }
    }

    /// Says what else may not be shown besides the secrets that are fetched.
    pub(super) fn with_secrets(
        self,
        secrets: impl Fn() -> Vec<SecretString> + Send + Sync + 'static,
    ) -> Self {
        Self {
            secrets: Box::new(secrets),
            ..self
        }
    }

    /// The secret that there is, or a new one where there is none or it has expired.
    pub(super) async fn lend(&self) -> Result<Lent, Failure> {
        let ended = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(lent) = state.valid() {
            return Ok(lent.clone());
        }
        // A fetch that failed while this call waited would fail again.
        let failed = self.ended.load(Ordering::Acquire) > ended;
        if let Some(failure) = state.failure.as_ref().filter(|_| failed) {
            return Err(failure.clone());
        }
        let began = Instant::now();
        let fetched = (self.fetch)().await;
        let number = self.ended.fetch_add(1, Ordering::AcqRel);
        let token = match fetched {
            Ok(token) => token,
            Err(failure) => {
                state.failure = Some(failure.clone());
                return Err(failure);
            }
        };
        self.remember(&token.secret);
        let until = token.expires_in.map(|time| end(began, time));
        let lent = Lent {
            secret: token.secret,
            number,
        };
        *state = State {
            lent: Some((lent.clone(), until)),
            failure: None,
        };
        Ok(lent)
    }

    /// Drops a secret that the service rejected, unless there is another by now.
    pub(super) async fn forget(&self, number: u64) {
        let mut state = self.state.lock().await;
        let rejected = |(lent, _): &(Lent, _)| lent.number == number;
        if state.lent.as_ref().is_some_and(rejected) {
            state.lent = None;
        }
    }

    /// All that may not be shown: the last secrets that were fetched, and what they were fetched with.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let fetched = fetched.iter().cloned();
        fetched.chain((self.secrets)()).collect()
    }

    fn remember(&self, secret: &SecretString) {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.push_back(secret.clone());
        if fetched.len() > REMEMBERED {
            fetched.pop_front();
        }
    }
}

impl State {
    fn valid(&self) -> Option<&Lent> {
        let (lent, until) = self.lent.as_ref()?;
        until
            .is_none_or(|until| Instant::now() < until)
            .then_some(lent)
    }
}

/// Until when a secret is used that can be used for so long.
fn end(began: Instant, time: Duration) -> Instant {
    let used = time.saturating_sub(MARGIN.min(time / LEAST_USE));
    clock::after(began, used)
}

impl Failure {
    pub(super) fn new(reason: impl Into<Arc<str>>, retryable: bool) -> Self {
        Self {
            reason: reason.into(),
            retryable,
            source: None,
        }
    }

    /// An error of a caller's.
    pub(super) fn of_fetch(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let error = error.into();
        let of_call = error
            .downcast_ref::<Error>()
            .is_some_and(Error::is_retryable);
        let http = error.downcast_ref::<reqwest::Error>();
        let of_http = http.is_some_and(|error| error.is_timeout() || is_unreached(error));
        Self {
            reason: "it could not be fetched".into(),
            retryable: of_call || of_http,
            source: Some(error.into()),
        }
    }
}

impl fmt::Debug for Renewal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Renewal")
    }
}
