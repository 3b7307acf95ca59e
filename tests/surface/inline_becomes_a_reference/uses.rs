//! An inline schema becomes a $ref: major

use api::models::{Profile, ProfileAddress};

pub fn address(profile: Profile) -> ProfileAddress {
    profile.address
}

fn main() {}
