//! What becomes of a union that can't be read.

use std::cell::RefCell;

use runtime::runtime::{Error, Method, RawVariant, Request, decode, write_tagged};
use serde::{Deserialize, Deserializer};

use super::support::{Server, builder, http, json};

/// As a generated union reads itself.
#[derive(Debug)]
#[allow(dead_code, reason = "it is only read")]
enum Shape {
    Circle(Circle),
    Group(Group),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is only read")]
struct Circle {
    radius: u32,
    email: Option<Box<Shape>>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is only read")]
struct Group {
    shapes: Vec<Shape>,
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawVariant::deserialize(deserializer)?;
        match raw.tag("kind").as_deref() {
            Some("group") => raw.read("kind").map(Self::Group),
            _ => raw.read("kind").map(Self::Circle),
        }
    }
}

#[tokio::test]
async fn path_and_cause_are_kept_through_unions() {
    const NAMES: &str = ", in the type that `kind` names";
    for (shape, path, reason) in [
        (
            r#"{"kind":"circle","radius":"424242-personal"}"#,
            "result[1].radius",
            "invalid type: string, expected u32",
        ),
        (
            r#"{"kind":"circle"}"#,
            "result[1]",
            "missing field `radius`",
        ),
        (
            r#"{"kind":"group","shapes":[{"radius":1},{"radius":-424242}]}"#,
            "result[1].shapes[1].radius",
            "invalid value: integer, expected u32",
        ),
        (
            r#"{"kind":"circle","radius":1,"email":{"kind":"group","shapes":["424242"]}}"#,
            "result[1].email",
            "invalid type: string, expected struct Circle",
        ),
        (
            r#""a value that names its type can't be read at [\"424242\"]: 424242""#,
            "result[1]",
            "invalid type: string, expected struct Circle",
        ),
    ] {
        let body = format!(r#"{{"result":[{{"radius":1}},{shape}]}}"#);
        let server = Server::start([json("200 OK", body)]).await;
        let client = builder(&server).http_client(http()).build().unwrap();
        let decode = decode::enveloped::<Vec<Shape>>;
        let result = Request::new(&client, Method::GET, "/x", decode).await;
        let Err(Error::Decode(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.path(), path, "{error}");
        let text = error.to_string();
        let expected = format!("can't be read at `{path}`: {reason}{NAMES} [1 attempt]");
        assert!(text.ends_with(&expected), "{text}");
        assert!(!text.contains("424242"), "{text}");
    }
}

#[test]
fn whoever_reads_by_serde_alone_sees_path_and_cause_too() {
    let json = r#"{"kind":"group","shapes":[{"radius":true}]}"#;
    let error = serde_json::from_str::<Shape>(json).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a value that names its type can't be read at [\"shapes\",0,\"radius\"]: \
         invalid type: boolean, expected u32, in the type that `kind` names"
    );
}

/// As a generated union writes itself.
struct Said<T>(T);

impl<T: serde::Serialize> serde::Serialize for Said<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        write_tagged(&self.0, "role", "user", to)
    }
}

#[test]
fn what_is_written_says_its_type() {
    for (value, written) in [
        (r#"{"text":"a"}"#, r#"{"role":"user","text":"a"}"#),
        (r#"{}"#, r#"{"role":"user"}"#),
        (r#"{"role":"own"}"#, r#"{"role":"own"}"#),
        (r#"[1]"#, r#"[1]"#),
    ] {
        let value: serde_json::Value = serde_json::from_str(value).unwrap();
        let said = [Said(value)];
        assert_eq!(
            serde_json::to_string(&said).unwrap(),
            format!("[{written}]")
        );
        let written: serde_json::Value = serde_json::from_str(written).unwrap();
        assert_eq!(
            serde_json::to_value(&said).unwrap(),
            serde_json::json!([written])
        );
    }
    let number = Said(std::collections::BTreeMap::from([("temp", f64::NAN)]));
    let error = serde_json::to_string(&number).unwrap_err();
    let expected = "it has a number that is not finite, at `temp`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn of_types_that_may_all_be_read_the_one_that_knows_most_members_comes_first() {
    thread_local! {
        static TRIED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    }
    fn none<const NUMBER: usize>(_: &RawVariant) -> Option<()> {
        TRIED.with_borrow_mut(|tried| tried.push(NUMBER));
        None
    }
    for (json, ranked) in [
        (r#"{"a":1,"b":2}"#, [0, 3, 1, 2]),
        (r#"{"c":{"a":1}}"#, [2, 3, 0, 1]),
        (r#"{"c":1,"b":null,"d":2}"#, [3, 0, 2, 1]),
        ("{}", [0, 1, 2, 3]),
        (r#"["a"]"#, [0, 1, 2, 3]),
        (r#""c""#, [0, 1, 2, 3]),
    ] {
        let raw: RawVariant = serde_json::from_str(json).unwrap();
        let found = raw.best(&[
            (&["a", "b"], none::<0>),
            (&[], none::<1>),
            (&["c"], none::<2>),
            (&["a", "b", "c"], none::<3>),
        ]);
        assert_eq!(found, None);
        assert_eq!(TRIED.take(), ranked, "{json}");
    }
}
