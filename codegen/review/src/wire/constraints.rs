//! Keywords that narrow values without changing their type.

use std::cmp::Ordering;

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, shown};
use super::numbers::{self, Exact};
use super::rules::{self, Rule};
use super::schema::View;
use super::schema_pair::SchemaPair;

pub fn compare(pair: &mut SchemaPair<'_, '_>) {
    for keyword in UPPER {
        limit(pair, keyword, true);
    }
    for keyword in LOWER {
        limit(pair, keyword, false);
    }
    bound(pair, "maximum", "exclusiveMaximum", true);
    bound(pair, "minimum", "exclusiveMinimum", false);
    let (set, removed) = (&rules::LIMIT_SET, &rules::LIMIT_REMOVED);
    pair.value("multipleOf", set, &rules::LIMIT_CHANGED, removed);
    unique(pair);
    pattern(pair);
}

const UPPER: [&str; 4] = ["maxLength", "maxItems", "maxProperties", "maxContains"];
const LOWER: [&str; 4] = ["minLength", "minItems", "minProperties", "minContains"];

/// A limit that is no number here: one too large for 64 bits is read as a text.
fn as_it_stands(pair: &mut SchemaPair<'_, '_>, keyword: &str) {
    let before = pair.edits.len();
    let (set, removed) = (&rules::LIMIT_SET, &rules::LIMIT_REMOVED);
    pair.value(keyword, set, &rules::LIMIT_UNSURE, removed);
    for edit in &mut pair.edits[before..] {
        edit.note = "what is no number of 64 bits is not compared by its size";
    }
}

fn is_text(pair: &SchemaPair<'_, '_>, keyword: &str) -> bool {
    let text = |view: &View<'_>| view.all(keyword).any(|at| at.value.is_string());
    text(&pair.base) || text(&pair.head)
}

fn limit(pair: &mut SchemaPair<'_, '_>, keyword: &str, upper: bool) {
    if is_text(pair, keyword) {
        return as_it_stands(pair, keyword);
    }
    let base = pair.base.limit(keyword, upper);
    let head = pair.head.limit(keyword, upper);
    // At least none is no limit.
    let zero = |at: &At<'_>| !upper && at.value.as_f64() == Some(0.0) && keyword != "minContains";
    match (base, head) {
        (Some(base), Some(head)) => moved(pair, keyword, upper, &base, &head),
        (None, Some(head)) if !zero(&head) => {
            let (subject, value) = (pair.subject(), head.value);
            let message = format!("`{keyword}` of {subject} was set to {value}");
            pair.push(Edit::added(&rules::LIMIT_SET, message, &head));
        }
        (Some(base), None) if !zero(&base) => {
            let (subject, value) = (pair.subject(), base.value);
            let message = format!("`{keyword}` {value} of {subject} was removed");
            pair.push(Edit::removed(&rules::LIMIT_REMOVED, message, &base));
        }
        _ => {}
    }
}

fn moved(pair: &mut SchemaPair<'_, '_>, keyword: &str, upper: bool, base: &At<'_>, head: &At<'_>) {
    let order = numbers::order(head.value, base.value);
    let rule = match order {
        Ordering::Equal => return,
        Ordering::Greater => limit_moved(upper, true),
        Ordering::Less => limit_moved(upper, false),
    };
    let message = format!(
        "`{keyword}` of {} changed from {} to {}",
        pair.subject(),
        base.value,
        head.value
    );
    pair.push(Edit::changed(rule, message, base, head));
}

/// What it is that an upper or lower limit is greater now, or less.
fn limit_moved(upper: bool, greater: bool) -> &'static Rule {
    match (greater, upper) {
        (true, true) => &rules::MAXIMUM_INCREASED,
        (false, true) => &rules::MAXIMUM_DECREASED,
        (true, false) => &rules::MINIMUM_INCREASED,
        (false, false) => &rules::MINIMUM_DECREASED,
    }
}

/// A bound of numbers, of which 3.0 says by a flag that it is exclusive, and 3.1 by a keyword of
/// its own.
struct Bound<'a> {
    at: At<'a>,
    value: Exact,
    exclusive: bool,
    /// As it is written, for messages.
    shown: String,
}

fn bounds<'a>(view: &View<'a>, keyword: &str, exclusive: &str, upper: bool) -> Vec<Bound<'a>> {
    let flag = view.flag(exclusive).is_some();
    let stated = [(keyword, flag), (exclusive, true)].into_iter();
    let found = stated.filter_map(|(keyword, exclusive)| {
        let at = view.limit(keyword, upper)?;
        let value = Exact::of(at.value)?;
        let shown = if exclusive {
            format!("{} (exclusive)", at.value)
        } else {
            at.value.to_string()
        };
        Some(Bound {
            at,
            value,
            exclusive,
            shown,
        })
    });
    found.collect()
}

/// The bound that counts, of whole numbers: more than 0 is at least 1.
fn of_integers<'a>(bounds: Vec<Bound<'a>>, upper: bool) -> Vec<Bound<'a>> {
    let inclusive = bounds.into_iter().map(|bound| Bound {
        value: bound.value.nearest_integer(upper, bound.exclusive),
        exclusive: false,
        ..bound
    });
    let strictest = inclusive.reduce(|a, b| {
        if b.value.order(a.value).is_lt() == upper {
            b
        } else {
            a
        }
    });
    strictest.into_iter().collect()
}

