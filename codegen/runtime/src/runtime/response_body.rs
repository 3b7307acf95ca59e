//! Reading the body of a response whole, up to a limit.

use std::error::Error;
use std::io::{self, ErrorKind};

use bytes::Bytes;
use reqwest::Response;

const TOO_LONG: &str = "the body is longer than the client's `max_response_bytes`";

const GARBLED: &str = "the body can't be decompressed";

/// The bytes of a body, or as many of them as there are to be had.
pub(super) struct ResponseBody {
    pub(super) bytes: Bytes,
    /// Why there are no more.
    pub(super) missing: Option<&'static str>,
}

/// Reads the body; what is over the limit stays unread.
///
/// The limit is on what comes out of decompression, so that a small response can't fill the memory.
pub(super) async fn read(mut response: Response, limit: u64) -> reqwest::Result<ResponseBody> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    let missing = loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break None,
            Err(error) if is_garbled(&error) => break Some(GARBLED),
            Err(error) => return Err(error),
        };
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            break Some(TOO_LONG);
        }
    };
    Ok(ResponseBody {
        bytes: bytes.into(),
        missing,
    })
}

/// Whether the bytes arrived, and mean nothing: then the connection is not to blame.
fn is_garbled(error: &reqwest::Error) -> bool {
    // What the decompressor says is the cause itself; what the connection says is wrapped in more.
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    cause.is_some_and(|cause: &io::Error| cause.kind() != ErrorKind::UnexpectedEof)
}
