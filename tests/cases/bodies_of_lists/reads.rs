//! Lists go in as arrays, iterators, and what lends their items.

use api::Client;
use api::models::Rule;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let bodies = [
        sent(|url| async move { client(url).tags().replace(["a", "b"]).await.unwrap() }),
        sent(|url| async move {
            let tags = vec!["a".to_owned()];
            client(url).tags().replace(&tags).await.unwrap();
        }),
        sent(|url| async move { client(url).tags().extend().body(["a"]).await.unwrap() }),
        sent(|url| async move {
            let request = client(url).tags().extend().maybe_body(Some(vec!["a".to_owned()]));
            request.maybe_body(None::<[&str; 0]>).await.unwrap();
        }),
        sent(|url| async move { client(url).rules().replace([Rule::new("/")]).await.unwrap() }),
        sent(|url| async move {
            let rules = [Rule::new("/").levels([1])];
            client(url).rules().replace(&rules).await.unwrap();
        }),
        sent(|url| async move {
            let rules = vec![Rule::new("/a"), Rule::new("/b")];
            let lent = rules.iter().filter(|rule| rule.path == "/b");
            client(url).rules().extend().body(lent).await.unwrap();
        }),
        sent(|url| async move {
            let rules = Some(["/a", "/b"].map(Rule::new));
            client(url).rules().extend().maybe_body(rules).await.unwrap();
        }),
        sent(|url| async move { client(url).levels().replace([1, 2]).await.unwrap() }),
        sent(|url| async move { client(url).levels().replace(&[1]).await.unwrap() }),
        sent(|url| async move { client(url).levels().replace(0..3).await.unwrap() }),
        sent(|url| async move { client(url).kinds().replace(["one"]).await.unwrap() }),
    ];
    assert_eq!(
        bodies.map(|sent| sent.body),
        [
            r#"["a","b"]"#,
            r#"["a"]"#,
            r#"["a"]"#,
            r#"["a"]"#,
            r#"[{"path":"/"}]"#,
            r#"[{"path":"/","levels":[1]}]"#,
            r#"[{"path":"/b"}]"#,
            r#"[{"path":"/a"},{"path":"/b"}]"#,
            "[1,2]",
            "[1]",
            "[0,1,2]",
            r#"["one"]"#,
        ]
    );
}
