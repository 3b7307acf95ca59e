//! A property is deprecated: minor

use api::models::Profile;

pub fn city(profile: &Profile) -> Option<&str> {
    profile.city.as_deref()
}

fn main() {}
