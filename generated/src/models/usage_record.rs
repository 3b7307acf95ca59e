use jiff::Timestamp;
use rust_decimal::Decimal;

use crate::runtime::{Extra, Written};

/// What one service used in one charge period, and what that costs.
///
/// A billing period holds many charge periods. The cumulated fields are running totals over the
/// billing period, so they are to be read from one record and never added up over several.
#[doc(alias = "UsagePaygoResponse")]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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
    pub consumed_quantity: Decimal,
    /// The unit of [`consumed_quantity`](Self::consumed_quantity), as it is shown to people, such
    /// as `GB-months` or `Requests`. May be empty where the name of the service already says what
    /// is counted.
    pub consumed_unit: String,
    /// What the charge period costs, in [`billing_currency`](Self::billing_currency).
    pub contracted_cost: Decimal,
    /// What the billing period has cost so far, in [`billing_currency`](Self::billing_currency).
    pub cumulated_contracted_cost: Decimal,
    /// How much has been priced so far in the billing period.
    pub cumulated_pricing_quantity: Decimal,
    /// How much was priced in the charge period. Can differ from
    /// [`consumed_quantity`](Self::consumed_quantity), which counts what was used.
    pub pricing_quantity: Decimal,
    /// The name of the Cloudflare service that was used.
    pub service_name: String,
    pub extra: Extra,
}

members!(UsageRecord {
    required billing_currency("BillingCurrency"), billing_period_start("BillingPeriodStart"),
        charge_period_end("ChargePeriodEnd"), charge_period_start("ChargePeriodStart"),
        consumed_quantity("ConsumedQuantity").exact(), consumed_unit("ConsumedUnit"),
        contracted_cost("ContractedCost").exact(),
        cumulated_contracted_cost("CumulatedContractedCost").exact(),
        cumulated_pricing_quantity("CumulatedPricingQuantity").exact(),
        pricing_quantity("PricingQuantity").exact(), service_name("ServiceName");
    ..extra
});
