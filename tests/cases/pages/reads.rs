//! The items of all pages, by whatever the document says of how they follow each other.

use api::models::Row;
use api::{Client, Error, Items};

use crate::server::{Received, Response, Server, outcome};

/// Requests, and what they are answered with.
const PAGES: [(&str, &str); 18] = [
    ("/numbers?per_page=1", "[{\"id\":1}]"),
    ("/numbers?per_page=1&page=2", "[{\"id\":2}]"),
    ("/numbers?per_page=1&page=3", "[]"),
    ("/zero?pageNumber=0", "{\"rows\":[{\"id\":1}],\"meta\":{\"totalPages\":2,\"total_count\":2}}"),
    ("/zero?pageNumber=1", "{\"rows\":[{\"id\":2}],\"meta\":{\"totalPages\":2,\"total_count\":2}}"),
    ("/offsets?items=x", "{\"results\":[\"1\",\"2\"],\"more\":true,\"next\":\"http://a.example\"}"),
    ("/offsets?items=x&offset=2", "{\"results\":[\"3\"],\"more\":true,\"next\":null}"),
    ("/cursors", "{\"data\":[{\"id\":1}],\"paging\":{\"next\":{\"after\":\"a\"}}}"),
    ("/cursors?after=a", "{\"data\":null}"),
    ("/tokens", "{\"things\":[null,{\"a\":1}],\"nextPageToken\":\"t\"}"),
    ("/tokens?pageToken=t", "{\"things\":[],\"nextPageToken\":\"\"}"),
    ("/ids", "{\"data\":[{\"id\":1},{\"id\":2}],\"has_more\":true}"),
    ("/ids?starting_after=2", "{\"data\":[{\"id\":3}],\"has_more\":false}"),
    ("/urls", "{\"value\":[{\"id\":1}],\"@odata.nextLink\":\"/urls?$skiptoken=x\"}"),
    ("/urls?$skiptoken=x", "{\"value\":[{\"id\":2}]}"),
    ("/links", "[{\"id\":1}]"),
    ("/links?after=1", "[{\"id\":2}]"),
    ("/offsets", ""),
];

pub fn reads() {
    let server = Server::start(page);
    outcome(calls(&server.url)).unwrap();
    let received = server.received();
    let targets: Vec<&str> = received.iter().map(|request| &*request.target).collect();
    assert_eq!(targets, PAGES.map(|(target, _)| target));
}

async fn calls(url: &str) -> Result<(), Error> {
    let client = Client::builder().base_url(url).build()?;
    let mut numbers = client.numbers().list().per_page(1).items();
    let mut found = Vec::new();
    while let Some(row) = numbers.next().await {
        found.push(row?.id);
    }
    assert_eq!(found, [1, 2]);
    let mut pages = client.zero().get(0).pages();
    let mut totals = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page?;
        totals.push((page.items()[0].id, page.total(), page.total_pages()));
    }
    assert_eq!(totals, [(1, Some(2), Some(2)), (2, Some(2), Some(2))]);
    let offsets = client.offsets().list().items_parameter("x").items().collect(9).await?;
    assert_eq!(offsets, ["1", "2", "3"]);
    assert_eq!(ids(client.cursors().list().items()).await?, [1]);
    let things = client.tokens().list().items().collect(9).await?;
    assert!(things[0].is_none() && things[1].is_some());
    assert_eq!(ids(client.ids().list().items()).await?, [1, 2, 3]);
    assert_eq!(ids(client.urls().list().items()).await?, [1, 2]);
    assert_eq!(ids(client.links().list().items()).await?, [1, 2]);
    assert_eq!(client.offsets().list().items().collect(9).await?, [""; 0]);
    Ok(())
}

async fn ids(mut rows: Items<Row>) -> Result<Vec<i64>, Error> {
    Ok(rows.collect(9).await?.iter().map(|row| row.id).collect())
}

fn page(request: &Received) -> Response {
    let target = request.target.as_str();
    let body = PAGES.iter().find(|(known, _)| *known == target);
    let body = body.map_or("[]", |(_, body)| body);
    let response = Response::json(body).status(if body.is_empty() { 204 } else { 200 });
    if target == "/links" {
        response.header("link", "</links?after=1>; rel=\"next\"")
    } else {
        response
    }
}
