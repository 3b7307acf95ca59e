//! A property becomes nullable: major

use api::models::Profile;

pub fn city(profile: &Profile) -> &str {
    &profile.city
}

fn main() {}
