//! What only a server with a certificate can show.
//!
//! The certificate beside this file is for 127.0.0.1, signed by itself, and used nowhere else.

use std::sync::Arc;

use base64::Engine;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Identity};
use runtime::runtime::{Error, Method, Pagination, Request, StatusCode, decode};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::pages::list;
use super::support::{self, Server, Step, builder, json, response};

const CERTIFICATE: &[u8] = include_bytes!("tls/cert.der");
const KEY: &[u8] = include_bytes!("tls/key.der");

/// The base URL of a server that gives this response to every request.
async fn serve(step: Step) -> String {
    serve_those_who(step, false).await
}

/// The same, of clients that have a certificate, if they need one.
async fn serve_those_who(step: Step, have_certificates: bool) -> String {
    let Step::Send(response) = step else {
        panic!("only whole responses")
    };
    let key = PrivatePkcs8KeyDer::from(KEY).into();
    // Named, since the packages of this workspace bring more than one along.
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = if have_certificates {
        let mut roots = RootCertStore::empty();
        roots.add(CERTIFICATE.into()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        config.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        config.with_no_client_auth()
    };
    let config = config
        .with_single_cert(vec![CERTIFICATE.into()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let url = format!("https://{address}/v1");
    // What names the server itself has room for its port, which has five digits.
    let response = String::from_utf8(response).unwrap();
    let response = response.replace("127.0.0.1:00000", &address).into_bytes();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            support::read(&mut stream).await.unwrap();
            stream.write_all(&response).await.unwrap();
            stream.shutdown().await.unwrap_or_default();
        }
    });
    url
}

fn trusting() -> reqwest::Client {
    trust().build().unwrap()
}

fn trust() -> reqwest::ClientBuilder {
    let http = reqwest::Client::builder().redirect(Policy::none());
    http.tls_certs_only([Certificate::from_der(CERTIFICATE).unwrap()])
}

#[tokio::test]
async fn a_certificate_that_is_trusted() {
    let plain = Server::start([]).await;
    let url = serve(json("200 OK", "1")).await;
    let client = builder(&plain)
        .base_url(url)
        .http_client(trusting())
        .build()
        .unwrap();
    assert_eq!(client.get::<Value>("/x").await.unwrap(), 1);
}

#[tokio::test]
async fn a_certificate_of_the_client() {
    let pem = |label: &str, der: &[u8]| {
        let text = base64::engine::general_purpose::STANDARD.encode(der);
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
    };
    let own = pem("CERTIFICATE", CERTIFICATE) + &pem("PRIVATE KEY", KEY);
    let identity = Identity::from_pem(own.as_bytes()).unwrap();
    let plain = Server::start([]).await;
    let url = serve_those_who(json("200 OK", "1"), true).await;
    let client = |http: reqwest::ClientBuilder| {
        let http = http.build().unwrap();
        let client = builder(&plain).base_url(url.as_str()).http_client(http);
        client.max_retries(0).build().unwrap()
    };
    let known = client(trust().identity(identity));
    assert_eq!(known.get::<Value>("/x").await.unwrap(), 1);
    let error = client(trust()).get::<Value>("/x").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for() {
    let plain = Server::start([]).await;
    let url = serve(json("200 OK", "1")).await;
    let client = builder(&plain)
        .base_url(url)
        .max_retries(0)
        .build()
        .unwrap();
    let error = client.get::<Value>("/x").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_not_followed() {
    let plain = Server::start([]).await;
    let url = serve(response("302 Found", &[("location", &plain.url("/y"))], "")).await;
    let client = builder(&plain)
        .base_url(url)
        .http_client(trusting())
        .build()
        .unwrap();
    let result = client.get::<Value>("/x").await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.status(), StatusCode::FOUND);
    assert!(error.to_string().contains("from https to http"), "{error}");
    assert!(plain.sent().is_empty());
}

#[tokio::test]
async fn a_next_page_at_http_is_the_servers_own_or_an_error() {
    let plain = Server::start([]).await;
    for (next, reason) in [
        (
            "http://127.0.0.1:00000/v1/x",
            "names a next page that was read before",
        ),
        ("http://127.0.0.1:1/v1/x", "the next page is at http"),
    ] {
        let body = serde_json::json!({"data": [1], "next": next}).to_string();
        let url = serve(json("200 OK", body)).await;
        let client = builder(&plain)
            .base_url(url)
            .http_client(trusting())
            .build()
            .unwrap();
        let request = Request::new(&client, Method::GET, "/x", decode::json::<Value>);
        let pagination = Pagination::url("/next").items("/data");
        let mut items = request.pages(pagination, list).into_items();
        let error = items.collect(9).await.unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}
