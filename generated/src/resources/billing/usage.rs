//! `client.billing().usage()`

use std::fmt::Display;
use std::time::Duration;

use jiff::civil::Date;

use crate::models;
use crate::runtime::{Client, Error, Method, Request, Response, decode};

/// Billable usage of pay-as-you-go accounts and what it costs.
///
/// Reached by `client.billing().usage()`.
#[derive(Clone, Debug)]
pub struct Usage {
    client: Client,
}

impl Usage {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// List the billable usage of a pay-as-you-go account
    ///
    /// Returns what a pay-as-you-go (self-serve) account has used and what it costs, as one record
    /// per service and charge period.
    ///
    /// Without `from` and `to` the records are those of the current billing period.
    ///
    /// This endpoint is in beta, and only selected accounts have access to it.
    ///
    /// `GET /accounts/{account_id}/billing/usage/paygo`
    ///
    /// - Permission: `Billing Read` or `Billing Write`
    /// - Stability: beta
    ///
    /// See <https://developers.cloudflare.com/api/resources/billing/subresources/usage/methods/paygo/>.
    ///
    /// # Arguments
    ///
    /// - `account_id`: Identifier of the account. At most 32 characters.
    ///
    /// Optional, set on the request: [`from`](PaygoRequest::from), [`to`](PaygoRequest::to).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: &cloudflare_billing::Client) -> Result<(), cloudflare_billing::Error> {
    /// let usage_records = client
    ///     .billing()
    ///     .usage()
    ///     .paygo("023e105f4ecef8ad9ca31a8372d0c353")
    ///     .from(jiff::civil::date(2025, 2, 1))
    ///     .to(jiff::civil::date(2025, 3, 1))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn paygo(&self, account_id: impl Display) -> PaygoRequest {
        let request = Request::new(
            &self.client,
            Method::GET,
            "/accounts/{account_id}/billing/usage/paygo",
            decode::enveloped,
        );
        PaygoRequest {
            request: request.path("account_id", account_id),
        }
    }
}

/// A call of [`Usage::paygo`], sent when it is awaited.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct PaygoRequest {
    request: Request<Vec<models::UsageRecord>>,
}

impl PaygoRequest {
    /// The day on which the usage starts. Without it the current billing period is meant.
    pub fn from(mut self, from: Date) -> Self {
        self.request = self.request.set_query("from", from);
        self
    }

    /// The day on which the usage ends.
    pub fn to(mut self, to: Date) -> Self {
        self.request = self.request.set_query("to", to);
        self
    }

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
    pub async fn with_response(
        self,
    ) -> Result<Response<Vec<models::UsageRecord>>, Error> {
        self.request.with_response().await
    }
}

impl IntoFuture for PaygoRequest {
    type Output = Result<Vec<models::UsageRecord>, Error>;
    type IntoFuture = <Request<Vec<models::UsageRecord>> as IntoFuture>::IntoFuture;

    fn into_future(self) -> Self::IntoFuture {
        self.request.into_future()
    }
}
