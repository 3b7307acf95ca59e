//! Redirects are followed, and nothing confidential goes to another origin.

use reqwest::redirect::Policy;
use runtime::runtime::{ClientBuilder, Credentials, Error, Method, Placement, Scheme, Service};
use serde_json::Value;

use super::support::{
    SERVICE, Sent, Server, Step, TOKEN, builder, client, json, of_service, response,
};

fn redirect(status: &str, location: &str) -> Step {
    response(status, &[("location", location)], "")
}

#[tokio::test]
async fn the_method_after_a_redirect() {
    for (status, method, then) in [
        ("301 A", Method::GET, "GET"),
        ("301 A", Method::POST, "GET"),
        ("302 A", Method::POST, "GET"),
        ("302 A", Method::PUT, "PUT"),
        ("303 A", Method::POST, "GET"),
        ("303 A", Method::PUT, "GET"),
        ("303 A", Method::HEAD, "HEAD"),
        ("307 A", Method::POST, "POST"),
        ("308 A", Method::DELETE, "DELETE"),
    ] {
        let server = Server::start([redirect(status, "/elsewhere?a=b")]).await;
        let request = client(&server)
            .request::<Value>(method.clone(), "/x")
            .json(&1);
        let _ = request.await;
        let second = server.sent().remove(1);
        assert_eq!(
            (second.method.as_str(), second.target.as_str()),
            (then, "/elsewhere?a=b")
        );
        assert_eq!(
            second.header("authorization"),
            Some(format!("Bearer {TOKEN}").as_str())
        );
        let kept = then == method.as_str();
        assert_eq!(second.body == b"1", kept, "{status} {method}");
        assert_eq!(second.header("content-type").is_some(), kept);
    }
}

static EVERYWHERE: &[&Scheme] = &[
    &Scheme {
        name: "token",
        placement: Placement::Bearer,
        variable: "",
    },
    &Scheme {
        name: "header",
        placement: Placement::Header("x-key"),
        variable: "",
    },
    &Scheme {
        name: "query",
        placement: Placement::Query("key"),
        variable: "",
    },
    &Scheme {
        name: "cookie",
        placement: Placement::Cookie("sid"),
        variable: "",
    },
];

static GUARDED: Service = Service {
    alternatives: &[EVERYWHERE],
    security: &[EVERYWHERE],
    undocumented: &[EVERYWHERE],
    ..SERVICE
};

/// A client that authenticates in every place.
fn everywhere(server: &Server) -> ClientBuilder {
    let secrets = [
        "confidential-1",
        "confidential-2",
        "confidential-3",
        "confidential-4",
    ];
    let credentials = Credentials::from_secrets(EVERYWHERE, secrets.map(Into::into));
    of_service(&GUARDED, server).credentials(credentials)
}

#[tokio::test]
async fn another_origin_gets_nothing_confidential() {
    for (status, kept) in [
        ("301 A", false),
        ("302 A", false),
        ("303 A", false),
        ("307 A", true),
        ("308 A", true),
    ] {
        nothing_confidential_leaves(status, kept).await;
    }
}

/// By a redirect of this status, which keeps the body or not.
async fn nothing_confidential_leaves(status: &str, kept: bool) {
    let other = Server::start([]).await;
    let location = other.url("/y?key=confidential-3&copy=confidential-3&a=b");
    let server = Server::start([redirect(status, &location)]).await;
    let client = everywhere(&server);
    let client = client
        .default_header("x-team", "confidential-5")
        .build()
        .unwrap();
    let request = client
        .post::<Value>("/x")
        .json(&1)
        .header("x-trace", "confidential-6");
    let request = request
        .cookie("c", "confidential-7")
        .idempotency_key("confidential-8");
    request.await.unwrap();
    let text = server.only().text();
    for number in 1..=8 {
        assert!(
            text.contains(&format!("confidential-{number}")),
            "{number}: {text}"
        );
    }
    let sent = other.only();
    assert!(!sent.text().contains("confidential"), "{sent:?}");
    let body: &[u8] = if kept { b"1" } else { b"" };
    assert_eq!(
        (sent.target.as_str(), sent.body.as_slice()),
        ("/y?a=b", body)
    );
    assert_eq!(sent.header("user-agent"), Some("acme/0.1.0"));
}

#[tokio::test]
async fn another_name_of_the_same_machine_is_another_origin() {
    let server = Server::start([]).await;
    let elsewhere = server.url("/y").replace("127.0.0.1", "localhost");
    server.then(redirect("302 A", &elsewhere));
    client(&server).get::<Value>("/x").await.unwrap();
    let [first, second] = <[Sent; 2]>::try_from(server.sent()).unwrap();
    assert!(first.header("authorization").is_some());
    assert_eq!(second.header("authorization"), None);
}

