//! One call from its first attempt to its last.

use std::any::TypeId;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};

use super::attempt::Attempt;
use super::body::{self, Body};
use super::client::Client;
use super::clock::{Instant, sleep, timeout};
use super::cookies;
use super::error::{
    ApiError, ConfigurationError, ConnectError, CredentialsError, DecodeError, Error, FailedCall,
    InvalidArgumentError, TimeoutError,
};
use super::headers::{copied, secret_value};
use super::lending::{Chosen, Lending, Unproved};
use super::mask::Mask;
use super::proof::Proof;
use super::raw_response::RawResponse;
use super::redirect::{self, Arrival, Hop, Lost};
use super::response_body;
use super::retry::Policy;
use super::sensitive;
use super::streams::{Broken, Flow, Open};
use super::target::Target;
use super::trace;
use super::transport::{self, Response};

/// How many bytes of a rejection are read; what is over is cut.
const MOST_OF_A_REFUSAL: u64 = 1024 * 1024;

/// A call with all that was decided about it.
pub(super) struct Call {
    pub(super) client: Client,
    pub(super) method: Method,
    pub(super) target: Target,
    // As errors show it.
    pub(super) host: Arc<str>,
    pub(super) url: Url,
    pub(super) headers: Arc<HeaderMap>,
    // Unless a header says something else.
    pub(super) accept: HeaderValue,
    pub(super) cookies: Vec<String>,
    pub(super) body: Option<Body>,
    // Whether it is one value that must not be shown.
    pub(super) sensitive_body: bool,
    pub(super) chosen: Chosen,
    pub(super) timeout: Duration,
    pub(super) policy: Policy,
    pub(super) delivery: Delivery,
    // Whether a response that says that nothing changed is a success.
    pub(super) conditional: bool,
}

/// How the body of a success is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// Within the time of the attempt, unless it is a file.
    Whole,
    /// For as long as it flows.
    Flowing,
    /// By the caller, as it arrives.
    Open,
}

impl Delivery {
    /// Bytes are a file, whatever they are called.
    pub(super) fn of_type<T: 'static>() -> Self {
        let bytes = [TypeId::of::<Bytes>(), TypeId::of::<Option<Bytes>>()];
        if bytes.contains(&TypeId::of::<T>()) {
            Self::Flowing
        } else {
            Self::Whole
        }
    }
}

/// What an attempt failed of.
struct Failed {
    error: Error,
    /// Whether it may be tried again: not where a long body would be sent once more.
    again: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, again: true }
    }
}

impl Call {
    /// What has to be hidden in everything that is said of the call.
    pub(super) fn mask(&self) -> Mask {
        let fetched = self.client.keyring().fetched();
        let mask = self.client.mask();
        let mask = mask.of_call(&self.headers, &self.cookies, fetched);
        let sent = self.body.as_ref().and_then(Body::as_json);
        let sent = sent.and_then(|json| serde_json::from_str(json).ok());
        mask.with_values_of(&sent.unwrap_or_default())
            .with_values(self.sensitive_arguments())
    }

    /// The sensitive values that are not in a body of JSON.
    fn sensitive_arguments(&self) -> Vec<String> {
        let names = self.client.service().sensitive;
        let is_hidden = |name: &str| sensitive::is_one_of(name, names);
        let mut found = self.target.values_of(names);
        let pairs = self.url.query_pairs();
        found
            .extend(pairs.filter_map(|(name, value)| is_hidden(&name).then(|| value.into_owned())));
        let headers = self.headers.iter();
        let headers = headers.filter(|(name, _)| is_hidden(name.as_str()));
        found.extend(headers.map(|(_, value)| String::from_utf8_lossy(value.as_bytes()).into()));
        let body = self.body.as_ref().filter(|_| self.sensitive_body);
        if let Some(text) = body.and_then(Body::as_text) {
            if let Ok(json) = serde_json::from_str(text) {
                sensitive::leaves(&json, names, true, &mut found);
            }
            found.push(text.to_owned());
        }
        for (name, value) in self.fields() {
            // A member of an object is written as `card[number]` or as `card.number`.
            let innermost = name.trim_end_matches(']').rsplit(['[', '.']).next();
            if is_hidden(innermost.unwrap_or(&name)) {
                found.push(value);
            } else if let Ok(json) = serde_json::from_str(&value) {
                sensitive::leaves(&json, names, false, &mut found);
            }
        }
        found
    }

    /// What a form has, or the parts that are values.
    fn fields(&self) -> Vec<(String, String)> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        let mut form = self.url.clone();
        form.set_query(body.as_form());
        let form = form.query_pairs().into_owned();
        let parts = body.part_values();
        form.chain(parts.map(|(name, value)| (name.to_owned(), value.to_owned())))
            .collect()
    }

    /// The call for an error, after so many attempts.
    pub(super) fn failed(&self, attempts: u32) -> FailedCall {
        let path = self.target.shown();
        FailedCall::at(&self.method, path, Arc::clone(&self.host)).after(attempts)
    }
}

