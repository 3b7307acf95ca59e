//! Reading a body whole, up to a limit.

use bytes::Bytes;
use reqwest::Response;

/// The bytes of a body, or as many of them as the limit allows.
pub(super) struct Body {
    pub(super) bytes: Bytes,
    pub(super) complete: bool,
}

/// Reads the body; what is over the limit stays unread.
///
/// The limit is on what comes out of decompression, so that a small answer can't fill the memory.
pub(super) async fn read(mut response: Response, limit: u64) -> reqwest::Result<Body> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok(Body {
                bytes: bytes.into(),
                complete: false,
            });
        }
    }
    Ok(Body {
        bytes: bytes.into(),
        complete: true,
    })
}
