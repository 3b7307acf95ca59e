//! What is traced of a call, where the feature `tracing` is on.

use super::deviations::Deviation;
use super::error::FailedCall;

/// An event for each place where a response contradicts the description of the API. None has a value of it.
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
