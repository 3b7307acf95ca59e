//! Calls of programs that are not async, where the feature `blocking` is on.

use std::future::Future;
use std::sync::OnceLock;

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
