//! Events that are described as objects of their fields, which are text whatever is stated of them.

use runtime::runtime::{RawVariant, UnknownVariant, decode};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::streams::{pieces, read};

#[tokio::test]
async fn fields_of_events_are_text_also_where_a_number_is_stated() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Line {
        id: Option<i64>,
        event: String,
        data: Value,
        retry: Option<i64>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Notice {
        id: String,
        data: String,
    }
    #[derive(Debug, PartialEq)]
    enum Event {
        Line(Line),
        Notice(Notice),
        Unknown(UnknownVariant),
    }
    impl<'de> Deserialize<'de> for Event {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let raw = RawVariant::deserialize(deserializer)?;
            let line = raw.try_read().map(Self::Line);
            let notice = || raw.try_read().map(Self::Notice);
            let known = line.or_else(notice);
            Ok(known.unwrap_or_else(|| Self::Unknown(raw.into_unknown())))
        }
    }
    let line = |id, retry| {
        let (event, data) = ("line".to_owned(), json!({"n": 1}));
        Ok(Event::Line(Line {
            id,
            event,
            data,
            retry,
        }))
    };
    let text = b"event: line\nid: 7\nretry: 30\ndata: {\"n\":1}\n\nevent: line\ndata: {\"n\":1}\n\nid: 07\ndata: a\n\nid: 8\ndata: b\n\ndata: c\n\n";
    let body = pieces("text/event-stream", [text.as_slice()]);
    let found = read(body, decode::whole_events::<Event>).await;
    let notice = |id: &str, data: &str| {
        let (id, data) = (id.to_owned(), data.to_owned());
        Ok(Event::Notice(Notice { id, data }))
    };
    let unknown = UnknownVariant(json!({"data": "c"}));
    let expected = [
        line(Some(7), Some(30)),
        line(None, None),
        notice("07", "a"),
        notice("8", "b"),
        Ok(Event::Unknown(unknown)),
    ];
    assert_eq!(found, expected);
}
