//! Parameters in each style and place, as OpenAPI's table of style examples has them (3.1.1, section 4.8.12.5).

use runtime::runtime::{ListStyle, Method, ObjectStyle, Parameter, Request, decode};
use serde::Serialize;
use serde_json::{Value, json};

use super::arguments::rejected;
use super::support::{Sent, Server, builder, client, http};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

#[derive(Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct Color {
    r: u8,
    g: u8,
    b: u8,
}

fn color() -> Color {
    Color {
        r: 100,
        g: 200,
        b: 150,
    }
}

async fn sent(parameter: Parameter) -> Sent {
    sent_to("/x", parameter).await
}

async fn in_path(parameter: Parameter) -> String {
    sent_to("/x/{color}", parameter).await.target
}

async fn sent_to(path: &'static str, parameter: Parameter) -> Sent {
    let server = Server::start([]).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = Request::new(&client, Method::GET, path, decode::json::<Value>);
    request.set(parameter).await.unwrap();
    server.only()
}

#[tokio::test]
async fn a_number_is_spelled_in_one_way_wherever_it_is() {
    let query = |parameter: Parameter| async { sent(parameter).await.target };
    let numbers = [1.0, -2.0, 0.5, 1e300];
    let of = Parameter::query("n").exploded().value(&numbers);
    assert_eq!(query(of).await, "/v1/x?n=1&n=-2&n=0.5&n=1e%2B300");
    let server = Server::start([]).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = Request::new(&client, Method::GET, "/x", decode::json::<Value>);
    let request = request.number("a", Some(1.0), |request, a| request.set_query("a", a));
    let request = request.number("b", None, |request, b| request.set_query("b", b));
    let request = request.numbers("c", numbers, |request, c| {
        request.set_query_list("c", ListStyle::Comma, c)
    });
    request.await.unwrap();
    assert_eq!(server.only().target, "/v1/x?a=1&c=1,-2,0.5,1e%2B300");
}

#[tokio::test]
async fn a_path_is_written_in_each_style() {
    let path = || Parameter::path("color");
    for (parameter, expected) in [
        (path().list(COLORS), "blue,black,brown"),
        (path().exploded().list(COLORS), "blue,black,brown"),
        (path().value(&color()), "R,100,G,200,B,150"),
        (path().exploded().value(&color()), "R=100,G=200,B=150"),
        (path().label().text("blue"), ".blue"),
        (path().label().list(COLORS), ".blue,black,brown"),
        (path().label().exploded().list(COLORS), ".blue.black.brown"),
        (path().label().value(&color()), ".R,100,G,200,B,150"),
        (
            path().label().exploded().value(&color()),
            ".R=100.G=200.B=150",
        ),
        (path().matrix().text("blue"), ";color=blue"),
        (path().matrix().text(""), ";color"),
        (path().matrix().list(COLORS), ";color=blue,black,brown"),
        (
            path().matrix().exploded().list(COLORS),
            ";color=blue;color=black;color=brown",
        ),
        (path().matrix().value(&color()), ";color=R,100,G,200,B,150"),
        (
            path().matrix().exploded().value(&color()),
            ";R=100;G=200;B=150",
        ),
    ] {
        assert_eq!(in_path(parameter).await, format!("/v1/x/{expected}"));
    }
}

#[tokio::test]
async fn values_in_a_path_are_encoded_and_delimiters_are_not() {
    let path = || Parameter::path("color");
    let odd = json!({"a=b": "c,d", "e": null, "f": {"g": [1, "h"]}});
    for (parameter, expected) in [
        (path().list(["a,b", "c/d", "é"]), "a%2Cb,c%2Fd,%C3%A9"),
        (path().value(&json!(["a", null, true])), "a,true"),
        (
            path().exploded().value(&odd),
            "a%3Db=c%2Cd,f=%7B%22g%22%3A%5B1%2C%22h%22%5D%7D",
        ),
        (path().matrix().text("a;b=c"), ";color=a%3Bb%3Dc"),
        (path().json(&"a/b"), "%22a%2Fb%22"),
        (path().json(&"é"), "%22%C3%A9%22"),
        (path().json(&json!({"a": 1})), "%7B%22a%22%3A1%7D"),
    ] {
        assert_eq!(in_path(parameter).await, format!("/v1/x/{expected}"));
    }
}

