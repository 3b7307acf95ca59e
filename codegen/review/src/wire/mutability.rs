//! `readOnly` and `writeOnly`: who may send a value.

use super::edit::{Edit, Spot};
use super::rules::{self, Rule};
use super::schema::{Use, View};
use super::schema_pair::SchemaPair;
use super::subject;
use crate::taxonomy::Severity;

pub fn compare(pair: &mut SchemaPair<'_, '_>) {
    let subject = pair.subject();
    let found = edits((&pair.base, &pair.head), &subject);
    pair.edits.extend(found);
}

/// What the edits are where the property is required: whoever sends the object has to send it now, and whoever reads
/// it does not find it any more.
pub fn of_required<'a>(
    pair: &mut SchemaPair<'a, '_>,
    (base, head): (&Use<'a>, &Use<'a>),
    (was, is): (bool, bool),
) {
    let views = (
        &View::new(pair.base_document, base),
        &View::new(pair.head_document, head),
    );
    let subject = subject::subject(&views.1.home().pointer, pair.head_document);
    for edit in edits(views, &subject) {
        let severities = match edit.rule {
            rule if std::ptr::eq(rule, &rules::BECAME_NOT_READ_ONLY) && is => {
                (Severity::Breaking, rule.response)
            }
            rule if std::ptr::eq(rule, &rules::BECAME_WRITE_ONLY) && was => {
                (rule.request, Severity::Breaking)
            }
            _ => continue,
        };
        let severities = Some(severities).filter(|_| !pair.context.unseen);
        pair.push(Edit { severities, ..edit });
    }
}

const KEYWORDS: [(&str, &Rule, &Rule); 2] = [
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

fn edits((base, head): (&View<'_>, &View<'_>), subject: &str) -> Vec<Edit> {
    let edit = |(keyword, became, ended): (&str, &'static Rule, &'static Rule)| {
        let words = keyword.trim_end_matches("Only");
        match (base.flag(keyword), head.flag(keyword)) {
            (None, Some(stated)) => {
                let missing = Spot::new(base.home(), false);
                let message = format!("{subject} became {words}-only");
                Some(Edit::changed(became, message, missing, &stated))
            }
            (Some(stated), None) => {
                let missing = Spot::new(head.home(), false);
                let message = format!("{subject} is no longer {words}-only");
                Some(Edit::changed(ended, message, &stated, missing))
            }
            _ => None,
        }
    };
    KEYWORDS.into_iter().filter_map(edit).collect()
}
