//! Which media types a call asks for (RFC 9110, section 12.5.1).

use std::any::TypeId;

use reqwest::header::HeaderValue;

/// What is asked for where JSON is read.
const JSON: &str = "application/json";

/// What is asked for where no body is read.
const ANYTHING: &str = "*/*";

/// What a call asks for by what it is read as, unless the API's description says more.
pub(super) fn of_type<T: 'static>() -> &'static str {
    if TypeId::of::<T>() == TypeId::of::<()>() {
        ANYTHING
    } else {
        JSON
    }
}

/// What a call of an endpoint asks for that the API's description doesn't have.
pub(super) fn undocumented() -> &'static str {
    JSON
}

/// The header; what can't be one asks for anything.
pub(super) fn header(media_types: &str) -> HeaderValue {
    HeaderValue::from_str(media_types).unwrap_or(HeaderValue::from_static(ANYTHING))
}
