//! Each alternative with what stands beside the list.

use api::models::{Both, Holder, HolderNeither, Record};

pub fn reads() {
    let json = r#"{"record":{"id":"1","ip":"::1"},"result":[{"ip":"::2"}],"narrowed":{"kind":"b","size":2},"both":3}"#;
    let holder: Holder = serde_json::from_str(json).unwrap();
    let Some(Record::Address(address)) = &holder.record else {
        panic!("{holder:?}");
    };
    assert_eq!((address.id.as_str(), address.ip.as_str()), ("1", "::1"));
    assert_eq!(holder.result.as_ref().unwrap()[0].ip, "::2");
    assert_eq!(holder.narrowed.as_ref().unwrap().size, Some(2));
    assert!(matches!(holder.both, Some(Both::Integer(3))));
    assert_eq!(serde_json::to_string(&holder).unwrap(), json);
    let target: Record = serde_json::from_str(r#"{"id":"1","target":"t"}"#).unwrap();
    assert!(matches!(target, Record::WithTarget(record) if record.target == "t"));
    for neither in [
        r#"{"neither":["a"]}"#,
        r#"{"neither":{"ip":"::1"}}"#,
        r#"{"neither":true}"#,
    ] {
        let holder: Holder = serde_json::from_str(neither).unwrap();
        assert!(
            !matches!(holder.neither, None | Some(HolderNeither::Unknown(_))),
            "{holder:?}"
        );
    }
}
