//! A schema is renamed: major

use api::models::Profile;

pub fn name(profile: &Profile) -> &str {
    &profile.name
}

fn main() {}
