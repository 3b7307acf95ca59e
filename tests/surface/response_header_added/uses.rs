//! A header of the response is added: minor

use api::{Client, Error, headers};

pub async fn call(client: &Client) -> Result<Option<i64>, Error> {
    let response = client.profile().get().with_response().await?;
    Ok(response.read_header(headers::X_LEFT)?)
}

fn main() {}
