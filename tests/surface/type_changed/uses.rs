//! The type of a property changes: major

use api::models::Profile;

pub fn age(profile: &Profile) -> i64 {
    profile.age
}

fn main() {}
