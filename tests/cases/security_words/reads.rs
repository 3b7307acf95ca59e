//! The word is written once, whether the key is given with it or without.

use api::{Client, Credentials};

use crate::server::sent;

pub fn reads() {
    let head = |credentials: Credentials| {
        let sent = sent(move |url| async move {
            let client = Client::builder().base_url(url).credentials(credentials);
            client.build().unwrap().songs().list().await.unwrap()
        });
        sent.head.to_lowercase()
    };
    for (credentials, header) in [
        (Credentials::example("12ab"), "authorization: token 12ab\r\n"),
        (Credentials::example("Token 12ab"), "authorization: token 12ab\r\n"),
        (Credentials::span("12ab"), "authorization: song-key 12ab\r\n"),
        (Credentials::bearer("12ab"), "authorization: bearer 12ab\r\n"),
        (Credentials::several("Secret 12ab"), "authorization: secret 12ab\r\n"),
        (Credentials::sentence("12ab"), "authorization: 12ab\r\n"),
        (Credentials::placeholder("12ab"), "authorization: 12ab\r\n"),
        (Credentials::silent("12ab"), "x-key: 12ab\r\n"),
    ] {
        let head = head(credentials);
        assert!(head.contains(header), "{header}: {head}");
    }
}
