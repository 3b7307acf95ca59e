//! The fake itself, and the way from it to an operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use super::call::Call;
use super::memory::InMemory;
use super::operation::Operation;
use super::route::Node;
use super::server;
use super::shared::Shared;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::client::Client;
use crate::runtime::credentials::Credentials;
use crate::runtime::secret::Secret;
use crate::runtime::service::Service;

/// Nobody is at home there (RFC 6761, section 6.2).
const IN_MEMORY: &str = "http://fake.test";

/// It has the form of every kind of credentials, and is in no text that an error would show.
const NO_CREDENTIAL: &str = "no-credential-of-anyone:no-credential-of-anyone";

/// A fake of the whole API: what it responds, and what it was called with.
///
/// It has the resources of the client. When it is dropped, nothing listens anymore.
pub struct Fake {
    shared: Arc<Shared>,
    builder: ClientBuilder,
    base_url: String,
    listener: Option<JoinHandle<()>>,
}

/// The fake of a resource, which has its methods and the resources below it.
pub struct Faked<R> {
    pub(super) shared: Arc<Shared>,
    resource: PhantomData<fn() -> R>,
}

impl Fake {
    /// A client of the fake.
    ///
    /// # Panics
    ///
    /// If there is no HTTP client, as where TLS has no cryptography (`rustls-no-provider`).
    pub fn client(&self) -> Client {
        let client = self.builder().build();
        client.unwrap_or_else(|error| panic!("the fake has no client: {error}"))
    }

    /// The same with other settings.
    pub fn builder(&self) -> ClientBuilder {
        self.builder.clone()
    }

    /// Where it listens, for what takes a URL; nothing does of a fake in memory.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// All requests that came, in their order, also those of no operation.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls(None)
    }
}

/// A fake that listens.
pub async fn listening(
    builder: ClientBuilder,
    service: &'static Service,
    root: &'static Node,
) -> Fake {
    let (listener, base_url) = server::bind().await;
    let shared = Arc::new(Shared::new(service, root, base_url.clone()));
    Fake {
        builder: settings(builder, service).base_url(&base_url),
        listener: Some(tokio::spawn(server::serve(listener, shared.clone()))),
        base_url,
        shared,
    }
}

/// A fake that its clients hand their requests.
pub fn in_memory(builder: ClientBuilder, service: &'static Service, root: &'static Node) -> Fake {
    let shared = Arc::new(Shared::new(service, root, IN_MEMORY.to_owned()));
    let builder = settings(builder, service).base_url(IN_MEMORY);
    Fake {
        builder: builder.service(InMemory(shared.clone())),
        base_url: IN_MEMORY.to_owned(),
        listener: None,
        shared,
    }
}

/// What every client of a fake has.
fn settings(builder: ClientBuilder, service: &'static Service) -> ClientBuilder {
    let alternatives = service.alternatives.iter();
    let builder = alternatives.fold(builder, |builder, schemes| {
        let secrets = schemes.iter().map(|_| Secret::from(NO_CREDENTIAL));
        builder.credentials(Credentials::from_secrets(schemes, secrets))
    });
    builder
        .retry_backoff(Duration::ZERO, Duration::ZERO)
        .without_waits()
}

/// The fake of a resource on the client.
pub fn top<R>(fake: &Fake) -> Faked<R> {
    faked(&fake.shared)
}

/// The fake of a resource below another.
pub fn below<R, C>(resource: &Faked<R>) -> Faked<C> {
    faked(&resource.shared)
}

/// An operation of a resource.
pub fn operation<R, T>(resource: &Faked<R>, operation: &'static str) -> Operation<T> {
    Operation::new(&resource.shared, operation)
}

fn faked<R>(shared: &Arc<Shared>) -> Faked<R> {
    Faked {
        shared: shared.clone(),
        resource: PhantomData,
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fake")
            .field("base_url", &self.base_url)
            .field("calls", &self.calls())
            .finish_non_exhaustive()
    }
}

impl<R> Clone for Faked<R> {
    fn clone(&self) -> Self {
        faked(&self.shared)
    }
}

impl<R> fmt::Debug for Faked<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Faked")
    }
}
