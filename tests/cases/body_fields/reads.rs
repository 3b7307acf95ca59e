//! What is given is sent, and nothing else.

use api::Client;
use api::models::{Address, NewInstance};

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let issue = sent(|url| async move {
        let request = client(url).repos().issues().create("a/b", "It panics", None);
        let request = request.body("b").body_null().repo_field("c").state("open");
        let request = request.labels(["bug", "ui"]).points([1, 2]).meta([("k", "v")]);
        let request = request.due("2025-02-01".parse().unwrap()).timeout_field(5);
        let request = request.any([1, 2]).fields_of_field(Some("x"));
        request.address(Address::new("s").city("c")).await.unwrap();
    });
    assert_eq!(issue.content_type, "application/json");
    assert_eq!(
        issue.body,
        "{\"title\":\"It panics\",\"milestone\":null,\"body\":null,\"repo\":\"c\",\"state\":\"open\",\
         \"labels\":[\"bug\",\"ui\"],\"points\":[1,2],\"meta\":{\"k\":\"v\"},\"due\":\"2025-02-01\",\
         \"timeout\":5,\"any\":[1,2],\"fields_of\":\"x\",\"address\":{\"street\":\"s\",\"city\":\"c\"}}"
    );
    let number = sent(|url| async move {
        let request = client(url).repos().issues().create("a", 7, 3).state(None::<&str>);
        request.fields_of(&Address::new("s").city_null()).await.unwrap();
    });
    let expected = r#"{"street":"s","city":null,"title":7,"milestone":3}"#;
    assert_eq!(number.body, expected);
    let perhaps = sent(|url| async move {
        let request = client(url).repos().issues().create("a", 7, 3);
        let request = request.points("1 2".split(' ').map(|point| point.parse().unwrap()));
        let request = request.points(None::<Vec<i64>>).meta(Some([("k", "v")]));
        request.labels(Some("bug")).await.unwrap();
    });
    let expected = r#"{"title":7,"milestone":3,"points":[1,2],"meta":{"k":"v"},"labels":["bug"]}"#;
    assert_eq!(perhaps.body, expected);
    let lists = sent(|url| async move {
        let request = client(url).repos().issues().create("a", 7, 3);
        let request = request.points(Some(vec![1])).points(Some([2].into_iter()));
        request.meta(None::<[(String, String); 0]>).await.unwrap();
    });
    assert_eq!(lists.body, r#"{"title":7,"milestone":3,"points":[2]}"#);
    let instance = sent(|url| async move {
        let required = NewInstance {
            name: "web".to_owned(),
            ncpus: 4,
            addresses: vec![Address::new("s")],
            password: "p".to_owned(),
            born: "2025-02-01".parse().unwrap(),
            boot: None,
        };
        assert!(!format!("{required:?}").contains("\"p\""));
        client(url).instances().create(required).note("n").await.unwrap();
    });
    assert_eq!(
        instance.body,
        "{\"name\":\"web\",\"ncpus\":4,\"addresses\":[{\"street\":\"s\"}],\"password\":\"p\",\
         \"born\":\"2025-02-01\",\"boot\":null,\"note\":\"n\"}"
    );
    let patch = sent(|url| async move {
        let request = client(url).instances().edit().name("n").boot_null();
        request.await.unwrap();
    });
    assert_eq!(patch.content_type, "application/merge-patch+json");
    assert_eq!(patch.body, r#"{"name":"n","boot":null}"#);
    let nothing = sent(|url| async move { client(url).instances().edit().await.unwrap() });
    assert_eq!((nothing.content_type.as_str(), nothing.body.as_str()), ("", ""));
}
