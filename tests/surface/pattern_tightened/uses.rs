//! A pattern is added, of which the docs say nothing: none

use api::models::Profile;

pub fn construct() -> Profile {
    Profile::new("Ann")
}

fn main() {}
