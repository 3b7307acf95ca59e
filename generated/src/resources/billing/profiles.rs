//! `client.billing().profiles()`

use std::fmt::Display;

use crate::models;

resource! {
    /// The billing profile of an account, with its contacts, addresses and payment method.
    ///
    /// Reached by `client.billing().profiles()`.
    Profiles {
    }
}

impl Profiles {
    /// Get the billing profile of an account
    ///
    /// Returns the account's current billing profile: its contacts, addresses, payment method and
    /// tax details.
    ///
    /// Most of the profile is personal data. Take care where it is logged or stored.
    ///
    /// `GET /accounts/{account_id}/billing/profile`, see <https://developers.cloudflare.com/api/resources/billing/subresources/profiles/methods/get/>.
    /// Permission: `Billing Read` or `Billing Write`.
    ///
    /// - `account_id`: Identifier of the account. At most 32 characters.
    ///
    /// ```no_run
    /// # async fn example(client: &cloudflare_billing::Client) -> Result<(), cloudflare_billing::Error> {
    /// let profile = client
    ///     .billing()
    ///     .profiles()
    ///     .get("023e105f4ecef8ad9ca31a8372d0c353")
    ///     .await?;
    /// # Ok(()) }
    /// ```
    pub fn get(&self, account_id: impl Display) -> GetRequest {
        GetRequest(GetRequest::of(self).in_path(&[&account_id]))
    }
}

requests!(Profiles {
    get => GetRequest(models::Profile) = enveloped "GET /accounts/{account_id}/billing/profile";
});
