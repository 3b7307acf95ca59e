//! The timers of a host of JavaScript, where those of Tokio would panic.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;

use super::after;

pub use web_time::Instant;

/// The longest that `setTimeout` waits; of more it would wait no time at all.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// Is ready once the time has come. Only the thread that made it may await it, and there is one.
pub struct Sleep {
    end: Instant,
    timer: SendWrapper<TimeoutFuture>,
}

/// The time is over.
#[derive(Debug)]
pub struct Elapsed;

pub fn sleep(time: Duration) -> Sleep {
    sleep_until(after(Instant::now(), time))
}

pub fn sleep_until(end: Instant) -> Sleep {
    Sleep {
        end,
        timer: timer(end),
    }
}

pub async fn timeout<F: Future>(time: Duration, future: F) -> Result<F::Output, Elapsed> {
    timeout_at(after(Instant::now(), time), future).await
}

pub async fn timeout_at<F: Future>(end: Instant, future: F) -> Result<F::Output, Elapsed> {
    let mut future = pin!(future);
    let mut sleep = sleep_until(end);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => Pin::new(&mut sleep).poll(context).map(|()| Err(Elapsed)),
    })
    .await
}

impl Sleep {
    pub fn reset(mut self: Pin<&mut Self>, end: Instant) {
        *self = sleep_until(end);
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(Pin::new(&mut *self.timer).poll(context));
            if Instant::now() >= self.end {
                return Poll::Ready(());
            }
            self.timer = timer(self.end);
        }
    }
}

fn timer(end: Instant) -> SendWrapper<TimeoutFuture> {
    let left = end.saturating_duration_since(Instant::now()).min(LONGEST);
    // A part of a millisecond is one, so that it is not asked again and again whether the time has come.
    let left = left.as_micros().div_ceil(1000);
    SendWrapper::new(TimeoutFuture::new(u32::try_from(left).unwrap_or(u32::MAX)))
}
