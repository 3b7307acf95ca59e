//! What is sent gets its first required property: major

use api::models::Profile;

pub fn construct() -> Profile {
    let mut profile = Profile::default();
    profile.name = Some("Ann".to_owned());
    profile
}

fn main() {}
