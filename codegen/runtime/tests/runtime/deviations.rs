//! Responses that contradict their description, and what is read of them all the same.

use std::collections::BTreeMap;
use std::fmt::Debug;

use jiff::Timestamp;
use runtime::runtime::{
    Additional, Error, Extra, Method, RawVariant, Request, Response, UnknownVariant, Written,
    decode, exact, open_text,
};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::members;
use super::support::{Server, builder, http, json as respond};

#[derive(Debug)]
pub struct Site {
    pub name: String,
    pub size: Option<f64>,
    pub open: Option<bool>,
    pub count: Option<i64>,
    pub price: Option<Decimal>,
    pub since: Option<Written<Timestamp>>,
    pub tags: Option<Vec<String>>,
    pub part: Option<Box<Part>>,
    pub note: Option<Option<String>>,
    pub owner: Option<Owner>,
    pub limits: Option<BTreeMap<String, Option<Part>>>,
    pub shape: Option<Shape>,
    pub extra: Extra,
}

members! {
    Site {
        required name;
        optional size;
        optional open;
        optional count.exact();
        optional price.exact();
        optional since;
        optional tags;
        optional part;
        optional_nullable note;
        optional owner;
        optional limits;
        optional shape;
        ..extra
    }
}

#[derive(Debug)]
pub struct Part {
    pub id: u32,
    pub inner: Option<Box<Part>>,
    pub extra: Extra,
}

members! {
    Part {
        required id.exact();
        optional inner;
        ..extra
    }
}

#[derive(Debug, PartialEq, Serialize)]
pub enum Owner {
    Person,
    Unknown(String),
}

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = open_text(deserializer)?;
        Ok(match text.as_str() {
            "person" => Self::Person,
            _ => Self::Unknown(text),
        })
    }
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Shape {
    Circle(Circle),
    Part(Part),
    Unknown(UnknownVariant),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Circle {
    #[serde(with = "exact")]
    radius: i64,
    fill: Option<Vec<Shape>>,
    #[serde(flatten)]
    extra: Extra,
}

/// The first by its tag, the second by trial.
impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawVariant::deserialize(deserializer)?;
        if let Some("circle") = raw.tag("kind").as_deref() {
            return raw.read("kind").map(Self::Circle);
        }
        if let Some(value) = raw.try_read() {
            return Ok(Self::Part(value));
        }
        Ok(Self::Unknown(raw.into_unknown()))
    }
}

#[tokio::test]
async fn an_optional_member_that_does_not_fit_is_in_extra() {
    let given = json!({
        "name": "a",
        "size": "large",
        "open": [],
        "count": 1.5,
        "price": {},
        "since": {"at": 1},
        "tags": "a",
        "note": [1],
        "owner": {},
        "new": 1,
    });
    let (site, deviations) = read::<Site>(given.clone()).await;
    assert_eq!((site.size, site.open, site.count), (None, None, None));
    assert_eq!((site.price, site.note, site.owner), (None, None, None));
    assert!(site.since.is_none() && site.tags.is_none());
    let mut kept = given;
    kept.as_object_mut().unwrap().remove("name");
    assert_eq!(json!(site.extra), kept);
    assert_eq!(
        deviations,
        [
            "`result.count`: expected an integer, found a number",
            "`result.note`: expected a string, found an array",
            "`result.open`: expected a boolean, found an array",
            "`result.owner`: expected a string, found an object",
            "`result.price`: expected a number, or a string that holds one, found an object",
            "`result.since`: expected a string, found an object",
            "`result.size`: expected a number, found a string",
            "`result.tags`: expected an array, found a string",
        ]
    );
}

