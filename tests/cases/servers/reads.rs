//! An operation is called at the first of its servers, or at the one that is chosen.

use api::Client;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let first = sent(|url| async { client(url).files().update().await.unwrap() });
    assert_eq!(first.target, "/v3/files");
    let beta = sent(|url| async { client(url).files().update().server_beta().await.unwrap() });
    assert_eq!(beta.target, "/v4/files");
}
