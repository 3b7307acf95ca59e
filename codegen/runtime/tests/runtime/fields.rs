//! Properties of a body that are given one by one, and values that are given whole.

use runtime::runtime::{Encoding, Error, ListStyle, Part, Request};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::support::{Sent, Server, client};

async fn sent(request: impl FnOnce(Request<Value>) -> Request<Value>) -> Sent {
    let server = Server::start([]).await;
    request(client(&server).post::<Value>("/x")).await.unwrap();
    server.only()
}

async fn body(request: impl FnOnce(Request<Value>) -> Request<Value>) -> String {
    String::from_utf8(sent(request).await.body).unwrap()
}

#[tokio::test]
async fn each_property_is_written_as_json() {
    let body = body(|request| {
        request
            .field::<String>("title", "a \"b\"")
            .field::<bool>("draft", true)
            .list_field::<String, _>("labels", ["bug", "ui"])
            .list_field::<i64, _>("empty", Vec::<i64>::new())
            .map_field::<i64, _>("sizes", [("s", 1), ("m", 2)])
            .null_field("assignee")
            .exact_field::<Decimal>("price", Decimal::new(1_234_567_890_123_456_789, 2))
    });
    assert_eq!(
        body.await,
        r#"{"title":"a \"b\"","draft":true,"labels":["bug","ui"],"empty":[],"sizes":{"m":2,"s":1},"assignee":null,"price":12345678901234567.89}"#
    );
}

#[tokio::test]
async fn what_is_optional_is_a_value_or_an_option_of_it() {
    let body = body(|request| {
        request
            .set_field::<String, _>("a", "text")
            .set_field::<String, _>("b", Some("text"))
            .set_field::<String, _>("c", None::<&str>)
            .set_field::<String, _>("d", "text".to_owned())
            .optional_field::<i64>("e", 1)
            .optional_field::<i64>("f", None)
            .nullable_field::<String>("g", "text")
            .nullable_field::<String>("h", Some("text".to_owned()))
            .nullable_field::<String>("i", None)
            .nullable_field::<i64>("j", 1)
            .nullable_field::<i64>("k", None)
    });
    assert_eq!(
        body.await,
        r#"{"a":"text","b":"text","d":"text","e":1,"g":"text","h":"text","i":null,"j":1,"k":null}"#
    );
}

#[tokio::test]
async fn what_is_set_last_is_sent() {
    let twice = body(|request| {
        let request = request.field::<i64>("a", 1).field::<i64>("b", 2);
        request.null_field("a")
    });
    assert_eq!(twice.await, r#"{"a":null,"b":2}"#);
    let whole = body(|request| request.json(&json!([])).json(&json!([1])));
    assert_eq!(whole.await, "[1]");
}

#[tokio::test]
async fn a_body_that_is_given_in_two_ways_is_rejected_before_anything_is_sent() {
    type Set = fn(Request<Value>) -> Request<Value>;
    let whole: Set = |request| request.json(&json!([]));
    let field: Set = |request| request.field::<i64>("a", 1);
    let members: Set = |request| request.fields_of(&json!({"a": 1}));
    let part: Set = |request| request.text_part("b", "c");
    let own: Set = |request| request.part(Part::new("b", "c"));
    for (one, two) in [
        (field, whole),
        (whole, field),
        (members, whole),
        (whole, members),
        (part, whole),
        (whole, part),
        (whole, own),
        (part, field),
        (field, part),
        (field, own),
    ] {
        let server = Server::start([]).await;
        let request = two(one(client(&server).post::<Value>("/x")));
        let Err(Error::InvalidArgument(error)) = request.await else {
            panic!("it is rejected");
        };
        let text = error.to_string();
        assert!(
            text.contains("`body`: it was given in several ways"),
            "{text}"
        );
        assert!(server.sent().is_empty());
    }
}

#[tokio::test]
async fn members_of_a_value_give_way_to_what_is_named() {
    let value = json!({"a": 1, "b": null, "c": [0.1]});
    for named_first in [true, false] {
        let body = body(|request| {
            if named_first {
                request.field::<i64>("a", 2).fields_of(&value)
            } else {
                request.fields_of(&value).field::<i64>("a", 2)
            }
        });
        assert_eq!(body.await, r#"{"a":2,"b":null,"c":[0.1]}"#);
    }
}

#[tokio::test]
async fn null_is_sent_if_nothing_else_is() {
    let null = body(|request| request.fields_of(&None::<i64>));
    assert_eq!(null.await, "null");
    let named = body(|request| request.fields_of(&None::<i64>).field::<i64>("a", 1));
    assert_eq!(named.await, r#"{"a":1}"#);
}

#[tokio::test]
async fn a_value_that_is_no_object_is_rejected_before_anything_is_sent() {
    let server = Server::start([]).await;
    let request = client(&server).post::<Value>("/x").fields_of(&"secret");
    let Err(Error::InvalidArgument(error)) = request.await else {
        panic!("it is rejected");
    };
    let text = error.to_string();
    assert!(
        text.ends_with("`body`: it isn't an object that can be serialized"),
        "{text}"
    );
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn no_property_is_no_body_or_an_empty_object() {
    let none = sent(|request| request.fields_as("application/merge-patch+json")).await;
    assert_eq!((none.body.len(), none.header("content-type")), (0, None));
    let empty = sent(Request::fields).await;
    assert_eq!(empty.body, b"{}");
    assert_eq!(empty.header("content-type"), Some("application/json"));
    let nothing = sent(|request| request.set_field::<String, _>("a", None::<String>)).await;
    assert!(nothing.body.is_empty());
}

#[tokio::test]
async fn the_media_type_is_the_one_that_is_stated() {
    let stated = "application/merge-patch+json";
    let patch = sent(|request| request.fields_as(stated).null_field("a")).await;
    assert_eq!(patch.header("content-type"), Some(stated));
    let other = sent(|request| request.header("content-type", "a/b").null_field("a")).await;
    assert_eq!(other.header("content-type"), Some("a/b"));
}

#[tokio::test]
async fn a_form_is_made_of_properties_as_of_a_value() {
    let set = |request: Request<Value>| {
        let request = request.list_field::<String, _>("tags", ["a", "b"]);
        request.field::<Value>("home", json!({"city": "x"}))
    };
    let plain = sent(|request| set(request).fields_in_form([])).await;
    let media_type = "application/x-www-form-urlencoded";
    assert_eq!(plain.header("content-type"), Some(media_type));
    assert_eq!(plain.body, b"tags=a&tags=b&home=%7B%22city%22%3A%22x%22%7D");
    let encodings = [Encoding::of("tags").list(ListStyle::Comma)];
    let comma = body(|request| set(request.fields_in_form(encodings)));
    assert_eq!(comma.await, "tags=a,b&home=%7B%22city%22%3A%22x%22%7D");
    let deep = body(|request| set(request.fields_in_deep_form()));
    assert_eq!(deep.await, "tags%5B%5D=a&tags%5B%5D=b&home%5Bcity%5D=x");
}
