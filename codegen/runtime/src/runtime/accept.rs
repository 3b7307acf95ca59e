//! Which media types a call asks for (RFC 9110, section 12.5.1).

use std::any::TypeId;
use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::HeaderValue;

use super::service::Service;

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

/// The same with the JSON that the service states, if it does.
pub(super) fn of_service(asked: Cow<'static, str>, service: &Service) -> Cow<'static, str> {
    if !service.accept.is_empty() && [JSON, ANYTHING].contains(&&*asked) {
        Cow::Borrowed(service.accept)
    } else {
        asked
    }
}

/// The header; what can't be one asks for anything.
pub(super) fn header(media_types: Cow<'static, str>) -> HeaderValue {
    let is_ascii = media_types.is_ascii();
    let bytes = match media_types {
        Cow::Borrowed(known) => Bytes::from_static(known.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    let header = HeaderValue::from_maybe_shared(bytes).ok();
    let header = header.filter(|_| is_ascii);
    header.unwrap_or(HeaderValue::from_static(ANYTHING))
}
