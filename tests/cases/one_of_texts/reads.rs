//! What an enumeration does not list is another text.

use api::models::{ModelName, When};

pub fn reads() {
    for (json, expected) in [
        (r#""never""#, "Word"),
        (r#""2026-01-02T03:04:05Z""#, "Timestamp"),
        ("5", "Integer"),
    ] {
        let when: When = serde_json::from_str(json).expect("it can be read");
        assert!(format!("{when:?}").starts_with(expected), "{json}: {when:?}");
        assert_eq!(serde_json::to_string(&when).expect("it can be written"), json);
    }
    for (json, expected) in [(r#""huge""#, "Text"), (r#""small""#, "Known"), (r#"["small"]"#, "List")] {
        let name: ModelName = serde_json::from_str(json).expect("it can be read");
        assert!(format!("{name:?}").starts_with(expected), "{json}: {name:?}");
    }
}
