//! Access tokens of OAuth 2.0: client credentials and refresh tokens (RFC 6749, sections 4.4 and 6).

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Method, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::encode;
use super::error::ConfigurationError;
use super::headers::secret_value;
use super::renewal::{Failure, REMEMBERED, Renewal};
use super::response_body;
use super::retry;
use super::secret::AccessToken;
use super::service::{Placement, Scheme, Service};
use super::transport::{Transport, Unsent};

/// How many bytes of a response of the token endpoint are read.
const LONGEST: u64 = 1024 * 1024;

/// How many characters of what the token endpoint says are shown.
const SHOWN: usize = 200;

/// A way to get access tokens: a grant of OAuth 2.0 (RFC 6749).
///
/// It stands where a token does, as in `Credentials::oauth(OAuth2::client_credentials(id, secret))`. Each
/// client fetches a token when a call needs one, keeps it until half a minute before it expires, and fetches
/// another where the API rejects it. `Debug` shows no secret, and neither does an error.
#[derive(Clone)]
#[must_use = "it does nothing until credentials are made of it"]
pub struct OAuth2 {
    grant: Grant,
    client_id: String,
    client_secret: Option<SecretString>,
    in_body: bool,
    token_url: Option<String>,
    scopes: Vec<String>,
    parameters: Vec<(String, SecretString)>,
    observer: Option<Observer>,
}

#[derive(Clone)]
enum Grant {
    ClientCredentials,
    RefreshToken(SecretString),
}

type Observer = Arc<dyn Fn(&SecretString) + Send + Sync>;

impl OAuth2 {
    /// The tokens of an application itself (section 4.4).
    pub fn client_credentials(
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        Self::new(Grant::ClientCredentials, client_id).client_secret(client_secret)
    }

    /// The tokens of a user who has authorized the application before (section 6). A token endpoint may
    /// exchange the refresh token for another; see [`on_new_refresh_token`](Self::on_new_refresh_token).
    pub fn refresh_token(
        client_id: impl Into<String>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        Self::new(Grant::RefreshToken(refresh_token.into()), client_id)
    }

    fn new(grant: Grant, client_id: impl Into<String>) -> Self {
        Self {
            grant,
            client_id: client_id.into(),
            client_secret: None,
            in_body: false,
            token_url: None,
            scopes: Vec::new(),
            parameters: Vec::new(),
            observer: None,
        }
    }