#[tokio::test]
async fn the_innermost_member_that_may_be_missing_goes() {
    let inner = json!({"id": 2, "inner": {"id": "x"}});
    let part = json!({"id": 1, "inner": inner});
    let (site, deviations) = read::<Site>(json!({"name": "a", "part": part})).await;
    let part = site.part.unwrap().inner.unwrap();
    assert_eq!((part.id, part.inner.is_none()), (2, true));
    assert_eq!(json!(part.extra), json!({"inner": {"id": "x"}}));
    let expected = ["`result.part.inner.inner.id`: expected an integer, found a string"];
    assert_eq!(deviations, expected);

    let (site, deviations) = read::<Site>(json!({"name": "a", "part": {"new": 1}})).await;
    assert_eq!(json!(site.extra), json!({"part": {"new": 1}}));
    let expected = ["`result.part`: expected the member `id`, found nothing"];
    assert_eq!(deviations, expected);
}

#[tokio::test]
async fn a_value_of_a_list_or_a_map_that_may_be_null_is() {
    let (parts, deviations) = read::<Vec<Option<Part>>>(json!([{"id": 1}, "x", {"id": 2}])).await;
    let ids: Vec<_> = parts
        .iter()
        .map(|part| part.as_ref().map(|part| part.id))
        .collect();
    assert_eq!(ids, [Some(1), None, Some(2)]);
    assert_eq!(
        deviations,
        ["`result[1]`: expected an object, found a string"]
    );

    let limits = json!({"name": "a", "limits": {"a": 1, "b": {"id": 2}}});
    let (site, deviations) = read::<Site>(limits).await;
    let limits = site.limits.unwrap();
    assert!(limits["a"].is_none() && limits["b"].is_some());
    assert_eq!(
        deviations,
        ["`result.limits.a`: expected an object, found a number"]
    );
}

#[tokio::test]
async fn an_item_that_is_no_known_text_is_unknown() {
    let unknown = |text: &str| Owner::Unknown(text.to_owned());
    let given = json!(["person", 7, {"a": 1}, null, "x"]);
    let (owners, deviations) = read::<Vec<Owner>>(given).await;
    let expected = ["7", r#"{"a":1}"#, "null", "x"].map(unknown);
    assert_eq!(owners[0], Owner::Person);
    assert_eq!(owners[1..], expected);
    assert_eq!(
        deviations,
        [
            "`result[1]`: expected a string, found a number",
            "`result[2]`: expected a string, found an object",
            "`result[3]`: expected a string, found null",
        ]
    );
}

#[tokio::test]
async fn a_whole_result_that_may_be_null_is() {
    let (result, deviations) = read::<Option<Part>>(json!("gone")).await;
    assert!(result.is_none());
    assert_eq!(deviations, ["`result`: expected an object, found a string"]);
}

#[tokio::test]
async fn null_is_an_object_or_a_list_without_anything() {
    let (result, deviations) = read::<Extra>(Value::Null).await;
    assert!(result.is_empty());
    assert_eq!(deviations, ["`result`: expected an object, found null"]);
    let (result, _) = read::<Vec<Vec<String>>>(json!([null, ["a"]])).await;
    assert_eq!(result, [vec![], vec!["a".to_owned()]]);
}

#[tokio::test]
async fn a_union_of_a_named_type_that_does_not_fit_is_unknown() {
    let circle = |radius: Value| json!({"kind": "circle", "radius": radius});
    let given = json!([
        circle(json!("5")),
        circle(json!([])),
        {"kind": "circle", "radius": 1, "fill": [circle(json!("x")), {"id": 3}]},
        {"kind": "circle", "radius": 1, "fill": 7},
        {"id": "4"},
    ]);
    let (shapes, deviations) = read::<Vec<Shape>>(given.clone()).await;
    let [
        Shape::Circle(five),
        Shape::Unknown(list),
        Shape::Circle(filled),
        rest @ ..,
    ] = shapes.as_slice()
    else {
        panic!("{shapes:?}")
    };
    assert_eq!((five.radius, &list.0), (5, &given[1]));
    let fill = filled.fill.as_deref().unwrap();
    let [Shape::Unknown(text), Shape::Part(part)] = fill else {
        panic!("{fill:?}")
    };
    assert_eq!((&text.0, part.id), (&given[2]["fill"][0], 3));
    // A trial is strict.
    let [Shape::Circle(empty), Shape::Unknown(unknown)] = rest else {
        panic!("{rest:?}")
    };
    assert_eq!(json!(empty.extra), json!({"kind": "circle", "fill": 7}));
    assert_eq!(unknown.0, given[4]);
    assert_eq!(
        deviations,
        [
            "`result[0].radius`: expected an integer, found a string",
            "`result[1].radius`: expected an integer, found an array",
            "`result[2].fill[0].radius`: expected an integer, found a string",
            "`result[3].fill`: expected an array, found a number",
        ]
    );
}

#[tokio::test]
async fn values_of_other_types_are_left_alone() {
    // Only what names the type `circle` has a radius that is a number.
    #[derive(Debug, Deserialize)]
    struct Square {
        radius: String,
    }
    #[derive(Debug)]
    enum Either {
        Circle(Circle),
        Square(Square),
        Unknown,
    }
    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let raw = RawVariant::deserialize(deserializer)?;
            match raw.tag("kind").as_deref() {
                Some("circle") => raw.read("kind").map(Self::Circle),
                Some("square") => raw.read("kind").map(Self::Square),
                _ => Ok(Self::Unknown),
            }
        }
    }
    let (found, _) = read::<Vec<Either>>(json!([
        {"kind": "circle", "radius": "x"},
        {"kind": "square", "radius": "x"},
        {"kind": "circle", "radius": 1},
    ]))
    .await;
    let [
        Either::Unknown,
        Either::Square(square),
        Either::Circle(circle),
    ] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!((square.radius.as_str(), circle.radius), ("x", 1));
}

