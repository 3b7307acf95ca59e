//! Lists that come in pages: which page is asked for next, and where that ends.

use runtime::runtime::{
    Client, Error, Items, Method, ObjectStyle, Pages, Pagination, Request, decode,
};
use serde_json::{Value, json};

use super::support::{Sent, Server, Step, builder, http, response};

fn client(server: &Server) -> Client {
    builder(server).http_client(http()).build().unwrap()
}

pub fn request(server: &Server) -> Request<Value> {
    Request::new(&client(server), Method::GET, "/x", decode::json).query("kind", "a b")
}

pub fn list(body: Value) -> Option<Vec<Value>> {
    let items = if body.is_array() {
        &body
    } else {
        &body["data"]
    };
    items.as_array().cloned()
}

pub fn pages(server: &Server, pagination: Pagination) -> Pages<Value> {
    request(server).pages(pagination, list)
}

pub fn body(body: Value) -> Step {
    linked(body, &[])
}

pub fn linked(body: Value, headers: &[(&str, &str)]) -> Step {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    response("200 OK", &all, body.to_string())
}

/// What the pages hold, and the error that ended them.
pub async fn read(pages: Pages<Value>) -> (Vec<Value>, Option<String>) {
    taken(&mut pages.into_items()).await
}

async fn taken(items: &mut Items<Value>) -> (Vec<Value>, Option<String>) {
    let (mut found, mut failed) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => found.push(item),
            Err(error) => failed = Some(error.to_string()),
        }
    }
    assert!(items.next().await.is_none());
    (found, failed)
}

fn sent_json(sent: &Sent) -> Value {
    serde_json::from_slice(&sent.body).expect("it is JSON")
}

/// Of each request that arrived.
pub fn queries(server: &Server) -> Vec<String> {
    let sent = server.sent();
    let query = |sent: &Sent| sent.target.split_once('?').unwrap_or_default().1.to_owned();
    sent.iter().map(query).collect()
}

pub async fn served(
    pagination: Pagination,
    steps: Vec<Step>,
) -> (Vec<Value>, Option<String>, Vec<String>) {
    let server = Server::start(steps).await;
    let (items, failed) = read(pages(&server, pagination)).await;
    (items, failed, queries(&server))
}

#[tokio::test]
async fn numbers_go_on_until_a_page_is_empty() {
    let steps = [json!([1, 2]), json!([3]), json!([])].map(body);
    let (items, failed, queries) = served(Pagination::number("page"), steps.into()).await;
    assert_eq!((items, failed), (vec![json!(1), json!(2), json!(3)], None));
    assert_eq!(
        queries,
        ["kind=a%20b", "kind=a%20b&page=2", "kind=a%20b&page=3"]
    );
}

#[tokio::test]
async fn numbers_end_where_the_service_says_so() {
    let by_page = Pagination::number("page").items("/data");
    let from_zero = Pagination::number_from_zero("page").items("/data");
    for (pagination, said) in [
        (by_page.total_pages("/info/pages"), json!({"pages": 2})),
        (from_zero.total_pages("/info/pages"), json!({"pages": "2"})),
        (by_page.total("/info/all"), json!({"all": 2})),
        (by_page.has_more("/info/more"), json!({"more": false})),
        (by_page.has_more("/info/more"), json!({"more": null})),
    ] {
        let first = json!({"data": [1], "info": {"more": true, "pages": 2, "all": 2}});
        let steps = [first, json!({"data": [2], "info": said})].map(body);
        let (items, failed, queries) = served(pagination, steps.into()).await;
        assert_eq!((items.len(), failed, queries.len()), (2, None, 2), "{said}");
    }
    let first = linked(json!([1]), &[("link", "</x?page=2>; rel=next")]);
    let last = linked(json!([2]), &[("link", "</x>; rel=\"prev first\"")]);
    let (items, _, queries) = served(Pagination::number("page"), vec![first, last]).await;
    assert_eq!((items.len(), queries.len()), (2, 2));
}

#[tokio::test]
async fn numbers_begin_where_the_caller_says() {
    let server =
        Server::start([json!({"data": [1], "all": 1}), json!({"data": []})].map(body)).await;
    let pagination = Pagination::number("page").items("/data").total("/all");
    let request = request(&server).set_query("page", 7);
    let (items, failed) = read(request.pages(pagination, list)).await;
    // How many there are says nothing of pages that were not read.
    assert_eq!((items.len(), failed), (1, None));
    assert_eq!(queries(&server), ["kind=a%20b&page=7", "kind=a%20b&page=8"]);
}

