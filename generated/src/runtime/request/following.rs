//! The calls that follow from one: it once more, another page, and the state of what it started.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, IF_NONE_MATCH};
use reqwest::{Method, Url};

use super::super::body::Body;
use super::super::decode;
use super::super::error::{Error, FailedCall, InvalidArgumentError};
use super::super::pages::{self, members};
use super::super::parts::Parts;
use super::super::retry;
use super::draft::{Draft, Followed, unserializable};
use super::{IDEMPOTENCY_KEY, Request};

impl<T> Request<T> {
    /// The same call once more, which only the first time finds what was rejected.
    pub(in super::super) fn again(&mut self) -> Result<Self, Error> {
        Ok(Self {
            draft: Box::new(self.draft.again()?),
            decode: self.decode,
        })
    }

    /// A call for the state of what this one starts: at the path, where parameters of the same name have the same values.
    pub(in super::super) fn with_polling(self, path: Option<&'static str>) -> (Self, Request<()>) {
        let polling = Request {
            draft: Box::new(self.draft.polling(path)),
            decode: decode::empty,
        };
        (self, polling)
    }

    /// Gives the placeholder of the path that has no value this one.
    pub(in super::super) fn with_id(mut self, id: &str) -> Self {
        if let Some(name) = self.draft.target.missing() {
            self.draft.path(name, id);
        }
        self
    }

    /// The same call at the URL that a response of it named, and whether another origin is called so: one that is not
    /// the call's own, or whatever such a one named.
    pub(in super::super) fn follow(mut self, url: &str, left: bool) -> Result<(Self, bool), Error> {
        let is_foreign = self.draft.follow(url, left)?;
        Ok((self, is_foreign))
    }

    /// Where it is sent to, but for credentials.
    pub(in super::super) fn resolved(&self) -> Result<Url, Error> {
        self.draft.resolved()
    }

    /// The call for an error, before anything was sent.
    pub(in super::super) fn failed(&self) -> FailedCall {
        self.draft.failed()
    }

    pub(in super::super) fn method(&self) -> &Method {
        &self.draft.method
    }

    /// How long to wait before the call is made once more, if it may be.
    pub(in super::super) fn wait(&self, error: &Error, retries: u32) -> Option<Duration> {
        self.draft.policy.wait(error, retries)
    }

    /// How long to wait before a call that went well is made once more, if it may be.
    pub(in super::super) fn wait_again(&self, calls: u32) -> Option<Duration> {
        let Draft { method, policy, .. } = &*self.draft;
        let may_be = retry::is_idempotent(method) && calls < policy.max_retries;
        may_be.then(|| policy.backoff(calls))
    }

    /// Sets a header that neither the call nor the client has.
    pub(in super::super) fn default_header(self, name: &HeaderName, value: &'static str) -> Self {
        match self.draft.headers.get(name) {
            Some(_) => self,
            None => self.header(name.as_str(), value),
        }
    }

    /// A key that was given is the first page's; each that follows has one of its own, which is the same where it
    /// is asked for once more.
    pub(in super::super) fn key_of_page(mut self, page: &str) -> Self {
        self.draft.key_of_page(page);
        self
    }

    /// Sets a member of the JSON body, to a number if it is to be one and can be.
    pub(in super::super) fn set_in_body(
        mut self,
        pointer: &'static str,
        value: &str,
        is_number: bool,
    ) -> Self {
        self.draft.set_in_body(pointer, value, is_number);
        self
    }

    /// What text or number a member of the JSON body is.
    pub(in super::super) fn value_in_body(&self, pointer: &str) -> Option<String> {
        members::text(self.draft.json_body().ok()?.as_json()?, pointer)
    }

    /// Replaces what is sent under a name, which may be that of a member of an object.
    pub(in super::super) fn replace_in_query(mut self, name: &str, value: &str) -> Self {
        self.draft.query.replace(name, value);
        self
    }

