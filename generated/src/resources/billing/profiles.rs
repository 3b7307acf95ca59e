//! `client.billing().profiles()`

use std::fmt::Display;
use std::time::Duration;

use crate::models;
use crate::runtime::{Client, Error, Method, Request, Response, decode};

/// The billing profile of an account, with its contacts, addresses and payment method.
///
/// Reached by `client.billing().profiles()`.
#[derive(Clone, Debug)]
pub struct Profiles {
    client: Client,
}

impl Profiles {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Get the billing profile of an account
    ///
    /// Returns the account's current billing profile: its contacts, addresses, payment method and
    /// tax details.
    ///
    /// Most of the profile is personal data. Take care where it is logged or stored.
    ///
    /// `GET /accounts/{account_id}/billing/profile`
    ///
    /// - Permission: `Billing Read` or `Billing Write`
    ///
    /// See <https://developers.cloudflare.com/api/resources/billing/subresources/profiles/methods/get/>.
    ///
    /// # Arguments
    ///
    /// - `account_id`: Identifier of the account. At most 32 characters.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: &cloudflare_billing::Client) -> Result<(), cloudflare_billing::Error> {
    /// let profile = client
    ///     .billing()
    ///     .profiles()
    ///     .get("023e105f4ecef8ad9ca31a8372d0c353")
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self, account_id: impl Display) -> GetRequest {
        let request = Request::new(
            &self.client,
            Method::GET,
            "/accounts/{account_id}/billing/profile",
            decode::enveloped,
        );
        GetRequest {
            request: request.path("account_id", account_id),
        }
    }
}

/// A call of [`Profiles::get`], sent when it is awaited.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct GetRequest {
    request: Request<models::Profile>,
}

impl GetRequest {
    /// Limits each attempt of this call, in place of the client's timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request = self.request.timeout(timeout);
        self
    }

    /// Limits the retries of this call, in place of the client's limit.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.request = self.request.max_retries(max_retries);
        self
    }

    /// Sends a header with this call.
    pub fn header(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// Sends a query parameter that this version of the crate does not know.
    pub fn query(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.request = self.request.query(name, value);
        self
    }

    /// Sends the request and keeps status, headers and messages beside the data.
    ///
    /// # Errors
    ///
    /// As for awaiting the request itself; see [`Error`].
    pub async fn with_response(self) -> Result<Response<models::Profile>, Error> {
        self.request.with_response().await
    }
}

impl IntoFuture for GetRequest {
    type Output = Result<models::Profile, Error>;
    type IntoFuture = <Request<models::Profile> as IntoFuture>::IntoFuture;

    fn into_future(self) -> Self::IntoFuture {
        self.request.into_future()
    }
}
