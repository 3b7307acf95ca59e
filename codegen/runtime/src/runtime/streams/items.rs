//! A response that is a stream of items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::Flow;
use super::frames::{Event, Frames, Framing};
use super::open::Context;
use crate::runtime::decode::{Decoded, Failure};
use crate::runtime::deviations::Deviation;
use crate::runtime::error::Error;
use crate::runtime::headers::HeaderNames;
use crate::runtime::raw_response::RawResponse;

/// What services send as the data of the last event, by no standard; as JSON it would be none.
const DONE: &str = "[DONE]";

const TOO_LONG: &str = "an item is longer than the client's `max_response_bytes`";

/// A response that is a stream of items, each read as it arrives.
///
/// ```text
/// while let Some(item) = items.next().await {
///     println!("{:?}", item?);
/// }
/// ```
///
/// An item that can't be read is an error, after which the stream goes on with the next one; an error
/// of the connection is the last. Nothing is asked for again once the stream is open. The timeout of
/// the call is how long the service may be silent, so that comments of a service keep its stream
/// open; there is no limit on the whole. Dropping the stream ends the request.
///
/// An event whose data is `[DONE]`, where JSON is expected, ends the stream, as services do that are
/// built after OpenAI's.
pub struct ItemStream<T> {
    flow: Option<Flow>,
    frames: Frames,
    read: ReadItem<T>,
    response: RawResponse,
    context: Context,
    count: usize,
    finished: bool,
    event: Option<String>,
    deviations: Vec<Deviation>,
}

/// How an item is read: the head of the response with the text of the item as its body, and where
/// the item is.
pub type ReadItem<T> = fn(&RawResponse, &Item<'_>) -> Result<Decoded<T>, Failure>;

/// The text of an item.
pub struct Item<'i> {
    pub event: &'i Event,
    /// As in `[3]`.
    pub place: &'i str,
}

impl<T> ItemStream<T> {
    pub(in crate::runtime) fn new(
        flow: Flow,
        context: Context,
        framing: Framing,
        read: ReadItem<T>,
        response: RawResponse,
    ) -> Self {
        Self {
            flow: Some(flow),
            frames: Frames::new(framing),
            read,
            response,
            context,
            count: 0,
            finished: false,
            event: None,
            deviations: Vec::new(),
        }
    }

    /// The next item, once it is there; `None` at the end.
    ///
    /// It loses nothing if it is cancelled.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if the item can't be read; [`Error::Timeout`] if the service was silent for
    /// too long, and [`Error::Connect`] if the connection broke, after which nothing follows.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The items, one after another, in a program that is not async.
    ///
    /// Within an async runtime, which this would stop, an error is all that comes.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> impl Iterator<Item = Result<T, Error>> {
        crate::runtime::blocking::each(self)
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// Of server-sent events, what kind the last item is, if that was said.
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// Of server-sent events, the last id that was sent, which the header `last-event-id` of another
    /// call may name; empty if there was none.
    pub fn last_event_id(&self) -> &str {
        self.frames.last_event_id().unwrap_or_default()
    }

    /// Of server-sent events, how long to wait before another call, if the service said so.
    pub fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    /// Where the last item is not what the API's description states; see
    /// [`Response::deviations`](crate::runtime::Response::deviations).
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// The same, if there was one.
    pub(super) fn stated_event_id(&self) -> Option<&str> {
        self.frames.last_event_id()
    }

    /// Whether the service said that nothing follows.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    pub(super) fn poll_item(
        &mut self,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(event) = self.frames.next(self.flow.is_none()) {
                return Poll::Ready(self.item(event));
            }
            let Some(flow) = &mut self.flow else {
                return Poll::Ready(None);
            };
            match ready!(flow.poll_chunk(context)) {
                Some(Ok(chunk)) => self.frames.push(&chunk),
                Some(Err(broken)) => {
                    self.end();
                    let error = self.context.broken(broken, &self.response);
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.flow = None,
            }
            let limit = usize::try_from(self.context.limit).unwrap_or(usize::MAX);
            if self.frames.length() > limit {
                self.end();
                let error = self.context.unreadable(&self.response, ".", TOO_LONG);
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    fn item(&mut self, event: Event) -> Option<Result<T, Error>> {
        let place = format!("[{}]", self.count);
        let item = Item {
            event: &event,
            place: &place,
        };
        let read = (self.read)(&self.response, &item);
        let stated = self.response.service().stream_end;
        let ends = !stated.is_empty() && event.data == stated;
        if ends || (read.is_err() && event.data == DONE) {
            self.finished = true;
            self.end();
            return None;
        }
        self.count += 1;
        let result = read.map_err(|failure| {
            let body = Bytes::from(event.data);
            self.context.failed(&self.response.with_body(body), failure)
        });
        self.event = event.name;
        Some(result.map(|decoded| {
            self.deviations = decoded.deviations;
            decoded.data
        }))
    }

    /// Closes the connection; what arrived beyond the last item is no item.
    fn end(&mut self) {
        self.flow = None;
        self.frames.clear();
    }
}

impl<T> Unpin for ItemStream<T> {}

impl<T> futures_core::Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ItemStream")
            .field("status", &self.status())
            .field("headers", &HeaderNames(self.headers()))
            .field("request_id", &self.request_id())
            .field("items", &self.count)
            .finish_non_exhaustive()
    }
}
