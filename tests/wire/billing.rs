//! The SDK under test: clients of a server that stands in for Cloudflare's.

use std::time::Duration;

use cloudflare_billing::models::{Profile, UsageRecord};
use cloudflare_billing::{Client, ClientBuilder, Credentials, Error};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::server::{Response, Server};

/// The account of the reference pages.
pub const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";

pub const TOKEN: &str = "t0ken-of-the-tests";
pub const EMAIL: &str = "tests@example.com";
pub const KEY: &str = "k3y-of-the-tests";

/// A builder whose client has a token and doesn't wait between attempts.
pub fn builder(server: &Server) -> ClientBuilder {
    at(&server.url("/client/v4"))
}

/// The same for any address.
pub fn at(base_url: &str) -> ClientBuilder {
    Client::builder()
        .credentials(Credentials::api_token(TOKEN))
        .base_url(base_url)
        .retry_backoff(Duration::ZERO, Duration::ZERO)
}

/// A client of the server with everything else at its default.
pub fn client(server: &Server) -> Client {
    build(builder(server))
}

/// The client of a builder that is known to be right.
pub fn build(builder: ClientBuilder) -> Client {
    builder.build().expect("a client")
}

/// A success with this data.
pub fn success(result: &Value) -> Response {
    Response::json(
        200,
        json!({"success": true, "errors": [], "messages": [], "result": result}),
    )
}

/// A decimal with just these digits.
pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// A client and the server that it calls, for many calls in one test.
pub struct Sdk {
    pub server: Server,
    pub client: Client,
}

impl Sdk {
    /// Starts a server with a client that has everything else at its default.
    pub async fn start() -> Self {
        let server = Server::start([]).await;
        let client = client(&server);
        Self { server, client }
    }

    /// The same with a client that rejects what contradicts the schema.
    pub async fn strict() -> Self {
        let server = Server::start([]).await;
        let client = build(builder(&server).strict());
        Self { server, client }
    }

    /// What becomes of a profile that gets a response like this.
    pub async fn profile(&self, response: Response) -> Result<Profile, Error> {
        self.server.respond([response]);
        self.client.billing().profiles().get(ACCOUNT).await
    }

    /// What becomes of usage that gets a response like this.
    pub async fn usage(&self, response: Response) -> Result<Vec<UsageRecord>, Error> {
        self.server.respond([response]);
        self.client.billing().usage().paygo(ACCOUNT).await
    }
}
