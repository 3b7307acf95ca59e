//! Calls that can go well in several ways: which documented response one is, and how it is read.

use std::ops::RangeInclusive;

use reqwest::header::CONTENT_TYPE;

use super::decode::{self, Decode, Decoded, Failure};
use super::raw_response::RawResponse;

const NO_CONTENT: u16 = 204;

/// A response that the API's description has for calls that went well.
pub struct Documented<T> {
    /// The statuses that it is sent with.
    pub statuses: Statuses,
    /// Its media types; none where no body comes.
    pub media_types: &'static [&'static str],
    /// How it is read.
    pub decode: Decode<T>,
}

/// One status, or a range of them.
pub struct Statuses(RangeInclusive<u16>);

/// Reads a response as the documented one that it is.
///
/// That is one of its status and its media type; else one of its status; else, of those that have
/// its media type, the one with the nearest status. Nothing stands for the documented 204 only: any
/// other response without a body says what its status means.
///
/// # Errors
///
/// If there is none, or it can't be read as that.
pub fn read<T>(
    response: &RawResponse,
    documented: &[Documented<T>],
) -> Result<Decoded<T>, Failure> {
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.map(|value| value.to_str().unwrap_or("?"));
    let is_empty = response.body().is_empty();
    let fits = |one: &&Documented<T>| one.fits(content_type, is_empty);
    let of_status = || {
        let found = documented
            .iter()
            .filter(|one| one.statuses.0.contains(&status));
        found.min_by_key(|one| one.statuses.width())
    };
    let fitting = documented.iter().filter(fits);
    let nearest = fitting.min_by_key(|one| (one.statuses.distance(status), one.statuses.width()));
    let exact = nearest.filter(|one| one.statuses.0.contains(&status));
    let nearest = nearest.filter(|one| !is_empty || one.statuses.0.contains(&NO_CONTENT));
    match exact.or_else(of_status).or(nearest) {
        Some(one) => (one.decode)(response),
        None => Err(Failure::unreadable(".", unknown(content_type, is_empty))),
    }
}

/// Reads what a response may go without: with one of these statuses it has no data.
///
/// # Errors
///
/// If there is a body with another status that can't be read.
pub fn unless<T>(
    statuses: &[u16],
    response: &RawResponse,
    decode: Decode<Option<T>>,
) -> Result<Decoded<Option<T>>, Failure> {
    if statuses.contains(&response.status().as_u16()) {
        return Ok(decode::empty(response)?.map(|()| None));
    }
    decode(response)
}

impl<T> Documented<T> {
    fn fits(&self, content_type: Option<&str>, is_empty: bool) -> bool {
        let has_body = !self.media_types.is_empty();
        match content_type {
            _ if is_empty => !has_body,
            None => has_body,
            Some(found) => self.media_types.iter().any(|stated| covers(stated, found)),
        }
    }
}

impl Statuses {
    pub(super) fn first(&self) -> u16 {
        *self.0.start()
    }

    fn width(&self) -> u16 {
        self.0.end() - self.0.start()
    }

    fn distance(&self, status: u16) -> u16 {
        let below = self.0.start().saturating_sub(status);
        below.max(status.saturating_sub(*self.0.end()))
    }
}

impl From<u16> for Statuses {
    fn from(status: u16) -> Self {
        Self(status..=status)
    }
}

impl From<RangeInclusive<u16>> for Statuses {
    fn from(statuses: RangeInclusive<u16>) -> Self {
        Self(statuses)
    }
}

/// Whether a stated media type, which may be a range, covers what a response has. All that is JSON
/// is read alike.
fn covers(stated: &str, found: &str) -> bool {
    let (stated, found) = (essence(stated), essence(found));
    if stated == found || (is_json(&stated) && is_json(&found)) {
        return true;
    }
    match stated.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => found.split('/').next() == Some(kind),
        None => false,
    }
}

/// The media type without its parameters, which has no case (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> String {
    let name = media_type.split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

fn unknown(content_type: Option<&str>, is_empty: bool) -> String {
    let what = match content_type {
        _ if is_empty => "an empty body".to_owned(),
        Some(found) => format!("the content type `{}`", essence(found)),
        None => "no content type".to_owned(),
    };
    format!("no response with this status and {what} is documented")
}

/// Defines what a call gives that can go well in several ways: each variant is a documented response,
/// with what it holds, and as its value how it is read, with which statuses and which media types it
/// comes.
// Whatever is too long for a line is broken and ends in a comma.
macro_rules! outcomes {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $(#[$docs:meta])*
                $variant:ident $(($data:ty $(,)?))? =
                    $decode:ident($statuses:expr, &[$($media_type:literal),* $(,)?] $(,)?)
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum $name {
            $($(#[$docs])* $variant $(($data))?,)*
        }

        impl $name {
            #[inline]
            fn read(
                response: &$crate::runtime::RawResponse,
            ) -> Result<$crate::runtime::Decoded<Self>, $crate::runtime::Failure> {
                $crate::runtime::outcomes::read(response, &[$(
                    $crate::runtime::outcomes::Documented {
                        statuses: $statuses.into(),
                        media_types: &[$($media_type),*],
                        decode: |response| {
                            let decoded = $crate::runtime::decode::$decode(response)?;
                            Ok(decoded.map($crate::runtime::outcomes!(@of $variant $(($data))?)))
                        },
                    },
                )*])
            }
        }

        #[cfg(feature = "testing")]
        impl $crate::runtime::testing::encoding::Several for $name {
            fn reply(
                self,
                service: &$crate::runtime::Service,
            ) -> $crate::runtime::testing::Reply {
                match self {$(
                    Self::$variant $(($crate::runtime::outcomes!(@named data ($data))))? => {
                        let data = $crate::runtime::outcomes!(@named data $(($data))?);
                        $crate::runtime::testing::encoding::$decode(data, service)
                            .documented($statuses, &[$($media_type),*])
                    }
                )*}
            }
        }
    };
    (@named $name:ident ($data:ty)) => { $name };
    (@named $name:ident) => { () };
    (@of $variant:ident ($data:ty)) => { Self::$variant };
    (@of $variant:ident) => { |()| Self::$variant };
}

pub(crate) use outcomes;
