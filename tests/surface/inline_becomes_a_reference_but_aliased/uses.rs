//! An inline schema becomes a $ref whose former name is kept: minor

use api::models::{Profile, ProfileAddress};

pub fn address(profile: Profile) -> ProfileAddress {
    profile.address
}

fn main() {}
