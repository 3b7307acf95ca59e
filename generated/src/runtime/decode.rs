//! How the body of a successful response becomes a value; one function for each kind of response.

use bytes::Bytes;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::deviations::{self, Deviation};
use super::enveloped::{at_once, members, messages};
use super::integer;
use super::message::Message;
use super::nested::Nested;
use super::path::{self, Step};
use super::raw_response::RawResponse;
use super::service::Envelope;

pub use super::streams::reading::{
    download, events, lines, records, text_events, text_lines, whole_events,
};

/// A way to read a response.
pub type Decode<T> = fn(&RawResponse) -> Result<Decoded<T>, Failure>;

/// What was read from a response.
#[derive(Debug)]
pub struct Decoded<T> {
    /// What the caller asked for.
    pub data: T,
    /// What else the service had to say.
    pub messages: Vec<Message>,
    /// Where the data is not what the API's description states.
    pub deviations: Vec<Deviation>,
}

/// Why a response can't be read as what was asked for.
#[derive(Debug)]
pub enum Failure {
    /// The body says that the call failed.
    Rejected,
    /// The body isn't what was expected.
    Unreadable {
        /// Where in the body.
        path: String,
        /// Why, without anything that was in it.
        reason: String,
    },
}

/// Reads the whole body as JSON.
///
/// # Errors
///
/// If the body isn't JSON, or isn't a `T`, or says that the call failed, where responses say that beside
/// what the caller asked for.
pub fn json<T: DeserializeOwned>(response: &RawResponse) -> Result<Decoded<T>, Failure> {
    let is_flag = |envelope: Envelope| envelope.data.is_empty();
    if response.status().is_success() && response.service().envelope.is_some_and(is_flag) {
        return envelope(response);
    }
    let (data, deviations) = read(response, None, &response.json()?)?;
    Ok(Decoded {
        data,
        messages: Vec::new(),
        deviations,
    })
}

/// Reads the whole body as JSON; an empty one is `None`.
///
/// # Errors
///
/// If there is a body that isn't JSON, or isn't a `T`.
pub fn optional_json<T: DeserializeOwned>(
    response: &RawResponse,
) -> Result<Decoded<Option<T>>, Failure> {
    if response.body().is_empty() {
        return Ok(Decoded::new(None));
    }
    json(response)
}

/// Reads the whole body as JSON of which nothing is said; an empty one is null.
///
/// # Errors
///
/// If there is a body that isn't JSON.
pub fn any_json(response: &RawResponse) -> Result<Decoded<serde_json::Value>, Failure> {
    if response.body().is_empty() {
        return Ok(Decoded::new(serde_json::Value::Null));
    }
    json(response)
}

/// Reads the whole body as JSON, of an endpoint that the API's description doesn't have; one that the status leaves out is null.
///
/// # Errors
///
/// If the body has the service's envelope, which says that the call failed, or as [`json`].
pub fn undocumented<T: DeserializeOwned>(response: &RawResponse) -> Result<Decoded<T>, Failure> {
    match response.status() {
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT => undocumented_head(response),
        _ => envelope(response),
    }
}

/// The same of what has no body by its method; an empty one is null.
///
/// # Errors
///
/// As [`undocumented`].
pub fn undocumented_head<T: DeserializeOwned>(
    response: &RawResponse,
) -> Result<Decoded<T>, Failure> {
    let nothing = response.body().is_empty().then_some("null");
    match nothing.and_then(|null| serde_json::from_str(null).ok()) {
        Some(data) => Ok(Decoded::new(data)),
        None => envelope(response),
    }
}

/// Reads the whole body as JSON, which is the service's envelope without any data.
///
/// # Errors
///
/// If it says that the call failed, or as [`json`].
pub fn envelope<T: DeserializeOwned>(response: &RawResponse) -> Result<Decoded<T>, Failure> {
    let json = response.json()?;
    let members = response.service().envelope.zip(members(&json).ok());
    let messages = match &members {
        Some((envelope, members)) => messages(envelope, members)?,
        None => Vec::new(),
    };
    let (data, deviations) = read(response, None, &json)?;
    Ok(Decoded {
        data,
        messages,
        deviations,
    })
}

/// Reads the data out of the service's envelope.
///
/// # Errors
///
/// If the envelope says that the call failed, or can't be read, or its data isn't a `T`.
pub fn enveloped<T: DeserializeOwned>(response: &RawResponse) -> Result<Decoded<T>, Failure> {
    let Some(envelope) = response.service().envelope else {
        return json(response);
    };
    let json = response.json()?;
    if let Some(decoded) = at_once(&envelope, &json) {
        return Ok(decoded);
    }
    let members = members(&json)?;
    let messages = messages(&envelope, &members)?;
    let (data, deviations) = match members.get(envelope.data).map(|json| json.get()) {
        Some(data) => read(response, Some(envelope.data), data)?,
        // An absent member is fine for whoever accepts null.
        None => serde_json::from_str("null")
            .map(|data| (data, Vec::new()))
            .map_err(|_| Failure::unreadable(".", format!("missing field `{}`", envelope.data)))?,
    };
    Ok(Decoded {
        data,
        messages,
        deviations,
    })
}

/// The same; an empty body is `None`, as is null.
///
/// # Errors
///
/// As [`enveloped`], if there is a body.
pub fn optional_enveloped<T: DeserializeOwned>(
    response: &RawResponse,
) -> Result<Decoded<Option<T>>, Failure> {
    if is_nothing(response) {
        return Ok(Decoded::new(None));
    }
    enveloped(response)
}

