//! `new` takes what is at hand.

use api::models::*;
use serde_json::json;

pub fn reads() {
    let group = Group::new(
        "small",
        ["large", "tiny"],
        ["a", "b"],
        [Signer::new("Ada")],
        [("pages", 3)],
        [("kind", json!("object"))],
        ["END", "STOP"],
        Within::new("outer"),
        jiff::Timestamp::UNIX_EPOCH,
    );
    let sent = serde_json::to_value(&group).expect("it is written");
    let expected = json!({
        "size": "small",
        "sizes": ["large", "tiny"],
        "tags": ["a", "b"],
        "signers": [{"name": "Ada"}],
        "counts": {"pages": 3},
        "options": {"kind": "object"},
        "stop": ["END", "STOP"],
        "within": {"name": "outer"},
        "at": "1970-01-01T00:00:00Z",
    });
    assert_eq!(sent, expected);

    // An alternative is given for what is in a box, and becomes what has a box for it.
    let rule: Rule = Not::new(Not::new(Word::new("end"))).into();
    let sent = serde_json::to_value(&rule).expect("it is written");
    assert_eq!(sent, json!({"not": {"not": {"word": "end"}}}));

    // What there is already is taken as it is.
    let again = Group::new(
        group.size,
        group.sizes,
        group.tags,
        group.signers,
        group.counts,
        group.options,
        group.stop,
        group.within,
        group.at,
    );
    assert_eq!(serde_json::to_value(&again).expect("it is written"), expected);
}
