//! int32 becomes int64: major

use api::models::Profile;

pub fn age(profile: &Profile) -> i32 {
    profile.age
}

fn main() {}
