//! Typed properties beside those with a name; one of another type is kept.

use api::models::Counts;

pub fn reads() {
    let json = r#"{"total":3,"children":{"own":"x","a":{"total":1},"b":"later"},"c":4,"d":5.0}"#;
    let counts: Counts = serde_json::from_str(json).unwrap();
    assert_eq!((counts.extra["c"], counts.extra["d"]), (4, 5));
    let children = counts.children.as_ref().unwrap();
    assert_eq!(children.extra["a"].total, 1);
    assert_eq!(children.extra.rest()["b"], "later");
    let written = serde_json::to_value(&counts).unwrap();
    let expected = json.replace("5.0", "5");
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(&expected).unwrap()
    );
}
