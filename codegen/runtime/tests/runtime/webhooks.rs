//! Webhooks: whose signatures are right, and what is read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::runtime::HeaderMap;

/// What a generated crate has in its module `webhooks`, for a scheme.
macro_rules! crate_of {
    ($name:ident, $scheme:ident, ($header:expr, $member:expr)) => {
        #[path = "."]
        // A crate has the files once, with its scheme as a constant beside them; here are three such crates.
        #[allow(dead_code, clippy::duplicate_mod)]
        mod $name {
            #[path = "../../src/webhooks/delivery.rs"]
            mod delivery;
            #[path = "../../src/webhooks/error.rs"]
            mod error;
            #[path = "../../src/webhooks/events_macro.rs"]
            mod events_macro;
            #[path = "../../src/webhooks/signature.rs"]
            mod signature;
            #[path = "../../src/webhooks/verifier.rs"]
            mod verifier;

            use events_macro::events;

            pub use delivery::UnknownEvent;
            pub use error::WebhookError;
            pub use verifier::Verifier;

            const SCHEME: signature::Scheme = signature::Scheme::$scheme;
            const SENSITIVE: &[&str] = &["card"];

            #[derive(Debug, PartialEq)]
            pub enum Event {
                Opened(Box<super::Issue>),
                Closed(Box<super::Issue>),
                Other(Box<serde_json::Value>),
                Unknown(UnknownEvent),
            }

            events! {
                by $header, $member;
                Other = "issues-and-more", "";
                Opened = "issues", "opened";
                Closed = "issues", "closed";
            }
        }
    };
}

#[derive(Debug, PartialEq, serde::Deserialize)]
pub struct Issue {
    number: u64,
}

crate_of!(standard, StandardWebhooks, (None, Some("/type")));
crate_of!(stripe, Stripe, (None, Some("/type")));
crate_of!(github, GitHub, (Some("x-github-event"), Some("/action")));

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let lines = lines.iter();
    let lines = lines.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    lines.collect()
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// The example that Svix and the libraries of the standard publish.
mod of_the_standard {
    use super::standard::{Verifier, WebhookError};
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const SIGNED: u64 = 1_614_265_330;

    fn signed(signature: &str) -> HeaderMap {
        headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature),
        ])
    }

    fn verifier() -> Verifier {
        Verifier::new(SECRET).unwrap().now(at(SIGNED))
    }

    #[test]
    fn the_published_example_is_right() {
        assert_eq!(verifier().check(&signed(SIGNATURE), BODY), Ok(()));
        let read: Value = verifier().verify_as(&signed(SIGNATURE), BODY).unwrap();
        assert_eq!(read, json!({"test": 2_432_232_314_u64}));
    }

    #[test]
    fn so_it_is_by_the_names_of_before_the_standard() {
        let headers = headers(&[
            ("svix-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("svix-timestamp", "1614265330"),
            ("svix-signature", SIGNATURE),
        ]);
        assert_eq!(verifier().check(&headers, BODY), Ok(()));
    }

    #[test]
    fn one_of_several_signatures_is_enough() {
        let others = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1a,AAAA v1,AAAA v1,%";
        let all = format!("{others} {SIGNATURE}");
        assert_eq!(verifier().check(&signed(&all), BODY), Ok(()));
        let forged = verifier().check(&signed(others), BODY);
        assert_eq!(forged, Err(WebhookError::Signature));
    }

    #[test]
    fn one_of_several_secrets_is_enough() {
        let old = Verifier::new("whsec_b2xkIHNlY3JldA==").unwrap();
        let old = old.now(at(SIGNED));
        let failed = old.check(&signed(SIGNATURE), BODY);
        assert_eq!(failed, Err(WebhookError::Signature));
        let both = old.also(SECRET).unwrap();
        assert_eq!(both.check(&signed(SIGNATURE), BODY), Ok(()));
    }

    #[test]
    fn another_body_id_or_time_is_forged() {
        let body = br#"{"test": 2432232315}"#;
        let forged = verifier().check(&signed(SIGNATURE), body);
        assert_eq!(forged, Err(WebhookError::Signature));
        for (name, value) in [
            ("webhook-id", "msg_other"),
            ("webhook-timestamp", "1614265331"),
        ] {
            let mut headers = signed(SIGNATURE);
            headers.insert(name, value.parse().unwrap());
            let forged = verifier().check(&headers, BODY);
            assert_eq!(forged, Err(WebhookError::Signature), "{name}");
        }
    }

    #[test]
    fn what_is_too_old_or_too_new_is_rejected() {
        for (now, tolerance, fits) in [
            (SIGNED + 300, None, true),
            (SIGNED + 301, None, false),
            (SIGNED - 300, None, true),
            (SIGNED - 301, None, false),
            (SIGNED + 301, Some(400), true),
            (SIGNED + 11, Some(10), false),
        ] {
            let mut verifier = verifier().now(at(now));
            if let Some(seconds) = tolerance {
                verifier = verifier.tolerance(Duration::from_secs(seconds));
            }
            let away = Duration::from_secs(now.abs_diff(SIGNED));
            let expected = if fits {
                Ok(())
            } else {
                Err(WebhookError::Timestamp { away })
            };
            let checked = verifier.check(&signed(SIGNATURE), BODY);
            assert_eq!(checked, expected, "{now} {tolerance:?}");
        }
        // By the clock it is long ago.
        let checked = Verifier::new(SECRET).unwrap();
        let checked = checked.check(&signed(SIGNATURE), BODY);
        assert!(matches!(checked, Err(WebhookError::Timestamp { .. })));
    }

    #[test]
    fn a_missing_header_is_named() {
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let mut headers = signed(SIGNATURE);
            headers.remove(name);
            let checked = verifier().check(&headers, BODY);
            assert_eq!(checked, Err(WebhookError::Header(name)));
        }
        let mut headers = signed(SIGNATURE);
        headers.insert("webhook-timestamp", "yesterday".parse().unwrap());
        let checked = verifier().check(&headers, BODY);
        assert_eq!(checked, Err(WebhookError::Header("webhook-timestamp")));
    }

    #[test]
    fn what_is_no_secret_is_rejected_and_none_is_shown() {
        for secret in ["whsec_%", "", "whsec_"] {
            let error = Verifier::new(secret).unwrap_err();
            assert_eq!(error, WebhookError::Secret);
        }
        let shown = format!("{:?}", verifier());
        assert!(!shown.contains("MfKQ9") && shown.contains("secrets: 1"));
    }
}

