//! What a client is built from, checked once.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::allowance::{Allowance, TOKENS};
use super::attempt::{Attempt, Observer};
use super::client::{Around, Client, Shared};
use super::cookies;
use super::credentials::Credentials;
use super::error::{self, ConfigurationError, Error};
use super::headers::header;
use super::keyring::Keyring;
use super::mask::Mask;
use super::query::Query;
use super::rate_limit::Gate;
use super::retry::Policy;
use super::server::{self, Address, Origin};
use super::service::{Placement, Scheme, Service};
use super::transport::{self, Transport};

/// Collects what a [`Client`] is built from.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    service: &'static Service,
    keyring: Keyring,
    // Why credentials can't be used.
    rejected: Option<&'static str>,
    base_url: Option<String>,
    servers: &'static [Address],
    operation_servers: &'static [Address],
    // Which of them was chosen.
    server: usize,
    server_variables: Vec<(String, String)>,
    timeout: Duration,
    policy: Policy,
    max_response_bytes: u64,
    strict: bool,
    headers: Vec<(String, String)>,
    query: Query,
    transport: Option<Transport>,
    retry_allowance: u32,
    waits_for_limits: bool,
    observer: Option<Observer>,
}

impl ClientBuilder {
    /// A builder for one service, with its defaults.
    #[doc(hidden)]
    pub fn for_service(service: &'static Service) -> Self {
        Self {
            service,
            keyring: Keyring::default(),
            rejected: None,
            base_url: None,
            servers: &[],
            operation_servers: &[],
            server: 0,
            server_variables: Vec::new(),
            timeout: Duration::from_secs(60),
            policy: Policy::default(),
            max_response_bytes: 64 * 1024 * 1024,
            strict: false,
            headers: Vec::new(),
            query: Query::default(),
            transport: None,
            retry_allowance: TOKENS,
            waits_for_limits: false,
            observer: None,
        }
    }

    /// The servers of the API, the one that is called first.
    #[doc(hidden)]
    pub fn servers(mut self, servers: &'static [Address]) -> Self {
        self.servers = servers;
        self
    }

    /// The servers of single operations, as far as they have variables.
    #[doc(hidden)]
    pub fn operation_servers(mut self, servers: &'static [Address]) -> Self {
        self.operation_servers = servers;
        self
    }

    /// Chooses another of the servers.
    #[doc(hidden)]
    pub fn choose_server(mut self, index: usize) -> Self {
        self.server = index;
        self
    }

    /// Sets a variable of the servers.
    #[doc(hidden)]
    pub fn set_server_variable(mut self, name: String, value: String) -> Self {
        self.server_variables.push((name, value));
        self
    }

    /// Takes base URL and credentials from the environment: of each security scheme whose variable is
    /// set, unless credentials for it are given. What is given comes before what is found here, where
    /// a call takes either.
    ///
    /// # Errors
    ///
    /// If the service needs credentials and the variables of no way to authenticate are all set.
    pub fn from_env(self) -> Result<Self, Error> {
        self.with_variables(|name| std::env::var(name).ok())
    }

    fn with_variables(mut self, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let lookup =
            |name: &str| lookup(name).filter(|value| !name.is_empty() && !value.is_empty());
        if self.base_url.is_none() {
            self.base_url = lookup(self.service.base_url_variable);
        }
        self.keyring.look_up(self.service.alternatives, lookup);
        self.require_credentials()?;
        Ok(self)
    }

