//! A number is added to a struct of texts: minor

use api::models::Profile;

pub fn are_equal(one: &Profile, two: &Profile) -> bool {
    one == two && format!("{:?}", one.clone()) == format!("{two:?}")
}

fn main() {}
