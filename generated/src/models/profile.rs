use std::fmt;

use jiff::Timestamp;

use crate::runtime::{Extra, Written, redact};

/// The billing profile of an account.
///
/// Any field can be missing. The address, name and email fields without a prefix belong to the
/// account's billing contact, those with the prefix `payment_` to its payment method.
#[doc(alias = "ProfileGetResponse")]
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// Identifier of the profile. At most 32 characters.
    pub id: Option<String>,
    /// The kind of account.
    pub account_type: Option<String>,
    /// First line of the billing contact's street address. Hidden in `Debug` output.
    pub address: Option<String>,
    /// Second line of the billing contact's street address. Hidden in `Debug` output.
    pub address2: Option<String>,
    /// The account's balance, an amount as text. The profile names no currency for it.
    pub balance: Option<String>,
    /// The month in which the payment card expires; 12 is December. Hidden in `Debug` output.
    pub card_expiry_month: Option<i64>,
    /// The year in which the payment card expires, with all four digits. Hidden in `Debug` output.
    pub card_expiry_year: Option<i64>,
    /// The number of the payment card. Hidden in `Debug` output.
    pub card_number: Option<String>,
    /// The billing contact's city. Hidden in `Debug` output.
    pub city: Option<String>,
    /// The name of the company that is billed. Hidden in `Debug` output.
    pub company: Option<String>,
    /// The billing contact's country. Hidden in `Debug` output.
    pub country: Option<String>,
    /// When the profile was created.
    pub created_on: Option<Written<Timestamp>>,
    /// Data about the customer's device. Hidden in `Debug` output.
    pub device_data: Option<String>,
    /// When the profile was last changed.
    pub edited_on: Option<Written<Timestamp>>,
    /// The email address that an enterprise account gives for billing. Hidden in `Debug` output.
    pub enterprise_billing_email: Option<String>,
    /// The main email address of an enterprise account. Hidden in `Debug` output.
    pub enterprise_primary_email: Option<String>,
    /// The billing contact's first name. Hidden in `Debug` output.
    pub first_name: Option<String>,
    /// Whether the account is a Cloudflare partner's.
    pub is_partner: Option<bool>,
    /// The billing contact's last name. Hidden in `Debug` output.
    pub last_name: Option<String>,
    /// When the next bill is due to be made.
    pub next_bill_date: Option<Written<Timestamp>>,
    /// First line of the payment method's street address. Hidden in `Debug` output.
    pub payment_address: Option<String>,
    /// Second line of the payment method's street address. Hidden in `Debug` output.
    pub payment_address2: Option<String>,
    /// The city of the payment method's address. Hidden in `Debug` output.
    pub payment_city: Option<String>,
    /// The country of the payment method's address. Hidden in `Debug` output.
    pub payment_country: Option<String>,
    /// The email address that goes with the payment method. Hidden in `Debug` output.
    pub payment_email: Option<String>,
    /// The first name on the payment method. Hidden in `Debug` output.
    pub payment_first_name: Option<String>,
    /// The gateway that payments are made through.
    pub payment_gateway: Option<String>,
    /// The last name on the payment method. Hidden in `Debug` output.
    pub payment_last_name: Option<String>,
    /// The single-use secret that stands for the payment method at the gateway. Hidden in `Debug`
    /// output.
    pub payment_nonce: Option<String>,
    /// The state or province of the payment method's address. Hidden in `Debug` output.
    pub payment_state: Option<String>,
    /// The postal code of the payment method's address. Hidden in `Debug` output.
    pub payment_zipcode: Option<String>,
    /// The billing contact's email address. Hidden in `Debug` output.
    pub primary_email: Option<String>,
    /// The billing contact's state or province. Hidden in `Debug` output.
    pub state: Option<String>,
    /// The kind of tax identifier that is on file, not the identifier itself.
    pub tax_id_type: Option<String>,
    /// The billing contact's telephone number. Hidden in `Debug` output.
    pub telephone: Option<String>,
    /// The API's own mark for accounts on its legacy billing.
    pub use_legacy: Option<bool>,
    /// The validation code of the payment card. Hidden in `Debug` output.
    pub validation_code: Option<String>,
    /// The VAT number. Hidden in `Debug` output.
    pub vat: Option<String>,
    /// The billing contact's postal code. Hidden in `Debug` output.
    pub zipcode: Option<String>,
    pub extra: Extra,
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("id", &self.id)
            .field("account_type", &self.account_type)
            .field("address", &redact::option(&self.address))
            .field("address2", &redact::option(&self.address2))
            .field("balance", &self.balance)
            .field("card_expiry_month", &redact::option(&self.card_expiry_month))
            .field("card_expiry_year", &redact::option(&self.card_expiry_year))
            .field("card_number", &redact::option(&self.card_number))
            .field("city", &redact::option(&self.city))
            .field("company", &redact::option(&self.company))
            .field("country", &redact::option(&self.country))
            .field("created_on", &self.created_on)
            .field("device_data", &redact::option(&self.device_data))
            .field("edited_on", &self.edited_on)
            .field(
                "enterprise_billing_email",
                &redact::option(&self.enterprise_billing_email),
            )
            .field(
                "enterprise_primary_email",
                &redact::option(&self.enterprise_primary_email),
            )
            .field("first_name", &redact::option(&self.first_name))
            .field("is_partner", &self.is_partner)
            .field("last_name", &redact::option(&self.last_name))
            .field("next_bill_date", &self.next_bill_date)
            .field("payment_address", &redact::option(&self.payment_address))
            .field("payment_address2", &redact::option(&self.payment_address2))
            .field("payment_city", &redact::option(&self.payment_city))
            .field("payment_country", &redact::option(&self.payment_country))
            .field("payment_email", &redact::option(&self.payment_email))
            .field("payment_first_name", &redact::option(&self.payment_first_name))
            .field("payment_gateway", &self.payment_gateway)
            .field("payment_last_name", &redact::option(&self.payment_last_name))
            .field("payment_nonce", &redact::option(&self.payment_nonce))
            .field("payment_state", &redact::option(&self.payment_state))
            .field("payment_zipcode", &redact::option(&self.payment_zipcode))
            .field("primary_email", &redact::option(&self.primary_email))
            .field("state", &redact::option(&self.state))
            .field("tax_id_type", &self.tax_id_type)
            .field("telephone", &redact::option(&self.telephone))
            .field("use_legacy", &self.use_legacy)
            .field("validation_code", &redact::option(&self.validation_code))
            .field("vat", &redact::option(&self.vat))
            .field("zipcode", &redact::option(&self.zipcode))
            .field("extra", &self.extra)
            .finish()
    }
}

members!(Profile {
    optional id, account_type, address, address2, balance, card_expiry_month.exact(),
        card_expiry_year.exact(), card_number, city, company, country, created_on, device_data,
        edited_on, enterprise_billing_email, enterprise_primary_email, first_name, is_partner,
        last_name, next_bill_date, payment_address, payment_address2, payment_city,
        payment_country, payment_email, payment_first_name, payment_gateway, payment_last_name,
        payment_nonce, payment_state, payment_zipcode, primary_email, state, tax_id_type,
        telephone, use_legacy, validation_code, vat, zipcode;
    ..extra
});