    /// Sets the secret of the application, which the endpoint knows it by (section 2.3.1).
    pub fn client_secret(mut self, client_secret: impl Into<SecretString>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Sends the application's identifier and secret in the body, and not by the header
    /// `authorization`: for endpoints that do not support the latter, as they should.
    pub fn secret_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Sets the token endpoint, in place of the one that the API's document states.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// Asks for these scopes; without any, the endpoint decides (section 3.3).
    pub fn scopes<I>(mut self, scopes: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Sends one more parameter to the token endpoint, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Says what to do with a refresh token that the endpoint gives in place of the one that it
    /// got, which may be of no more use: an application that goes on later has to keep it.
    pub fn on_new_refresh_token(
        mut self,
        observer: impl Fn(&SecretString) + Send + Sync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// What gets tokens by it for a client.
    pub(super) fn renewal(
        &self,
        scheme: &'static Scheme,
        service: &'static Service,
        base_url: &str,
        transport: &Transport,
    ) -> Result<Renewal, ConfigurationError> {
        let endpoint = Arc::new(Endpoint {
            url: self.endpoint(scheme, base_url)?,
            user_agent: service.user_agent,
            transport: transport.clone(),
            refresh_tokens: Mutex::new(match &self.grant {
                Grant::ClientCredentials => VecDeque::new(),
                Grant::RefreshToken(token) => VecDeque::from([token.clone()]),
            }),
            authorization: self.authorization(scheme)?,
            grant: self.clone(),
        });
        let of_fetch = Arc::clone(&endpoint);
        let renewal = Renewal::new(move || Arc::clone(&of_fetch).token());
        Ok(renewal.with_secrets(move || endpoint.secrets()))
    }

    /// The token endpoint: as it was set, or as the document has it, seen from the server.
    fn endpoint(&self, scheme: &Scheme, base_url: &str) -> Result<Url, ConfigurationError> {
        let stated = match (scheme.placement, &self.grant) {
            (Placement::OAuth2 { token_url, .. }, Grant::ClientCredentials) => token_url,
            (Placement::OAuth2 { refresh_url, .. }, Grant::RefreshToken(_)) => refresh_url,
            _ => "",
        };
        let text = self.token_url.as_deref().unwrap_or(stated);
        let name = scheme.name;
        if text.is_empty() {
            let reason =
                format!("there is no token endpoint for `{name}`: call `OAuth2::token_url`");
            return Err(ConfigurationError::new(reason));
        }
        let url = Url::parse(base_url).and_then(|base| base.join(text));
        let url = url
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        url.ok_or_else(|| {
            ConfigurationError::new(format!(
                "the token endpoint for `{name}` isn't a URL of HTTP"
            ))
        })
    }

    /// The header that says which application it is, if it has a secret (section 2.3.1: both parts
    /// are encoded as in a form before they are joined).
    fn authorization(&self, scheme: &Scheme) -> Result<Option<HeaderValue>, ConfigurationError> {
        let Some(secret) = self.client_secret.as_ref().filter(|_| !self.in_body) else {
            return Ok(None);
        };
        let (id, secret) = (
            form_encoded(&self.client_id),
            form_encoded(secret.expose_secret()),
        );
        let both = encode::base64(format!("{id}:{secret}").as_bytes());
        let value = secret_value(&format!("Basic {both}"));
        let error = || {
            let reason = format!("the client secret for `{}` can't be sent", scheme.name);
            ConfigurationError::new(reason)
        };
        value.ok_or_else(error).map(Some)
    }
}

/// A token endpoint, and what a client asks it.
struct Endpoint {
    grant: OAuth2,
    url: Url,
    authorization: Option<HeaderValue>,
    user_agent: &'static str,
    transport: Transport,
    // The last is the one that counts.
    refresh_tokens: Mutex<VecDeque<SecretString>>,
}

impl Endpoint {
    /// Asks for a token.
    async fn token(self: Arc<Self>) -> Result<AccessToken, Failure> {
        let sent = self.transport.send(self.request(), &self.url).await;
        let (response, same_origin) = sent.map_err(|unsent| self.unreachable(unsent))?;
        if !same_origin {
            return Err(self.failure("led to another origin", false));
        }
        let status = response.status();
        let retryable = retry::is_retryable(status, response.headers());
        let body = response_body::read(response, LONGEST, None).await;
        let body = body.map_err(|_| self.failure("did not respond whole", true))?;
        let body = serde_json::from_slice::<Map<String, Value>>(&body.bytes).ok();
        if !status.is_success() {
            return Err(self.rejected(status, retryable, body));
        }
        let body = body.ok_or_else(|| self.failure("responded with no JSON object", false))?;
        self.granted(&body)
    }

    fn request(&self) -> reqwest::Request {
        let mut request = reqwest::Request::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        if let Ok(name) = HeaderValue::from_str(self.user_agent) {
            headers.insert(USER_AGENT, name);
        }
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        *request.body_mut() = Some(self.form().into());
        request
    }

    fn form(&self) -> String {
        let grant = &self.grant;
        let refresh_token = self.refresh_token();
        let scope = grant.scopes.join(" ");
        let mut pairs = vec![match &refresh_token {
            None => ("grant_type", "client_credentials"),
            Some(_) => ("grant_type", "refresh_token"),
        }];
        pairs.extend(
            refresh_token
                .as_ref()
                .map(|token| ("refresh_token", token.expose_secret())),
        );
        pairs.extend((!scope.is_empty()).then_some(("scope", scope.as_str())));
        if self.authorization.is_none() {
            pairs.push(("client_id", &grant.client_id));
            let secret = grant.client_secret.as_ref();
            pairs.extend(secret.map(|secret| ("client_secret", secret.expose_secret())));
        }
        let more = grant.parameters.iter();
        pairs.extend(more.map(|(name, value)| (name.as_str(), value.expose_secret())));
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| format!("{}={}", form_encoded(name), form_encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The token of a response (section 5.1).
    fn granted(&self, body: &Map<String, Value>) -> Result<AccessToken, Failure> {
        let text = |name: &str| {
            body.get(name)
                .and_then(Value::as_str)
                .filter(|t| !t.is_empty())
        };
        let token = text("access_token");
        let token = token.ok_or_else(|| self.failure("responded without `access_token`", false))?;
        // Some write `BearerToken`.
        let bearer = |name: &str| name.to_lowercase().starts_with("bearer");
        if !text("token_type").is_none_or(bearer) {
            return Err(self.failure(
                "responded with a token of another type than `bearer`",
                false,
            ));
        }
        if let (Some(new), Some(_)) = (text("refresh_token"), self.refresh_token()) {
            self.exchange(new.into());
        }
        let token = AccessToken::new(token);
        Ok(match body.get("expires_in").and_then(seconds) {
            Some(time) => token.expires_in(time),
            None => token,
        })
    }

    /// Takes another refresh token from now on.
    fn exchange(&self, new: SecretString) {
        let old = self.refresh_token();
        if old.is_some_and(|old| old.expose_secret() == new.expose_secret()) {
            return;
        }
        let mut held = self
            .refresh_tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        held.push_back(new.clone());
        if held.len() > REMEMBERED {
            held.pop_front();
        }
        drop(held);
        if let Some(observer) = &self.grant.observer {
            observer(&new);
        }
    }

    /// An error of the endpoint (section 5.2).
    fn rejected(
        &self,
        status: StatusCode,
        retryable: bool,
        body: Option<Map<String, Value>>,
    ) -> Failure {
        let text = |name: &str| {
            let text = body.as_ref()?.get(name)?.as_str()?;
            let printable = text.chars().filter(|c| !c.is_control());
            Some(printable.take(SHOWN).collect::<String>())
        };
        let code = text("error").map(|code| format!(" `{code}`"));
        let description = text("error_description").map(|text| format!(": {text}"));
        let what = format!(
            "responded {}{}{}",
            status.as_u16(),
            code.unwrap_or_default(),
            description.unwrap_or_default()
        );
        self.failure(&what, retryable)
    }

    fn unreachable(&self, unsent: Unsent) -> Failure {
        let (source, retryable): (Arc<dyn std::error::Error + Send + Sync>, bool) = match unsent {
            Unsent::Client(error) => {
                let error = error.without_url();
                let retryable = !error.is_builder();
                (Arc::new(error), retryable)
            }
            Unsent::Service(cause) => (Arc::from(cause), true),
        };
        Failure {
            source: Some(source),
            ..self.failure("could not be reached", retryable)
        }
    }

    fn failure(&self, what: &str, retryable: bool) -> Failure {
        let mut url = self.url.clone();
        // What an application put there may be a secret.
        let cleared = url.set_username("").and_then(|()| url.set_password(None));
        url.set_query(None);
        url.set_fragment(None);
        let url = cleared.map_or("", |()| url.as_str());
        Failure::new(format!("the token endpoint {url} {what}"), retryable)
    }

    /// All that may not be shown, besides the tokens.
    fn secrets(&self) -> Vec<SecretString> {
        let grant = &self.grant;
        let parameters = grant.parameters.iter().map(|(_, value)| value.clone());
        let held = self
            .refresh_tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let held = held.iter().cloned().chain(grant.client_secret.clone());
        held.chain(parameters).collect()
    }

    fn refresh_token(&self) -> Option<SecretString> {
        let held = self
            .refresh_tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        held.back().cloned()
    }
}

/// Seconds as a number; some write it as text.
fn seconds(value: &Value) -> Option<Duration> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_f64()?,
    };
    Duration::try_from_secs_f64(number).ok()
}

/// As in a form (RFC 6749, appendix B).
fn form_encoded(text: &str) -> String {
    encode::component(text).replace("%20", "+")
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grant = match self.grant {
            Grant::ClientCredentials => "client_credentials",
            Grant::RefreshToken(_) => "refresh_token",
        };
        formatter
            .debug_struct("OAuth2")
            .field("grant", &grant)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