    /// Adds what the client authenticates with. Called several times, the client holds several
    /// credentials, the last ones for each security scheme.
    ///
    /// A call gets those that it takes, and no others: of the ways to authenticate that the API lists
    /// for it, in their order, the first that is complete. A call that needs credentials which
    /// the client does not have fails with [`Error::Configuration`], and nothing is sent.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.rejected = self.rejected.or(self.keyring.give(&credentials).err());
        self
    }

    /// Sets the server: an `http` or `https` URL without query, fragment and user.
    ///
    /// All calls go there, also those of operations that have a server of their own. Such a server counts only where its
    /// URL is relative: then it is resolved against this one (RFC 3986, section 5.2), of which stays what is before the path
    /// of the API's own server, as of a proxy, or else the host.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Limits how long one attempt of a call may take; 60 seconds unless set.
    ///
    /// Of a file, which is a success that is neither JSON nor text, and of what is read while it
    /// arrives, that is the time until its body begins. Then it is the time for which the service
    /// may be silent, and neither this nor the retry budget is a limit on the whole; a body that falls
    /// silent is not asked for again.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits how often a failed call is tried again; 2 unless set.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.policy.max_retries = max_retries;
        self
    }

    /// Limits how long one call may take with all of its attempts and waits; 5 minutes unless set.
    pub fn retry_budget(mut self, budget: Duration) -> Self {
        self.policy.budget = budget;
        self
    }

    /// Sets the wait before the first retry, which doubles with each one up to `max`; half a
    /// second and 8 seconds unless set.
    ///
    /// Up to a quarter of each wait is left to chance. Where the service says how long to wait (in
    /// `retry-after-ms`, or `Retry-After` as in RFC 9110, section 10.2.3), that counts instead. If
    /// it asks for more than a minute, or for more than the budget has left, the call fails at once
    /// with the error at hand, whose `retry_after` is the time that was asked for.
    pub fn retry_backoff(mut self, initial: Duration, max: Duration) -> Self {
        self.policy.initial_wait = initial;
        self.policy.longest_wait = max;
        self
    }

    /// Tries again at once, whatever the service says.
    #[cfg(feature = "testing")]
    pub(super) fn without_waits(mut self) -> Self {
        self.policy.waits = false;
        self
    }

    /// Limits the length of a response's body after decompression; 64 MiB unless set.
    pub fn max_response_bytes(mut self, max_response_bytes: u64) -> Self {
        self.max_response_bytes = max_response_bytes;
        self
    }

    /// Rejects responses that are not what the API's description states.
    ///
    /// Unless this is set they are read by what they mean, as far as they mean something; see
    /// [`Response::deviations`](super::Response::deviations).
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Adds a header to every call; it is not sent to another origin that a redirect leads to.
    ///
    /// One that a security scheme of the API has stands for its credentials: a call that carries it
    /// needs no others.
    ///
    /// `authorization`, `proxy-authorization`, `cookie` and headers whose names speak of a key, a
    /// token, a secret, a password or a session are taken for credentials: errors don't show their
    /// values where a response repeats them.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a query parameter to every call that does not set it otherwise; it is not sent to another
    /// origin that a redirect or a page leads to.
    ///
    /// One that a security scheme of the API has stands for its credentials: a call that carries it
    /// needs no others. Errors do not show queries.
    pub fn default_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.set(&name.into(), &value.into());
        self
    }

    /// Sends requests through this client instead of one of its own.
    ///
    /// Build it with `redirect::Policy::none()`: redirects are followed by the SDK, which takes
    /// care that no credential reaches another origin. A client that follows them by itself can't
    /// be kept from sending custom authentication headers along; a call that it leads to another
    /// origin fails with [`Error::Configuration`]. Its own default headers and timeouts hold for
    /// every request that it makes.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.transport = Some(Transport::Client(http));
        self
    }

    /// Sends requests through this service in place of an HTTP client: one of a test that needs no
    /// socket, one that records and replays, or `tower` layers around another client.
    ///
    /// It gets each attempt whole, credentials included, and is cloned for it. It has to give back
    /// what the server said: redirects, retries and timeouts are made here, and an error of the
    /// service is [`Error::Connect`], which may be tried again.
    #[cfg(not(target_family = "wasm"))]
    pub fn service<S, B>(mut self, service: S) -> Self
    where
        S: tower_service::Service<http::Request<reqwest::Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        S::Future: Send,
        B: http_body::Body<Data = bytes::Bytes> + Send + Sync + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.transport = Some(Transport::of_service(service));
        self
    }

    /// Calls the observer with each attempt when it is over, for metrics.
    pub fn on_attempt(mut self, observer: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Limits how many retries all calls of the client make together, so that they do not multiply
    /// an outage; 500 tokens unless set.
    ///
    /// A retry takes 5 of them, after a timeout 10, and is not made where fewer are left. A success
    /// gives back what its last retry took, or 1.
    pub fn retry_allowance(mut self, tokens: u32) -> Self {
        self.retry_allowance = tokens;
        self
    }

    /// Holds requests back while a response has said that none is left, as far as the budget of a
    /// call allows: `X-RateLimit-Remaining` and `X-RateLimit-Reset`, `RateLimit-Remaining` and
    /// `RateLimit-Reset`, or `RateLimit` with `r` and `t`.
    pub fn wait_for_rate_limits(mut self) -> Self {
        self.waits_for_limits = true;
        self
    }

    /// Checks everything and makes the client.
    ///
    /// # Errors
    ///
    /// If the base URL, a default header or the credentials can't be used, or if credentials are
    /// needed and missing.
    pub fn build(mut self) -> Result<Client, Error> {
        self.rejected
            .map_or(Ok(()), |reason| Err(ConfigurationError::new(reason)))?;
        self.require_credentials()?;
        let chosen = self.servers.get(self.server);
        server::check_variables(chosen, self.operation_servers, &self.server_variables)?;
        let origin = Origin::new(
            self.servers,
            self.server,
            self.base_url.as_deref(),
            &self.server_variables,
            self.service,
        )?;
        let url = Url::parse(origin.base());
        let url = url.map_err(|error| ConfigurationError::new(format!("the base URL: {error}")))?;
        let transport = self.transport.map_or_else(http_client, Ok)?;
        self.keyring
            .settle(self.service, origin.base(), &transport)?;
        Ok(Client::from_shared(Shared {
            service: self.service,
            base_url_is_given: self.base_url.is_some(),
            server_variables: self.server_variables,
            headers: Arc::new(headers(&self.headers, self.service)?),
            mask: Mask::new(self.service, &self.keyring),
            keyring: self.keyring,
            timeout: self.timeout,
            policy: self.policy,
            max_response_bytes: self.max_response_bytes,
            strict: self.strict,
            around: Around {
                query: self.query,
                host: error::host(Some(&url)),
                url,
                // No name is none that can be sent.
                retry_count: self.service.retry_count_header.parse().ok(),
                allowance: Allowance::new(self.retry_allowance),
                gate: self.waits_for_limits.then(Gate::default),
                observer: self.observer,
            },
            transport,
            origin,
        }))
    }

    fn require_credentials(&self) -> Result<(), ConfigurationError> {
        let service = self.service;
        let complete = self.keyring.completes(service.alternatives);
        if !service.credentials_required || complete || self.authenticates_by_hand() {
            return Ok(());
        }
        let variables = service
            .alternatives
            .iter()
            .filter_map(|schemes| variables(schemes));
        let variables = variables.collect::<Vec<_>>().join(", or ");
        Err(ConfigurationError::new(match variables.as_str() {
            "" => "there are no credentials: call `credentials`".to_owned(),
            variables => {
                format!("there are no credentials: set {variables}, or call `credentials`")
            }
        }))
    }

    /// Whether a header or a query parameter of every call is one that a security scheme has.
    fn authenticates_by_hand(&self) -> bool {
        let given = |name: &str| {
            let mut names = self.headers.iter().map(|(given, _)| given);
            names.any(|given| given.eq_ignore_ascii_case(name))
        };
        let is_given = |scheme: &Scheme| match scheme.placement {
            Placement::Query(name) => self.query.names().any(|given| given == name),
            Placement::Cookie(name) => {
                let headers = self.headers.iter();
                let mut cookies = headers.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
                cookies.any(|(_, written)| cookies::is_in(written, name))
            }
            Placement::Header(name) => given(name),
            _ => given(AUTHORIZATION.as_str()),
        };
        let mut schemes = self.service.alternatives.iter().copied().flatten();
        schemes.any(|scheme| is_given(scheme))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("credentials", &self.keyring)
            .finish_non_exhaustive()
    }
}

fn http_client() -> Result<Transport, ConfigurationError> {
    let client = transport::client().map(Transport::Client);
    client.map_err(|error| ConfigurationError::new(format!("there is no HTTP client: {error}")))
}

/// The variables of an alternative, as in `EMAIL and KEY`, if it can be given by variables.
fn variables(schemes: &[&Scheme]) -> Option<String> {
    let names: Vec<&str> = schemes.iter().map(|scheme| scheme.variable).collect();
    (!names.is_empty() && !names.contains(&"")).then(|| names.join(" and "))
}

/// What every request carries, unless the caller says otherwise.
fn headers(given: &[(String, String)], service: &Service) -> Result<HeaderMap, ConfigurationError> {
    let common = [("user-agent", service.user_agent)];
    let given = given
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let mut headers = HeaderMap::new();
    for (name, value) in common.into_iter().chain(given) {
        let (name, value) = header(name, value).ok_or_else(|| {
            ConfigurationError::new(format!("the default header `{name}` can't be sent"))
        })?;
        headers.insert(name, value);
    }
    Ok(headers)
}
