//! A type becomes recursive, and so boxed: major

use api::models::{Parent, Profile};

pub fn parent(profile: Profile) -> Option<Parent> {
    profile.parent
}

fn main() {}
