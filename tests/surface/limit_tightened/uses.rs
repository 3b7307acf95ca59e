//! maxLength is tightened: patch

use api::models::Profile;

pub fn construct() -> Profile {
    Profile::new("Ann")
}

fn main() {}
