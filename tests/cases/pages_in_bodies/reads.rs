//! The body of each page is that of the first, but for what says which page it is.

use api::models::{ContactPagination, Row};
use api::testing::Fake;
use api::{Client, Error, Items};
use serde_json::json;

use crate::server::{Received, Response, Server, outcome};

/// Of each request its target and its body, and what it is answered with.
const PAGES: [(&str, &str, &str); 11] = [
    (
        "/customers/search",
        r#"{"limit":1,"items":"x","name":"A"}"#,
        r#"{"customers":[{"id":1}],"cursor":"b"}"#,
    ),
    (
        "/customers/search",
        r#"{"limit":1,"items":"x","name":"A","cursor":"b"}"#,
        r#"{"customers":[{"id":2}]}"#,
    ),
    (
        "/contacts/search",
        r#"{"query":"q","pagination":{"per_page":1}}"#,
        r#"{"data":[{"id":1}],"pages":{"next":{"starting_after":"1"}}}"#,
    ),
    (
        "/contacts/search",
        r#"{"query":"q","pagination":{"per_page":1,"starting_after":"1"}}"#,
        r#"{"data":[{"id":2}],"pages":{"next":null}}"#,
    ),
    ("/rows/query", r#"["a"]"#, r#"{"rows":[{"id":1}],"next_cursor":"n"}"#),
    ("/rows/query?cursor=n", r#"["a"]"#, r#"{"rows":[{"id":2}]}"#),
    ("/reports/query", r#"{"size":2}"#, r#"{"hits":[{"id":1},{"id":2}],"total":3}"#),
    ("/reports/query", r#"{"size":2,"from":2}"#, r#"{"hits":[{"id":3}],"total":3}"#),
    ("/jobs/list", r#"{"b":1}"#, r#"{"jobs":[{"id":1}],"next":7}"#),
    ("/jobs/list", r#"{"b":1,"page":{"after":"7"}}"#, r#"{"jobs":[{"id":2}]}"#),
    ("/jobs/list", r#"{"page":{"after":"7"}}"#, r#"{"jobs":[{"id":2}]}"#),
];

pub fn reads() {
    let server = Server::start(served);
    outcome(calls(&server)).unwrap();
    let received = server.received();
    let sent: Vec<_> = received.iter().map(|one| (one.target.as_str(), one.text())).collect();
    let expected = PAGES.map(|(target, body, _)| (target, body.to_owned()));
    assert_eq!(sent, expected);
    outcome(a_fake_reads_the_body()).unwrap();
}

async fn a_fake_reads_the_body() -> Result<(), Error> {
    let fake = Fake::in_memory();
    let (cursors, offsets) = (fake.customers().search(), fake.reports().query());
    let page = |ids: &[u32], list: &str, other: &str| {
        let rows: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        json!({list: rows, other: 9})
    };
    let pages = [page(&[1], "customers", "x"), page(&[2], "customers", "x")];
    cursors.clone().returns_pages(pages.map(|page| serde_json::from_value(page).unwrap()));
    let pages = [page(&[1, 2], "hits", "total"), page(&[3], "hits", "total")];
    offsets.clone().returns_pages(pages.map(|page| serde_json::from_value(page).unwrap()));
    let client = fake.client();
    assert_eq!(ids(client.customers().search().name("A").items()).await?, [1, 2]);
    cursors.assert_called(2)[1].assert_body(json!({"name": "A", "cursor": "1"}));
    assert_eq!(ids(client.reports().query().items()).await?, [1, 2, 3]);
    offsets.assert_called(2)[1].assert_body(json!({"from": 2}));
    Ok(())
}

async fn calls(server: &Server) -> Result<(), Error> {
    let client = Client::builder().base_url(&server.url).build()?;
    let customers = client.customers().search().limit(1).items_field("x").name("A");
    assert_eq!(ids(customers.items()).await?, [1, 2]);
    let first = ContactPagination::default().per_page(1);
    let contacts = client.contacts().search("q").pagination(first);
    assert_eq!(ids(contacts.items()).await?, [1, 2]);
    assert_eq!(ids(client.rows().query(&["a".to_owned()]).items()).await?, [1, 2]);
    assert_eq!(ids(client.reports().query().size(2).items()).await?, [1, 2, 3]);
    assert_eq!(ids(client.jobs().list().body(&json!({"b": 1})).items()).await?, [1, 2]);
    assert_eq!(ids(client.jobs().list().items().start_at("7")).await?, [2]);
    Ok(())
}

async fn ids(mut rows: Items<Row>) -> Result<Vec<i64>, Error> {
    Ok(rows.collect(9).await?.iter().map(|row| row.id).collect())
}

fn served(received: &Received) -> Response {
    let sent = (received.target.as_str(), received.text());
    let page = PAGES.iter().find(|(target, body, _)| sent == (*target, (*body).to_owned()));
    Response::json(page.map_or("{}", |(_, _, body)| body))
}
