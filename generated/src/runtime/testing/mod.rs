//! A fake of the API, for the tests of an application.
//!
//! A [`Fake`] has the resources and methods of a client. What a method leads to there is an [`Operation`]: it says what the
//! API responds, by values of the types that the client gives, and what it was called with.
//!
//! - **Responses.** [`returns`](Operation::returns) takes what the client's method gives; an envelope is put around it where
//!   the API has one. [`fails`](Operation::fails) and [`responds`](Operation::responds) take any status and body,
//!   [`disconnects`](Operation::disconnects) is a connection that breaks, [`returns_pages`](Operation::returns_pages) a list
//!   that comes in pages. [`after`](Operation::after), [`status`](Operation::status) and [`header`](Operation::header)
//!   change what was stated last.
//! - **Sequences.** Each response that is stated is given once, in this order, and the last one as often as it is asked for.
//! - **What is not stated** is an error with the status 501 that names the operation. It is not tried again.
//! - **Calls.** [`calls`](Operation::calls) are the requests that came, retries among them; `assert_...` of an operation and
//!   of a [`Call`] say what differs. Credentials are in none of this: a recorded request has `[redacted]` in their place.
//! - **Clients.** [`Fake::client`] has credentials that mean nothing, and does not wait before it tries again.
//!   [`Fake::builder`] is for one with other settings.
//!
//! # Without a fake
//!
//! A model is made of JSON in one line, `serde_json::from_value(json!({ .. }))?`, which goes on compiling when the API gets
//! more properties; of those that requests carry there are `new` and setters, too. What takes a client can be given one whose
//! [`ClientBuilder::service`](super::ClientBuilder::service) is any `tower` service over `http` types, or one with the
//! [`base_url`](super::ClientBuilder::base_url) of a server of the test's own.

mod call;
mod difference;
pub mod encoding;
mod fake;
mod memory;
mod operation;
mod reply;
mod route;
mod server;
mod shared;

pub use self::call::Call;
pub use self::fake::{Fake, Faked};
#[doc(hidden)]
pub use self::fake::{below, in_memory, listening, operation, top};
pub use self::operation::Operation;
pub use self::reply::Reply;
#[doc(hidden)]
pub use self::route::{Node, Route};
#[doc(hidden)]
pub use super::pages::Paged;

/// A resource.
#[doc(hidden)]
pub trait Part {
    /// Its operations, and the resources below it.
    const NODE: Node;
}

/// What may have operations: it has none, unless it has a constant of its own.
#[doc(hidden)]
pub trait Stubbable {
    /// All of them.
    const OPERATIONS: &'static [Route] = &[];
}

impl<R> Stubbable for R {}

/// The request of an operation, by how its response is written.
#[doc(hidden)]
pub trait Stubbed {
    /// One of [`encoding`].
    type Encoding;
}
