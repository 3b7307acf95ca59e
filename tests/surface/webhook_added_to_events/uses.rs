//! An event may be one more: minor

use api::webhooks::{Event, Verifier, WebhookError};

pub fn paid(
    secret: &str,
    headers: &api::reqwest::header::HeaderMap,
    body: &[u8],
) -> Result<String, WebhookError> {
    match Verifier::new(secret)?.verify(headers, body)? {
        Event::OrderPaid(order) => Ok(order.id),
        _ => Ok(String::new()),
    }
}

fn main() {}
