//! What responses are called: the words of statuses and media types.

use crate::api::Status;
use crate::rust::Decode;

/// The word of a status: its reason phrase (RFC 9110, section 15).
pub(super) fn status_word(status: Status) -> String {
    let word = match status {
        Status::Code(code) => STATUSES.iter().find(|(known, _)| *known == code),
        Status::Range(hundreds) => RANGES.iter().find(|(known, _)| *known == hundreds),
        Status::Default => Some(&(0, "Default")),
    };
    word.map_or_else(|| format!("Status{status}"), |(_, word)| (*word).to_owned())
}

/// The word of media types that are read alike.
pub(super) fn media_word(media_types: &[String], decode: Decode) -> String {
    let [one] = media_types else {
        return kind(decode).to_owned();
    };
    let essence = one.split(';').next().unwrap_or_default().trim();
    let (kind, name) = essence.split_once('/').unwrap_or(("", essence));
    match (kind, name) {
        ("text", "plain") => "Text".to_owned(),
        ("application", "octet-stream") | ("*", "*") => self::kind(decode).to_owned(),
        (kind, "*") => kind.to_owned(),
        (_, name) => {
            let name = name.strip_prefix("x-").unwrap_or(name);
            name.strip_prefix("vnd.").unwrap_or(name).to_owned()
        }
    }
}

fn kind(decode: Decode) -> &'static str {
    match decode {
        Decode::Text
        | Decode::OptionalText
        | Decode::AnyText
        | Decode::OptionalAnyText
        | Decode::Scalar
        | Decode::OptionalScalar => "Text",
        Decode::Bytes | Decode::OptionalBytes => "Bytes",
        _ => "Json",
    }
}

const RANGES: [(u16, &str); 5] = [
    (1, "Informational"),
    (2, "Success"),
    (3, "Redirection"),
    (4, "ClientError"),
    (5, "ServerError"),
];

const STATUSES: [(u16, &str); 50] = [
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritative"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (226, "ImUsed"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (418, "ImATeapot"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "HeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
];
