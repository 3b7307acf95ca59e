//! Lists whose pages have URLs: in the body, or in a header `Link`.

use reqwest::header::COOKIE;
use runtime::runtime::Pagination;
use serde_json::{Value, json};

use super::pages::{body, linked, list, pages, read, request, served};
use super::support::{Server, TOKEN};

#[tokio::test]
async fn urls_are_followed_as_they_are() {
    let pagination = Pagination::url("/next").items("/data");
    let steps = [
        json!({"data": [1], "next": "/v1/other?page=2#end"}),
        json!({"data": [2], "next": "?page=3"}),
        json!({"data": [3], "next": null}),
    ];
    let server = Server::start(steps.map(body)).await;
    let (items, failed) = read(pages(&server, pagination)).await;
    assert_eq!((items.len(), failed), (3, None));
    let sent = server.sent();
    let targets: Vec<&str> = sent.iter().map(|sent| sent.target.as_str()).collect();
    assert_eq!(
        targets,
        ["/v1/x?kind=a%20b", "/v1/other?page=2", "/v1/other?page=3"]
    );
    assert!(
        sent.iter().all(|sent| sent.text().contains("s3cr3t")),
        "{sent:?}"
    );
}

#[tokio::test]
async fn links_are_followed_as_they_are() {
    let next =
        "<https://a.example/?a=1,2>; title=\"x, <y>\"; rel=last, </v1/x?page=2>; rel=\"next\"";
    let steps = [
        linked(json!([1]), &[("Link", next)]),
        linked(json!([2]), &[("link", "<a>; rel=license")]),
    ];
    let (items, failed, queries) = served(Pagination::link(), steps.into()).await;
    assert_eq!((items.len(), failed), (2, None));
    assert_eq!(queries, ["kind=a%20b", "page=2"]);
}

#[tokio::test]
async fn what_the_body_states_is_there_for_a_header_that_is_missing() {
    let pagination = Pagination::link().next("/links/next").items("/data");
    let page = |item: u8, next: Option<&str>| json!({"data": [item], "links": {"next": next}});
    let link = [("link", "</v1/x?page=3>; rel=next")];
    let steps = vec![
        body(page(1, Some("/v1/x?page=2"))),
        linked(page(2, None), &link),
        body(page(3, None)),
    ];
    let (items, failed, queries) = served(pagination, steps).await;
    assert_eq!((items.len(), failed), (3, None));
    assert_eq!(queries, ["kind=a%20b", "page=2", "page=3"]);
    // A header that has others says that there is no next one.
    let link = [("link", "</v1/x>; rel=first")];
    let last = vec![linked(page(1, Some("/v1/x?page=2")), &link)];
    let (items, failed, queries) = served(pagination, last).await;
    assert_eq!((items.len(), failed, queries.len()), (1, None, 1));
}

#[tokio::test]
async fn a_url_comes_before_what_is_counted() {
    let page = |next: Value| body(json!({"data": [next], "next": next}));
    let last = || body(json!({"data": [1]}));
    for pagination in [Pagination::number("page"), Pagination::offset("skip")] {
        let pagination = pagination.items("/data").next("/next");
        let steps = vec![page(json!("?token=a")), page(json!("?token=b")), last()];
        let (items, failed, queries) = served(pagination, steps).await;
        assert_eq!((items.len(), failed), (3, None));
        assert_eq!(queries, ["kind=a%20b", "token=a", "token=b"]);
        let (items, failed, queries) = served(pagination, vec![page(Value::Null)]).await;
        assert_eq!((items.len(), failed, queries.len()), (1, None, 1));
    }
    // A service may be documented with one and never state it.
    let pagination = Pagination::number("page").items("/data").next("/next");
    let steps = vec![
        last(),
        body(json!({"data": [2]})),
        body(json!({"data": []})),
    ];
    let (items, failed, queries) = served(pagination, steps).await;
    assert_eq!((items.len(), failed), (2, None));
    assert_eq!(
        queries,
        ["kind=a%20b", "kind=a%20b&page=2", "kind=a%20b&page=3"]
    );
    let away = vec![page(json!("https://a.example/x?page=9")), page(Value::Null)];
    let (items, failed, queries) = served(pagination, away).await;
    assert_eq!((items.len(), failed), (2, None));
    assert_eq!(queries, ["kind=a%20b", "kind=a%20b&page=2"]);
    let server = Server::start([page(json!("?token=a")), last()]).await;
    let mut read = pages(&server, pagination);
    read.next().await.unwrap().unwrap();
    let cursor = read.cursor().unwrap().to_owned();
    let mut read = pages(&server, pagination).start_at(cursor);
    read.next().await.unwrap().unwrap();
    assert!(read.next().await.is_none());
    assert_eq!(server.sent()[1].target, "/v1/x?token=a");
}

#[tokio::test]
async fn another_origin_gets_no_credentials_and_nor_does_what_it_names() {
    let home = Server::start([]).await;
    let away = Server::start([body(
        json!({"data": [2], "next": home.url("/v1/3?api_key=1")}),
    )])
    .await;
    home.then(body(json!({"data": [1], "next": away.url("/v1/2")})));
    home.then(body(json!({"data": [3]})));
    let request = request(&home)
        .header("x-private", "p1")
        .header("accept-language", "en")
        .cookie("session", "p2")
        .header("user-agent", "mine");
    let pages = request.pages(Pagination::url("/next").items("/data"), list);
    let (items, failed) = read(pages).await;
    assert_eq!((items.len(), failed), (3, None));
    let (first, last) = (&home.sent()[0], &home.sent()[1]);
    assert!(first.text().contains("s3cr3t") && first.text().contains("p2"));
    for stranger in [&away.only(), last] {
        let text = stranger.text();
        for secret in [
            "s3cr3t",
            TOKEN,
            "p1",
            "p2",
            "authorization",
            COOKIE.as_str(),
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("mine"), "{text}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_origin_gets_no_credentials_either() {
    let (home, away) = (
        Server::start([]).await,
        Server::start([body(json!([1]))]).await,
    );
    let pages = pages(&home, Pagination::link()).start_at(away.url("/v1/2"));
    assert_eq!(read(pages).await.0.len(), 1);
    assert!(!away.only().text().contains("s3cr3t"));
    let pages = super::pages::pages(&home, Pagination::link()).start_at("ftp://a.example");
    let failed = read(pages).await.1.unwrap();
    assert!(
        failed.contains("`cursor`: it isn't the URL of a page"),
        "{failed}"
    );
    assert!(home.sent().is_empty());
}

#[tokio::test]
async fn urls_that_leave_http_are_errors() {
    for next in ["ftp://a.example/x", "https://", "http://[x"] {
        let first = json!({"data": [1], "next": next});
        let pagination = Pagination::url("/next").items("/data");
        let (items, failed, queries) = served(pagination, vec![body(first)]).await;
        assert_eq!((items.len(), queries.len()), (1, 1));
        let failed = failed.unwrap();
        assert!(
            failed.contains("at `next`: the next page has no URL"),
            "{failed}"
        );
        assert!(!failed.contains("a.example"), "{failed}");
    }
}
