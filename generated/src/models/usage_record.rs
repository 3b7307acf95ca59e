//! [`UsageRecord`]

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::runtime::{Extra, Written};

/// What one service used in one charge period, and what that costs.
///
/// A billing period holds many charge periods. The cumulated fields are running totals over the
/// billing period, so they are to be read from one record and never added up over several.
#[doc(alias = "UsagePaygoResponse")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "PascalCase")]
pub struct UsageRecord {
    /// The currency of the costs in this record, as an ISO 4217 code.
    pub billing_currency: String,
    /// When the billing period of this record starts.
    pub billing_period_start: Written<Timestamp>,
    /// When the charge period of this record ends.
    pub charge_period_end: Written<Timestamp>,
    /// When the charge period of this record starts.
    pub charge_period_start: Written<Timestamp>,
    /// How much was used in the charge period, measured in [`consumed_unit`](Self::consumed_unit).
    #[serde(with = "crate::runtime::exact")]
    pub consumed_quantity: Decimal,
    /// The unit of [`consumed_quantity`](Self::consumed_quantity), as it is shown to people, such as
    /// `GB-months` or `Requests`. May be empty where the name of the service already says what is
    /// counted.
    pub consumed_unit: String,
    /// What the charge period costs, in [`billing_currency`](Self::billing_currency).
    #[serde(with = "crate::runtime::exact")]
    pub contracted_cost: Decimal,
    /// What the billing period has cost so far, in [`billing_currency`](Self::billing_currency).
    #[serde(with = "crate::runtime::exact")]
    pub cumulated_contracted_cost: Decimal,
    /// How much has been priced so far in the billing period.
    #[serde(with = "crate::runtime::exact")]
    pub cumulated_pricing_quantity: Decimal,
    /// How much was priced in the charge period. Can differ from
    /// [`consumed_quantity`](Self::consumed_quantity), which counts what was used.
    #[serde(with = "crate::runtime::exact")]
    pub pricing_quantity: Decimal,
    /// The name of the Cloudflare service that was used.
    pub service_name: String,
    #[serde(flatten)]
    pub extra: Extra,
}
