//! Text is read in the charset that it is in; what cannot be read is named.

use runtime::runtime::{Decode, decode};
use serde_json::Value;

use super::responses::{read, unreadable};
use super::support::response;

async fn of<T: 'static>(content_type: &str, body: &[u8], decode: Decode<T>) -> T {
    let step = response("200 OK", &[("content-type", content_type)], body);
    read(step, decode).await.unwrap().into_data()
}

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[tokio::test]
async fn json_may_begin_with_a_byte_order_mark() {
    let marked = "\u{feff}{\"a\":\"é\"}";
    let json = "application/json";
    for body in [
        marked.as_bytes().to_vec(),
        utf_16(marked, u16::to_le_bytes),
        utf_16(marked, u16::to_be_bytes),
    ] {
        let value: Value = of(json, &body, decode::json).await;
        assert_eq!(value["a"], "é");
    }
}

#[tokio::test]
async fn json_is_utf_8_whatever_its_label_says_and_else_what_it_says() {
    for body in ["\"é\"".as_bytes(), b"\"\xe9\""] {
        let label = "application/json; Charset=\"ISO-8859-1\"";
        assert_eq!(of(label, body, decode::json::<String>).await, "é");
    }
    let body = utf_16("\"é\"", u16::to_be_bytes);
    let label = "application/json;charset=utf-16be";
    assert_eq!(of(label, &body, decode::json::<String>).await, "é");
}

#[tokio::test]
async fn text_is_in_the_charset_that_its_type_names() {
    for (charset, body) in [
        ("utf-8", "é€".as_bytes().to_vec()),
        ("UTF8", "\u{feff}é€".as_bytes().to_vec()),
        ("iso-8859-1", vec![0xe9, 0x80]),
        ("Windows-1252", vec![0xe9, 0x80]),
        ("utf-16", utf_16("é€", u16::to_le_bytes)),
        ("utf-16", utf_16("\u{feff}é€", u16::to_be_bytes)),
        ("utf-16be", utf_16("é€", u16::to_be_bytes)),
    ] {
        let label = format!("text/plain; format=flowed; charset={charset}");
        assert_eq!(of(&label, &body, decode::text).await, "é€", "{charset}");
    }
}

#[tokio::test]
async fn what_is_not_read_is_named() {
    for (content_type, coding, body, reason) in [
        (
            "text/plain; charset=koi8-r",
            None,
            &b"\xc1"[..],
            "the charset `koi8-r` of the body isn't known",
        ),
        ("text/plain", None, b"\xc1", "the body isn't UTF-8"),
        (
            "text/plain; charset=utf-16",
            None,
            b"\x00\xd8\x00",
            "the body isn't UTF-16",
        ),
        (
            "text/plain",
            Some("br"),
            b"\x8b\xc1",
            "the body has the content coding `br`, which can't be undone",
        ),
        (
            "application/json",
            Some("zstd"),
            b"\x28\xb5\x2f\xfd",
            "the body has the content coding `zstd`, which can't be undone",
        ),
    ] {
        let mut headers = vec![("content-type", content_type)];
        headers.extend(coding.map(|coding| ("content-encoding", coding)));
        let decode: Decode<String> = match content_type {
            "application/json" => decode::json,
            _ => decode::text,
        };
        let (path, text) = unreadable(read(response("200 OK", &headers, body), decode).await);
        assert_eq!(path, ".");
        assert!(text.contains(reason), "{text}");
    }
}

#[tokio::test]
async fn a_coding_that_is_only_a_word_does_not_matter() {
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "utf-8"),
    ];
    let read = read(response("200 OK", &headers, "1"), decode::json::<u8>).await;
    assert_eq!(read.unwrap().into_data(), 1);
}
