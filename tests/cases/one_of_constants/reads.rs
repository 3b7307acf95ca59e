//! A constant says which alternative a value is.

use api::models::Event;

pub fn reads() {
    for (json, started) in [
        (r#"{"op":1,"data":"a"}"#, true),
        (r#"{"op":1.0,"data":"a"}"#, true),
        (r#"{"op":3,"data":"a"}"#, false),
    ] {
        let event: Event = serde_json::from_str(json).expect("the event can be read");
        assert_eq!(matches!(event, Event::Started(_)), started, "{json}");
        assert_eq!(matches!(event, Event::Ended(_)), !started, "{json}");
    }
    // One of a later version is kept as it came.
    let unknown: Event = serde_json::from_str(r#"{"op":4}"#).expect("the event can be read");
    assert!(matches!(unknown, Event::Unknown(_)));
    assert_eq!(serde_json::to_string(&unknown).expect("it can be written"), r#"{"op":4}"#);
}
