//! What the discriminator does not choose is the default.

use api::models::Pet;

pub fn reads() {
    let pet = |json: &str| serde_json::from_str::<Pet>(json).expect("it can be read");
    assert!(matches!(pet(r#"{"kind":"cat","lives":9}"#), Pet::Cat(_)));
    assert!(matches!(pet(r#"{"kind":"dog","name":"Rex"}"#), Pet::Other(_)));
    assert!(matches!(pet(r#"{"name":"Rex"}"#), Pet::Other(_)));
}
