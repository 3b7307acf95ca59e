//! A second map is added to a oneOf, so that names with values may be either: major

use api::models::Metadata;

pub fn metadata() -> Metadata {
    [("k", "v")].into()
}

fn main() {}
