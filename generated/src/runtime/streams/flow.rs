//! The body of a response while it arrives: it may take as long as it likes, and may not fall silent.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;

use crate::runtime::clock::{Instant, Sleep, after, sleep};
use crate::runtime::transport::{Incoming, Response};

/// The bytes that are still to come.
pub struct Flow {
    body: Incoming,
    silence: Duration,
    timer: Pin<Box<Sleep>>,
    // Whether the timer counts: not while whoever reads is busy with what came.
    waits: bool,
}

/// Why there are no more.
#[derive(Debug)]
pub enum Broken {
    Silent(Duration),
    Transport(reqwest::Error),
}

impl Flow {
    pub fn new(response: Response, silence: Duration) -> Self {
        Self {
            body: response.into(),
            silence,
            timer: Box::pin(sleep(silence)),
            waits: false,
        }
    }

    /// The next bytes; none at the end.
    pub fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Broken>>> {
        while let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.waits = false;
            match frame.transpose() {
                Ok(None) => return Poll::Ready(None),
                Err(error) => return Poll::Ready(Some(Err(Broken::Transport(error)))),
                Ok(Some(frame)) => match frame.into_data() {
                    Ok(chunk) if !chunk.is_empty() => return Poll::Ready(Some(Ok(chunk))),
                    _ => {}
                },
            }
        }
        if !self.waits {
            let end = after(Instant::now(), self.silence);
            self.timer.as_mut().reset(end);
            self.waits = true;
        }
        ready!(self.timer.as_mut().poll(context));
        Poll::Ready(Some(Err(Broken::Silent(self.silence))))
    }
}

impl fmt::Debug for Flow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Flow(_)")
    }
}
