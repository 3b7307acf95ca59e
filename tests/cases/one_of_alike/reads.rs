//! The alternative that knows most members of a value, wherever it is in the list.

use api::models::Field;

pub fn reads() {
    for (json, expected) in [
        (r#"{"field":"a"}"#, "WithField"),
        (r#"{"rename_from":"a","title":"b"}"#, "WithRenameFrom"),
        (r#"{"title":"b","rename_from":"a"}"#, "WithRenameFrom"),
        (r#"{"column":"a","alias":"b","field":"c"}"#, "Plain"),
        (r#"{"title":"b"}"#, "WithField"),
        (r#"[1]"#, "Unknown"),
    ] {
        let field: Field = serde_json::from_str(json).unwrap();
        assert!(
            format!("{field:?}").starts_with(expected),
            "{json}: {field:?}"
        );
        let written = serde_json::to_value(&field).unwrap();
        assert_eq!(
            written,
            serde_json::from_str::<serde_json::Value>(json).unwrap()
        );
    }
}