#[tokio::test]
async fn offsets_count_the_items() {
    let pagination = Pagination::offset("offset").items("/data").total("/all");
    let steps = [
        json!({"data": [1, 2], "all": 3}),
        json!({"data": [3], "all": 3}),
    ];
    let (items, failed, queries) = served(pagination, steps.map(body).into()).await;
    assert_eq!((items.len(), failed), (3, None));
    assert_eq!(queries, ["kind=a%20b", "kind=a%20b&offset=2"]);
    let steps = [json!([1, 2]), json!([])].map(body);
    let (items, failed, queries) = served(Pagination::offset("offset"), steps.into()).await;
    assert_eq!((items.len(), failed, queries.len()), (2, None, 2));
}

#[tokio::test]
async fn where_a_page_begins_may_be_in_an_object() {
    let server = Server::start([json!([1]), json!([2]), json!([])].map(body)).await;
    let pageable = json!({"page": 4, "size": 1});
    let request = request(&server).set_query_object("pageable", ObjectStyle::Exploded, &pageable);
    let (items, failed) = read(request.pages(Pagination::number("page"), list)).await;
    assert_eq!((items.len(), failed), (2, None));
    let sent = ["page=4&size=1", "size=1&page=5", "size=1&page=6"];
    let sent = sent.map(|query| format!("kind=a%20b&{query}"));
    assert_eq!(queries(&server), sent);
}

#[tokio::test]
async fn offsets_may_be_places_from_one() {
    let pagination = Pagination::offset_from_one("start")
        .items("/data")
        .total("/all");
    let steps = [
        json!({"data": [1, 2], "all": 4}),
        json!({"data": [3], "all": 4}),
        json!({"data": [4], "all": 4}),
    ];
    let (items, failed, queries) = served(pagination, steps.map(body).into()).await;
    assert_eq!((items.len(), failed), (4, None));
    let expected = ["kind=a%20b", "kind=a%20b&start=3", "kind=a%20b&start=4"];
    assert_eq!(queries, expected);
}

#[tokio::test]
async fn cursors_are_taken_from_the_body() {
    let pagination = Pagination::cursor("cursor", "/meta/a~1b.c").items("/data");
    for end in [json!(null), json!(""), json!(false)] {
        let steps = [
            json!({"data": [1], "meta": {"a/b.c": "x&y"}}),
            // A page may be empty, as what is on it may be filtered.
            json!({"data": [], "meta": {"a/b.c": 7}}),
            json!({"data": [2], "meta": {"a/b.c": end}}),
        ];
        let (items, failed, queries) = served(pagination, steps.map(body).into()).await;
        assert_eq!((items.len(), failed), (2, None));
        let cursors = [
            "kind=a%20b",
            "kind=a%20b&cursor=x%26y",
            "kind=a%20b&cursor=7",
        ];
        assert_eq!(queries, cursors);
    }
    let (items, failed, _) = served(pagination, vec![body(json!({"data": [1]}))]).await;
    assert_eq!((items.len(), failed), (1, None));
    let pagination = pagination.has_more("/more");
    let last = json!({"data": [1], "more": false, "meta": {"a/b.c": "z"}});
    let (_, failed, queries) = served(pagination, vec![body(last)]).await;
    assert_eq!((failed, queries.len()), (None, 1));
}

#[tokio::test]
async fn the_last_item_says_where_the_next_page_begins() {
    let pagination = Pagination::last_id("after", "/id")
        .items("/data")
        .has_more("/more");
    let steps = [
        json!({"data": [{"id": "a"}, {"id": "b"}], "more": true}),
        json!({"data": [{"id": "c"}], "more": false}),
    ];
    let (items, failed, queries) = served(pagination, steps.map(body).into()).await;
    assert_eq!((items.len(), failed), (3, None));
    assert_eq!(queries, ["kind=a%20b", "kind=a%20b&after=b"]);
    let steps = vec![body(json!({"data": [{"no": "id"}], "more": true}))];
    let (items, failed, _) = served(pagination, steps).await;
    assert_eq!(items.len(), 1);
    let failed = failed.unwrap();
    assert!(
        failed.contains("at `data`: the last item has nothing to ask"),
        "{failed}"
    );
}

#[tokio::test]
async fn a_body_is_sent_again_with_what_says_which_page_it_is() {
    let by_text = Pagination::cursor("/page/after", "/next").in_body();
    let by_number = Pagination::number("/page/after").in_body_as_number();
    for (pagination, first, second) in [
        (by_text, json!(5), json!("5")),
        (by_text, json!("c"), json!("c")),
        (by_number, json!("c"), json!(2)),
    ] {
        let steps = [
            json!({"data": [1], "next": first}),
            json!({"data": [2]}),
            json!({"data": []}),
        ];
        let server = Server::start(steps.map(body)).await;
        let request = Request::new(&client(&server), Method::POST, "/x", decode::json);
        let request = request.json(&json!({"b": 1.50, "a": {"after": null}}));
        let (items, failed) = read(request.pages(pagination.items("/data"), list)).await;
        assert_eq!((items, failed), (vec![json!(1), json!(2)], None));
        let sent = server.sent();
        assert_eq!(
            sent_json(&sent[0]),
            json!({"b": 1.50, "a": {"after": null}})
        );
        let again = json!({"b": 1.50, "a": {"after": null}, "page": {"after": second}});
        assert_eq!(sent_json(&sent[1]), again);
    }
}

