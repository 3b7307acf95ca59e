//! What is traced of a call, where the feature `tracing` is on, by OpenTelemetry's names for HTTP clients
//! (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>). No value that a call was given or gave is among it.

use std::future::Future;

use super::attempt::Attempt;
use super::deviations::Deviation;
use super::error::{Error, FailedCall};
use super::raw_response::RawResponse;

/// Whether attempts are traced.
pub(super) const IS_ON: bool = cfg!(feature = "tracing");

/// A span for the whole call.
#[cfg(feature = "tracing")]
pub(super) async fn call(
    of: impl FnOnce() -> FailedCall,
    tries: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    use tracing::Instrument;
    use tracing::field::{Empty, display};

    let of = of();
    let span = tracing::info_span!(
        "HTTP call",
        otel.kind = "client",
        otel.name = display(format_args!("{} {}", of.method(), of.path())),
        http.request.method = of.method().as_str(),
        url.template = of.path(),
        server.address = of.host(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    );
    let result = tries.instrument(span.clone()).await;
    let (status, attempts) = match &result {
        Ok(response) => (Some(response.status), response.attempts),
        Err(error) => (error.status(), error.call().map_or(0, FailedCall::attempts)),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Err(error) = &result {
        span.record("error.type", kind(error).as_str());
    }
    result
}

/// The call alone, without the feature.
#[cfg(not(feature = "tracing"))]
pub(super) fn call<F: Future<Output = Result<RawResponse, Error>>>(
    _: impl FnOnce() -> FailedCall,
    tries: F,
) -> F {
    tries
}

/// An event for each attempt.
#[cfg(feature = "tracing")]
pub(super) fn attempt(attempt: &Attempt<'_>) {
    let error = attempt.error().map(kind);
    tracing::debug!(
        number = attempt.number(),
        http.response.status_code = attempt.status().map(|status| status.as_u16()),
        error.type = error.as_deref(),
        elapsed_ms = attempt.elapsed().as_secs_f64() * 1000.0,
        "attempt"
    );
}

/// Nothing, without the feature.
#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &Attempt<'_>) {}

/// What OpenTelemetry wants to have few values: the status, or what kind of error it is.
#[cfg(feature = "tracing")]
fn kind(error: &Error) -> String {
    let kind = match error {
        Error::Configuration(_) => "configuration",
        Error::InvalidArgument(_) => "invalid_argument",
        Error::Credentials(_) => "credentials",
        Error::Connect(_) => "connect",
        Error::Timeout(_) => "timeout",
        Error::Api(error) => return error.status().as_u16().to_string(),
        Error::Decode(_) => "decode",
    };
    kind.to_owned()
}

/// An event for each place where a response contradicts the description of the API.
#[cfg(feature = "tracing")]
pub fn deviations(call: &FailedCall, deviations: &[Deviation]) {
    for deviation in deviations {
        tracing::warn!(
            http.request.method = call.method().as_str(),
            url.template = call.path(),
            path = deviation.path(),
            expected = deviation.expected(),
            found = deviation.found(),
            "the response contradicts the description of the API"
        );
    }
}

/// Nothing, without the feature.
#[cfg(not(feature = "tracing"))]
pub fn deviations(_: &FailedCall, _: &[Deviation]) {}
