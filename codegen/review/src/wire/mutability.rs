//! `readOnly` and `writeOnly`: who may send a value.

use super::edit::{Edit, Spot};
use super::rules;
use super::schema_pair::SchemaPair;

pub fn compare(pair: &mut SchemaPair<'_, '_>) {
    let rules = [
        (
            "readOnly",
            &rules::BECAME_READ_ONLY,
            &rules::BECAME_NOT_READ_ONLY,
        ),
        (
            "writeOnly",
            &rules::BECAME_WRITE_ONLY,
            &rules::BECAME_NOT_WRITE_ONLY,
        ),
    ];
    for (keyword, became, ended) in rules {
        let (base, head) = (pair.base.flag(keyword), pair.head.flag(keyword));
        let words = keyword.trim_end_matches("Only");
        match (base, head) {
            (None, Some(head)) => {
                let base = Spot::new(pair.base.home(), false);
                let message = format!("{} became {words}-only", pair.subject());
                pair.push(Edit::changed(became, message, base, &head));
            }
            (Some(base), None) => {
                let head = Spot::new(pair.head.home(), false);
                let message = format!("{} is no longer {words}-only", pair.subject());
                pair.push(Edit::changed(ended, message, &base, head));
            }
            _ => {}
        }
    }
}