    /// What a query parameter is set to.
    pub(in super::super) fn query_value(&self, name: &str) -> Option<String> {
        self.draft.query.value(name)
    }
}

impl Draft {
    fn again(&mut self) -> Result<Self, Error> {
        let once = |body: &Body| !body.is_repeatable();
        if self.parts.sent || self.body.as_ref().is_some_and(once) {
            let error = InvalidArgumentError::new("body", "it is sent once, and there are pages");
            return Err(Error::from(error).of_call(self.failed()));
        }
        Ok(Self {
            client: self.client.clone(),
            method: self.method.clone(),
            target: self.target.clone(),
            server: self.server,
            base_url: self.base_url.clone(),
            query: self.query.clone(),
            followed: None,
            accept: self.accept.clone(),
            headers: self.headers.clone(),
            cookies: self.cookies.clone(),
            body: self.body.clone(),
            parts: Parts::default(),
            fields: self.fields.clone(),
            typed: self.typed,
            sensitive_body: self.sensitive_body,
            security: self.security,
            secured: self.secured,
            timeout: self.timeout,
            policy: self.policy,
            delivery: self.delivery,
            rejected: self.rejected.take(),
        })
    }

    fn polling(&self, path: Option<&'static str>) -> Self {
        let mut headers = self.headers.clone();
        for name in [
            CONTENT_TYPE.as_str(),
            IF_NONE_MATCH.as_str(),
            IDEMPOTENCY_KEY,
        ] {
            Arc::make_mut(&mut headers).remove(name);
        }
        let path = path.map(|path| self.target.under(path));
        let target = path.unwrap_or_else(|| self.target.clone());
        Self {
            server: self.server,
            base_url: self.base_url.clone(),
            headers,
            cookies: self.cookies.clone(),
            security: self.security,
            secured: self.secured,
            timeout: self.timeout,
            policy: self.policy,
            ..Self::new(&self.client, Method::GET, target)
        }
    }

    fn follow(&mut self, url: &str, left: bool) -> Result<bool, Error> {
        let url = Url::parse(url).ok();
        let invalid = || InvalidArgumentError::new("cursor", "it isn't the URL of a page");
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| Error::from(invalid()).of_call(self.failed()))?;
        let is_foreign = left || url.origin() != self.resolved()?.origin();
        self.followed = Some(Followed { url, is_foreign });
        Ok(is_foreign)
    }

    fn resolved(&self) -> Result<Url, Error> {
        self.url().map_err(|error| error.of_call(self.failed()))
    }

    fn key_of_page(&mut self, page: &str) {
        let key = self.headers.get(IDEMPOTENCY_KEY);
        let key =
            key.and_then(|key| Some(format!("{}-{:016x}", key.to_str().ok()?, pages::hash(page))));
        if let Some(key) = key.and_then(|key| HeaderValue::try_from(key).ok()) {
            Arc::make_mut(&mut self.headers).insert(IDEMPOTENCY_KEY, key);
        }
    }

    fn set_in_body(&mut self, pointer: &'static str, value: &str, is_number: bool) {
        let is_number = is_number && serde_json::from_str::<serde_json::Number>(value).is_ok();
        let value = if is_number {
            value.to_owned()
        } else {
            serde_json::Value::from(value).to_string()
        };
        match self.json_body() {
            Ok(sent) => {
                let json = members::set(sent.as_json().unwrap_or("{}"), pointer, &value);
                self.body = Some(sent.with_json(json));
                self.fields.sent = false;
            }
            Err(error) => self.reject(error),
        }
    }

    /// What is sent, and an object without members where nothing is.
    fn json_body(&self) -> Result<Body, InvalidArgumentError> {
        let body = match &self.body {
            _ if self.fields.sent => self.fields.clone().into_body(),
            Some(body) => Ok(body.clone()),
            None => Body::json(&serde_json::Map::new()),
        };
        body.map_err(|error| unserializable("body", &error))
    }
}
