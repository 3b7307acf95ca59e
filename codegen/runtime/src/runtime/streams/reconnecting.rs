//! A stream of events that is asked for again where it ends.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::items::ItemStream;
use crate::runtime::clock;
use crate::runtime::error::Error;
use crate::runtime::request::Request;

const LAST_EVENT_ID: &str = "last-event-id";

/// Events of a service that goes on sending them: where the connection ends, breaks or falls silent,
/// the stream is asked for again, after the last event.
///
/// The service is told by `last-event-id` which event that was, if events have ids, and is given the time
/// that its field `retry` asks for. It ends for good with the status 204, with the event that ends a
/// stream of items, and after as many attempts in a row without an event as the call may be
/// tried again; then the error comes, if there is one. A call that changes something is not made twice.
pub struct Reconnecting<T> {
    request: Request<ItemStream<T>>,
    state: State<T>,
    last_event_id: String,
    retry: Option<Duration>,
    // How often in a row it was asked for without a new event.
    fruitless: u32,
}

enum State<T> {
    New,
    Connecting(Connecting<T>),
    Open(Box<ItemStream<T>>),
    Ended,
}

type Connecting<T> = Pin<Box<dyn Future<Output = Result<ItemStream<T>, Error>> + Send>>;

impl<T: 'static> Request<ItemStream<T>> {
    /// The events, which are asked for again where they end.
    pub fn reconnecting(self) -> Reconnecting<T> {
        Reconnecting {
            request: self,
            state: State::New,
            last_event_id: String::new(),
            retry: None,
            fruitless: 0,
        }
    }
}

impl<T: 'static> Reconnecting<T> {
    /// The next event, once it is there; `None` at the end.
    ///
    /// It loses nothing if it is cancelled.
    ///
    /// # Errors
    ///
    /// As for the request itself, and [`Error::Decode`] if an event can't be read, after which others
    /// follow.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// The id of the last event that had one; empty if there was none.
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// Begins after the event with this id.
    #[must_use]
    pub fn after(mut self, last_event_id: impl Into<String>) -> Self {
        self.last_event_id = last_event_id.into();
        self
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            match &mut self.state {
                State::New => self.connect(Duration::ZERO),
                State::Ended => return Poll::Ready(None),
                State::Connecting(connecting) => match ready!(connecting.as_mut().poll(context)) {
                    Ok(items) if items.status() == 204 => self.state = State::Ended,
                    Ok(items) => self.state = State::Open(Box::new(items)),
                    Err(error) => {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Open(items) => {
                    let event = ready!(items.poll_item(context));
                    self.retry = items.retry().or(self.retry);
                    if let Some(id) = items.stated_event_id() {
                        id.clone_into(&mut self.last_event_id);
                    }
                    let failed = match event {
                        Some(Err(error)) if error.is_retryable() => Some(error),
                        Some(event) => {
                            self.fruitless = 0;
                            return Poll::Ready(Some(event));
                        }
                        None if items.is_finished() => {
                            self.state = State::Ended;
                            continue;
                        }
                        None => None,
                    };
                    if let Some(last) = self.lost(failed) {
                        return Poll::Ready(last);
                    }
                }
            }
        }
    }

    /// Connects again, or gives what comes last.
    fn lost(&mut self, error: Option<Error>) -> Option<Option<Result<T, Error>>> {
        let Some(wait) = self.request.wait_again(self.fruitless) else {
            self.state = State::Ended;
            return Some(error.map(Err));
        };
        self.fruitless += 1;
        self.connect(self.retry.unwrap_or(wait));
        None
    }

    fn connect(&mut self, wait: Duration) {
        let request = self.request.again();
        let id = Some(self.last_event_id.clone()).filter(|id| !id.is_empty());
        self.state = State::Connecting(Box::pin(async move {
            let request = request?.header(LAST_EVENT_ID, id);
            clock::sleep(wait).await;
            request.await
        }));
    }
}

impl<T> Unpin for Reconnecting<T> {}

impl<T: 'static> futures_core::Stream for Reconnecting<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> fmt::Debug for Reconnecting<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reconnecting")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