/// Reads the body as text, in the charset that its Content-Type names: UTF-8, UTF-16, or ISO 8859-1
/// as browsers have it.
///
/// # Errors
///
/// If it is in another charset, or not in the one that it names.
pub fn text(response: &RawResponse) -> Result<Decoded<String>, Failure> {
    let text = response.exact_text()?;
    Ok(Decoded::new(text.into_owned()))
}

/// The same; an empty body is `None`.
///
/// # Errors
///
/// As [`text`].
pub fn optional_text(response: &RawResponse) -> Result<Decoded<Option<String>>, Failure> {
    Ok(text(response)?.map(|text| Some(text).filter(|text| !text.is_empty())))
}

/// Reads a text of whatever media type: what comes as JSON is the JSON string, and anything else, or
/// what only says that it is JSON, is the body as it is.
///
/// # Errors
///
/// As [`text`].
pub fn any_text(response: &RawResponse) -> Result<Decoded<String>, Failure> {
    let json = response.json().ok();
    match json.and_then(|json| serde_json::from_str(&json).ok()) {
        Some(text) => Ok(Decoded::new(text)),
        None => text(response),
    }
}

/// The same; an empty body is `None`, as is null.
///
/// # Errors
///
/// As [`text`].
pub fn optional_any_text(response: &RawResponse) -> Result<Decoded<Option<String>>, Failure> {
    if is_nothing(response) {
        return Ok(Decoded::new(None));
    }
    Ok(any_text(response)?.map(Some))
}

/// Reads a number, a date or another value that has a text, out of its text.
///
/// # Errors
///
/// As [`text`], or if it isn't the text of a `T`.
pub fn scalar<T: DeserializeOwned>(response: &RawResponse) -> Result<Decoded<T>, Failure> {
    let text = response.exact_text()?;
    let text = text.trim();
    if let Ok(data) = serde_json::from_str(text) {
        return Ok(Decoded::new(data));
    }
    let quoted = serde_json::Value::from(text).to_string();
    let (data, deviations) = read(response, None, &quoted)?;
    Ok(Decoded {
        deviations,
        ..Decoded::new(data)
    })
}

/// The same; an empty body is `None`.
///
/// # Errors
///
/// As [`scalar`], if there is a body.
pub fn optional_scalar<T: DeserializeOwned>(
    response: &RawResponse,
) -> Result<Decoded<Option<T>>, Failure> {
    if response.body().is_empty() {
        return Ok(Decoded::new(None));
    }
    scalar(response)
}

/// Takes the body as it is.
///
/// # Errors
///
/// Never; it has the form of the others.
pub fn bytes(response: &RawResponse) -> Result<Decoded<Bytes>, Failure> {
    Ok(Decoded::new(response.body().clone()))
}

/// The same; an empty body is `None`.
///
/// # Errors
///
/// Never; it has the form of the others.
pub fn optional_bytes(response: &RawResponse) -> Result<Decoded<Option<Bytes>>, Failure> {
    Ok(bytes(response)?.map(|bytes| Some(bytes).filter(|bytes| !bytes.is_empty())))
}

/// Ignores the body.
///
/// # Errors
///
/// Never; it has the form of the others.
pub fn empty(_: &RawResponse) -> Result<Decoded<()>, Failure> {
    Ok(Decoded::new(()))
}

impl<T> Decoded<T> {
    pub(super) fn new(data: T) -> Self {
        Self {
            data,
            messages: Vec::new(),
            deviations: Vec::new(),
        }
    }

    /// The same with other data.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded {
            data: change(self.data),
            messages: self.messages,
            deviations: self.deviations,
        }
    }
}

impl Failure {
    pub(super) fn unreadable(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Unreadable {
            path: path.into(),
            reason: reason.into(),
        }
    }
}

/// Whether there is no body, or null.
fn is_nothing(response: &RawResponse) -> bool {
    let is_null = || response.json().is_ok_and(|json| json.trim() == "null");
    response.body().is_empty() || is_null()
}

/// Reads what fits as it is. What does not is read once more: by what it means, unless the client is
/// strict, and otherwise to find where it does not fit.
pub(super) fn read<T: DeserializeOwned>(
    response: &RawResponse,
    member: Option<&str>,
    json: &str,
) -> Result<(T, Vec<Deviation>), Failure> {
    let sensitive = response.service().sensitive;
    value(json, member, sensitive, response.is_strict())
}

/// The same of JSON that no response is at hand of.
///
/// # Errors
///
/// As [`json`].
pub fn value<T: DeserializeOwned>(
    json: &str,
    member: Option<&str>,
    sensitive: &[&str],
    is_strict: bool,
) -> Result<(T, Vec<Deviation>), Failure> {
    let error = match integer::likely_digits(|| serde_json::from_str(json)) {
        Ok(value) => return Ok((value, Vec::new())),
        Err(error) => error,
    };
    let unreadable =
        |path: &[Step], reason| Failure::unreadable(path::text(path, member, sensitive), reason);
    let lenient = if is_strict {
        None
    } else {
        deviations::read(json)
    };
    match lenient {
        Some(Ok((value, found))) => Ok((value, found.deviations(member, sensitive))),
        Some(Err(failed)) => Err(unreadable(&failed.path, failed.reason)),
        None => {
            let Nested { path, reason } = Nested::find::<T>(json, &error);
            Err(unreadable(&path, reason))
        }
    }
}
