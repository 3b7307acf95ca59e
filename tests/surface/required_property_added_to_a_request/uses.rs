//! A required property is added to what is sent: major

use api::models::Profile;

pub fn construct() -> Profile {
    Profile::new("Ann")
}

fn main() {}
