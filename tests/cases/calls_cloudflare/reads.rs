//! The calls of docs/calls.md.

use api::models::{ARecord, Everything};
use api::{Client, Error};

use crate::server::sent;

pub fn reads() {
    let created = sent(|url| async move {
        let cloudflare = Client::builder().base_url(url).build().unwrap();
        let record = ARecord::new("www", "203.0.113.1").ttl(300);
        cloudflare.zones().dns_records().create("zone", record).await.unwrap();
    });
    assert_eq!(created.body, r#"{"name":"www","content":"203.0.113.1","ttl":300}"#);
    let _ = calls;
}

async fn calls(cloudflare: Client) -> Result<(), Error> {
    cloudflare.zones().list().name("example.com").await?;
    cloudflare.zones().dns_records().create("zone", ARecord::new("www", "203.0.113.1").ttl(300)).await?;
    cloudflare.zones().purge_cache("zone", Everything::default().purge_everything(true)).await?;
    cloudflare.accounts().storage().kv().namespaces().values().update("account", "space", "key", "value").await?;
    Ok(())
}
