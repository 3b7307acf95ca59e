//! A schema is renamed whose former name is kept: minor

use api::models::Profile;

pub fn name(profile: &Profile) -> &str {
    &profile.name
}

fn main() {}
