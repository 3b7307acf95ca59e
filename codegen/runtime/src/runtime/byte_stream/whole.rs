//! What a reader has, where hosts of JavaScript send whole bodies.

use std::future::poll_fn;
use std::io;

use tokio::io::ReadBuf;

use super::{Piece, Reader};

/// How many bytes are read at once.
const CHUNK: usize = 16 * 1024;

impl Piece {
    /// Reads it whole. It can be sent again then.
    pub(in crate::runtime) async fn measure(&mut self) -> io::Result<()> {
        let Self::Stream(stream) = self else {
            return Ok(());
        };
        let reader = stream.take().ok_or(io::ErrorKind::NotFound)?;
        let bytes = read(reader).await?;
        let length = u64::try_from(bytes.len()).ok();
        if stream.length.is_some() && stream.length != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        *self = Self::Bytes(bytes.into());
        Ok(())
    }
}

async fn read(mut reader: Reader) -> io::Result<Vec<u8>> {
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; CHUNK]);
    loop {
        let mut part = ReadBuf::new(&mut buffer);
        poll_fn(|context| reader.as_mut().poll_read(context, &mut part)).await?;
        if part.filled().is_empty() {
            return Ok(bytes);
        }
        bytes.extend_from_slice(part.filled());
    }
}