/// The example of GitHub's documentation.
mod of_github {
    use super::github::{Event, Verifier, WebhookError};
    use super::*;

    const SECRET: &str = "It's a Secret to Everybody";
    const SIGNATURE: &str =
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    #[test]
    fn the_published_example_is_right() {
        let verifier = Verifier::new(SECRET).unwrap();
        let signed = headers(&[("x-hub-signature-256", SIGNATURE)]);
        assert_eq!(verifier.check(&signed, b"Hello, World!"), Ok(()));
        let forged = verifier.check(&signed, b"Hello, World?");
        assert_eq!(forged, Err(WebhookError::Signature));
    }

    #[test]
    fn what_is_no_signature_is_none() {
        let verifier = Verifier::new(SECRET).unwrap();
        let digits = SIGNATURE.trim_start_matches("sha256=");
        let cut = &SIGNATURE[..SIGNATURE.len() - 2];
        for signature in [digits, cut, "sha256=", "sha256=é", "sha1=00", "sha256=7"] {
            let signature = signature.replace('é', "zz");
            let signed = headers(&[("x-hub-signature-256", &signature)]);
            let forged = verifier.check(&signed, b"Hello, World!");
            assert_eq!(forged, Err(WebhookError::Signature), "{signature}");
        }
        let checked = verifier.check(&HeaderMap::new(), b"Hello, World!");
        assert_eq!(checked, Err(WebhookError::Header("x-hub-signature-256")));
    }

    #[test]
    fn header_and_body_tell_what_it_is() {
        let read = |event: &str, body: Value| {
            let headers = headers(&[("x-github-event", event)]);
            Event::read(&headers, body.to_string().as_bytes()).unwrap()
        };
        let issue = |action: &str| json!({"action": action, "number": 7});
        let seven = || Box::new(Issue { number: 7 });
        assert_eq!(read("issues", issue("opened")), Event::Opened(seven()));
        assert_eq!(read("issues", issue("closed")), Event::Closed(seven()));
        let other = read("issues_and_more", json!([]));
        assert_eq!(other, Event::Other(Box::new(json!([]))));
        let Event::Unknown(unknown) = read("issues", issue("pinned")) else {
            panic!("nothing of it is known");
        };
        assert_eq!(unknown.name(), "issues.pinned");
        assert_eq!(unknown.body(), &issue("pinned"));
        let shown = format!("{unknown:?}");
        assert_eq!(shown, "UnknownEvent { name: \"issues.pinned\", .. }");
    }

    #[test]
    fn what_cannot_be_read_says_where_and_shows_nothing() {
        let headers = headers(&[("x-github-event", "issues")]);
        let read = |body: &[u8]| Event::read(&headers, body).unwrap_err();
        let error = read(br#"{"action": "opened", "number": ["private"]}"#);
        let text = error.to_string();
        assert!(text.contains("at `number`"), "{text}");
        assert!(!format!("{error:?} {text}").contains("private"));
        for (body, reason) in [(&b"\xff"[..], "UTF-8"), (b"{", "EOF")] {
            let text = read(body).to_string();
            assert!(text.contains(reason), "{text}");
        }
    }
}

/// Signed by Python's `hmac`, as Stripe's documentation describes it.
mod of_stripe {
    use super::stripe::{Verifier, WebhookError};
    use super::*;

    const BODY: &[u8] = br#"{"id": "evt_1", "object": "event"}"#;
    const SIGNED: u64 = 1_492_774_577;

    #[test]
    fn a_signature_of_the_first_version_is_right() {
        let verifier = Verifier::new("whsec_test_secret").unwrap();
        let verifier = verifier.now(at(SIGNED));
        let zeros = "00".repeat(32);
        let right = format!("t=1492774577,v1={zeros},v1={RIGHT},v0={zeros}");
        let forged = format!("t=1492774577,v1={zeros},v0={RIGHT}");
        let later = format!("t=1492774578,v1={RIGHT}");
        for (header, expected) in [
            (right.as_str(), Ok(())),
            (&forged, Err(WebhookError::Signature)),
            (&later, Err(WebhookError::Signature)),
            ("t=1492774577", Err(WebhookError::Signature)),
            ("v1=00", Err(WebhookError::Header("stripe-signature"))),
            ("t=x,v1=00", Err(WebhookError::Header("stripe-signature"))),
        ] {
            let signed = headers(&[("stripe-signature", header)]);
            assert_eq!(verifier.check(&signed, BODY), expected, "{header}");
        }
        let expired = verifier.now(at(SIGNED + 301));
        let signed = headers(&[("stripe-signature", &right)]);
        let checked = expired.check(&signed, BODY);
        assert!(matches!(checked, Err(WebhookError::Timestamp { .. })));
    }

    const RIGHT: &str = "09357d4fb8d9eba6f07fdea6b2428fa819063ec7bb7f9eca18b88cf0ff729476";
}
