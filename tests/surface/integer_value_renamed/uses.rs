//! What an integer is called has another name: major

use api::models::Bill;

pub fn is_draft(bill: &Bill) -> bool {
    bill.status == Bill::STATUS_DRAFT
}

fn main() {}
