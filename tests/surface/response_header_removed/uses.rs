//! A header of the response is removed: major

use api::{Client, Error, headers};

pub async fn call(client: &Client) -> Result<Option<Vec<String>>, Error> {
    let response = client.profile().get().with_response().await?;
    Ok(response.read_header(headers::X_TAGS)?)
}

fn main() {}
