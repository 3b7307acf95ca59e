//! How a client of this API is made, and what it leads to.

use crate::resources;
use crate::runtime::{
    Client, ClientBuilder, Credentials, Envelope, Error, Secret, Service,
};
use crate::security::ALTERNATIVES;

static SERVICE: Service = Service {
    user_agent: "cloudflare-billing/0.1.0",
    base_url: "https://api.cloudflare.com/client/v4",
    base_url_variable: "CLOUDFLARE_BASE_URL",
    alternatives: ALTERNATIVES,
    security: ALTERNATIVES,
    undocumented: ALTERNATIVES,
    credentials_required: true,
    envelope: Some(Envelope {
        success: "success",
        data: "result",
        errors: "errors",
        messages: "messages",
    }),
    request_id_headers: &["cf-ray"],
    retry_count_header: "x-stainless-retry-count",
    accept: "",
    stream_end: "",
    sensitive: &[
        "address",
        "address2",
        "card_expiry_month",
        "card_expiry_year",
        "card_number",
        "city",
        "company",
        "country",
        "device_data",
        "enterprise_billing_email",
        "enterprise_primary_email",
        "first_name",
        "last_name",
        "payment_address",
        "payment_address2",
        "payment_city",
        "payment_country",
        "payment_email",
        "payment_first_name",
        "payment_last_name",
        "payment_nonce",
        "payment_state",
        "payment_zipcode",
        "primary_email",
        "state",
        "telephone",
        "validation_code",
        "vat",
        "zipcode",
    ],
};

impl Client {
    /// A client that is configured by environment variables.
    ///
    /// - `CLOUDFLARE_API_TOKEN`: for [`Credentials::api_token`]
    /// - `CLOUDFLARE_EMAIL` and `CLOUDFLARE_API_KEY`: for [`Credentials::api_key`]
    /// - `CLOUDFLARE_BASE_URL`: the base URL, if it is not <https://api.cloudflare.com/client/v4>
    ///
    /// All credentials that are set are taken; each call gets those that it takes.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] names the variables that are missing or unusable.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// A client with the given credentials and the defaults of [`Client::builder`].
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`] if a credential cannot be sent.
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        Self::builder().credentials(credentials).build()
    }

    /// Sets everything that can be set: credentials, base URL, timeouts, retries, headers.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::for_service(&SERVICE)
    }

    pub fn billing(&self) -> resources::billing::Billing {
        resources::billing::Billing::new(self.clone())
    }
}

impl Credentials {
    /// An API token. Preferred, because a token can be limited to the permissions that a program
    /// needs.
    pub fn api_token(token: impl Into<Secret>) -> Self {
        Self::from_secrets(ALTERNATIVES[0], [token.into()])
    }

    /// The email address of the user that a global API key belongs to. Sent together with the key.
    ///
    /// A global API key. It carries all the permissions of its user, so an API token is the better
    /// choice where there is one.
    pub fn api_key(email: impl Into<Secret>, key: impl Into<Secret>) -> Self {
        Self::from_secrets(ALTERNATIVES[1], [email.into(), key.into()])
    }
}

fakes!(SERVICE as Client { billing => billing as resources::billing::Billing; });
