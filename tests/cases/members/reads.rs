//! Members that are there, null, missing, or there twice.

use api::models::Model;

pub fn reads() {
    for json in [
        r#"{"type":"a","size":1,"maybe":2,"some":"b","none":3,"result":{"rest":4,"other":5},"new":{"x":[1.5]}}"#,
        r#"{"type":"a","size":1,"maybe":null,"none":null}"#,
        r#"{"type":"a","size":1,"maybe":null}"#,
    ] {
        let model: Model = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&model).unwrap(), json);
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::from_value::<Model>(value).unwrap(), model);
    }
    let model: Model = serde_json::from_str(r#"{"size":1.0,"type":"a","none":null}"#).unwrap();
    assert_eq!((model.size, model.maybe, model.none), (1, None, Some(None)));
    let errors = [
        (r#"{"type":"a"}"#, "missing field `size`"),
        (r#"{"size":1}"#, "missing field `type`"),
        (r#"{"size":1,"size":1}"#, "duplicate field `size`"),
        (r#"[]"#, "invalid type: sequence, expected struct Model"),
        (r#"{"type":1}"#, "invalid type: integer `1`, expected a string"),
    ];
    for (json, expected) in errors {
        let error = serde_json::from_str::<Model>(json).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
