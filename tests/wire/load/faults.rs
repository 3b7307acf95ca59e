//! The ways in which the server fails, each with what a call has to make of it.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A request as far as faults are about it.
pub struct Asked {
    pub id: usize,
    pub is_post: bool,
    pub authorization: String,
    /// Another origin.
    pub stranger: String,
}

/// What the server does with a request.
pub struct Reply {
    pub bytes: Vec<u8>,
    pub then: Then,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Keep,
    /// Keeps it open, though the client can't use it again.
    Spoil,
    Close,
    Reset,
    /// Sends nothing more.
    Stall,
    /// Sends it piece by piece.
    Trickle,
}

/// What an attempt with a fault ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Value,
    Api(u16),
    Connect,
    Decode,
    Timeout,
    /// The caller drops the call.
    Dropped,
}

/// For how many attempts a fault lasts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// The first; another is made where that is allowed.
    Passing,
    /// All, of which others are made.
    Staying,
    /// It is no reason for another attempt.
    Final,
}

pub struct Fault {
    pub name: &'static str,
    pub end: End,
    pub lasting: Lasting,
    pub reply: fn(&Asked) -> Reply,
}

use End::{Api, Connect, Decode, Dropped, Timeout, Value};
use Lasting::{Final, Passing, Staying};

pub static FAULTS: &[Fault] = &[
    fault("none", Value, Final, right),
    fault("slow", Value, Final, |asked| Reply {
        then: Then::Trickle,
        ..right(asked)
    }),
    fault("in chunks", Value, Final, |asked| {
        let body = value(asked.id, asked.is_post);
        let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        keep(format!("{CHUNKED}{chunk}"))
    }),
    fault("compressed", Value, Final, |asked| {
        keep(compressed(gzip(&value(asked.id, asked.is_post))))
    }),
    fault("hints before it", Value, Final, |asked| {
        let mut bytes = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".to_vec();
        bytes.extend(right(asked).bytes);
        keep(bytes)
    }),
    fault("closed after it", Value, Final, |asked| Reply {
        then: Then::Close,
        ..right(asked)
    }),
    fault("another after it", Value, Final, |asked| {
        let mut reply = right(asked);
        let id = asked.id + 1;
        reply
            .bytes
            .extend(json(200, &value(id, asked.is_post)).bytes);
        spoilt(reply)
    }),
    fault("redirect", Value, Final, |asked| {
        redirect(307, &format!("/moved/{}", asked.id))
    }),
    fault("redirect to a stranger", Value, Final, |asked| {
        redirect(308, &format!("{}/moved/{}", asked.stranger, asked.id))
    }),
    fault("redirects without end", Api(307), Final, |asked| {
        redirect(307, &format!("/calls/{}", asked.id))
    }),
    fault("redirect to nowhere", Api(302), Final, |_| {
        redirect(302, "ftp://127.0.0.1/")
    }),
    fault("reset", Connect, Passing, |_| broken("", Then::Reset)),
    fault("closed", Connect, Passing, |_| broken("", Then::Close)),
    fault("nonsense", Connect, Passing, |_| {
        broken("nonsense\r\n\r\n", Then::Close)
    }),
    fault("half a head", Connect, Passing, |_| {
        broken("HTTP/1.1 200 OK\r\ncontent-le", Then::Close)
    }),
    fault("half a body", Connect, Passing, |_| {
        broken(HALF, Then::Close)
    }),
    fault("reset in the body", Connect, Passing, |_| {
        broken(HALF, Then::Reset)
    }),
    fault("broken chunks", Connect, Passing, |_| {
        broken(&format!("{CHUNKED}zz\r\nnothing"), Then::Close)
    }),
    fault("half compressed", Connect, Passing, |asked| {
        let body = gzip(&value(asked.id, asked.is_post));
        keep(compressed(body[..body.len() / 2].to_vec()))
    }),
    fault("not compressed", Decode, Final, |_| {
        spoilt(keep(compressed(b"not compressed".to_vec())))
    }),
    fault("a page", Decode, Final, |_| {
        whole(200, "text/html", "", "<html>")
    }),
    fault("half JSON", Decode, Final, |_| {
        json(200, "{\"success\": tr")
    }),
    fault("no text", Decode, Final, |_| {
        let mut reply = json(200, "..");
        let length = reply.bytes.len();
        reply.bytes[length - 2..].copy_from_slice(&[0xc1, 0xff]);
        reply
    }),
    fault("empty", Decode, Final, |_| {
        keep("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    }),
    fault("too long", Decode, Final, |_| {
        spoilt(json(200, &format!("[{}]", "1,".repeat(MOST_BYTES))))
    }),
    fault("no success", Api(200), Final, |_| {
        json(
            200,
            r#"{"success":false,"errors":[{"code":1,"message":"no"}]}"#,
        )
    }),
    fault("400", Api(400), Final, |_| json(400, "{}")),
    fault("401 that repeats the token", Api(401), Final, |asked| {
        let said = asked
            .authorization
            .replace('\\', "\\\\")
            .replace('"', "\\\"");
        json(
            401,
            &format!(r#"{{"success":false,"errors":[{{"code":1,"message":"{said}"}}]}}"#),
        )
    }),
    fault("403 that repeats the token", Api(403), Final, |asked| {
        let said = &asked.authorization;
        whole(
            403,
            "text/html",
            &format!("cf-ray: {said}\r\n"),
            &format!("<p>{said}</p>"),
        )
    }),
    fault("408", Api(408), Passing, |_| json(408, "{}")),
    fault("409", Api(409), Passing, |_| json(409, "{}")),
    fault("429", Api(429), Passing, |_| {
        whole(429, "application/json", "retry-after: 0\r\n", "{}")
    }),
    fault("429 for long", Api(429), Final, |_| {
        whole(429, "application/json", "retry-after: 3600\r\n", "{}")
    }),
    fault("500", Api(500), Passing, |_| json(500, "")),
    fault("502", Api(502), Passing, |_| {
        whole(502, "text/html", "", "<html>")
    }),
    fault("503", Api(503), Staying, |_| {
        whole(503, "application/json", "retry-after: 0\r\n", "{}")
    }),
    fault("503, not again", Api(503), Final, |_| {
        whole(503, "application/json", "x-should-retry: false\r\n", "{}")
    }),
    fault("silence", Timeout, Staying, |_| broken("", Then::Stall)),
    fault("silence in the body", Timeout, Staying, |_| {
        broken(HALF, Then::Stall)
    }),
    fault("dropped", Dropped, Final, |_| broken("", Then::Stall)),
];

/// What a client may read of a response here.
pub const MOST_BYTES: usize = 64 * 1024;

const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

const HALF: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"success\":";

const fn fault(
    name: &'static str,
    end: End,
    lasting: Lasting,
    reply: fn(&Asked) -> Reply,
) -> Fault {
    Fault {
        name,
        end,
        lasting,
        reply,
    }
}

/// The right response, which says which call it is of.
pub fn right(asked: &Asked) -> Reply {
    json(200, &value(asked.id, asked.is_post))
}

/// An outage.
pub fn storm(asked: &Asked) -> Reply {
    let status = if asked.id.is_multiple_of(2) { 429 } else { 503 };
    whole(status, "application/json", "retry-after: 0\r\n", "{}")
}

fn value(id: usize, is_post: bool) -> String {
    let result = if is_post {
        format!(r#"{{"id":{id}}}"#)
    } else {
        let time = "2025-02-01T00:00:00Z";
        format!(
            r#"[{{"BillingCurrency":"USD","BillingPeriodStart":"{time}","ChargePeriodEnd":"{time}","ChargePeriodStart":"{time}","ConsumedQuantity":{id},"ConsumedUnit":"Requests","ContractedCost":0.75,"CumulatedContractedCost":0.75,"CumulatedPricingQuantity":150000,"PricingQuantity":150000,"ServiceName":"Workers Standard"}}]"#
        )
    };
    format!(r#"{{"success":true,"errors":[],"messages":[],"result":{result}}}"#)
}

fn json(status: u16, body: &str) -> Reply {
    whole(status, "application/json", "", body)
}

fn whole(status: u16, media_type: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    keep(format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    ))
}

fn redirect(status: u16, location: &str) -> Reply {
    whole(
        status,
        "text/plain",
        &format!("location: {location}\r\n"),
        "",
    )
}

fn compressed(body: Vec<u8>) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.into_bytes(), body].concat()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder
        .write_all(text.as_bytes())
        .expect("memory is written");
    encoder.finish().expect("memory is written")
}

fn keep(bytes: impl Into<Vec<u8>>) -> Reply {
    Reply {
        bytes: bytes.into(),
        then: Then::Keep,
    }
}

fn spoilt(reply: Reply) -> Reply {
    Reply {
        then: Then::Spoil,
        ..reply
    }
}

fn broken(bytes: &str, then: Then) -> Reply {
    Reply {
        bytes: bytes.into(),
        then,
    }
}
