//! Lists and what is nested, as the encodings say.

use api::Client;
use api::models::{Address, Order, Refund};

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let mut home = Address::default();
    home.street = Some("s".to_owned());
    home.lines = Some(vec!["1".to_owned(), "2".to_owned()]);
    let mut order = Order::default();
    order.colors = Some(vec!["x".to_owned(), "y".to_owned()]);
    order.sizes = Some(vec![1, 2]);
    order.codes = Some(vec![3, 4]);
    order.home = Some(home.clone());
    order.parcels = Some(vec![home.clone()]);
    let mut refund = Refund::default();
    refund.expand = order.colors.clone();
    refund.home = Some(home);
    let (order, refund) = (&order, &refund);
    let form = "application/x-www-form-urlencoded";
    let json = "%7B%22street%22%3A%22s%22%2C%22lines%22%3A%5B%221%22%2C%222%22%5D%7D";
    let plain = sent(|url| async move { client(url).orders().create(order).await.unwrap() });
    let lists = "sizes=1&sizes=2";
    let expected = format!("colors=x&colors=y&{lists}&codes=3&codes=4&home={json}&parcels={json}");
    assert_eq!((plain.content_type.as_str(), plain.body), (form, expected));
    let encoded = sent(|url| async move { client(url).orders().update(order).await.unwrap() });
    let expected = format!(
        "colors=x,y&{lists}&codes=%5B3%2C4%5D&home%5Bstreet%5D=s&home%5Blines%5D%5B%5D=1&home%5Blines%5D%5B%5D=2\
         &parcels%5B0%5D%5Bstreet%5D=s&parcels%5B0%5D%5Blines%5D%5B%5D=1&parcels%5B0%5D%5Blines%5D%5B%5D=2"
    );
    assert_eq!(
        (encoded.content_type.as_str(), encoded.body),
        (form, expected)
    );
    let deep = sent(|url| async move { client(url).orders().edit().body(refund).await.unwrap() });
    let expected = "expand%5B%5D=x&expand%5B%5D=y&home%5Bstreet%5D=s&home%5Blines%5D%5B%5D=1&home%5Blines%5D%5B%5D=2";
    assert_eq!(deep.content_type, format!("{form}; charset=utf-8"));
    assert_eq!(deep.body, expected);
}
