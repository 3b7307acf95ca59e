//! A list of enumerations is made of texts, as one of them is, or of nothing.

use api::Client;
use api::models::Color;

use crate::server::sent;

pub fn reads() {
    let searched = sent(|url| async move {
        let api = Client::builder().base_url(url).build().unwrap();
        let search = api.search().get(["a"]).sizes([1]).colors(["red", "blue"]);
        search.colors(None::<Vec<Color>>).await.unwrap();
    });
    assert_eq!(searched.target, "/search?words=a&sizes=1&colors=red&colors=blue");
}
