//! Requests for what changed only.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::error::Error;
use super::request::Request;
use super::response::Response;

/// A request whose data is `None` where nothing changed since a response that was had before.
#[must_use = "a request does nothing until it is awaited"]
pub struct Conditional<T>(pub(super) Request<T>);

impl<T: 'static> Conditional<T> {
    /// Sends the request and keeps status, headers and messages beside the data;
    /// [`Response::not_modified`] says whether nothing changed.
    ///
    /// # Errors
    ///
    /// As of the request.
    pub async fn with_response(self) -> Result<Response<Option<T>>, Error> {
        self.0.with_response_if_modified().await
    }
}

#[cfg(feature = "blocking")]
impl<T> Conditional<T> {
    /// Sends the request and waits for its data, in a program that is not async.
    ///
    /// # Errors
    ///
    /// As for awaiting it; and in a task of an async runtime, which this would stop.
    pub fn blocking(self) -> Result<Option<T>, Error> {
        super::blocking::wait(async {
            let response = self.0.with_response_if_modified().await;
            response.map(Response::into_data)
        })
    }
}

impl<T: 'static> IntoFuture for Conditional<T> {
    type Output = Result<Option<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.with_response().await.map(Response::into_data) })
    }
}

impl<T> fmt::Debug for Conditional<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Conditional").field(&self.0).finish()
    }
}
