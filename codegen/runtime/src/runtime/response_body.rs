//! Reading the body of a response whole, up to a limit.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use bytes::Bytes;

use super::clock::timeout;
use super::streams::Broken;
use super::transport::Response;

/// How much memory is taken before anything has arrived.
const MOST_AT_ONCE: usize = 1024 * 1024;

const TOO_LONG: &str = "the body is longer than the client's `max_response_bytes`";

pub(super) const GARBLED: &str = "the body can't be decompressed";

/// The bytes of a body, or as many of them as there are to be had.
pub(super) struct ResponseBody {
    pub(super) bytes: Bytes,
    /// Why there are no more.
    pub(super) missing: Option<&'static str>,
}

/// Reads the body; what is over the limit stays unread.
///
/// The limit is on what comes out of decompression, so that a small response can't fill the memory.
///
/// # Errors
///
/// If the connection breaks, or if nothing comes for as long as `silence`, if there is such a limit.
pub(super) async fn read(
    mut response: Response,
    limit: u64,
    silence: Option<Duration>,
) -> Result<ResponseBody, Broken> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let stated = stated(&response).min(limit);
    let mut read = Read::Nothing;
    let missing = loop {
        let mut chunk = match chunk(&mut response, silence).await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break None,
            Err(Broken::Transport(error)) if is_garbled(&error) => break Some(GARBLED),
            Err(broken) => return Err(broken),
        };
        let room = limit - read.len();
        let is_over = chunk.len() > room;
        chunk.truncate(room);
        read.push(chunk, stated);
        if is_over {
            break Some(TOO_LONG);
        }
    };
    Ok(ResponseBody {
        bytes: read.into_bytes(),
        missing,
    })
}

/// What has arrived: nearly all short bodies do as one, which is not copied.
enum Read {
    Nothing,
    One(Bytes),
    Several(Vec<u8>),
}

impl Read {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(chunk) => chunk.len(),
            Self::Several(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, chunk: Bytes, stated: usize) {
        match self {
            Self::Nothing => *self = Self::One(chunk),
            Self::One(first) => {
                let mut bytes = Vec::with_capacity(stated.max(first.len() + chunk.len()));
                bytes.extend_from_slice(first);
                bytes.extend_from_slice(&chunk);
                *self = Self::Several(bytes);
            }
            Self::Several(bytes) => bytes.extend_from_slice(&chunk),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(chunk) => chunk,
            Self::Several(bytes) => bytes.into(),
        }
    }
}

/// How long the body will be by its head, which may say anything.
fn stated(response: &Response) -> usize {
    let length = response.content_length().unwrap_or_default();
    usize::try_from(length)
        .unwrap_or(MOST_AT_ONCE)
        .min(MOST_AT_ONCE)
}

async fn chunk(
    response: &mut Response,
    silence: Option<Duration>,
) -> Result<Option<Bytes>, Broken> {
    let chunk = match silence {
        None => response.chunk().await,
        Some(silence) => {
            let chunk = timeout(silence, response.chunk()).await;
            chunk.map_err(|_| Broken::Silent(silence))?
        }
    };
    chunk.map_err(Broken::Transport)
}

/// Whether the bytes arrived, and mean nothing: then the connection is not to blame.
pub(super) fn is_garbled(error: &reqwest::Error) -> bool {
    // What the decompressor says is the cause itself; what the connection says is wrapped in more.
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    cause.is_some_and(|cause: &io::Error| cause.kind() != ErrorKind::UnexpectedEof)
}
