//! Bodies that are compressed, cut into chunks, or too long.

use std::io::Write;

use crate::billing::{ACCOUNT, Sdk, build, builder};
use crate::schema;
use crate::server::{Response, Server};
use cloudflare_billing::Error;
use cloudflare_billing::models::Profile;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

#[tokio::test]
async fn a_compressed_body_is_read() {
    let profile = read(compressed(schema::profile_example().to_string().as_bytes())).await;
    assert_eq!(profile.unwrap().company.as_deref(), Some("Company"));
}

#[tokio::test]
async fn a_compressed_refusal_is_read() {
    let body = schema::failure_examples().remove(0).to_string();
    let response = Response::new(403, gzip(body.as_bytes())).header("content-encoding", "gzip");
    let Err(Error::Api(refusal)) = read(response).await else {
        panic!("a refusal");
    };
    assert_eq!(refusal.errors()[0].message, "Authentication error");
    assert_eq!(refusal.body(), body);
}

#[tokio::test]
async fn a_compression_that_breaks_off_is_a_broken_connection() {
    let whole = gzip(schema::profile_example().to_string().as_bytes());
    let half = whole.len() / 2;
    let responses = [
        encoded(whole[..half].to_vec()),
        encoded(whole[..half].to_vec()).without_length(),
        encoded(whole.clone()).cut_after(half),
        encoded(whole).reset_after(half),
    ];
    let sdk = Sdk::start().await;
    for response in responses {
        let error = sdk.profile(response.clone()).await;
        assert!(
            matches!(error, Err(Error::Connect(_))),
            "{response:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_garbled_compression_is_a_response_that_cannot_be_read() {
    let whole = gzip(schema::profile_example().to_string().as_bytes());
    let garbled = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        bytes
    };
    // In the head, in the data, in the checksum, and in all of it.
    let bodies = [
        garbled(0),
        garbled(20),
        garbled(whole.len() - 8),
        b"{\"success\": true}".to_vec(),
    ];
    let sdk = Sdk::start().await;
    for body in bodies {
        let error = sdk.profile(encoded(body)).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().contains("decompressed"), "{error}");
    }
}

#[tokio::test]
async fn a_body_in_chunks_is_read() {
    let body = schema::profile_example().to_string();
    let (first, second) = body.split_at(body.len() / 2);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let whole = [
        head,
        &chunk(first),
        &chunk(second),
        "0\r\n",
        "x-trailer: 1\r\n\r\n",
    ]
    .concat();
    let profile = read(Response::raw(whole)).await;
    assert_eq!(profile.unwrap().company.as_deref(), Some("Company"));

    let broken = [head, &chunk(first)].concat();
    let error = read(Response::raw(broken)).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_body_that_ends_with_the_connection_is_read() {
    let body = schema::profile_example().to_string();
    let profile = read(Response::json(200, body).without_length()).await;
    assert_eq!(profile.unwrap().company.as_deref(), Some("Company"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_not_read() {
    let body = json!({"success": true, "result": {"id": "x".repeat(5000)}}).to_string();
    let bomb = vec![b' '; 10 * 1024 * 1024];
    let cases = [
        ("as it is", Response::json(200, &body), 5000),
        ("compressed", compressed(body.as_bytes()), 5000),
        ("a bomb", compressed(&bomb), 1024 * 1024),
        ("nothing allowed", Response::json(200, &body), 0),
        (
            "without end",
            Response::json(200, &body)
                .without_length()
                .stall_after(5020),
            5000,
        ),
    ];
    for (name, response, limit) in cases {
        let server = Server::start([response.header("cf-ray", "ray-1")]).await;
        let client = build(builder(&server).max_response_bytes(limit));
        let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
        let Error::Decode(error) = &error else {
            panic!("{name}: {error:?}");
        };
        assert_eq!((error.status().as_u16(), error.path()), (200, "."));
        assert_eq!(error.request_id(), Some("ray-1"));
        assert!(error.to_string().contains("max_response_bytes"), "{error}");
        assert!(error.body().len() < 1024, "{name}");
        assert_eq!(server.take().len(), 1, "{name}: it won't get shorter");
    }
}

#[tokio::test]
async fn a_body_at_the_limit_is_read() {
    let body = schema::profile_example().to_string();
    let length = body.len() as u64;
    for response in [Response::json(200, &body), compressed(body.as_bytes())] {
        let server = Server::start([response]).await;
        let client = build(builder(&server).max_response_bytes(length));
        let profile = client.billing().profiles().get(ACCOUNT).await;
        assert_eq!(profile.unwrap().company.as_deref(), Some("Company"));
    }
}

async fn read(response: Response) -> Result<Profile, Error> {
    Sdk::start().await.profile(response).await
}

fn compressed(body: &[u8]) -> Response {
    encoded(gzip(body))
}

fn encoded(body: Vec<u8>) -> Response {
    Response::new(200, body)
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).expect("memory");
    encoder.finish().expect("memory")
}
