//! `client.billing()`

use crate::runtime::Client;

pub mod profiles;
pub mod usage;

/// Reached by `client.billing()`.
#[derive(Clone, Debug)]
pub struct Billing {
    client: Client,
}

impl Billing {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The billing profile of an account, with its contacts, addresses and payment method.
    pub fn profiles(&self) -> profiles::Profiles {
        profiles::Profiles::new(self.client.clone())
    }

    /// Billable usage of pay-as-you-go accounts and what it costs.
    pub fn usage(&self) -> usage::Usage {
        usage::Usage::new(self.client.clone())
    }
}