#[tokio::test]
async fn a_body_says_which_page_is_the_first() {
    let steps = [json!({"data": [1]}), json!({"data": []})].map(body);
    let server = Server::start(steps).await;
    let request = Request::new(&client(&server), Method::POST, "/x", decode::json);
    let request = request.fields().field::<u64>("page", 7u64);
    let pagination = Pagination::number("/page").in_body_as_number();
    let (items, failed) = read(request.pages(pagination.items("/data"), list)).await;
    assert_eq!((items.len(), failed), (1, None));
    assert_eq!(sent_json(&server.sent()[1]), json!({"page": 8}));
}

#[tokio::test]
async fn each_page_has_a_key_of_its_own() {
    let next = |next: Value| body(json!({"data": [1], "next": next}));
    let steps = vec![
        next(json!("a")),
        response("503 Service Unavailable", &[("retry-after", "0")], ""),
        next(json!("b")),
        next(json!(null)),
    ];
    let server = Server::start(steps).await;
    let request = Request::new(&client(&server), Method::POST, "/x", decode::json);
    let request = request.fields().idempotency_key("k");
    let pagination = Pagination::cursor("/cursor", "/next").in_body();
    let (items, failed) = read(request.pages(pagination.items("/data"), list)).await;
    assert_eq!((items.len(), failed), (3, None));
    let sent = server.sent();
    let keys: Vec<&str> = sent
        .iter()
        .filter_map(|one| one.header("idempotency-key"))
        .collect();
    assert_eq!((keys[0], keys[1]), ("k", keys[2]));
    assert!(keys[1].starts_with("k-") && keys[1] != keys[3], "{keys:?}");
}

#[tokio::test]
async fn what_would_never_end_is_an_error() {
    let repeated = "was read before, so that the list would never end";
    let same = "is the same as the page before, so that the list would never end";
    let cursor = Pagination::cursor("cursor", "/next").items("/data");
    let url = Pagination::url("/next").items("/data");
    let at = |next: &str| json!({"data": [1], "next": next});
    for (pagination, steps, read, reason) in [
        (cursor, vec![at("a"), at("a")], 2, repeated),
        (cursor, vec![at("a"), at("b"), at("a")], 3, repeated),
        (url, vec![at("/v1/x?kind=a%20b")], 1, repeated),
        (
            url,
            vec![at("/v1/2"), at("/v1/3"), at("/v1/2")],
            3,
            repeated,
        ),
        (
            Pagination::number("page"),
            vec![json!([1]), json!([1])],
            1,
            same,
        ),
        (
            Pagination::number("page").items("/data"),
            vec![at("a"), at("b")],
            1,
            same,
        ),
        (
            Pagination::offset("offset"),
            vec![json!([1]), json!([1])],
            1,
            same,
        ),
    ] {
        let steps = steps.into_iter().map(body).collect();
        let (items, failed, _) = served(pagination, steps).await;
        let failed = failed.unwrap();
        assert!(failed.contains(reason), "{pagination:?}: {failed}");
        assert_eq!(items.len(), read, "{pagination:?}");
    }
    let last_id = Pagination::last_id("after", "/id");
    let steps = [json!([{"id": 1}]), json!([{"id": 1}])].map(body);
    let (items, failed, _) = served(last_id, steps.into()).await;
    assert_eq!(items.len(), 1);
    assert!(failed.unwrap().contains(same));
}

#[tokio::test]
async fn an_error_keeps_the_pages_before_it_and_says_where_to_go_on() {
    let server = Server::start([body(json!({"data": [1, 2], "next": "a"}))]).await;
    server.then(response("400 Bad Request", &[], "no"));
    let pagination = Pagination::cursor("cursor", "/next").items("/data");
    let mut items = pages(&server, pagination).into_items();
    assert_eq!(items.cursor(), None);
    assert_eq!(items.next().await.unwrap().unwrap(), json!(1));
    // There is one left, on the page that has no cursor.
    assert_eq!(items.cursor(), None);
    assert_eq!(items.next().await.unwrap().unwrap(), json!(2));
    assert_eq!(items.cursor(), Some("a"));
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert_eq!(items.cursor(), Some("a"));
    assert!(items.next().await.is_none());
    server.then(body(json!({"data": [3, 4], "next": null})));
    let mut rest = pages(&server, pagination).into_items().start_at("a");
    assert_eq!(rest.next().await.unwrap().unwrap(), json!(3));
    assert_eq!(rest.cursor(), Some("a"));
    assert_eq!(rest.next().await.unwrap().unwrap(), json!(4));
    assert_eq!(rest.cursor(), None);
    assert!(rest.next().await.is_none());
    assert_eq!(queries(&server)[2], "kind=a%20b&cursor=a");
}

