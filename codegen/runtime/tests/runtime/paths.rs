//! Paths: which values and paths are rejected before anything is sent, and that all others arrive as they were given.

use runtime::runtime::{Method, Request, decode};
use serde_json::Value;

use super::arguments::rejected;
use super::support::{Server, client, response};

#[tokio::test]
async fn a_path_parameter_that_could_leave_its_segment_is_rejected() {
    let server = Server::start([]).await;
    let client = client(&server);
    for value in [
        "", ".", "..", "%2e", "%2E", "%2e%2e", "%2E%2e", ".%2e", "%2E.",
    ] {
        let request = Request::new(&client, Method::GET, "/a/{id}/b", decode::json::<Value>);
        assert_eq!(rejected(request.path("id", value).await), "id", "{value:?}");
    }
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn values_go_into_the_path_in_its_order_and_each_name_is_filled_once() {
    let server = Server::start([response("204 No Content", &[], "")]).await;
    let client = client(&server);
    let path = "/a/{id}/b/{name}/{id}.json";
    let request = Request::new(&client, Method::GET, path, decode::empty);
    request.in_path(&[&7, &"x/y"]).await.unwrap();
    assert_eq!(server.sent()[0].target, "/v1/a/7/b/x%2Fy/7.json");
    let request = Request::new(&client, Method::GET, path, decode::empty);
    assert_eq!(rejected(request.in_path(&[&7, &".."]).await), "name");
}

#[tokio::test]
async fn slashes_stay_where_a_value_is_several_segments() {
    let server = Server::start([]).await;
    let client = client(&server);
    let path = "/{+parent}/jobs/{name=jobs/*}:cancel";
    let request = |parent: &str| {
        let request = Request::new(&client, Method::GET, path, decode::empty);
        request.in_path(&[&parent, &"jobs/a?b"])
    };
    request("projects/p q").await.unwrap();
    assert_eq!(
        server.sent()[0].target,
        "/v1/projects/p%20q/jobs/jobs/a%3Fb:cancel"
    );
    for parent in ["a/../b", "a//b", "a/", "/a", "a/%2E%2e", ""] {
        assert_eq!(rejected(request(parent).await), "+parent", "{parent}");
    }
}

#[tokio::test]
async fn the_rejected_value_is_not_shown() {
    let server = Server::start([]).await;
    let request = client(&server)
        .get::<Value>("/{id}")
        .path("id", "..")
        .header("x", "se\ncret");
    let error = request.await.unwrap_err();
    let text = error.to_string();
    let expected = ": invalid argument `id`: a path parameter can't be a dot segment";
    assert!(
        text.starts_with("GET /{id} at 127.0.0.1:") && text.ends_with(expected),
        "{text}"
    );
}

#[tokio::test]
async fn a_value_is_never_searched_for_placeholders() {
    let server = Server::start([]).await;
    let request = Request::new(
        &client(&server),
        Method::GET,
        "/a/{x}/{y}",
        decode::json::<Value>,
    );
    request
        .path("x", "{y}")
        .path("y", "../{x}?q#f\\")
        .await
        .unwrap();
    assert_eq!(
        server.only().target,
        "/v1/a/%7By%7D/..%2F%7Bx%7D%3Fq%23f%5C"
    );
}

#[tokio::test]
async fn a_placeholder_without_a_value_is_rejected() {
    let server = Server::start([]).await;
    let result = client(&server)
        .get::<Value>("/a/{id}")
        .path("other", "1")
        .await;
    assert_eq!(rejected(result), "path");
    assert_eq!(
        rejected(client(&server).get::<Value>("/a/{id").await),
        "path"
    );
}

#[tokio::test]
async fn a_custom_path_that_could_lead_elsewhere_is_rejected() {
    let server = Server::start([]).await;
    let client = client(&server);
    for path in [
        "",
        "x",
        "https://example.com/x",
        "?a=b",
        "/a/../b",
        "/a/./b",
        "/..",
        "/a/%2e%2E/b",
        "/a/.%2e?x",
        "/a#b",
        "/a?b#c",
        "/a\nb",
        "/a\tb",
        "/a\0b",
        "/a\\..\\b",
        "/a\u{7f}b",
        "/a\u{85}b",
    ] {
        assert_eq!(
            rejected(client.get::<Value>(path).await),
            "path",
            "{path:?}"
        );
    }
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn a_custom_path_stays_at_the_base_url() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (path, target) in [
        ("//example.com/x", "/v1//example.com/x"),
        ("/@example.com", "/v1/@example.com"),
        ("/a b/ü", "/v1/a%20b/%C3%BC"),
        ("/a%2Fb?x=%20&y=a/..", "/v1/a%2Fb?x=%20&y=a/..&z=1"),
    ] {
        let request = client.get::<Value>(path);
        let request = if path.contains('?') {
            request.query("z", 1)
        } else {
            request
        };
        request.await.unwrap();
        assert_eq!(server.sent().last().unwrap().target, target);
    }
}

#[tokio::test]
async fn a_fragment_of_a_described_path_is_not_sent() {
    let server = Server::start([]).await;
    let path = "/a?action={action}#variant";
    let request = Request::new(&client(&server), Method::GET, path, decode::json::<Value>);
    request.path("action", "b&c").await.unwrap();
    assert_eq!(server.only().target, "/v1/a?action=b%26c");
}
