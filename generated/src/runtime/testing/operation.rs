//! One operation of the fake: what it responds, and what it was called with.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use serde::Serialize;

use super::Stubbed;
use super::call::Call;
use super::encoding::{self, Encoding, Success};
use super::reply::Reply;
use super::shared::{Shared, Stub};
use crate::runtime::headers::header;
use crate::runtime::pages::{Paged, StubbedPages};

/// An operation of a [`Fake`](super::Fake), by the type of its request.
///
/// Each response that is stated is given once, in the order in which they are stated, and the last one as often as it is
/// asked for. Methods of the client that send the same HTTP method to the same path are one operation.
pub struct Operation<R> {
    shared: Arc<Shared>,
    operation: &'static str,
    request: PhantomData<fn() -> R>,
}

impl<R> Operation<R> {
    pub(super) fn new(shared: &Arc<Shared>, operation: &'static str) -> Self {
        Self {
            shared: shared.clone(),
            operation,
            request: PhantomData,
        }
    }

    /// Responds with a value of the type that the client's method gives, in the API's envelope if it has one. Of a stream
    /// that is a list of its items.
    pub fn returns<T>(self, value: <R::Encoding as Encoding<T>>::Value) -> Self
    where
        R: Stubbed + IntoFuture,
        R::Output: Success<Data = T>,
        R::Encoding: Encoding<T>,
    {
        let reply = R::Encoding::reply(value, self.shared.service);
        self.reply(reply)
    }

    /// Responds with the pages of a list, each a value of the type that the client's method gives.
    ///
    /// Where the next one is comes by the scheme of the operation: in the body, as a number of pages, or in the header
    /// `Link`; the request says which page it is for. After the last page there is an empty one.
    pub fn returns_pages<T>(
        self,
        pages: impl IntoIterator<Item = <R::Encoding as Encoding<T>>::Value>,
    ) -> Self
    where
        R: Stubbed + Paged + IntoFuture,
        R::Output: Success<Data = T>,
        R::Encoding: Encoding<T>,
    {
        let pages = pages.into_iter();
        let replies = pages.map(|page| R::Encoding::reply(page, self.shared.service));
        let replies: Vec<Reply> = replies.collect();
        let bodies = replies.iter();
        let bodies = bodies.map(|reply| String::from_utf8_lossy(&reply.body).into_owned());
        let pages = StubbedPages::new(R::PAGINATION, bodies.collect());
        self.stub(Stub::Pages(pages, replies))
    }

    /// Responds with this JSON in place of a value, in the API's envelope if it has one.
    pub fn returns_json(self, json: impl Serialize) -> Self {
        let reply = encoding::enveloped(json, self.shared.service);
        self.reply(reply)
    }

    /// Responds with a status, and the JSON that is the whole body.
    ///
    /// # Panics
    ///
    /// If the status is none of HTTP's.
    #[track_caller]
    pub fn fails(self, status: u16, body: impl Serialize) -> Self {
        let reply = encoding::json(body, self.shared.service);
        self.reply(reply).status(status)
    }

    /// Responds with a status and no body.
    ///
    /// # Panics
    ///
    /// If the status is none of HTTP's.
    #[track_caller]
    pub fn returns_status(self, status: u16) -> Self {
        self.reply(Reply::empty(StatusCode::NO_CONTENT))
            .status(status)
    }

    /// Responds with a status, a media type, and the body as it is.
    ///
    /// # Panics
    ///
    /// If the status is none of HTTP's, or the media type cannot be sent.
    #[track_caller]
    pub fn responds(self, status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Reply::empty(StatusCode::OK);
        reply.body = body.into();
        self.reply(reply)
            .status(status)
            .header("content-type", media_type)
    }

    /// Ends the connection in place of a response.
    pub fn disconnects(self) -> Self {
        let mut reply = Reply::empty(StatusCode::OK);
        reply.disconnects = true;
        self.reply(reply)
    }

    /// Gives what was stated last after this time only.
    ///
    /// # Panics
    ///
    /// If nothing was stated.
    #[track_caller]
    pub fn after(self, delay: Duration) -> Self {
        self.change("after", |reply| reply.delay = delay)
    }

    /// Gives what was stated last with this status.
    ///
    /// # Panics
    ///
    /// If nothing was stated, or the status is none of HTTP's.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        let code = StatusCode::from_u16(status);
        let code = code.unwrap_or_else(|_| panic!("{status} is no status of HTTP"));
        self.change("status", |reply| reply.status = code)
    }

    /// Gives what was stated last with this header.
    ///
    /// # Panics
    ///
    /// If nothing was stated, or the header cannot be sent.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let (header, value) =
            header(name, value).unwrap_or_else(|| panic!("the header `{name}` cannot be sent"));
        self.change("header", |reply| {
            reply.headers.insert(header.clone(), value.clone());
        })
    }

    /// The requests that came, in their order; each attempt is one.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls(Some(self.operation))
    }

    /// The only request that came.
    ///
    /// # Panics
    ///
    /// If there is none, or another.
    #[track_caller]
    pub fn assert_called_once(&self) -> Call {
        let mut calls = self.assert_called(1);
        calls.remove(0)
    }

    /// As many requests as came.
    ///
    /// # Panics
    ///
    /// If there are more or less.
    #[track_caller]
    pub fn assert_called(&self, times: usize) -> Vec<Call> {
        let calls = self.calls();
        assert!(
            calls.len() == times,
            "{self:?} was called {}, and should have been {}{}",
            count(calls.len()),
            count(times),
            self.listing(&calls),
        );
        calls
    }

    /// That no request came.
    ///
    /// # Panics
    ///
    /// If one did.
    #[track_caller]
    pub fn assert_not_called(&self) {
        self.assert_called(0);
    }

    /// A request for which this is true, the first of them.
    ///
    /// # Panics
    ///
    /// If it is true of none.
    #[track_caller]
    pub fn assert_called_with(&self, is_meant: impl Fn(&Call) -> bool) -> Call {
        let calls = self.calls();
        let listing = self.listing(&calls);
        let found = calls.into_iter().find(is_meant);
        found.unwrap_or_else(|| panic!("{self:?} was not called as it should have been{listing}"))
    }

    /// The requests as lines, or those that were of other operations.
    fn listing(&self, calls: &[Call]) -> String {
        let (title, listed) = match calls {
            [] => ("all requests", self.shared.calls(None)),
            calls => ("its requests", calls.to_vec()),
        };
        if listed.is_empty() {
            return "; no request came at all".to_owned();
        }
        let lines = listed.iter().map(|call| format!("\n  {call}"));
        format!("; {title}:{}", lines.collect::<String>())
    }

    #[track_caller]
    fn change(self, what: &str, change: impl Fn(&mut Reply)) -> Self {
        let changed = self.shared.change(self.operation, change);
        assert!(
            changed,
            "`{what}` changes a response that was stated, and none was for {self:?}"
        );
        self
    }

    fn reply(self, reply: Reply) -> Self {
        self.stub(Stub::Reply(reply))
    }

    fn stub(self, stub: Stub) -> Self {
        self.shared.push(self.operation, stub);
        self
    }
}

fn count(times: usize) -> String {
    match times {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        times => format!("{times} times"),
    }
}

impl<R> Clone for Operation<R> {
    fn clone(&self) -> Self {
        Self::new(&self.shared, self.operation)
    }
}

impl<R> fmt::Debug for Operation<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let access = self.shared.access(self.operation);
        write!(formatter, "`client.{access}` ({})", self.operation)
    }
}
