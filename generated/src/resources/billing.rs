//! `client.billing()`

pub mod profiles;
pub mod usage;

resource! {
    /// Reached by `client.billing()`.
    Billing {
        /// The billing profile of an account, with its contacts, addresses and payment method.
        profiles => profiles::Profiles;
        /// Billable usage of pay-as-you-go accounts and what it costs.
        usage => usage::Usage;
    }
}
