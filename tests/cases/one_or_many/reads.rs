//! One value and several go in as they are.

use api::Client;
use api::models::{EmbeddingInput, Kind};

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let queries = [
        sent(|url| async move {
            client(url).listen().list(["a"], "call", ["talk"]).tag("b c").await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).listen().list(["a"], "call", ["talk"]).tag(["b", "c"]);
            request.level([1, 2]).await.unwrap();
        }),
        sent(|url| async move {
            let request = client(url).listen().list(["a"], "call", ["talk"]).tag(None::<&str>);
            let tags = Some(vec!["b".to_owned()]);
            request.tag(tags).x_tag(["c", "d"]).await.unwrap();
        }),
        sent(|url| async move {
            let (kind, tags) = ("call".to_owned(), ["a".to_owned()]);
            client(url).listen().get(&tags, &kind).await.unwrap();
        }),
    ];
    assert_eq!(
        queries.map(|query| query.target),
        [
            "/listen?sort=a&kind=call&kinds=talk&tag=b%20c",
            "/listen?sort=a&kind=call&kinds=talk&tag=b&tag=c&level=1,2",
            "/listen?sort=a&kind=call&kinds=talk&tag=b",
            "/listen/a/call",
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
            let request = client(url).embeddings().create(&texts);
            request.kind("call").tokens(&[1, 2][..]).await.unwrap();
        }),
        sent(|url| async move {
            let texts = ["b".to_owned(), "a".to_owned()];
            let texts: EmbeddingInput = texts.iter().rev().collect();
            let request = client(url).embeddings().create(texts);
            request.kind(["call", "talk"]).await.unwrap();
        }),
        sent(|url| async move {
            let kinds = vec![Kind::Talk];
            let request = client(url).files().create("call", &kinds, ["a"]);
            request.other(Some("x")).await.unwrap();
        }),
    ];
    let parts = bodies[5].body.matches("name=").count();
    assert_eq!(parts, 4, "{}", bodies[5].body);
    assert_eq!(
        bodies.map(|sent| sent.body)[..5],
        [
            r#"{"input":"a","tokens":1}"#,
            r#"{"input":["a","b"],"tokens":[1,2],"points":[3]}"#,
            r#"{"input":["a"],"tokens":[1]}"#,
            r#"{"input":["a"],"kind":"call","tokens":[1,2]}"#,
            r#"{"input":["a","b"],"kind":["call","talk"]}"#,
        ]
    );
}
