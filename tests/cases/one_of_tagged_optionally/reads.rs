//! A value is what its tag says, and without one what it looks like. None is written that was not there.

use api::models::{Drill, DrillOfStory};

pub fn reads() {
    let value = |json: &str| serde_json::from_str::<Drill>(json).unwrap();
    assert!(matches!(value("{\"type\":\"fire\"}"), Drill::Story(_)));
    assert!(matches!(value("{\"type\":\"door.closed\"}"), Drill::Event(_)));
    assert!(matches!(value("{\"chapters\":3}"), Drill::Story(_)));
    assert!(matches!(value("{\"type\":\"flood\"}"), Drill::Event(_)));
    let untagged = Drill::from(DrillOfStory::default().chapters(3));
    assert_eq!(serde_json::to_string(&untagged).unwrap(), "{\"chapters\":3}");
}
