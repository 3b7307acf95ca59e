//! Names with values go in as they are, in whatever holds them.

use std::collections::{BTreeMap, HashMap};

use api::Client;
use api::models::{CustomerMetadata, Deep};

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let bodies = [
        sent(|url| async move {
            let request = client(url).customers().create([("s", 1)]).metadata([("k", "v")]);
            request.deep([("a", Deep::from([("b", "c")]))]).await.unwrap();
        }),
        sent(|url| async move {
            let metadata = HashMap::from([("k".to_owned(), "v".to_owned())]);
            let request = client(url).customers().create(true).metadata(metadata);
            request.either(BTreeMap::from([("a".to_owned(), "b".to_owned())])).await.unwrap();
        }),
        sent(|url| async move {
            let metadata: CustomerMetadata = ["k", "l"].into_iter().zip(["v", "w"]).collect();
            let sizes = BTreeMap::from([("s".to_owned(), 2)]);
            client(url).customers().create(sizes).metadata(metadata).await.unwrap();
        }),
        sent(|url| async move {
            let metadata = Some(vec![("k", String::new())]);
            client(url).customers().create(false).metadata(metadata).await.unwrap();
        }),
        sent(|url| async move {
            client(url).customers().create(false).metadata("").await.unwrap();
        }),
    ];
    assert_eq!(
        bodies.map(|sent| sent.body),
        [
            "sizes=%7B%22s%22%3A1%7D&metadata%5Bk%5D=v&deep=%7B%22a%22%3A%7B%22b%22%3A%22c%22%7D%7D",
            "sizes=true&metadata%5Bk%5D=v&either=%7B%22a%22%3A%22b%22%7D",
            "sizes=%7B%22s%22%3A2%7D&metadata%5Bk%5D=v&metadata%5Bl%5D=w",
            "sizes=false&metadata%5Bk%5D=",
            "sizes=false&metadata=",
        ]
    );
}
