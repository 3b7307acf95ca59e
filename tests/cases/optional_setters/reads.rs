//! `None` sets nothing, and `Some` what is in it, whatever is set.

use std::collections::BTreeMap;

use api::models::{EventKind, Filter, UpdateObjectBody};
use api::{Client, File};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let nothing = sent(|url| async move {
        let request = client(url).events().get().maybe_day(None).days(None::<Vec<Date>>);
        let request = request.ratio(None).kinds(None::<[&str; 0]>).maybe_boxes(None);
        let request = request.maybe_filters(None).r#where(None).maybe_type(None);
        #[allow(deprecated)]
        let request = request.maybe_if_modified_since(None).maybe_seen(None).maybe_since(None);
        request.await.unwrap();
    });
    assert_eq!(nothing.target, "/events");
    assert!(!nothing.head.contains("if-modified-since") && !nothing.head.contains("cookie"));
    let all = sent(|url| async move {
        let at: Timestamp = "2025-02-01T00:00:00Z".parse().unwrap();
        let request = client(url).events().get().maybe_day(Some("2025-02-01".parse().unwrap()));
        let request = request.days(Some([date(2025, 2, 2)])).ratio(Some(0.5)).kinds(Some(["one"]));
        let request = request.maybe_boxes(Some(&[vec![1, 2], vec![]])).r#where(Some(&Filter::new("f")));
        let filters = vec![Filter::new("g").count(2)];
        let request = request.maybe_filters(Some(&filters)).r#type(date(2025, 2, 3));
        let request = request.maybe_if_modified_since(Some(at)).maybe_seen(Some(date(2025, 2, 4)));
        request.await.unwrap();
    });
    assert_eq!(
        all.target,
        "/events?day=2025-02-01&days=2025-02-02&ratio=0.5&kinds=one\
         &boxes=%5B%5B1%2C2%5D%2C%5B%5D%5D&where=%7B%22field%22%3A%22f%22%7D\
         &filters%5B0%5D%5Bfield%5D=g&filters%5B0%5D%5Bcount%5D=2&type=2025-02-03"
    );
    assert!(all.head.contains("if-modified-since: 2025-02-01T00:00:00Z"));
    assert!(all.head.contains("cookie: seen=2025-02-04"));
    let nothing = sent(|url| async move {
        let request = client(url).events().create().due_maybe(None).maybe_due(None::<&str>);
        let request = request.maybe_at(None).maybe_any(None::<Value>).maybe_rows(None::<Vec<Value>>);
        let request = request.maybe_cells(None::<[&str; 0]>).labels(None::<Vec<&str>>);
        request.values(None::<BTreeMap<String, Value>>).filter(None).await.unwrap();
    });
    assert_eq!(nothing.body, "");
    let all = sent(|url| async move {
        let request = client(url).events().create().due_maybe(Some(date(2025, 2, 1)));
        let request = request.maybe_due("m").maybe_at(Some(Timestamp::UNIX_EPOCH)).maybe_any(Some(1));
        let request = request.maybe_rows(Some(vec![json!([1])])).maybe_cells(Some([vec!["a".to_owned()]]));
        let request = request.labels(Some(vec!["l"])).values(Some([("v", true)]));
        request.filter(Some(Filter::new("f"))).await.unwrap();
    });
    let expected: Value = json!({
        "due": "2025-02-01", "maybe_due": "m", "at": "1970-01-01T00:00:00Z", "any": 1, "rows": [[1]],
        "cells": [["a"]], "labels": ["l"], "values": { "v": true }, "filter": { "field": "f" },
    });
    assert_eq!(serde_json::from_str::<Value>(&all.body).unwrap(), expected);
    whole_bodies();
    parts();
    nested();
}

fn whole_bodies() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let list = sent(|url| async move {
        let list = vec!["a".to_owned()];
        client(url).lists().update().maybe_body(Some(&list)).maybe_body(None::<[&str; 0]>).await.unwrap();
    });
    assert_eq!(list.body, r#"["a"]"#);
    let text = sent(|url| async move {
        client(url).texts().update().maybe_body(None::<&str>).await.unwrap();
    });
    assert!(text.body.is_empty() && !text.head.contains("content-type"));
    // Of a body that may be null `None` is null, and no body is another thing.
    let null = sent(|url| async move {
        client(url).objects().update().body(None).await.unwrap();
    });
    assert_eq!(null.body, "null");
    let object = sent(|url| async move {
        let none: Option<UpdateObjectBody> = None;
        let body = UpdateObjectBody::from("text");
        let request = client(url).objects().update().maybe_body(Some(body));
        request.maybe_body(none.map(Some)).await.unwrap();
    });
    assert_eq!(object.body, "\"text\"");
}

fn parts() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let file = sent(|url| async move {
        let request = client(url).files().create().logo(None::<File>).pages(None::<Vec<File>>);
        let request = request.maybe_day(None).notes(None::<Vec<BTreeMap<String, Value>>>).logo(Some(b"l".to_vec()));
        request.pages(Some([b"p".to_vec(), b"q".to_vec()])).maybe_day(Some(date(2025, 2, 1))).await.unwrap();
    });
    let parts = |name: &str| file.body.matches(&format!("; name=\"{name}\"")).count();
    let names = ["logo", "pages", "day", "notes"].map(parts);
    assert_eq!(names, [1, 2, 1, 0]);
}

fn nested() {
    let set = Filter::new("f").day(date(2025, 2, 1)).at(Timestamp::UNIX_EPOCH).count(1);
    let set = set.price(Some("1.50".parse().unwrap())).kind("one").any(2).maybe_any("m");
    let set = set.rows([json!(3)]).tags(["t"]).sizes([4]).meta([("k", "v")]).counts([("c", 5)]);
    let set = set.child(Filter::new("g"));
    let same = set.clone().day(None::<Date>).at(None::<Timestamp>).count(None).price(None);
    let same = same.kind(None::<EventKind>).any_maybe(None::<Value>).maybe_any(None::<&str>);
    let same = same.maybe_rows(None::<Vec<Value>>).tags(None::<Vec<String>>).sizes(None::<Vec<i64>>);
    let same = same.meta(None::<BTreeMap<String, String>>).counts(None::<[(&str, i64); 0]>);
    let same = same.child(None);
    assert_eq!(same, set);
    let again = Filter::new("f").day(Some(date(2025, 2, 1))).at(Some(Timestamp::UNIX_EPOCH));
    let again = again.count(Some(1)).price(set.price).kind(Some("one")).any_maybe(Some(2));
    let again = again.maybe_any(Some("m")).maybe_rows(Some([json!(3)])).tags(Some(["t"]));
    let again = again.sizes(Some([4])).meta(Some([("k", "v")])).counts(Some([("c", 5)]));
    assert_eq!(again.child(Some(Filter::new("g"))), set);
}
