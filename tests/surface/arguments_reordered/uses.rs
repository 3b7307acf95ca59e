//! The required properties change places: major

use api::models::Profile;

pub fn construct() -> Profile {
    Profile::new("Ann", 3)
}

fn main() {}
