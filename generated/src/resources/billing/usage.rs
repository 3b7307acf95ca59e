//! `client.billing().usage()`

use std::fmt::Display;

use jiff::civil::Date;

use crate::models;

resource! {
    /// Billable usage of pay-as-you-go accounts and what it costs.
    ///
    /// Reached by `client.billing().usage()`.
    Usage {
    }
}

impl Usage {
    /// List the billable usage of a pay-as-you-go account
    ///
    /// Returns what a pay-as-you-go (self-serve) account has used and what it costs, as one record
    /// per service and charge period.
    ///
    /// Without `from` and `to` the records are those of the current billing period.
    ///
    /// This endpoint is in beta, and only selected accounts have access to it.
    ///
    /// `GET /accounts/{account_id}/billing/usage/paygo`, see <https://developers.cloudflare.com/api/resources/billing/subresources/usage/methods/paygo/>.
    /// Permission: `Billing Read` or `Billing Write`. Stability: beta.
    ///
    /// - `account_id`: Identifier of the account. At most 32 characters.
    /// - Optional, set on the [request](PaygoRequest): `from`, `to`.
    ///
    /// ```no_run
    /// # async fn example(client: &cloudflare_billing::Client) -> Result<(), cloudflare_billing::Error> {
    /// let usage_records = client
    ///     .billing()
    ///     .usage()
    ///     .paygo("023e105f4ecef8ad9ca31a8372d0c353")
    ///     .from(jiff::civil::date(2025, 2, 1))
    ///     .await?;
    /// # Ok(()) }
    /// ```
    pub fn paygo(&self, account_id: impl Display) -> PaygoRequest {
        PaygoRequest(PaygoRequest::of(self).in_path(&[&account_id]))
    }
}

options!(PaygoRequest {
    /// The day on which the usage starts. Without it the current billing period is meant.
    from(Date), maybe_from(Option<Date>) => set_query("from", from);
    /// The day on which the usage ends.
    to(Date), maybe_to(Option<Date>) => set_query("to", to);
});

requests!(Usage {
    paygo => PaygoRequest(Vec<models::UsageRecord>)
        = enveloped "GET /accounts/{account_id}/billing/usage/paygo";
});
