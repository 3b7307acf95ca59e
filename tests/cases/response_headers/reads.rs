//! The headers of a response and of an error are what the document says.

use api::{Client, Error, headers};

use crate::server::{Response, Server, outcome};

const FINE: [(&str, &str); 8] = [
    ("Thing-Request-ID", "thing-1"),
    ("X-Rate-Limit", "7"),
    ("x-tags", "a, b"),
    ("X-Tags", "c"),
    ("x-counts", "1,2"),
    ("X-Price", "1.50"),
    ("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("x-flag", "perhaps"),
];

pub fn reads() {
    let with = |headers: &[(&str, &str)]| {
        let headers = headers.iter();
        headers.fold(Response::json("[]"), |response, (name, value)| {
            response.header(name, value)
        })
    };
    let failed = with(&[("x-rate-limit", "0"), ("x-flag", "odd")]).status(404);
    let server = Server::of([with(&FINE), failed]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    outcome(async {
        let response = client.things().list().with_response().await.unwrap();
        assert_eq!(
            response.read_header(headers::X_RATE_LIMIT).unwrap(),
            Some(7)
        );
        assert_eq!(response.request_id(), Some("thing-1"));
        let tags = response.read_header(headers::X_TAGS).unwrap().unwrap();
        assert_eq!(tags, ["a", "b", "c"]);
        assert_eq!(
            response.read_header(headers::X_COUNTS).unwrap(),
            Some(vec![1, 2])
        );
        let price = response.read_header(headers::X_PRICE).unwrap().unwrap();
        assert_eq!(price.to_string(), "1.50");
        let modified = response
            .read_header(headers::LAST_MODIFIED)
            .unwrap()
            .unwrap();
        assert_eq!(modified.get().unwrap().as_second(), 1_445_412_480);
        assert_eq!(response.read_header(headers::LINK).unwrap(), None);
        let error: Error = response.read_header(headers::X_FLAG).unwrap_err().into();
        let text = error.to_string();
        assert!(
            text.contains("`x-flag`: the header isn't a boolean"),
            "{text}"
        );
        assert!(!text.contains("perhaps"), "{text}");
        let Err(Error::Api(error)) = client.things().list().await else {
            panic!("it was read")
        };
        assert_eq!(error.read_header(headers::X_RATE_LIMIT).unwrap(), Some(0));
        assert_eq!(
            error.read_header(headers::X_FLAG2).unwrap().as_deref(),
            Some("odd")
        );
    });
}
