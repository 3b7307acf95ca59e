//! What an application does with an API like Stripe's, and its tests.

use std::path::Path;
use std::time::{Duration, SystemTime};

use payments::models::{ChargeCustomer, Customer, Event, FilePurpose};
use payments::reqwest::header::HeaderMap;
use payments::testing::Fake;
use payments::webhooks::{Verifier, WebhookError};
use payments::{Client, Credentials, Error, File};
use serde_json::json;

use crate::server::{Received, Response, Server, outcome};
use crate::support::{Folder, headers, hex, hmac};

/// The ids of all customers.
async fn all_customers(client: &Client) -> Result<Vec<String>, Error> {
    let mut customers = client.customers().list().limit(2).items();
    let mut ids = Vec::new();
    while let Some(customer) = customers.next().await {
        ids.push(customer?.id);
    }
    Ok(ids)
}

/// Registers a customer of an order, once however often it is tried.
async fn register(client: &Client, order: &str, email: &str) -> Result<Customer, Error> {
    let customer = client.customers().create().email(email);
    let customer = customer
        .metadata([("order", order)])
        .preferred_locales(["de", "en"]);
    customer.idempotency_key(format!("order-{order}")).await
}

/// Who is charged.
async fn payer(client: &Client, charge: &str) -> Result<Option<String>, Error> {
    let charge = client.charges().get(charge).expand(["customer"]).await?;
    Ok(match charge.customer {
        Some(ChargeCustomer::Customer(customer)) => customer.name,
        _ => None,
    })
}

async fn send_evidence(client: &Client, path: &Path) -> Result<String, Error> {
    let file = File::open(path).content_type("application/pdf");
    Ok(client
        .files()
        .create(file, FilePurpose::DisputeEvidence)
        .await?
        .id)
}

/// The amount that was paid, by an event of this time.
fn paid(
    secret: &str,
    now: SystemTime,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Option<i64>, WebhookError> {
    let verifier = Verifier::new(secret)?.now(now);
    let event: Event = verifier.verify_as(headers, body)?;
    let is_paid = event.r#type == "charge.succeeded";
    Ok(is_paid.then_some(event.data.object.amount))
}

pub fn runs() {
    calls_reach_the_server();
    outcome(a_fake_fails_and_has_pages());
    events_are_verified();
}

fn calls_reach_the_server() {
    let server = Server::start(served);
    let client = Client::builder().base_url(&server.url);
    let client = client
        .credentials(Credentials::key("sk-1"))
        .build()
        .unwrap();
    let folder = Folder::new("payments");
    let path = folder.file("letter.pdf");
    std::fs::write(&path, "%PDF").unwrap();
    outcome(async {
        assert_eq!(all_customers(&client).await.unwrap(), ["c1", "c2", "c3"]);
        assert_eq!(
            register(&client, "7", "a@b.example").await.unwrap().id,
            "c4"
        );
        assert_eq!(payer(&client, "ch1").await.unwrap().as_deref(), Some("Ada"));
        assert_eq!(send_evidence(&client, &path).await.unwrap(), "f1");
        let mut contents = client.files().contents("f1").download().await.unwrap();
        let mut read = Vec::new();
        while let Some(piece) = contents.chunk().await {
            read.extend_from_slice(&piece.unwrap());
        }
        assert_eq!(read, b"%PDF");
        let error = client
            .charges()
            .get("none")
            .await
            .expect_err("there is none");
        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert!(error.is_not_found());
        let body: payments::models::Error = error.read().unwrap();
        assert_eq!(body.error.code.as_deref(), Some("resource_missing"));
    });
    let created = server
        .received()
        .into_iter()
        .find(|one| one.method == "POST")
        .unwrap();
    assert_eq!(created.header("idempotency-key"), "order-7");
    let form = "email=a%40b.example&metadata%5Border%5D=7\
                &preferred_locales%5B%5D=de&preferred_locales%5B%5D=en";
    assert_eq!(created.text(), form);
}

fn served(received: &Received) -> Response {
    let page = |ids: &[&str], more: bool| {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        let page =
            json!({"object": "list", "data": data, "has_more": more, "url": "/v1/customers"});
        Response::json(&page.to_string())
    };
    match (received.method.as_str(), received.target.as_str()) {
        ("GET", "/v1/customers?limit=2") => page(&["c1", "c2"], true),
        ("GET", "/v1/customers?limit=2&starting_after=c2") => page(&["c3"], false),
        ("POST", "/v1/customers") => Response::json(r#"{"id":"c4"}"#),
        ("GET", "/v1/charges/ch1?expand%5B%5D=customer") => Response::json(
            r#"{"id":"ch1","amount":5,"currency":"eur","customer":{"id":"c1","name":"Ada"}}"#,
        ),
        ("POST", "/v1/files") => {
            let sent = received.text();
            assert!(
                sent.contains("filename=\"letter.pdf\"\r\ncontent-type: application/pdf"),
                "{sent}"
            );
            Response::json(r#"{"id":"f1"}"#)
        }
        ("GET", "/v1/files/f1/contents") => Response::new(200, "application/pdf", "%PDF"),
        _ => Response::json(r#"{"error":{"code":"resource_missing","message":"No such charge"}}"#)
            .status(404),
    }
}

async fn a_fake_fails_and_has_pages() {
    let fake = Fake::in_memory();
    let list = fake.customers().list();
    let page = |ids: &[&str]| {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        let page =
            json!({"object": "list", "data": data, "has_more": true, "url": "/v1/customers"});
        serde_json::from_value(page).unwrap()
    };
    list.clone()
        .returns_pages([page(&["c1", "c2"]), page(&["c3"])]);
    assert_eq!(
        all_customers(&fake.client()).await.unwrap(),
        ["c1", "c2", "c3"]
    );
    list.assert_called(2)[1].assert_query("starting_after", "c2");
    let create = fake.customers().create();
    let customer = serde_json::from_value(json!({"id": "c9"})).unwrap();
    create
        .clone()
        .fails(503, json!({"error": {}}))
        .returns(customer);
    assert_eq!(
        register(&fake.client(), "9", "a@b.example")
            .await
            .unwrap()
            .id,
        "c9"
    );
    let calls = create.assert_called(2);
    calls[1].assert_header("idempotency-key", "order-9");
}

fn events_are_verified() {
    let body = br#"{"id":"e1","type":"charge.succeeded","data":{"object":{"id":"ch1","amount":5,"currency":"eur"}}}"#;
    let signed = [b"1700000000.".as_slice(), body].concat();
    let signature = format!("t=1700000000,v1={}", hex(&hmac(b"whsec_1", &signed)));
    let headers = headers(&[("stripe-signature", &signature)]);
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    assert_eq!(
        paid("whsec_1", at(1_700_000_100), &headers, body),
        Ok(Some(5))
    );
    let late = paid("whsec_1", at(1_700_001_000), &headers, body);
    assert!(late.is_err());
    let forged = paid("whsec_1", at(1_700_000_100), &headers, br#"{"id":"e2"}"#);
    assert_eq!(forged, Err(WebhookError::Signature));
}
