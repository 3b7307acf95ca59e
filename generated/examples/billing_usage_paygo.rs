//! List the billable usage of a pay-as-you-go account
//!
//! `cargo run --example billing_usage_paygo -- ACCOUNT_ID`
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
    let usage_records = client
        .billing()
        .usage()
        .paygo(account_id)
        .from(jiff::civil::date(2025, 2, 1))
        .to(jiff::civil::date(2025, 3, 1))
        .await?;
    println!("{} in all", usage_records.len());
    for usage_record in usage_records {
        println!("{usage_record:#?}");
    }
    Ok(())
}