/// Tries the call until it succeeds, is rejected for good, or may not be tried again.
pub(super) async fn execute(call: &Call) -> Result<RawResponse, Error> {
    let tries = pin!(tries(call));
    trace::call(|| call.failed(0), tries).await
}

async fn tries(call: &Call) -> Result<RawResponse, Error> {
    let started = Instant::now();
    let (mut retries, mut made) = (0, 0);
    let mut taken = None;
    let mut lending = Lending::default();
    loop {
        let Failed { error, again } = match observed(call, &mut lending, made, started).await {
            Ok(response) => {
                call.client.around().allowance.give_back(taken);
                return Ok(response);
            }
            Err(failed) => failed,
        };
        made += 1;
        let repeatable = call.body.as_ref().is_none_or(Body::is_repeatable);
        if call.chosen.renews(&mut lending, &error).await && repeatable {
            continue;
        }
        let wait = call.policy.wait(&error, retries);
        let in_time =
            |wait: &Duration| again && started.elapsed().saturating_add(*wait) < call.policy.budget;
        let Some(wait) = wait.filter(in_time) else {
            return Err(error);
        };
        taken = call.client.around().allowance.take(&error);
        if taken.is_none() {
            return Err(error);
        }
        sleep(wait).await;
        retries += 1;
    }
}

/// An attempt, which observers get.
async fn observed(
    call: &Call,
    lending: &mut Lending,
    made: u32,
    started: Instant,
) -> Result<RawResponse, Failed> {
    if let Some(gate) = &call.client.around().gate {
        let left = call.policy.budget.saturating_sub(started.elapsed());
        gate.pass(left).await;
    }
    let begun = Instant::now();
    let left = call
        .policy
        .budget
        .saturating_sub(begun.saturating_duration_since(started));
    let result = attempt(call, lending, made, left).await;
    if trace::IS_ON || call.client.around().observer.is_some() {
        observe(call, &result, made + 1, begun.elapsed());
    }
    if let Some(gate) = &call.client.around().gate {
        match &result {
            Ok(response) => gate.learn(&response.headers),
            Err(Failed {
                error: Error::Api(error),
                ..
            }) => gate.learn(error.headers()),
            Err(_) => {}
        }
    }
    result
}

/// Tells of an attempt.
fn observe(call: &Call, result: &Result<RawResponse, Failed>, number: u32, elapsed: Duration) {
    let (status, error) = match result {
        Ok(response) => (Some(response.status), None),
        Err(failed) => (failed.error.status(), Some(&failed.error)),
    };
    let of = call.failed(number);
    let attempt = Attempt {
        method: of.method(),
        path: of.path(),
        host: of.host(),
        number,
        status,
        error,
        elapsed,
    };
    trace::attempt(&attempt);
    if let Some(observer) = &call.client.around().observer {
        observer(&attempt);
    }
}

async fn attempt(
    call: &Call,
    lending: &mut Lending,
    made: u32,
    left: Duration,
) -> Result<RawResponse, Failed> {
    let limit = call.timeout.min(left);
    // What is large of a call is behind this pointer: a future that has it within itself is moved with it, at each level.
    let exchange = Box::pin(exchange(call, lending, made, limit));
    match timeout(limit, exchange).await {
        Ok(Ok(received)) if received.rest.is_some() => Box::pin(received.complete(call)).await,
        Ok(Ok(received)) => received.whole(call),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Error::from(TimeoutError::new(limit, call.failed(made + 1))).into()),
    }
}

fn without_proof(call: &Call, unproved: Unproved, made: u32) -> Error {
    match unproved {
        Unproved::Unsendable(error) => Error::from(error).of_call(call.failed(made)),
        Unproved::Unavailable(scheme, failure) => {
            let reason = call.mask().secrets(&failure.reason);
            CredentialsError::new(scheme.name, reason, failure, call.failed(made)).into()
        }
    }
}

/// Sends the request once and reads the response, but for the body of a success that may take longer.
async fn exchange(
    call: &Call,
    lending: &mut Lending,
    made: u32,
    limit: Duration,
) -> Result<Received, Error> {
    let failed = || call.failed(made + 1);
    let proof = call.chosen.proof(lending).await;
    let proof = proof.map_err(|unproved| without_proof(call, unproved, made))?;
    let first = first_hop(call, &proof, made);
    let first = first.map_err(|error| error.of_call(call.failed(made)))?;
    let begun = redirect::begin(call.client.http(), first, &call.url);
    let received = receive(call, begun, &proof, made).await;
    let received = received.map_err(|lost| error_of(lost, limit, failed()))?;
    let status = received.response.status;
    let unchanged = call.conditional && status == StatusCode::NOT_MODIFIED;
    if status.is_success() || unchanged {
        return Ok(received);
    }
    Err(ApiError::new(&received.response, &call.mask(), failed()).into())
}

