//! How services sign webhooks: HMAC-SHA256 of what is sent, in headers of their own.

// A service signs in one way.
#![allow(dead_code)]

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::error::WebhookError;
use crate::runtime::HeaderMap;

/// A way to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
    StandardWebhooks,
    /// <https://docs.stripe.com/webhooks/signature>
    Stripe,
    /// <https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries>
    GitHub,
}

/// What the headers of a webhook say of its signature.
pub(super) struct Signed {
    /// What is signed before the body.
    pub(super) prefix: String,
    /// Seconds since 1970, where the scheme has them.
    pub(super) timestamp: Option<i64>,
    /// Of which one has to be right.
    pub(super) signatures: Vec<Vec<u8>>,
}

/// As many signatures are looked at: a service has one for each secret that it uses at a time.
const MOST: usize = 16;

/// Services are not agreed on padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const STRIPE: &str = "stripe-signature";
const GITHUB: &str = "x-hub-signature-256";

impl Scheme {
    /// The key that a secret stands for.
    pub(super) fn key(self, secret: &str) -> Option<Vec<u8>> {
        let key = match self {
            Self::StandardWebhooks => {
                let text = secret.strip_prefix("whsec_").unwrap_or(secret);
                BASE64.decode(text).ok()?
            }
            Self::Stripe | Self::GitHub => secret.as_bytes().to_vec(),
        };
        (!key.is_empty()).then_some(key)
    }

    pub(super) fn signed(self, headers: &HeaderMap) -> Result<Signed, WebhookError> {
        match self {
            Self::StandardWebhooks => standard(headers),
            Self::Stripe => stripe(headers),
            Self::GitHub => github(headers),
        }
    }
}

/// The names of before the standard are those of Svix, which wrote it.
fn standard(headers: &HeaderMap) -> Result<Signed, WebhookError> {
    const NAMES: [[&str; 3]; 2] = [
        ["webhook-id", "webhook-timestamp", "webhook-signature"],
        ["svix-id", "svix-timestamp", "svix-signature"],
    ];
    let has = |names: &&[&str; 3]| headers.contains_key(names[2]);
    let names = NAMES.iter().find(has).unwrap_or(&NAMES[0]);
    let [id, timestamp, signatures] = *names;
    let (id, written) = (text(headers, id)?, text(headers, timestamp)?);
    let given = text(headers, signatures)?.split_ascii_whitespace();
    let given = given.filter_map(|one| BASE64.decode(one.strip_prefix("v1,")?).ok());
    Ok(Signed {
        prefix: format!("{id}.{written}."),
        timestamp: Some(seconds(written, timestamp)?),
        signatures: given.take(MOST).collect(),
    })
}

fn stripe(headers: &HeaderMap) -> Result<Signed, WebhookError> {
    let fields = text(headers, STRIPE)?.split(',');
    let fields: Vec<(&str, &str)> = fields
        .filter_map(|field| field.trim().split_once('='))
        .collect();
    let mut times = fields.iter().filter(|(name, _)| *name == "t");
    let (_, written) = times.next().ok_or(WebhookError::Header(STRIPE))?;
    let given = fields.iter().filter(|(name, _)| *name == "v1");
    Ok(Signed {
        prefix: format!("{written}."),
        timestamp: Some(seconds(written, STRIPE)?),
        signatures: given.filter_map(|(_, hex)| bytes(hex)).take(MOST).collect(),
    })
}

fn github(headers: &HeaderMap) -> Result<Signed, WebhookError> {
    let given = text(headers, GITHUB)?.strip_prefix("sha256=");
    Ok(Signed {
        prefix: String::new(),
        timestamp: None,
        signatures: given.and_then(bytes).into_iter().collect(),
    })
}

fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, WebhookError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or(WebhookError::Header(name))
}

fn seconds(text: &str, name: &'static str) -> Result<i64, WebhookError> {
    text.parse().map_err(|_| WebhookError::Header(name))
}

/// The bytes that hexadecimal digits stand for.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect()
}
