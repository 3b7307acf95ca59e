//! Forms: how each kind of property is written.

use runtime::runtime::{Encoding, Error, ListStyle, ObjectStyle, Request};
use serde_json::{Value, json};

use super::support::{Server, client};

/// The body that is sent, its escapes undone but those of what would end a value.
async fn sent(request: impl FnOnce(Request<Value>) -> Request<Value>) -> String {
    let server = Server::start([]).await;
    request(client(&server).post::<Value>("/x")).await.unwrap();
    let sent = server.only();
    let media_type = Some("application/x-www-form-urlencoded");
    assert_eq!(sent.header("content-type"), media_type);
    let body = String::from_utf8(sent.body).unwrap();
    let signs = [
        "%5B", "[", "%5D", "]", "%7B", "{", "%7D", "}", "%22", "\"", "%3A", ":",
    ];
    signs
        .chunks(2)
        .fold(body, |body, sign| body.replace(sign[0], sign[1]))
}

fn order() -> Value {
    json!({
        "name": "a&b c", "on": true, "none": null,
        "colors": ["x,y", "z"], "sizes": [1, null], "empty": [],
        "home": { "street": "s", "lines": ["1", "2"], "none": null },
        "parcels": [{ "id": 1, "lines": ["l"] }, { "id": 2 }],
    })
}

#[tokio::test]
async fn what_is_nested_is_json_where_nothing_is_said() {
    assert_eq!(
        sent(|request| request.form(&order())).await,
        "colors=x%2Cy&colors=z&home={\"lines\":[\"1\"%2C\"2\"]%2C\"none\":null%2C\"street\":\"s\"}\
         &name=a%26b%20c&on=true&parcels={\"id\":1%2C\"lines\":[\"l\"]}&parcels={\"id\":2}&sizes=1"
    );
}

#[tokio::test]
async fn what_is_nested_has_brackets_where_that_is_said_of_all() {
    assert_eq!(
        sent(|request| request.deep_form(&order())).await,
        "colors[]=x%2Cy&colors[]=z&home[lines][]=1&home[lines][]=2&home[street]=s\
         &name=a%26b%20c&on=true&parcels[0][id]=1&parcels[0][lines][]=l&parcels[1][id]=2&sizes[]=1"
    );
}

/// As in a query: what reads integers reads no `1.0`. A decimal keeps its digits.
#[tokio::test]
async fn a_float_without_a_fraction_is_written_as_an_integer() {
    #[derive(serde::Serialize)]
    struct Prices {
        whole: f64,
        list: Vec<f64>,
        #[serde(with = "runtime::runtime::exact")]
        exact: rust_decimal::Decimal,
    }
    let prices = Prices {
        whole: 1.0,
        list: vec![2.0, 2.5],
        exact: rust_decimal::Decimal::new(10, 1),
    };
    let expected = "whole=1&list=2&list=2.5&exact=1.0";
    assert_eq!(sent(|request| request.form(&prices)).await, expected);
    let fields = sent(|request| request.fields_in_form([]).fields_of(&prices)).await;
    assert_eq!(fields, expected);
    let field = sent(|request| request.fields_in_form([]).field::<f64>("a", 3.0)).await;
    assert_eq!(field, "a=3");
    let deep = sent(|request| request.deep_form(&json!({"a": {"b": 4.0}}))).await;
    assert_eq!(deep, "a[b]=4");
}

#[tokio::test]
async fn each_property_is_written_as_it_is_said_of_it() {
    let lists = [
        (ListStyle::Exploded, "colors=x%2Cy&colors=z"),
        (ListStyle::Comma, "colors=x%2Cy,z"),
        (ListStyle::Space, "colors=x%2Cy%20z"),
        (ListStyle::Pipe, "colors=x%2Cy%7Cz"),
        (ListStyle::Brackets, "colors[]=x%2Cy&colors[]=z"),
    ];
    for (style, expected) in lists {
        let encoding = [Encoding::of("colors").list(style)];
        let order = json!({ "colors": ["x,y", "z"], "other": ["x"] });
        let body = sent(|request| request.form_of(&order, &encoding)).await;
        assert_eq!(body, format!("{expected}&other=x"));
    }
    let objects = [
        (ObjectStyle::Exploded, "a=1&b=2&b=3"),
        (ObjectStyle::Comma, "home=a,1,b,2,b,3"),
        (ObjectStyle::Space, "home=a%201%20b%202%20b%203"),
        (ObjectStyle::Pipe, "home=a%7C1%7Cb%7C2%7Cb%7C3"),
        (ObjectStyle::DeepObject, "home[a]=1&home[b][]=2&home[b][]=3"),
    ];
    for (style, expected) in objects {
        let encoding = [Encoding::of("home").object(style)];
        let order = json!({ "home": { "a": 1, "b": [2, 3], "c": null } });
        let body = sent(|request| request.form_of(&order, &encoding)).await;
        assert_eq!(body, expected);
    }
    let encoding = ["name", "colors", "none"].map(|name| Encoding::of(name).json());
    let order = json!({ "name": "n", "colors": ["x"], "none": null });
    let body = sent(|request| request.form_of(&order, &encoding)).await;
    assert_eq!(body, "colors=[\"x\"]&name=\"n\"");
}

#[tokio::test]
async fn a_style_of_another_kind_of_value_changes_nothing() {
    let encoding = [
        Encoding::of("a").list(ListStyle::Comma),
        Encoding::of("b").object(ObjectStyle::Comma),
        Encoding::of("c").list(ListStyle::Comma),
    ];
    let order = json!({ "a": 1, "b": [1, 2], "c": { "d": 1 } });
    let body = sent(|request| request.form_of(&order, &encoding)).await;
    assert_eq!(body, "a=1&b=1&b=2&c={\"d\":1}");
}

#[tokio::test]
async fn what_is_no_object_is_no_form() {
    let server = Server::start([]).await;
    let result = client(&server).post::<Value>("/x").form(&[1]).await;
    let Err(Error::InvalidArgument(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.name(), "body");
    assert!(server.sent().is_empty());
}
