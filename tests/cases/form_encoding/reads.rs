//! Lists and what is nested, as the encodings say.

use api::Client;
use api::models::Address;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let mut home = Address::default();
    home.street = Some("s".to_owned());
    home.lines = Some(vec!["1".to_owned(), "2".to_owned()]);
    let home = &home;
    let form = "application/x-www-form-urlencoded";
    let json = "%7B%22street%22%3A%22s%22%2C%22lines%22%3A%5B%221%22%2C%222%22%5D%7D";
    let plain = sent(|url| async move {
        let request = client(url).orders().create().colors(["x", "y"]).sizes([1, 2]);
        let request = request.codes(vec![3, 4]).home(home.clone());
        request.parcels([home.clone()]).await.unwrap();
    });
    let lists = "sizes=1&sizes=2";
    let expected = format!("colors=x&colors=y&{lists}&codes=3&codes=4&home={json}&parcels={json}");
    assert_eq!((plain.content_type.as_str(), plain.body), (form, expected));
    let encoded = sent(|url| async move {
        let request = client(url).orders().update().colors(["x", "y"]).sizes([1, 2]);
        let request = request.codes(vec![3, 4]).home(Some(home.clone()));
        request.parcels([home.clone()]).await.unwrap();
    });
    let expected = format!(
        "colors=x,y&{lists}&codes=%5B3%2C4%5D&home%5Bstreet%5D=s&home%5Blines%5D%5B%5D=1&home%5Blines%5D%5B%5D=2\
         &parcels%5B0%5D%5Bstreet%5D=s&parcels%5B0%5D%5Blines%5D%5B%5D=1&parcels%5B0%5D%5Blines%5D%5B%5D=2"
    );
    assert_eq!(
        (encoded.content_type.as_str(), encoded.body),
        (form, expected)
    );
    let deep = sent(|url| async move {
        let request = client(url).orders().edit().expand(["x", "y"]);
        request.home(home.clone()).await.unwrap();
    });
    let expected = "expand%5B%5D=x&expand%5B%5D=y&home%5Bstreet%5D=s&home%5Blines%5D%5B%5D=1&home%5Blines%5D%5B%5D=2";
    assert_eq!(deep.content_type, format!("{form}; charset=utf-8"));
    assert_eq!(deep.body, expected);
}
