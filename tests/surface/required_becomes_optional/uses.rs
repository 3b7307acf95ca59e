//! A required property becomes optional: major

use api::models::Profile;

pub fn city(profile: &Profile) -> &str {
    &profile.city
}

fn main() {}
