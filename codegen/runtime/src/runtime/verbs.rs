//! A request by each of the methods that HTTP itself names.

use super::client::Client;
use super::decode::Decode;
use super::request::Request;

macro_rules! verbs {
    ($($verb:ident: $method:ident),* $(,)?) => {
        impl<T: 'static> Request<T> {
            $(
                #[doc = concat!("A call by `", stringify!($method), "`.")]
                pub fn $verb(client: &Client, path: &'static str, decode: Decode<T>) -> Self {
                    Self::new(client, ::reqwest::Method::$method, path, decode)
                }
            )*
        }
    };
}

verbs! {
    delete: DELETE,
    get: GET,
    head: HEAD,
    options: OPTIONS,
    patch: PATCH,
    post: POST,
    put: PUT,
    trace: TRACE,
}
