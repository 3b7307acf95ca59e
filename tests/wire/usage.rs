//! The code that a user was promised, as it was written down.

use std::time::Duration;

use crate::billing::{ACCOUNT, TOKEN, client, decimal, success};
use crate::schema;
use crate::server::{Response, Server};
use cloudflare_billing::{Client, Credentials, Error, reqwest};
use jiff::civil::date;
use serde_json::json;

type Outcome = Result<(), Error>;

#[tokio::test]
async fn a_client_is_made_of_credentials_alone() -> Outcome {
    let token = String::from(TOKEN);
    let client = Client::new(Credentials::api_token(token))?;
    assert!(format!("{client:?}").contains("https://api.cloudflare.com/client/v4"));
    Ok(())
}

#[tokio::test]
async fn a_client_is_made_of_everything_that_can_be_set() -> Outcome {
    let server = Server::start([success(&json!({}))]).await;
    let (email, key) = ("tests@example.com", "a key");
    let reqwest_client = reqwest::Client::new();

    let client = Client::builder()
        .credentials(Credentials::api_key(email, key))
        .base_url(server.url("/client/v4"))
        .timeout(Duration::from_secs(30))
        .max_retries(4)
        .default_header("x-team", "billing")
        .http_client(reqwest_client)
        .build()?;

    client.billing().profiles().get(ACCOUNT).await?;
    let sent = server.only();
    assert_eq!(sent.header("x-team"), Some("billing"));
    assert_eq!(sent.header("x-auth-email"), Some(email));
    assert_eq!(sent.header("x-auth-key"), Some(key));
    Ok(())
}

#[tokio::test]
async fn a_profile_is_awaited() -> Outcome {
    let server = Server::start([Response::json(200, schema::profile_example())]).await;
    let (client, account_id) = (client(&server), ACCOUNT);

    let profile = client.billing().profiles().get(account_id).await?;

    assert_eq!(
        profile.id.as_deref(),
        Some("b69a9f3492637782896352daae219e7d")
    );
    Ok(())
}

#[tokio::test]
async fn the_costs_of_a_month_are_added_up() -> Outcome {
    let mut response = schema::usage_examples().remove(0);
    let record = response["result"][0].clone();
    response["result"] = json!([record, record, record]);
    let server = Server::start([Response::json(200, response)]).await;
    let (client, account_id) = (client(&server), ACCOUNT);

    let records = client
        .billing()
        .usage()
        .paygo(account_id)
        .from(date(2025, 2, 1))
        .to(date(2025, 3, 1))
        .await?;
    let total: rust_decimal::Decimal = records.iter().map(|r| r.contracted_cost).sum();

    assert_eq!(total, decimal("2.25"));
    assert_eq!(server.only().query(), Some("from=2025-02-01&to=2025-03-01"));
    Ok(())
}

#[tokio::test]
async fn a_response_keeps_what_came_with_the_data() -> Outcome {
    let response =
        Response::json(200, schema::usage_examples().remove(0)).header("cf-ray", "ray-1");
    let server = Server::start([response]).await;
    let (client, account_id) = (client(&server), ACCOUNT);

    let response = client
        .billing()
        .usage()
        .paygo(account_id)
        .timeout(Duration::from_secs(5))
        .max_retries(0)
        .header("x-trace", "1")
        .query("debug", "1")
        .with_response()
        .await?;

    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.request_id(), Some("ray-1"));
    assert_eq!(response.messages()[0].message, "message");
    assert_eq!(response.data().len(), 1);
    assert_eq!(response.into_data()[0].service_name, "Workers Standard");
    let sent = server.only();
    assert_eq!(sent.header("x-trace"), Some("1"));
    assert_eq!(sent.query(), Some("debug=1"));
    Ok(())
}

#[tokio::test]
async fn an_endpoint_without_a_method_is_called_by_its_path() -> Outcome {
    let server = Server::start([Response::json(200, json!({"any": [1, "thing"]}))]).await;
    let client = client(&server);

    let other: serde_json::Value = client.get("/accounts/x/other").query("a", "b").await?;

    assert_eq!(other, json!({"any": [1, "thing"]}));
    let sent = server.only();
    assert_eq!(sent.target, "/client/v4/accounts/x/other?a=b");
    assert_eq!(
        sent.header("authorization"),
        Some("Bearer t0ken-of-the-tests")
    );
    Ok(())
}

#[tokio::test]
async fn an_endpoint_without_a_method_is_tried_again_too() -> Outcome {
    let server = Server::start([Response::new(503, ""), Response::json(200, json!(7))]).await;
    let other: u8 = client(&server).get("/accounts/x/other").await?;
    assert_eq!(other, 7);
    Ok(())
}

#[tokio::test]
async fn a_limited_rate_is_told_from_other_refusals() {
    let mut body = schema::failure_examples().remove(0);
    body["errors"][0]["code"] = json!(971);
    let response = Response::json(429, body).header("cf-ray", "ray-2");
    let server = Server::start([response.header("retry-after", "0")]).await;
    let client = client(&server);

    let result = client.billing().profiles().get(ACCOUNT).await;

    match result {
        Err(Error::Api(e)) if e.is_rate_limited() => {
            assert_eq!(e.status(), 429);
            assert_eq!(e.errors()[0].code, Some(971));
            assert_eq!(e.request_id(), Some("ray-2"));
            assert!(e.body().contains("Authentication error"));
            assert!(e.is_retryable());
        }
        other => panic!("{other:?}"),
    }
}