fn is_integer<'a>(view: &View<'a>, document: &Document<'a>) -> bool {
    view.types(document)
        .is_some_and(|(types, _)| types.iter().all(|name| name == "integer"))
}

/// Each keyword is compared with itself, as long as both sides state it; a bound that changed its
/// spelling is compared with the one that it was.
fn bound(pair: &mut SchemaPair<'_, '_>, keyword: &str, exclusive: &str, upper: bool) {
    if is_text(pair, keyword) || is_text(pair, exclusive) {
        let flag = pair.base.get(exclusive).or(pair.head.get(exclusive));
        as_it_stands(pair, keyword);
        // The flag of 3.0 says nothing by itself.
        if !flag.is_some_and(|at| at.value.is_boolean()) {
            as_it_stands(pair, exclusive);
        }
        return;
    }
    let mut base = bounds(&pair.base, keyword, exclusive, upper);
    let mut head = bounds(&pair.head, keyword, exclusive, upper);
    if base.is_empty() && head.is_empty() {
        return;
    }
    if is_integer(&pair.base, pair.base_document) && is_integer(&pair.head, pair.head_document) {
        base = of_integers(base, upper);
        head = of_integers(head, upper);
    }
    for wanted in [true, false] {
        let find = |list: &[Bound<'_>]| list.iter().position(|bound| bound.exclusive == wanted);
        if let (Some(b), Some(h)) = (find(&base), find(&head)) {
            let (b, h) = (base.remove(b), head.remove(h));
            moved_bound(pair, keyword, upper, &b, &h);
        }
    }
    match (base.pop(), head.pop()) {
        (Some(b), Some(h)) => moved_bound(pair, keyword, upper, &b, &h),
        (None, Some(h)) => {
            let message = format!(
                "`{keyword}` of {} was set to {}",
                pair.subject(),
                h.at.value
            );
            pair.push(Edit::added(&rules::LIMIT_SET, message, &h.at));
        }
        (Some(b), None) => {
            let message = format!(
                "`{keyword}` {} of {} was removed",
                b.at.value,
                pair.subject()
            );
            pair.push(Edit::removed(&rules::LIMIT_REMOVED, message, &b.at));
        }
        (None, None) => {}
    }
}

fn moved_bound(
    pair: &mut SchemaPair<'_, '_>,
    keyword: &str,
    upper: bool,
    base: &Bound<'_>,
    head: &Bound<'_>,
) {
    let narrower = if upper {
        !base.exclusive & head.exclusive
    } else {
        base.exclusive & !head.exclusive
    };
    let greater = match head.value.order(base.value) {
        Ordering::Greater => true,
        Ordering::Less => false,
        _ if base.exclusive == head.exclusive => return,
        _ => !narrower,
    };
    let rule = limit_moved(upper, greater);
    let message = format!(
        "`{keyword}` of {} changed from {} to {}",
        pair.subject(),
        base.shown,
        head.shown
    );
    pair.push(Edit::changed(rule, message, &base.at, &head.at));
}

fn unique(pair: &mut SchemaPair<'_, '_>) {
    let keyword = "uniqueItems";
    match (pair.base.flag(keyword), pair.head.flag(keyword)) {
        (None, Some(head)) => {
            let message = format!("the items of {} must be unique now", pair.subject());
            pair.push(Edit::added(&rules::LIMIT_SET, message, &head));
        }
        (Some(base), None) => {
            let message = format!(
                "the items of {} no longer have to be unique",
                pair.subject()
            );
            pair.push(Edit::removed(&rules::LIMIT_REMOVED, message, &base));
        }
        _ => {}
    }
}

fn pattern(pair: &mut SchemaPair<'_, '_>) {
    // An empty pattern is none.
    let stated = |view: &View<'_>| view.get("pattern").is_some_and(|at| at.value != "");
    let (was, is) = (stated(&pair.base), stated(&pair.head));
    let (base, head) = (pair.base.get("pattern"), pair.head.get("pattern"));
    if let (Some(head), false, true) = (&head, was, is) {
        let message = format!("a pattern was added to {}", pair.subject());
        pair.push(Edit::added(&rules::PATTERN_ADDED, message, head));
    }
    if let (Some(base), true, false) = (&base, was, is) {
        let message = format!("the pattern of {} was removed", pair.subject());
        pair.push(Edit::removed(&rules::PATTERN_REMOVED, message, base));
    }
    if let (Some(base), Some(head)) = (base, head)
        && was
        && is
        && base.value != head.value
    {
        let rule = if takes_all(head.value) {
            &rules::PATTERN_GENERALIZED
        } else {
            &rules::PATTERN_CHANGED
        };
        let message = format!(
            "the pattern of {} changed from {} to {}",
            pair.subject(),
            shown(base.value),
            shown(head.value)
        );
        pair.push(Edit::changed(rule, message, &base, &head));
    }
}

fn takes_all(pattern: &Value) -> bool {
    matches!(pattern.as_str(), Some(".*" | "^.*$" | "" | "^.*" | ".*$"))
}
