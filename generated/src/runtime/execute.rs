//! One call from its first attempt to its last.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use secrecy::ExposeSecret;
use tokio::time::Instant;

use super::body;
use super::client::Client;
use super::credentials::{Proof, secret_value};
use super::encode;
use super::error::{
    ApiError, ConfigurationError, ConnectError, DecodeError, Error, InvalidArgumentError,
    TimeoutError,
};
use super::redirect::{self, Arrival, Hop, Lost};
use super::reply::Reply;
use super::retry::Policy;

/// How many bytes of a refusal are read; what is over is cut.
const MOST_OF_A_REFUSAL: u64 = 1024 * 1024;

/// Which attempt a request belongs to.
const RETRY_COUNT: &str = "x-stainless-retry-count";

/// A call with all that was decided about it.
pub(super) struct Call {
    pub(super) client: Client,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: Option<Bytes>,
    pub(super) proof: Proof,
    pub(super) timeout: Duration,
    pub(super) policy: Policy,
}

/// Tries the call until it succeeds, is refused for good, or may not be tried again.
pub(super) async fn execute(call: Call) -> Result<Reply, Error> {
    let first = first_hop(&call)?;
    let started = Instant::now();
    let mut retries = 0;
    loop {
        let error = match attempt(&call, first.clone(), retries, started).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        match call.policy.wait(&error, retries) {
            Some(wait) if started.elapsed().saturating_add(wait) < call.policy.budget => {
                tokio::time::sleep(wait).await;
                retries += 1;
            }
            _ => return Err(error),
        }
    }
}

async fn attempt(call: &Call, hop: Hop, retries: u32, started: Instant) -> Result<Reply, Error> {
    let left = call.policy.budget.saturating_sub(started.elapsed());
    let limit = call.timeout.min(left);
    match tokio::time::timeout(limit, exchange(call, hop, retries, limit)).await {
        Ok(result) => result,
        Err(_) => Err(TimeoutError::new(limit).into()),
    }
}

/// Sends the request once and reads the whole answer.
async fn exchange(
    call: &Call,
    mut hop: Hop,
    retries: u32,
    limit: Duration,
) -> Result<Reply, Error> {
    hop.headers.insert(RETRY_COUNT, HeaderValue::from(retries));
    let transport = |error: reqwest::Error| match error.is_timeout() {
        true => Error::from(TimeoutError::new(limit)),
        false => ConnectError::new(error).into(),
    };
    let arrival = redirect::send(call.client.http(), hop, &call.proof).await;
    let Arrival { mut response, note } = arrival.map_err(|lost| match lost {
        Lost::Transport(error) => transport(error),
        Lost::Strayed => ConfigurationError::new(STRAYED).into(),
    })?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = body::read(response, body_limit(call, status.is_success()))
        .await
        .map_err(transport)?;
    let service = call.client.service();
    let reply = Reply {
        service,
        status,
        headers,
        body: body.bytes,
        attempts: retries + 1,
        note,
    };
    let mask = call.client.mask();
    if !status.is_success() {
        return Err(ApiError::new(&reply, mask).into());
    }
    if !body.complete {
        return Err(DecodeError::new(&reply, mask, ".", TOO_LONG).into());
    }
    Ok(reply)
}

const TOO_LONG: &str = "the body is longer than `max_response_bytes` of the client allows";

const STRAYED: &str = "the HTTP client followed a redirect to another origin by itself: build it \
                       with `redirect::Policy::none()`";

fn body_limit(call: &Call, success: bool) -> u64 {
    let limit = call.client.max_response_bytes();
    if success {
        limit
    } else {
        limit.min(MOST_OF_A_REFUSAL)
    }
}

fn first_hop(call: &Call) -> Result<Hop, Error> {
    let mut headers = call.headers.clone();
    let secrets = call.proof.cookies.iter();
    let secrets = secrets.map(|(name, secret)| encode::cookie(name, secret.expose_secret()));
    let cookies: Vec<String> = call.cookies.iter().cloned().chain(secrets).collect();
    if !cookies.is_empty() {
        let value = secret_value(&cookies.join("; "));
        let value = value.ok_or_else(|| InvalidArgumentError::new("cookie", "it can't be sent"))?;
        headers.insert(COOKIE, value);
    }
    let (method, url, body) = (call.method.clone(), call.url.clone(), call.body.clone());
    Ok(Hop::first(method, url, headers, body, &call.proof))
}
