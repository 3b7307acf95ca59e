//! Calls of programs that are not async, where the feature `blocking` is on.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Semaphore;

use super::error::{ConfigurationError, Error};

/// Waits for a call, on a runtime that all such calls share: connections live as long as that.
///
/// # Errors
///
/// As of the call; and in a task of an async runtime, which has to await instead. What such a runtime lets block, as
/// `tokio::task::spawn_blocking` does, may.
pub fn wait<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() && is_in_task() {
        let reason =
            "`blocking` would stop the async runtime that it is called in: await the request there";
        return Err(ConfigurationError::new(reason).into());
    }
    // Its connections and timers are of the shared runtime, whose own thread drives them.
    let _entered = shared()?.enter();
    parked(call)
}

/// Runs a call on this thread, which sleeps between. A runtime's own `block_on` panics where it takes the thread for an async one.
fn parked<T>(call: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut call = pin!(call);
    loop {
        match call.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// More than Tokio lets a task do before that has to let others run.
const MORE_THAN_A_TASK_MAY: usize = 1_000;

/// Whether Tokio counts what the code around does, as it does of tasks, which must not block, and not of what may. It says so in no
/// other way that does not panic.
fn is_in_task() -> bool {
    let permits = Semaphore::new(1);
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_TASK_MAY).any(|_| pin!(permits.acquire()).poll(&mut context).is_pending())
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
