//! From a request to the call that is sent: what is checked, and what is decided by several of its parts.

use std::borrow::Cow;
use std::sync::Arc;

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};

use super::super::accept;
use super::super::body::Body;
use super::super::cookies;
use super::super::error::{self, ConfigurationError, Error, FailedCall, InvalidArgumentError};
use super::super::execute::Call;
use super::super::headers::header;
use super::super::lending::Chosen;
use super::super::redirect;
use super::super::retry;
use super::super::service::{Placement, Scheme, Security};
use super::IDEMPOTENCY_KEY;
use super::draft::{Draft, unserializable};

impl Draft {
    pub(super) fn has_to_be_measured(&self) -> bool {
        self.parts.sent || !self.fields.sent && self.body.is_some()
    }

    /// Looks for the files that the body is read from.
    pub(super) async fn measure(&mut self) {
        let measured = match &mut self.body {
            _ if self.parts.sent => self.parts.measure().await,
            _ if self.fields.sent => Ok(()),
            Some(body) => body.measure().await,
            None => Ok(()),
        };
        self.check(measured);
    }

    pub(super) fn into_call(mut self) -> Result<Box<Call>, Error> {
        let (url, chosen) = match self.prepare() {
            Ok(prepared) => prepared,
            Err(error) => return Err(error.of_call(self.failed())),
        };
        Ok(Box::new(Call {
            host: self.host(&url),
            url,
            chosen,
            target: self.target,
            accept: accept::header(accept::of_service(self.accept, self.client.service())),
            client: self.client,
            method: self.method,
            headers: self.headers,
            cookies: self.cookies,
            body: self.body,
            sensitive_body: self.sensitive_body,
            timeout: self.timeout,
            policy: self.policy,
            delivery: self.delivery,
            conditional: false,
        }))
    }

    /// The host that errors show, which is known unless the call has a server of its own.
    fn host(&self, url: &Url) -> Arc<str> {
        match (&self.base_url, &self.server, &self.followed) {
            (None, None, None) => Arc::clone(&self.client.around().host),
            _ => error::host(Some(url)),
        }
    }

    /// Checks the arguments and decides what depends on several of them.
    fn prepare(&mut self) -> Result<(Url, Chosen), Error> {
        if let Some(error) = self.rejected.take() {
            return Err(error.into());
        }
        if self.parts.sent {
            self.body = Some(std::mem::take(&mut self.parts).into_body()?);
        }
        let keyed = self.fields.are_keyed();
        if self.fields.sent {
            let body = std::mem::take(&mut self.fields).into_body();
            let body = body.map_err(|error| unserializable("body", &error))?;
            self.body = Some(body);
        }
        let has_key = || {
            let key = self.headers.get(IDEMPOTENCY_KEY);
            key.is_some_and(|key| !key.is_empty())
        };
        if !retry::is_idempotent(&self.method) && !keyed && !has_key() {
            self.policy.max_retries = 0;
        }
        let once = |body: &Body| !body.is_repeatable();
        if self.body.as_ref().is_some_and(once) {
            self.policy.max_retries = 0;
        }
        if let Some(media_type) = self.media_type() {
            let (name, value) = header(CONTENT_TYPE.as_str(), media_type)
                .ok_or_else(|| InvalidArgumentError::new("body", "its type can't be sent"))?;
            Arc::make_mut(&mut self.headers).insert(name, value);
        }
        if self.is_foreign() {
            self.headers = Arc::new(redirect::harmless(&self.headers));
            self.cookies.clear();
            self.body = None;
            return Ok((self.url()?, Chosen::default()));
        }
        Ok((self.url()?, self.chosen()?))
    }

    /// What the call gets of the client's credentials.
    fn chosen(&self) -> Result<Chosen, ConfigurationError> {
        let keyring = self.client.keyring();
        match keyring.choose(self.security, |scheme| self.is_by_hand(scheme)) {
            Some(chosen) => Ok(chosen),
            None if !self.secured || self.authenticates_by_hand() => Ok(Chosen::default()),
            None => Err(ConfigurationError::new(missing(self.security))),
        }
    }

    /// Whether the caller wrote the secret of a scheme of the API into the request.
    fn authenticates_by_hand(&self) -> bool {
        let mut schemes = self.client.service().alternatives.iter().copied().flatten();
        schemes.any(|scheme| self.is_by_hand(scheme))
    }

    fn is_foreign(&self) -> bool {
        let followed = self.followed.as_ref();
        followed.is_some_and(|followed| followed.is_foreign)
    }

    fn is_by_hand(&self, scheme: &Scheme) -> bool {
        match scheme.placement {
            Placement::Bearer
            | Placement::OAuth2 { .. }
            | Placement::Basic
            | Placement::BasicKey
            | Placement::Authorization(_) => self.headers.contains_key(AUTHORIZATION),
            Placement::Header(name) => self.headers.contains_key(name),
            Placement::Query(name) => {
                let mut given = self.query.names().chain(self.client.around().query.names());
                given.any(|given| given == name)
            }
            Placement::Cookie(name) => cookies::has(&self.headers, &self.cookies, name),
        }
    }

    /// The body's own media type, unless the caller stated another.
    fn media_type(&self) -> Option<&str> {
        let body = self.body.as_ref()?;
        body.media_type()
            .filter(|_| !self.typed || body.is_multipart())
    }

    /// The call for an error, before anything was sent.
    pub(super) fn failed(&self) -> FailedCall {
        let base = self.server_url();
        let base = base.as_deref().unwrap_or_else(|_| self.client.base_url());
        FailedCall::new(&self.method, self.target.shown(), base)
    }

    fn server_url(&self) -> Result<Cow<'_, str>, ConfigurationError> {
        match (&self.base_url, &self.server) {
            (Some(base_url), _) => Ok(Cow::Borrowed(base_url)),
            (None, Some(server)) => Ok(Cow::Owned(self.client.url_of(server)?)),
            (None, None) => Ok(Cow::Borrowed(self.client.base_url())),
        }
    }

    pub(super) fn url(&self) -> Result<Url, Error> {
        if let Some(followed) = &self.followed {
            return Ok(followed.url.clone());
        }
        let mut url = self.server_parsed()?;
        // Of no path there is a slash.
        let resolved = self.target.resolve(url.path().trim_end_matches('/'))?;
        url.set_path(&resolved.path);
        let inline = resolved.query.as_deref();
        if let Some(query) = self
            .query
            .with_defaults(inline, &self.client.around().query)
        {
            url.set_query(Some(&query));
        }
        Ok(url)
    }

    /// The URL that the path stands behind. That of the client was parsed when it was built.
    fn server_parsed(&self) -> Result<Url, Error> {
        if let (None, None) = (&self.base_url, &self.server) {
            return Ok(self.client.around().url.clone());
        }
        let url = Url::parse(&self.server_url()?);
        Ok(url.map_err(|error| ConfigurationError::new(format!("the base URL: {error}")))?)
    }
}

/// Which credentials a call takes of which the client has none, as in "`token`, or `email` and `key`".
fn missing(security: Security) -> String {
    let alternative = |schemes: &&[&Scheme]| {
        let names = schemes.iter().map(|scheme| format!("`{}`", scheme.name));
        names.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<String> = security.iter().map(alternative).collect();
    let alternatives = alternatives.join(", or ");
    format!("the call needs credentials that the client lacks: {alternatives}")
}