#[tokio::test]
async fn a_style_leaves_no_segment_empty_and_makes_no_dot_segment() {
    let server = Server::start([]).await;
    let client = client(&server);
    let path = || Parameter::path("color");
    let none: [&str; 0] = [];
    for parameter in [
        path().list(none),
        path().list([""]),
        path().list(["."]),
        path().list([".."]),
        path().value(&json!({})),
        path().value(&Value::Null),
        path().value(&json!("..")),
        path().label().text(""),
        path().label().text("."),
        path().label().list(none),
        path().label().exploded().list(["", ""]),
        path().matrix().list(none),
    ] {
        let request = Request::new(&client, Method::GET, "/x/{color}", decode::json::<Value>);
        assert_eq!(rejected(request.set(parameter).await), "color");
    }
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn a_segment_has_several_values() {
    let server = Server::start([]).await;
    let path = "/range/{from}..{to}/{id}.{format}:copy";
    let request = Request::new(&client(&server), Method::GET, path, decode::json::<Value>);
    let request = request.path("from", "a.b").path("to", "c/d");
    let request = request.path("id", 7).path("format", "json");
    request.await.unwrap();
    assert_eq!(server.only().target, "/v1/range/a.b..c%2Fd/7.json:copy");
    let request = Request::new(
        &client(&server),
        Method::GET,
        "/{a}{b}",
        decode::json::<Value>,
    );
    let labels = request
        .set(Parameter::path("a").list(["x"]))
        .set(Parameter::path("b").label().text("y"));
    labels.await.unwrap();
    assert_eq!(server.sent()[1].target, "/v1/x.y");
}

#[tokio::test]
async fn a_header_is_written_as_it_is() {
    let header = || Parameter::header("x-color");
    let none: [&str; 0] = [];
    for (parameter, expected) in [
        (header().list(COLORS), Some("blue,black,brown")),
        (header().value(&color()), Some("R,100,G,200,B,150")),
        (
            header().exploded().value(&color()),
            Some("R=100,G=200,B=150"),
        ),
        (header().list(["a b", "c%d"]), Some("a b,c%d")),
        (header().list(none), None),
        (
            header().json(&json!(["é", "𝄞\u{7f}"])),
            Some(r#"["\u00e9","\ud834\udd1e\u007f"]"#),
        ),
    ] {
        assert_eq!(sent(parameter).await.header("x-color"), expected);
    }
}

#[tokio::test]
async fn each_pair_of_a_cookie_is_a_cookie() {
    let cookie = || Parameter::cookie("color");
    for (parameter, expected) in [
        (cookie().list(COLORS), "color=blue,black,brown"),
        (
            cookie().exploded().list(COLORS),
            "color=blue; color=black; color=brown",
        ),
        (cookie().value(&color()), "color=R,100,G,200,B,150"),
        (cookie().exploded().value(&color()), "R=100; G=200; B=150"),
        (cookie().list(["a;b", "c,d"]), "color=a%3Bb,c%2Cd"),
        (cookie().json(&json!({"a": "b"})), "color={%22a%22:%22b%22}"),
    ] {
        assert_eq!(sent(parameter).await.header("cookie"), Some(expected));
    }
}

#[tokio::test]
async fn a_query_has_json_and_what_is_reserved() {
    let query = || Parameter::query("color");
    let none: [&str; 0] = [];
    for (parameter, expected) in [
        (
            query().json(&color()),
            "?color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ),
        (query().json(&"a"), "?color=%22a%22"),
        (query().json(&json!(["é"])), "?color=%5B%22%C3%A9%22%5D"),
        (
            query().reserved().text("/a?b:c@d!$()*,;=é f%20%zz"),
            "?color=/a?b:c@d!$()*,;=%C3%A9%20f%20%25zz",
        ),
        (
            query().reserved().text("a&b#c+d[e]"),
            "?color=a%26b%23c%2Bd%5Be%5D",
        ),
        (query().reserved().list(["a/b", "c"]), "?color=a/b,c"),
        (
            query().reserved().exploded().list(["a/b", "c"]),
            "?color=a/b&color=c",
        ),
        (query().reserved().list(none), ""),
    ] {
        assert_eq!(sent(parameter).await.target, format!("/v1/x{expected}"));
    }
}

#[tokio::test]
async fn an_object_in_a_query_has_the_delimiter_of_its_style() {
    for (style, expected) in [
        (ObjectStyle::Comma, "R,100,G,200,B,150"),
        (ObjectStyle::Space, "R%20100%20G%20200%20B%20150"),
        (ObjectStyle::Pipe, "R%7C100%7CG%7C200%7CB%7C150"),
    ] {
        let server = Server::start([]).await;
        let request = client(&server).get::<Value>("/x");
        request
            .set_query_object("color", style, &color())
            .await
            .unwrap();
        assert_eq!(server.only().target, format!("/v1/x?color={expected}"));
    }
}

#[tokio::test]
async fn what_cannot_be_serialized_is_rejected() {
    let server = Server::start([]).await;
    let map = std::collections::BTreeMap::from([([1_u8], 1)]);
    let parameter = Parameter::header("x-map").json(&map);
    let request = client(&server).get::<Value>("/x").set(parameter);
    assert_eq!(rejected(request.await), "x-map");
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn a_list_of_swagger_2_has_a_delimiter_of_its_own() {
    let path = Parameter::path("color").separated("|").list(["a|b", "c"]);
    assert_eq!(in_path(path).await, "/v1/x/a%7Cb%7Cc");
    let query = Parameter::query("color").separated("\t").list(["a", "b"]);
    assert_eq!(sent(query).await.target, "/v1/x?color=a%09b");
    let header = Parameter::header("x-color").separated(" ").list([1, 2]);
    assert_eq!(sent(header).await.header("x-color"), Some("1 2"));
}

#[tokio::test]
async fn none_sets_nothing() {
    let server = Server::start([]).await;
    let missing: Option<&Color> = None;
    let request = client(&server)
        .get::<Value>("/x")
        .set_query("a", None::<&str>)
        .set_query("b", Some("1"))
        .set_query("b", None::<u8>)
        .set_query_object("c", ObjectStyle::Exploded, missing)
        .set(Parameter::query("d").json(missing))
        .set(Parameter::header("x-e").value(missing))
        .set(Parameter::cookie("f").text(None::<String>))
        .header("x-g", None::<&str>)
        .cookie("h", None::<&str>)
        .cookie("i", Some(2));
    request.await.unwrap();
    let sent = server.only();
    assert_eq!(sent.target, "/v1/x?b=1");
    assert_eq!(sent.header("cookie"), Some("i=2"));
    assert_eq!((sent.header("x-e"), sent.header("x-g")), (None, None));
}