#[tokio::test]
async fn fields_beside_typed_names_go_to_the_rest() {
    #[derive(Debug)]
    struct Typed {
        size: Option<i64>,
        values: Additional<i64>,
    }
    members! {
        Typed {
            optional size;
            ..values.exact()
        }
    }
    let (typed, _) = read::<Typed>(json!({"size": {}, "a": 1, "b": "2"})).await;
    assert_eq!((typed.size, typed.values.get("a")), (None, Some(&1)));
    assert_eq!(json!(typed.values.rest()), json!({"size": {}, "b": "2"}));
}

#[tokio::test]
async fn a_long_list_of_the_same_is_one_deviation() {
    let sites: Vec<Value> = (0..1000)
        .map(|index| match index % 4 {
            0 => json!({"name": index, "tags": index}),
            1 => json!({"name": "a", "tags": format!("t{index}"), "part": {"new": index}}),
            2 => json!({"name": "a", "size": format!("s{index}"), "count": index}),
            _ => json!({"name": "a", "tags": ["fits"], "size": 1, "part": {"id": 1}}),
        })
        .collect();
    let (sites, deviations) = read::<Vec<Site>>(json!(sites)).await;
    for (index, site) in sites.iter().enumerate() {
        let kept = site.extra.len();
        let expected = match index % 4 {
            0 | 2 => 1,
            1 => 2,
            _ => 0,
        };
        assert_eq!(kept, expected, "{index}: {site:?}");
        assert_eq!(site.tags.is_some(), index % 4 == 3);
    }
    assert_eq!(sites[4].name, "4");
    assert_eq!(
        deviations,
        [
            "`result[*].name`: expected a string, found a number",
            "`result[*].part`: expected the member `id`, found nothing",
            "`result[*].size`: expected a number, found a string",
            "`result[*].tags`: expected an array, found a number",
        ]
    );
}

