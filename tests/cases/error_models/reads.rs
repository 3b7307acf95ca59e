//! The body of an error is read as the type that the docs of the method have for its status.

use api::models::{Problem, TooManyRequestsError};
use api::{Client, Error};

use crate::server::{Response, Server, outcome};

pub fn reads() {
    let not_found = r#"{"title":"No pet","causes":[{"field":"id"}]}"#;
    let server = Server::of([
        Response::json(not_found).status(404),
        Response::json(r#"{"wait":7}"#).status(429),
    ]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    outcome(async {
        let call = async || match client.pets().get("1").max_retries(0).await {
            Err(Error::Api(error)) => error,
            other => panic!("{other:?}"),
        };
        let error = call().await;
        assert!(
            error.to_string().contains("404 Not Found: No pet ["),
            "{error}"
        );
        let problem: Problem = error.read().unwrap();
        assert_eq!(problem.causes.unwrap()[0].field.as_deref(), Some("id"));
        let error = call().await;
        assert_eq!(error.read::<TooManyRequestsError>().unwrap().wait, 7);
        assert!(error.read::<Problem>().is_err());
    });
}
