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
        (Credentials::example("12ab"), "authorization: token 12ab"),
        (Credentials::example("Token 12ab"), "authorization: token 12ab"),
        (Credentials::span("12ab"), "authorization: song-key 12ab"),
        (Credentials::bearer("12ab"), "authorization: bearer 12ab"),
        (Credentials::several("Secret 12ab"), "authorization: secret 12ab"),
        (Credentials::sentence("12ab"), "authorization: 12ab"),
        (Credentials::placeholder("12ab"), "authorization: 12ab"),
        (Credentials::silent("12ab"), "x-key: 12ab"),
    ] {
        let head = head(credentials);
        assert!(head.lines().any(|line| line == header), "{header}: {head}");
    }
}
