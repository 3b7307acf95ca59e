//! What a call costs against reqwest and serde by hand, which read decimals as f64 and times as text, on the loopback interface:
//! `cargo run --release -p wire --example calls`

use std::error::Error;
use std::time::{Duration, Instant};

use cloudflare_billing::models::UsageRecord;
use cloudflare_billing::{Client, Credentials};
use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const RECORD: &str = r#"{"BillingCurrency":"USD","BillingPeriodStart":"2025-02-01T00:00:00Z","ChargePeriodEnd":"2025-02-02T00:00:00Z","ChargePeriodStart":"2025-02-01T00:00:00Z","ConsumedQuantity":150000.25,"ConsumedUnit":"Requests","ContractedCost":0.75,"CumulatedContractedCost":0.75,"CumulatedPricingQuantity":150000,"PricingQuantity":150000,"ServiceName":"Workers Standard"}"#;

/// The fastest of so many turns counts; each is so many calls.
const TURNS: usize = 60;
const CALLS: u32 = 50;

#[derive(Deserialize)]
struct Envelope {
    result: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Record {
    billing_currency: String,
    billing_period_start: String,
    charge_period_end: String,
    charge_period_start: String,
    consumed_quantity: f64,
    consumed_unit: String,
    contracted_cost: f64,
    cumulated_contracted_cost: f64,
    cumulated_pricing_quantity: f64,
    pricing_quantity: f64,
    service_name: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    for records in [1, 100] {
        calls(records).await?;
    }
    reading();
    Ok(())
}

async fn calls(records: usize) -> Result<(), Box<dyn Error>> {
    let base_url = serve(records).await?;
    let credentials = Credentials::api_token("token");
    let client = Client::builder().base_url(&base_url);
    let client = client.credentials(credentials).build()?;
    let http = reqwest::Client::new();
    let url = format!("{base_url}/accounts/a/billing/usage/paygo");
    let (mut by_hand, mut ours) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        let start = Instant::now();
        for _ in 0..CALLS {
            let response = http.get(&url).bearer_auth("token").send().await?;
            let body = response.error_for_status()?.bytes().await?;
            let envelope: Envelope = serde_json::from_slice(&body)?;
            assert_eq!(envelope.result.len(), records);
        }
        by_hand = by_hand.min(start.elapsed() / CALLS);
        let start = Instant::now();
        for _ in 0..CALLS {
            let found = client.billing().usage().paygo("a").await?;
            assert_eq!(found.len(), records);
        }
        ours = ours.min(start.elapsed() / CALLS);
    }
    show(&format!("a call, {records} records"), by_hand, ours);
    Ok(())
}

/// Without a call.
fn reading() {
    let json = format!("[{}]", vec![RECORD; 100].join(","));
    let (mut by_hand, mut ours) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS * 10 {
        let start = Instant::now();
        let _ = std::hint::black_box(serde_json::from_str::<Vec<Record>>(&json));
        by_hand = by_hand.min(start.elapsed());
        let start = Instant::now();
        let _ = std::hint::black_box(serde_json::from_str::<Vec<UsageRecord>>(&json));
        ours = ours.min(start.elapsed());
    }
    show("reading 100 records", by_hand, ours);
}

fn show(what: &str, by_hand: Duration, ours: Duration) {
    let ratio = ours.as_secs_f64() / by_hand.as_secs_f64();
    println!("{what}: {by_hand:.1?} by hand, {ours:.1?} ours: {ratio:.2}");
}

/// A server that has the same response to everything.
async fn serve(records: usize) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let result = vec![RECORD; records].join(",");
    let body = format!(r#"{{"success":true,"errors":[],"messages":[],"result":[{result}]}}"#);
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(respond(stream, response.clone()));
        }
    });
    Ok(base_url)
}

/// One connection: each request is so short that it arrives as one.
async fn respond(mut stream: TcpStream, response: String) {
    let mut buffer = [0; 4096];
    while stream
        .read(&mut buffer)
        .await
        .is_ok_and(|length| length > 0)
    {
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}
