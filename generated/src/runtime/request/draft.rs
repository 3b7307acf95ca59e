//! What is known of a call while it is put together, but for how its response is read: the same code for all calls.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Url};

use super::super::accept;
use super::super::body::Body;
use super::super::client::Client;
use super::super::error::{Error, InvalidArgumentError};
use super::super::execute::{self, Call, Delivery};
use super::super::fields::Fields;
use super::super::finite;
use super::super::headers::header;
use super::super::parts::Parts;
use super::super::query::Query;
use super::super::raw_response::RawResponse;
use super::super::retry;
use super::super::server::{self, Address};
use super::super::service::Security;
use super::super::target::Target;

pub(super) struct Draft {
    pub(super) client: Client,
    pub(super) method: Method,
    pub(super) target: Target,
    // In place of the client's.
    pub(super) server: Option<Address>,
    // In place of both.
    pub(super) base_url: Option<String>,
    pub(super) query: Query,
    // In place of path and query: a page that a response named.
    pub(super) followed: Option<Followed>,
    pub(super) accept: Cow<'static, str>,
    // The client's, until one is set.
    pub(super) headers: Arc<HeaderMap>,
    pub(super) cookies: Vec<String>,
    pub(super) body: Option<Body>,
    // In place of the body, once they are sent.
    pub(super) parts: Parts,
    pub(super) fields: Fields,
    // Whether the caller stated the media type.
    pub(super) typed: bool,
    // Whether it is one value that must not be shown.
    pub(super) sensitive_body: bool,
    pub(super) security: Security,
    // Whether it is not sent where the client has none of the credentials that it takes.
    pub(super) secured: bool,
    pub(super) timeout: Duration,
    pub(super) policy: retry::Policy,
    pub(super) delivery: Delivery,
    // The first argument that was rejected.
    pub(super) rejected: Option<InvalidArgumentError>,
}

/// The URL of a page.
pub(super) struct Followed {
    pub(super) url: Url,
    /// Of another origin, which gets no credentials, cookies or headers of the API's.
    pub(super) is_foreign: bool,
}

impl Draft {
    pub(super) fn new(client: &Client, method: Method, target: Target) -> Self {
        Self {
            client: client.clone(),
            method,
            target,
            server: None,
            base_url: None,
            query: Query::default(),
            followed: None,
            accept: accept::undocumented().into(),
            headers: client.headers(),
            cookies: Vec::new(),
            body: None,
            parts: Parts::default(),
            fields: Fields::default(),
            typed: false,
            sensitive_body: false,
            security: client.service().security,
            secured: true,
            timeout: client.timeout(),
            policy: client.policy(),
            delivery: Delivery::Whole,
            rejected: None,
        }
    }

    /// A call of an endpoint of the API's own description.
    pub(super) fn declared(
        client: &Client,
        method: Method,
        path: &'static str,
        accept: &'static str,
        delivery: Delivery,
    ) -> Box<Self> {
        Box::new(Self {
            accept: accept.into(),
            delivery,
            ..Self::new(client, method, Target::declared(path))
        })
    }

    /// A call of an endpoint whose path a caller wrote.
    pub(super) fn custom(client: &Client, method: Method, path: Cow<'static, str>) -> Box<Self> {
        let (target, rejected) = match Target::custom(path) {
            Ok(target) => (target, None),
            Err(error) => (Target::rejected(), Some(error)),
        };
        Box::new(Self {
            rejected,
            security: client.service().undocumented,
            secured: false,
            ..Self::new(client, method, target)
        })
    }

    /// Sends the call, and gives what it was with what came.
    pub(super) async fn send(
        mut self: Box<Self>,
        conditional: bool,
    ) -> Result<(Box<Call>, RawResponse), Error> {
        if self.has_to_be_measured() {
            Box::pin(self.measure()).await;
        }
        let mut call = self.into_call()?;
        call.conditional = conditional;
        let response = execute::execute(&call).await?;
        Ok((call, response))
    }

    pub(super) fn base_url(&mut self, base_url: &str) {
        match server::checked(base_url) {
            Ok(base_url) => self.base_url = Some(base_url),
            Err(error) => self.reject(InvalidArgumentError::new("base_url", error.to_string())),
        }
    }

    pub(super) fn header(&mut self, name: String, value: &str) {
        match header(&name, value) {
            Some((name, value)) => {
                self.typed |= name == CONTENT_TYPE;
                Arc::make_mut(&mut self.headers).insert(name, value);
            }
            None => self.reject(InvalidArgumentError::new(
                name,
                "it can't be sent as a header",
            )),
        }
    }

    pub(super) fn serialized<V>(
        &mut self,
        name: &'static str,
        value: serde_json::Result<V>,
    ) -> Option<V> {
        if let Err(error) = &value {
            self.reject(unserializable(name, error));
        }
        value.ok()
    }

    pub(super) fn check(&mut self, result: Result<(), InvalidArgumentError>) {
        if let Err(error) = result {
            self.reject(error);
        }
    }

    pub(super) fn reject(&mut self, error: InvalidArgumentError) {
        self.rejected.get_or_insert(error);
    }
}

pub(super) fn unserializable(
    name: &'static str,
    error: &serde_json::Error,
) -> InvalidArgumentError {
    let reason = finite::reason(error);
    InvalidArgumentError::new(
        name,
        reason.unwrap_or_else(|| "it can't be serialized".to_owned()),
    )
}