#[tokio::test]
async fn a_limit_collects_no_more_and_asks_for_no_more() {
    let server = Server::start([json!([1, 2]), json!([3, 4]), json!([5])].map(body)).await;
    let mut items = pages(&server, Pagination::number("page")).into_items();
    let ints = |numbers: &[i64]| numbers.iter().map(|n| json!(n)).collect::<Vec<_>>();
    assert_eq!(items.collect(0).await.unwrap(), ints(&[]));
    assert!(server.sent().is_empty());
    assert_eq!(items.collect(3).await.unwrap(), ints(&[1, 2, 3]));
    assert_eq!(server.sent().len(), 2);
    assert_eq!(items.collect(1).await.unwrap(), ints(&[4]));
    assert_eq!(server.sent().len(), 2);
    server.then(response("400 Bad Request", &[], ""));
    items.collect(9).await.unwrap_err();
    assert_eq!(items.collect(9).await.unwrap(), ints(&[5]));
    assert_eq!(items.cursor(), Some("4"));
}

#[tokio::test]
async fn no_more_pages_than_are_allowed() {
    let server = Server::start([json!([1]), json!([2])].map(body)).await;
    let mut pages = pages(&server, Pagination::number("page")).max_pages(2);
    assert_eq!(pages.next().await.unwrap().unwrap().items(), [json!(1)]);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
    assert_eq!((server.sent().len(), pages.cursor()), (2, Some("3")));
}

#[tokio::test]
async fn each_page_is_tried_again_by_itself() {
    let server = Server::start([]).await;
    for step in [
        response("503 Service Unavailable", &[], ""),
        body(json!([1])),
        response("503 Service Unavailable", &[], ""),
        body(json!([2])),
        response("503 Service Unavailable", &[], ""),
        response("503 Service Unavailable", &[], ""),
    ] {
        server.then(step);
    }
    let request = request(&server).max_retries(1).header("x-own", "1");
    let mut pages = request.pages(Pagination::number("page"), list);
    for attempts in [2, 2] {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!(page.response().attempts(), attempts);
    }
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().status().unwrap(),
        503
    );
    let sent = server.sent();
    assert_eq!(sent.len(), 6);
    assert!(
        sent.iter().all(|sent| sent.text().contains("x-own")),
        "{sent:?}"
    );
}

#[tokio::test]
async fn a_page_says_what_came_with_it() {
    let text = json!({"data": [1], "info": {"all": 12, "pages": 3}});
    let server = Server::start([linked(text, &[("x-ray", "r1")])]).await;
    let pagination = Pagination::number("page").items("/data");
    let pagination = pagination.total("/info/all").total_pages("/info/pages");
    let page = pages(&server, pagination).next().await.unwrap().unwrap();
    assert_eq!((page.total(), page.total_pages()), (Some(12), Some(3)));
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["x-ray"], "r1");
    assert_eq!(page.response().request_id(), Some("r1"));
    assert_eq!(page.into_iter().collect::<Vec<_>>(), [json!(1)]);
}

#[tokio::test]
async fn what_is_sent_once_has_no_pages() {
    let server = Server::start([]).await;
    let reader = runtime::runtime::ByteStream::new(tokio::io::empty());
    let request = request(&server).body("text/plain", reader);
    let mut pages = request.pages(Pagination::number("page"), list);
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error}");
    assert!(server.sent().is_empty() && pages.next().await.is_none());
}

#[tokio::test]
async fn what_was_rejected_is_the_error_of_the_first_page() {
    let server = Server::start([]).await;
    let request = request(&server).header("x-own", "a\nb");
    let (items, failed) = read(request.pages(Pagination::number("page"), list)).await;
    assert!(items.is_empty() && failed.unwrap().contains("invalid argument `x-own`"));
}

/// They are streams of the ecosystem, and can be sent to other tasks.
#[test]
fn they_are_streams() {
    fn check<S: futures_core::Stream<Item = Result<T, Error>> + Send + Unpin, T>() {}
    check::<Pages<Value>, _>();
    check::<Items<Value>, _>();
}
