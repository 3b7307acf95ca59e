//! Values are compared with what they are called.

use api::models::Bill;

pub fn reads() {
    let bill: Bill = serde_json::from_str(r#"{"status":1,"roles":[2,9],"type":-4}"#).unwrap();
    assert_eq!(bill.status, Bill::STATUS_SENT);
    assert_eq!(bill.roles, Some(vec![Bill::ROLES_ADMIN, 9]));
    assert_eq!(bill.r#type, Some(Bill::TYPE_ROOT));
}
