//! A recursive type gets another optional property: minor

use api::models::Profile;

pub fn parent(profile: &Profile) -> Option<&Profile> {
    profile.parent.as_deref()
}

fn main() {}
