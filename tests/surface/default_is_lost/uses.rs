//! What is received gets its first required property, and so loses Default: major

use api::models::Profile;

pub fn default() -> Profile {
    Profile::default()
}

fn main() {}