/// A response, and what is left of it.
struct Received {
    response: RawResponse,
    /// Why a part of its body is missing, if one is.
    missing: Option<&'static str>,
    // Behind a pointer, since there is none of most.
    rest: Option<Box<Response>>,
}

async fn receive(
    call: &Call,
    begun: impl Future<Output = Result<Response, Lost>>,
    proof: &Proof,
    made: u32,
) -> Result<Received, Lost> {
    let again = || first_hop(call, proof, made).ok();
    let arrived = redirect::arrive(call.client.http(), begun, again, proof).await;
    let Arrival { mut response, note } = arrived?;
    let mut received = Received {
        response: RawResponse {
            service: call.client.service(),
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Bytes::new(),
            attempts: made + 1,
            note,
            strict: call.client.is_strict(),
            open: None,
        },
        missing: None,
        rest: None,
    };
    let status = received.response.status;
    let takes_long = call.delivery != Delivery::Whole || received.response.is_file();
    if status.is_success() && takes_long {
        received.rest = Some(Box::new(response));
        return Ok(received);
    }
    let body = response_body::read(response, body_limit(call, status.is_success()), None).await;
    let body = body.map_err(Lost::Body)?;
    received.response.body = body.bytes;
    received.missing = body.missing;
    Ok(received)
}

impl Received {
    /// Reads what is left, unless the caller does.
    async fn complete(mut self, call: &Call) -> Result<RawResponse, Failed> {
        let failed = || call.failed(self.response.attempts);
        let limit = body_limit(call, true);
        match self.rest.take() {
            Some(rest) if call.delivery == Delivery::Open => {
                let flow = Flow::new(*rest, call.timeout);
                let open = Open::new(flow, failed(), call.mask(), limit);
                self.response.open = Some(Box::new(open));
            }
            Some(rest) => {
                let body = response_body::read(*rest, limit, Some(call.timeout)).await;
                let body = body.map_err(|broken| Failed {
                    again: matches!(broken, Broken::Transport(_)),
                    error: error_of(Lost::Body(broken), call.timeout, failed()),
                })?;
                (self.response.body, self.missing) = (body.bytes, body.missing);
            }
            None => {}
        }
        self.whole(call)
    }

    /// What was read, if it is all that was sent.
    fn whole(self, call: &Call) -> Result<RawResponse, Failed> {
        match self.missing {
            Some(reason) => {
                let failed = call.failed(self.response.attempts);
                let error = DecodeError::new(&self.response, &call.mask(), failed, ".", reason);
                Err(Error::from(error).into())
            }
            None => Ok(self.response),
        }
    }
}

fn error_of(lost: Lost, limit: Duration, call: FailedCall) -> Error {
    match lost {
        Lost::Body(Broken::Silent(limit)) => TimeoutError::new(limit, call).into(),
        Lost::Body(Broken::Transport(error)) => error_of(Lost::Transport(error), limit, call),
        Lost::Transport(error) if body::failure(&error).is_some() => {
            let reason = body::failure(&error).unwrap_or_default();
            Error::from(InvalidArgumentError::new("body", reason)).of_call(call)
        }
        Lost::Transport(error) if error.is_timeout() => TimeoutError::new(limit, call).into(),
        Lost::Transport(error) if error.is_builder() || error.is_redirect() => {
            let reason = format!(
                "the HTTP client rejected the request: {}",
                error.without_url()
            );
            Error::from(ConfigurationError::new(reason)).of_call(call)
        }
        Lost::Transport(error) => ConnectError::new(error, call).into(),
        Lost::Service(cause) => ConnectError::of_service(cause, call).into(),
        Lost::Strayed => Error::from(ConfigurationError::new(transport::STRAYED)).of_call(call),
    }
}

fn body_limit(call: &Call, success: bool) -> u64 {
    let limit = call.client.max_response_bytes();
    if success {
        limit
    } else {
        limit.min(MOST_OF_A_REFUSAL)
    }
}

/// The first request of an attempt, whose cookies are one header.
fn first_hop(call: &Call, proof: &Proof, made: u32) -> Result<Hop, Error> {
    let mut headers = copied(&call.headers);
    headers.entry(ACCEPT).or_insert_with(|| call.accept.clone());
    if let Some(cookies) = cookies::joined(&headers, &call.cookies, &proof.cookies) {
        let value = secret_value(&cookies);
        let value = value.ok_or_else(|| InvalidArgumentError::new("cookie", "it can't be sent"))?;
        headers.insert(COOKIE, value);
    }
    // That there is no body is said where one is expected (RFC 9110, section 8.6).
    let expected = [Method::POST, Method::PUT, Method::PATCH].contains(&call.method);
    if expected && call.body.is_none() {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if let Some(name) = &call.client.around().retry_count {
        let count = match made {
            0 => HeaderValue::from_static("0"),
            made => HeaderValue::from(made),
        };
        headers.insert(name, count);
    }
    let (method, url, body) = (call.method.clone(), call.url.clone(), call.body.clone());
    Ok(Hop::first(method, url, headers, body, proof))
}
