//! `None` is null, and what is not set is no body.

use api::Client;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let set = sent(|url| async { client(url).lamp().update().on(true).await.unwrap() });
    assert_eq!(set.body, r#"{"on":true}"#);
    let null = sent(|url| async { client(url).labels().update(None).await.unwrap() });
    let json = "application/json";
    assert_eq!((&*null.body, &*null.content_type), ("null", json));
    let null = sent(|url| async move {
        let request = client(url).lamp().edit();
        request.fields_of(&None::<bool>).await.unwrap();
    });
    assert_eq!((&*null.body, &*null.content_type), ("null", json));
    let null = sent(|url| async { client(url).tags().update(None).await.unwrap() });
    assert_eq!((&*null.body, &*null.content_type), ("null", json));
    let tags = vec!["a".to_owned()];
    let list = sent(|url| async { client(url).tags().update(&tags).await.unwrap() });
    assert_eq!(list.body, r#"["a"]"#);
    let list = sent(|url| async { client(url).tags().update(["a"]).await.unwrap() });
    assert_eq!(list.body, r#"["a"]"#);
    let null = sent(|url| async { client(url).name().update(None).await.unwrap() });
    assert_eq!(null.body, "null");
    let text = sent(|url| async { client(url).name().update("n").await.unwrap() });
    assert_eq!(text.body, r#""n""#);
    let null = sent(|url| async { client(url).height().update().body(None).await.unwrap() });
    assert_eq!(null.body, "null");
    let number = sent(|url| async { client(url).height().update().body(7).await.unwrap() });
    assert_eq!(number.body, "7");
    let none = sent(|url| async { client(url).lamp().edit().await.unwrap() });
    assert_eq!((&*none.body, &*none.content_type), ("", ""));
}
