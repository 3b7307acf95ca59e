//! Asking for a state until it is the last.

use std::any::TypeId;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use reqwest::Url;

use super::error::WaitError;
use super::state::{LongRunning, Place, State};
use crate::runtime::clock::{Instant, after, sleep, timeout_at};
use crate::runtime::decode::{self, Decode, Failure};
use crate::runtime::error::Error;
use crate::runtime::execute::Delivery;
use crate::runtime::pages::{absolute, members};
use crate::runtime::request::Request;
use crate::runtime::response::Response;
use crate::runtime::retry;

/// For how long it is waited unless the caller says so.
const DEADLINE: Duration = Duration::from_secs(10 * 60);

const NO_URL: &str = "the service does not say where the state is";

/// A call that starts something which takes long: awaited, it gives the last state.
///
/// Between two calls it waits for as long as the service asks (`Retry-After`), or else for the interval. A call that fails is
/// tried again as any other. What is set on the request holds for each call, but for its query and its body. At another
/// origin no credentials are sent, no cookies, and no headers but those that say nothing.
#[must_use = "nothing is sent until it is awaited"]
pub struct Waiting<T> {
    request: Request<()>,
    how: LongRunning,
    decode: Decode<T>,
    deadline: Duration,
    // Whether what starts it gives a state, too: without, who waits in vain would not know what was started.
    is_state: bool,
}

impl<T: 'static> Request<T> {
    /// The call as what starts something that takes long, whose state is read as another type.
    pub fn wait_for<U: 'static>(self, how: LongRunning, decode: Decode<U>) -> Waiting<U> {
        Waiting {
            request: self.read_as(decode::empty, Delivery::Whole),
            how,
            decode,
            deadline: DEADLINE,
            is_state: TypeId::of::<T>() == TypeId::of::<U>(),
        }
    }
}

impl<T> Waiting<T> {
    /// For how long it is waited at most: ten minutes, unless this says otherwise. A wait that would end later does not begin.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = time;
        self
    }

    /// How long to wait between two calls, where the service does not say so.
    pub fn interval(mut self, time: Duration) -> Self {
        self.how.interval = time;
        self
    }

    /// The same, in a program that is not async.
    ///
    /// # Errors
    ///
    /// As for awaiting it; and in a task of an async runtime, which this would stop.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<T, WaitError<T>> {
        let waited = crate::runtime::blocking::wait(async { Ok(self.run().await) });
        waited.map_err(|error| WaitError::Call { error, last: None })?
    }

    async fn run(self) -> Result<T, WaitError<T>> {
        let ends = after(Instant::now(), self.deadline);
        let call = self.request.failed();
        let mut last = None;
        match (self.follow(ends, &mut last).await, last) {
            (Ok(State::Done), Some(state)) => Ok(*state),
            (Ok(State::Failed), Some(last)) => Err(WaitError::Failed { call, last }),
            (Ok(_), last) => Err(WaitError::Deadline { call, last }),
            (Err(error), last) => Err(WaitError::Call { error, last }),
        }
    }

    /// Asks until the state is the last, or the time is over.
    async fn follow(self, ends: Instant, last: &mut Option<Box<T>>) -> Result<State, Error> {
        let (how, decode, is_state) = (self.how, self.decode, self.is_state);
        let mut start = self.request;
        // The first finds what was rejected.
        let (start, mut poll) = match how.place {
            Place::Itself => (start.again()?, start),
            Place::Header(_) => start.with_polling(None),
            Place::Path { path, .. } => start.with_polling(Some(path)),
        };
        let from = start.resolved();
        let Ok(response) = timeout_at(ends, start.with_response()).await else {
            return Ok(State::Going);
        };
        let mut response = response?;
        if is_state {
            *last = read(&response, decode).ok().map(Box::new);
        }
        let mut place = match how.place {
            Place::Itself => None,
            Place::Header(name) => match named(name, &response, &from?)? {
                Some(url) => Some(url),
                // It was done at once.
                None => {
                    let missing = || response.unreadable((name, NO_URL));
                    let state = read(&response, decode).map_err(|_| missing())?;
                    *last = Some(Box::new(state));
                    return Ok(how.state(&response));
                }
            },
            Place::Path { id, .. } => {
                poll = poll.with_id(&identified(&response, id)?);
                None
            }
        };
        let mut left = false;
        let mut is_start = !matches!(how.place, Place::Itself);
        loop {
            if !std::mem::take(&mut is_start) {
                let state = how.state(&response);
                if state != State::Going {
                    *last = Some(Box::new(read(&response, decode)?));
                    return Ok(state);
                }
                *last = read(&response, decode).ok().map(Box::new).or(last.take());
            }
            let wait = retry::requested_wait(response.headers()).unwrap_or(how.interval);
            if ends.saturating_duration_since(Instant::now()) <= wait {
                return Ok(State::Going);
            }
            sleep(wait).await;
            let mut call = poll.again()?;
            if let Some(url) = &place {
                (call, left) = call.follow(url, left)?;
            }
            let from = call.resolved()?;
            let Ok(next) = timeout_at(ends, call.with_response()).await else {
                return Ok(State::Going);
            };
            response = next?;
            if let Place::Header(name) = how.place {
                place = named(name, &response, &from)?.or(place);
            }
        }
    }
}

/// The URL in the header.
fn named(name: &'static str, response: &Response<()>, from: &Url) -> Result<Option<String>, Error> {
    let value = response.headers().get(name);
    let value = value.and_then(|value| value.to_str().ok());
    let url = value.map(|value| absolute(name, value, from)).transpose();
    Ok(url.map_err(|stuck| response.unreadable(stuck))?)
}

fn identified(response: &Response<()>, pointer: &'static str) -> Result<String, Error> {
    let json = response.raw().json().unwrap_or_default();
    let id = members::text(&json, pointer);
    let place = pointer.strip_prefix('/').unwrap_or(pointer);
    Ok(id.ok_or_else(|| response.unreadable((place, NO_URL)))?)
}

fn read<T>(response: &Response<()>, decode: Decode<T>) -> Result<T, Error> {
    match decode(response.raw()) {
        Ok(decoded) => Ok(decoded.data),
        Err(Failure::Rejected) => Err(response.unreadable((".", "it says that it failed")).into()),
        Err(Failure::Unreadable { path, reason }) => {
            Err(response.unreadable((&path, &reason)).into())
        }
    }
}

impl<T: Send + 'static> IntoFuture for Waiting<T> {
    type Output = Result<T, WaitError<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T> fmt::Debug for Waiting<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Waiting")
            .field("request", &self.request)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
