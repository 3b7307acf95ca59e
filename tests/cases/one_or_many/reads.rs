//! One value and several go in as they are.

use api::Client;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let queries = [
        sent(|url| async move {
            client(url).listen().get(["a"]).tag("b c").await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).listen().get(["a"]).tag(["b", "c"]);
            request.level([1, 2]).await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).listen().get(["a"]).tag(None::<&str>);
            request.tag(Some(vec!["b".to_owned()])).await.unwrap();
        }),
    ];
    assert_eq!(
        queries.map(|query| query.target),
        [
            "/listen?sort=a&tag=b%20c",
            "/listen?sort=a&tag=b&tag=c&level=1,2",
            "/listen?sort=a&tag=b",
        ]
    );
    let bodies = [
        sent(|url| async move {
            client(url).embeddings().create("a").tokens(1).await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).embeddings().create(["a", "b"]);
            request.tokens([1, 2]).points([3_i64]).await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).embeddings().create(vec!["a"]);
            request.tokens(Some(vec![1_i64])).await.unwrap();
        }),
        sent(|url| async move {
            let texts = vec!["a".to_owned()];
            client(url).embeddings().create(texts).await.unwrap();
        }),
    ];
    assert_eq!(
        bodies.map(|sent| sent.body),
        [
            r#"{"input":"a","tokens":1}"#,
            r#"{"input":["a","b"],"tokens":[1,2],"points":[3]}"#,
            r#"{"input":["a"],"tokens":[1]}"#,
            r#"{"input":["a"]}"#,
        ]
    );
}
