//! Lists in pages that contradict their description: nothing of them is lost without an error.

use runtime::runtime::{Extra, Method, Pagination, Request, decode};
use serde_json::{Value, json};

use super::members;
use super::pages::{body, queries};
use super::support::{Server, builder, http};

#[derive(Debug)]
struct Owner {
    name: String,
    extra: Extra,
}

#[derive(Debug)]
struct Owners {
    content: Option<Vec<Owner>>,
    extra: Extra,
}

members! {
    Owner {
        required name;
        ..extra
    }
}

members! {
    Owners {
        optional content;
        ..extra
    }
}

/// The names on the pages, and the error that ended them, and how many were asked for.
async fn names(pages: impl IntoIterator<Item = Value>) -> (Vec<String>, Option<String>, usize) {
    let server = Server::start(pages.into_iter().map(body)).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = Request::new(&client, Method::GET, "/x", decode::json::<Owners>);
    let pagination = Pagination::number_from_zero("page").items("/content");
    let mut items = request.pages(pagination, |page| page.content).into_items();
    let (mut names, mut failed) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(owner) => names.push(owner.name),
            Err(error) => failed = Some(error.to_string()),
        }
    }
    (names, failed, queries(&server).len())
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_no_empty_page() {
    let page = |name: Value| json!({"content": [{"name": "a"}, {"name": name}], "last": false});
    for (pages, path) in [
        ([page(json!("b")), page(Value::Null)], "content[1].name"),
        ([page(json!("b")), json!({"content": "none"})], "content"),
    ] {
        let (names, failed, asked) = names(pages).await;
        assert_eq!((&*names.join(" "), asked), ("a b", 2));
        let failed = failed.expect("the page is lost");
        assert!(failed.contains(&format!("`{path}`: expected ")), "{failed}");
    }
}

#[tokio::test]
async fn a_list_that_holds_nothing_is_an_empty_page() {
    let first = json!({"content": [{"name": "a"}]});
    for last in [
        json!({}),
        json!({"content": null}),
        json!({"content": {}}),
        json!({"content": []}),
    ] {
        let (names, failed, asked) = names([first.clone(), last.clone()]).await;
        assert_eq!((names.len(), failed, asked), (1, None, 2), "{last}");
    }
}
