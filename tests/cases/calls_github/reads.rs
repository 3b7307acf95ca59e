//! The calls of docs/calls.md.

use api::{Client, Error};

use crate::server::sent;

pub fn reads() {
    let created = sent(|url| async move {
        let github = Client::builder().base_url(url).build().unwrap();
        github.issues().create("rust-lang", "rust", "It panics").labels(["bug"]).await.unwrap();
    });
    assert_eq!(created.body, r#"{"title":"It panics","labels":["bug"]}"#);
    let _ = calls;
}

async fn calls(github: Client, bytes: Vec<u8>) -> Result<(), Error> {
    github.issues().list_for_repo("rust-lang", "rust").state("open").await?;
    github.issues().create("rust-lang", "rust", "It panics").labels(["bug"]).await?;
    github.repos().get("rust-lang", "rust").await?;
    github.pulls().merge("rust-lang", "rust", 7).merge_method("squash").await?;
    github.repos().upload_release_asset("rust-lang", "rust", 1, "app.zip", bytes).await?;
    Ok(())
}
