//! A property is added to one of a list of types, and a const becomes an enum (OpenAPI 3.1): minor

use api::models::{ProfileAddress, ProfileStatus};

pub fn street(address: &ProfileAddress) -> Option<&str> {
    match address {
        ProfileAddress::Text(text) => Some(text),
        ProfileAddress::Object(parts) => parts.street.as_deref(),
        _ => None,
    }
}

pub fn is_active(status: &ProfileStatus) -> bool {
    *status == ProfileStatus::Active
}

fn main() {}
