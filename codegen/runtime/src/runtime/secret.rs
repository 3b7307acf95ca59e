//! What a client authenticates with: a text, or one that is fetched anew when it expires.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::oauth2::OAuth2;
use super::renewal::{Failure, Renewal};

/// A secret: a text that stays what it is, or one that is fetched when it is needed.
///
/// `Debug` never shows it, and memory is cleared on drop.
#[derive(Clone)]
pub struct Secret(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Text(SecretString),
    Renewed(Arc<Renewal>),
    // Until a client is built, which knows its HTTP client and its server.
    OAuth2(Box<OAuth2>),
    // Why it is none, which is said when a client is built.
    Unusable(&'static str),
}

/// A secret that was fetched, and for how long it can be used.
#[derive(Clone)]
pub struct AccessToken {
    pub(super) secret: SecretString,
    pub(super) expires_in: Option<Duration>,
}

impl Secret {
    /// A secret that `fetch` gets: when a call needs it first, when it is about to expire, and when
    /// the service responds to it with 401, after which the call is sent once more.
    ///
    /// It is kept until then, for all clients that are made of the same credentials. Of several calls
    /// that need a new one, one fetches it and the others wait, within the time that an attempt
    /// may take. An error of `fetch` fails the call, as [`Error::Credentials`](crate::runtime::Error::Credentials)
    /// with the error as its source, which must not show a secret. A call that `fetch` makes by the
    /// same client would wait for itself: use another.
    pub fn fetched_by<F, R, T, E>(fetch: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<AccessToken>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let fetch = move || {
            let fetched = fetch();
            async { fetched.await.map(Into::into).map_err(Failure::of_fetch) }
        };
        Self(Source::Renewed(Arc::new(Renewal::new(fetch))))
    }

    /// A user and a password, for a scheme that takes both as `user:password` (RFC 7617).
    ///
    /// A user's name with a colon is rejected when a client is built: nobody could tell where the
    /// password begins.
    pub fn basic(user: &str, password: &str) -> Self {
        if user.contains(':') {
            Self(Source::Unusable("the name of the user has a colon"))
        } else {
            Self(Source::Text(format!("{user}:{password}").into()))
        }
    }
}

impl AccessToken {
    /// A secret that can be used until the service rejects it.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            expires_in: None,
        }
    }

    /// States for how long it can be used, from when its fetching began. It is fetched anew half a
    /// minute before that, or when a tenth of the time is left, whichever is later.
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AccessToken")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

impl From<SecretString> for Secret {
    fn from(secret: SecretString) -> Self {
        Self(Source::Text(secret))
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(Source::Text(secret.into()))
    }
}

impl From<&str> for Secret {
    fn from(secret: &str) -> Self {
        Self(Source::Text(secret.into()))
    }
}

impl From<Box<str>> for Secret {
    fn from(secret: Box<str>) -> Self {
        Self(Source::Text(secret.into()))
    }
}

impl From<OAuth2> for Secret {
    fn from(grant: OAuth2) -> Self {
        Self(Source::OAuth2(Box::new(grant)))
    }
}

impl From<SecretString> for AccessToken {
    fn from(secret: SecretString) -> Self {
        Self::new(secret)
    }
}

impl From<String> for AccessToken {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl From<&str> for AccessToken {
    fn from(secret: &str) -> Self {
        Self::new(secret)
    }
}
