//! `client.billing()`

use crate::runtime::Client;

pub mod profiles;
pub mod usage;

/// The operations behind `client.billing()`.
#[derive(Clone, Debug)]
pub struct Billing {
    client: Client,
}

impl Billing {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// The billing profile of an account, with its contacts, addresses and payment method.
    ///
    /// Reached by `client.billing().profiles()`.
    pub fn profiles(&self) -> profiles::Profiles {
        profiles::Profiles::new(self.client.clone())
    }

    /// Billable usage of pay-as-you-go accounts and what it costs.
    ///
    /// Reached by `client.billing().usage()`.
    pub fn usage(&self) -> usage::Usage {
        usage::Usage::new(self.client.clone())
    }
}