#[tokio::test]
async fn the_way_back_home_does_not_bring_them_back() {
    let other = Server::start([]).await;
    let server = Server::start([redirect("307 A", &other.url("/away"))]).await;
    other.then(redirect("307 A", &server.url("/home")));
    let client = everywhere(&server).build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    let [first, second] = <[Sent; 2]>::try_from(server.sent()).unwrap();
    assert!(first.text().contains("confidential"));
    assert_eq!(second.target, "/home");
    assert!(!second.text().contains("confidential"), "{second:?}");
}

#[tokio::test]
async fn the_way_back_is_no_more_trusted() {
    let server = Server::start([]).await;
    // A hop within the other origin must not look like one within the API's.
    let steps = [
        redirect("302 A", "/z"),
        redirect("302 A", &server.url("/open")),
    ];
    let other = Server::start(steps).await;
    let first = Server::start([redirect("302 A", &other.url("/y"))]).await;
    let client = everywhere(&first).build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    assert!(!server.only().text().contains("confidential"));
    assert_eq!(other.sent().len(), 2);
    assert!(
        other
            .sent()
            .iter()
            .all(|sent| !sent.text().contains("confidential"))
    );
}

#[tokio::test]
async fn the_same_origin_keeps_credentials() {
    let server = Server::start([redirect("302 A", "y?b=1")]).await;
    let client = everywhere(&server);
    let client = client.default_header("x-team", "billing").build().unwrap();
    client.get::<Value>("/x?a=1").await.unwrap();
    let second = server.sent().remove(1);
    assert_eq!(second.target, "/v1/y?b=1&key=confidential-3");
    assert_eq!(second.header("x-key"), Some("confidential-2"));
    assert_eq!(second.header("cookie"), Some("sid=confidential-4"));
    assert_eq!(second.header("x-team"), Some("billing"));
}

#[tokio::test]
async fn a_user_in_the_location_is_dropped() {
    let other = Server::start([]).await;
    let location = other.url("/y").replace("http://", "http://user:password@");
    let server = Server::start([redirect("302 A", &location)]).await;
    client(&server).get::<Value>("/x").await.unwrap();
    assert_eq!(other.only().header("authorization"), None);
}

#[tokio::test]
async fn redirects_without_end_are_given_up() {
    let server = Server::start((0..20).map(|_| redirect("302 A", "/v1/x"))).await;
    let result = client(&server).get::<Value>("/x").await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.status(), 302);
    assert!(
        error.to_string().contains("more than 10 redirects"),
        "{error}"
    );
    assert_eq!(server.sent().len(), 11);
}

#[tokio::test]
async fn redirects_that_lead_nowhere_are_errors() {
    for (headers, reason) in [
        (&[] as &[(&str, &str)], "names no location"),
        (&[("location", "http://[")], "isn't a URL"),
        (&[("location", "http://[::1")], "isn't a URL"),
        (&[("location", "http://")], "isn't a URL"),
        (&[("location", "http://\u{fc} x")], "isn't a URL"),
        (&[("location", "ftp://example.com")], "leaves HTTP"),
        (&[("location", "file:///etc/passwd")], "leaves HTTP"),
    ] {
        let server = Server::start([response("302 A", headers, "")]).await;
        let result = client(&server).get::<Value>("/x").await;
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}")
        };
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(server.sent().len(), 1);
    }
}

#[tokio::test]
async fn an_http_client_that_follows_by_itself_is_found_out() {
    let other = Server::start([]).await;
    let server = Server::start([redirect("302 A", &other.url("/y"))]).await;
    let client = builder(&server)
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();
    let result = client.get::<Value>("/x").await;
    let Err(Error::Configuration(error)) = result else {
        panic!("{result:?}")
    };
    assert!(error.to_string().contains("redirect::Policy::none()"));
}

#[tokio::test]
async fn an_http_client_that_does_not_is_used() {
    let server = Server::start([redirect("302 A", "/y"), json("200 OK", "1")]).await;
    let http = reqwest::Client::builder().redirect(Policy::none());
    let http = http.default_headers([(reqwest::header::DNT, 1.into())].into_iter().collect());
    let client = builder(&server)
        .http_client(http.build().unwrap())
        .build()
        .unwrap();
    assert_eq!(client.get::<Value>("/x").await.unwrap(), 1);
    assert!(
        server
            .sent()
            .iter()
            .all(|sent| sent.header("dnt") == Some("1"))
    );
}
