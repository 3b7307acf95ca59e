//! An enum value is added: minor

use api::models::Status;

pub fn is_open(status: &Status) -> bool {
    match status {
        Status::Active | Status::Paused => true,
        Status::Unknown(value) => value == "trial",
        _ => false,
    }
}

fn main() {}
