//! Get the billing profile of an account
//!
//! `cargo run --example billing_profiles_get -- ACCOUNT_ID`
//!
//! Credentials are read from `CLOUDFLARE_API_TOKEN`, or `CLOUDFLARE_EMAIL` and
//! `CLOUDFLARE_API_KEY`.

use cloudflare_billing::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let account_id = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "023e105f4ecef8ad9ca31a8372d0c353".to_owned());
    let profile = client.billing().profiles().get(account_id).await?;
    println!("{profile:#?}");
    Ok(())
}
