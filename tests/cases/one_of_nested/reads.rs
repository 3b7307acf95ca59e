//! Each value is read as the alternative that it is.

use api::models::Value;

pub fn reads() {
    let value = |json: &str| serde_json::from_str::<Value>(json).unwrap();
    assert!(matches!(value("\"x\""), Value::Text(_)));
    assert!(matches!(value("[1,2]"), Value::List(_)));
    assert!(matches!(value("{\"kind\":\"Cat\",\"lives\":9}"), Value::Pet(_)));
}
