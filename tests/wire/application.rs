//! An application as a user would write it, which takes everything from its environment.

use std::process::ExitCode;

use cloudflare_billing::{Client, Error};
use jiff::civil::date;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(total) => {
            println!("{total}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}\n{error:?}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<rust_decimal::Decimal, Error> {
    let client = Client::from_env()?;
    let records = client
        .billing()
        .usage()
        .paygo("023e105f4ecef8ad9ca31a8372d0c353")
        .from(date(2025, 2, 1))
        .to(date(2025, 3, 1))
        .await?;
    Ok(records.iter().map(|r| r.contracted_cost).sum())
}
