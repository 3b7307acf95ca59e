//! Scalars of a response that are of another kind than their description states, and what they mean.

use rust_decimal::Decimal;
use serde_json::json;

use super::deviations::{Owner, Site, call, error, read};

#[tokio::test]
async fn a_scalar_is_read_as_what_it_means() {
    let (site, deviations) = read::<Site>(json!({
        "name": 12.50,
        "size": " 1.5 ",
        "open": "true",
        "count": "9007199254740993",
        "price": "0.10",
        "since": 1_700_000_000,
        "tags": [true, 7, "a"],
        "note": 0,
        "owner": 5,
        "limits": {"a": {"id": "1"}, "b": {"id": "2"}},
    }))
    .await;
    assert_eq!(
        (site.name.as_str(), site.size, site.open),
        ("12.5", Some(1.5), Some(true))
    );
    assert_eq!(site.count, Some(9_007_199_254_740_993));
    assert_eq!(site.price, Some(Decimal::new(10, 2)));
    assert_eq!(site.since.unwrap().as_str(), "1700000000");
    assert_eq!(site.tags.unwrap(), ["true", "7", "a"]);
    assert_eq!(site.note, Some(Some("0".to_owned())));
    assert_eq!(site.owner, Some(Owner::Unknown("5".to_owned())));
    assert_eq!(site.limits.as_ref().unwrap()["b"].as_ref().unwrap().id, 2);
    assert!(site.extra.is_empty());
    assert_eq!(
        deviations,
        [
            "`result.count`: expected an integer, found a string",
            "`result.limits.*.id`: expected an integer, found a string",
            "`result.name`: expected a string, found a number",
            "`result.note`: expected a string, found a number",
            "`result.open`: expected a boolean, found a string",
            "`result.owner`: expected a string, found a number",
            "`result.since`: expected a string, found a number",
            "`result.size`: expected a number, found a string",
            "`result.tags[0]`: expected a string, found a boolean",
            "`result.tags[1]`: expected a string, found a number",
        ]
    );
}

/// As some servers write every number, whether it stands alone or in a list.
#[tokio::test]
async fn a_whole_number_may_have_a_fraction_of_zero_anywhere() {
    let (one, deviations) = read::<i64>(json!(12.0)).await;
    assert_eq!((one, deviations.len()), (12, 0));
    let (list, deviations) = read::<Vec<u8>>(json!([1.0, 2])).await;
    assert_eq!((list, deviations.len()), (vec![1, 2], 0));
}

#[tokio::test]
async fn half_a_character_is_replaced_wherever_it_stands() {
    let body = r#"{"result": {"name": "pizza \ud83d", "tags": ["\ude00 \\ud83d \ud83d\ude00\u0041", "q"], "n\ud83dw": "\ud83d\ud83d\n"}}"#;
    let response = call::<Site>(body.to_owned(), false).await.unwrap();
    let site = response.data();
    assert_eq!(site.name, "pizza \u{fffd}");
    let tags = ["\u{fffd} \\ud83d \u{1f600}A", "q"].map(str::to_owned);
    assert_eq!(site.tags.as_deref(), Some(&tags[..]));
    assert_eq!(site.extra["n\u{fffd}w"], "\u{fffd}\u{fffd}\n");
    let deviations = response.deviations().iter().map(ToString::to_string);
    assert_eq!(
        deviations.collect::<Vec<_>>(),
        [
            "`result.name`: expected a string of Unicode, found a string",
            "`result.n\u{fffd}w`: expected a string of Unicode, found a string",
            "`result.tags[0]`: expected a string of Unicode, found a string",
        ]
    );
    error(call::<Site>(body.to_owned(), true).await);
}

/// RFC 8259, section 4, leaves to the reader what a repeated name means; most take the last.
#[tokio::test]
async fn of_members_of_one_name_the_last_counts() {
    let body = r#"{"result": {"name": "a", "size": "?", "part": {"id": 1, "id": 2}, "name": "b", "size": 3,
        "new": [1], "new": [2, 3]}}"#;
    let response = call::<Site>(body.to_owned(), false).await.unwrap();
    let site = response.data();
    assert_eq!((site.name.as_str(), site.size), ("b", Some(3.0)));
    assert_eq!(site.part.as_ref().map(|part| part.id), Some(2));
    assert_eq!(site.extra["new"], json!([2, 3]));
    let deviations = response.deviations().iter().map(ToString::to_string);
    assert_eq!(
        deviations.collect::<Vec<_>>(),
        ["name", "new", "part.id", "size"].map(|name| format!(
            "`result.{name}`: expected one member of this name, found several"
        ))
    );
    error(call::<Site>(body.to_owned(), true).await);
}

#[tokio::test]
async fn a_number_that_is_too_large_is_not_infinite() {
    let body = r#"{"result": {"name": "a", "size": 1e400}}"#;
    let response = call::<Site>(body.to_owned(), false).await.unwrap();
    assert_eq!(response.data().size, None);
    let deviations = response.deviations().iter().map(ToString::to_string);
    assert_eq!(
        deviations.collect::<Vec<_>>(),
        ["`result.size`: expected a number of 64 bits, found a number"]
    );
    assert_eq!(response.data().extra["size"], "1e400");
}

#[tokio::test]
async fn a_number_keeps_its_text_where_text_is_stated() {
    let body = r#"{"result": {"name": 1.10, "open": 0}}"#;
    let response = call::<Site>(body.to_owned(), false).await.unwrap();
    assert_eq!(response.data().name, "1.10");
    assert_eq!(response.data().open, Some(false));
}
