//! Another property says that what was started is done: patch, fails at run time

use api::{Client, WaitError};

pub async fn call(client: &Client) -> Option<String> {
    match client.jobs().create().wait().await {
        Ok(job) => Some(job.id),
        Err(WaitError::Failed { last, .. }) => Some(last.id),
        Err(error) => error.last().map(|job| job.id.clone()),
    }
}

fn main() {}
