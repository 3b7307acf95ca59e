//! Calls of programs that are not async, where the feature `blocking` is on.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::OnceLock;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

use super::error::{ConfigurationError, Error};

/// Waits for a call, on a runtime that all such calls share: connections live as long as that.
///
/// # Errors
///
/// As of the call; and if this thread is one of an async runtime, which has to await instead.
pub fn wait<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        let reason =
            "`blocking` would stop the async runtime that it is called in: await the request there";
        return Err(ConfigurationError::new(reason).into());
    }
    shared()?.block_on(call)
}

/// Waits for each item of a stream. Where that is not possible the error is all that comes.
pub fn each<T>(
    mut items: impl Stream<Item = Result<T, Error>> + Unpin,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut is_over = false;
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let next = poll_fn(|context| Pin::new(&mut items).poll_next(context));
        let next = wait(async { Ok(next.await) }).unwrap_or_else(|error| {
            is_over = true;
            Some(Err(error))
        });
        is_over |= next.is_none();
        next
    })
}

fn shared() -> Result<&'static Runtime, Error> {
    static SHARED: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    let build = || {
        Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
    };
    SHARED.get_or_init(build).as_ref().map_err(|error| {
        ConfigurationError::new(format!(
            "no runtime can be made for blocking calls: {error}"
        ))
        .into()
    })
}
