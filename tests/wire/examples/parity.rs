//! Makes the calls of `tests/parity/calls.json` with this SDK: `cargo xtask parity` compares them with the official SDK's.
//!
//! Use: parity CALLS BASE_URL

use std::error::Error;

use cloudflare_billing::{Client, Credentials};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(calls), Some(base_url)) = (arguments.next(), arguments.next()) else {
        return Err("use: parity CALLS BASE_URL".into());
    };
    let calls: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(calls)?)?;
    for call in &calls {
        make(&client(call, &base_url)?, call).await?;
    }
    println!("{} calls made", calls.len());
    Ok(())
}

async fn make(client: &Client, call: &Value) -> Result<(), Box<dyn Error>> {
    let account_id = text(call, "account_id")?;
    match text(call, "method")? {
        "billing.profiles.get" => {
            client.billing().profiles().get(account_id).await?;
        }
        "billing.usage.paygo" => {
            let mut request = client.billing().usage().paygo(account_id);
            if let Some(from) = call["from"].as_str() {
                request = request.from(from.parse()?);
            }
            if let Some(to) = call["to"].as_str() {
                request = request.to(to.parse()?);
            }
            request.await?;
        }
        method => {
            return Err(
                format!("calls.json names a method that is not known here: {method}").into(),
            );
        }
    }
    Ok(())
}

/// A client with the same made-up credentials as in `tests/parity/official.py`.
fn client(call: &Value, base_url: &str) -> Result<Client, Box<dyn Error>> {
    let credentials = match text(call, "credentials")? {
        "api_token" => Credentials::api_token("parity-token"),
        "api_key" => Credentials::api_key("parity@example.com", "parity-key"),
        name => {
            return Err(
                format!("calls.json names credentials that are not known here: {name}").into(),
            );
        }
    };
    Ok(Client::builder()
        .credentials(credentials)
        .base_url(base_url)
        .max_retries(0)
        .build()?)
}

fn text<'a>(call: &'a Value, name: &str) -> Result<&'a str, String> {
    call[name]
        .as_str()
        .ok_or_else(|| format!("a call in calls.json has no {name}"))
}