#[tokio::test]
async fn what_must_be_there_stays_an_error_with_its_path() {
    for (site, path, reason) in [
        (json!({"name": []}), "result.name", "invalid type: sequence"),
        (json!({"name": null}), "result.name", "invalid type: null"),
        (json!({"size": {}}), "result", "missing field `name`"),
        (json!(["424242"]), "result", "invalid type: sequence"),
    ] {
        let error = error(call::<Site>(body(&site), false).await);
        assert_eq!(error.0, path, "{site}");
        assert!(error.1.contains(reason), "{}", error.1);
        assert!(!error.1.contains("424242"), "{}", error.1);
    }
    #[derive(Debug)]
    struct Limited {
        limits: BTreeMap<String, i64>,
        extra: Extra,
    }
    members! {
        Limited {
            required limits.exact();
            ..extra
        }
    }
    let (path, reason) = error(call::<Limited>(body(&json!({"limits": 7})), false).await);
    assert_eq!(path, "result.limits");
    assert!(reason.contains("invalid type: integer"), "{reason}");
}

#[tokio::test]
async fn a_strict_client_reads_nothing_of_it() {
    let site = json!({"name": "a", "size": {}});
    let (path, text) = error(call::<Site>(body(&site), true).await);
    assert_eq!(path, "result.size");
    assert!(text.contains("invalid type: map, expected f64"), "{text}");
    let entries = json!({"name": "a", "limits": {"a": {"new": 1}}});
    let (path, text) = error(call::<Site>(body(&entries), true).await);
    assert_eq!(path, "result.limits.a");
    assert!(text.contains("missing field `id`"), "{text}");
    let fits = call::<Site>(body(&json!({"name": "a"})), true)
        .await
        .unwrap();
    assert_eq!(
        (fits.data().name.as_str(), fits.deviations()),
        ("a", [].as_slice())
    );
}

#[tokio::test]
async fn nothing_of_a_value_is_shown_and_no_name_below_a_sensitive_one() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "it is only read")]
    struct Person {
        email: Option<BTreeMap<String, u8>>,
        age: Option<u8>,
    }
    let person = json!({"email": {"s3cret@x.y": "s3cret"}, "age": "s3cret"});
    let response = call::<Person>(body(&person), false).await.unwrap();
    let text = format!("{:?}", response.deviations());
    assert!(!text.contains("s3cret"), "{text}");
    let paths: Vec<_> = response.deviations().iter().map(|one| one.path()).collect();
    assert_eq!(paths, ["result.age", "result.email"]);
}

#[tokio::test]
async fn deep_and_broken_bodies_are_errors() {
    let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
    for body in [
        format!(r#"{{"result": {deep}}}"#),
        r#"{"result": {"name": 1"#.to_owned(),
        r#"{"result": "x"#.to_owned(),
    ] {
        error(call::<Site>(body, false).await);
    }
}

#[tokio::test]
async fn many_different_faults_end() {
    let item =
        |index: usize| json!({"name": "a", "shape": {"kind": "circle", "radius": {"x": index}}});
    let sites: Vec<Value> = (0..200).map(item).collect();
    let (sites, _) = read::<Vec<Site>>(json!(sites)).await;
    assert!(
        sites
            .iter()
            .all(|site| matches!(site.shape, Some(Shape::Unknown(_))))
    );
}

pub async fn read<T: DeserializeOwned + Debug + 'static>(result: Value) -> (T, Vec<String>) {
    let response = call::<T>(body(&result), false).await.unwrap();
    let deviations = response.deviations().iter().map(ToString::to_string);
    let deviations = deviations.collect();
    (response.into_data(), deviations)
}

fn body(result: &Value) -> String {
    json!({"success": true, "result": result}).to_string()
}

pub async fn call<T: DeserializeOwned + 'static>(
    body: String,
    strict: bool,
) -> Result<Response<T>, Error> {
    let server = Server::start([respond("200 OK", body)]).await;
    let mut builder = builder(&server).http_client(http());
    if strict {
        builder = builder.strict();
    }
    let client = builder.build().unwrap();
    let request = Request::new(&client, Method::GET, "/x", decode::enveloped::<T>);
    request.with_response().await
}

pub fn error<T>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Decode(error)) => (error.path().to_owned(), error.to_string()),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it was read"),
    }
}
