//! Deprecation, sunset dates and stability levels.

use serde_json::Value;

use super::document::At;
use super::edit::{Edit, Spot};
use super::rules;
use super::schema_pair::SchemaPair;
use codegen::location::Location;

/// `x-stability-level`, from the least to the most.
pub const STABILITY: [&str; 4] = ["draft", "alpha", "beta", "stable"];

/// Those of a schema.
pub fn of_schemas(pair: &mut SchemaPair<'_, '_>, today: &str) {
    let subject = pair.subject();
    let get = |keyword| (pair.base.get(keyword), pair.head.get(keyword));
    let edits = compare(
        &subject,
        get("deprecated"),
        get("x-sunset"),
        get("x-stability-level"),
        (pair.base.home(), pair.head.home()),
        today,
        true,
    );
    pair.edits.extend(edits);
}

/// Those of an operation or a parameter.
pub fn of_objects(
    subject: &str,
    base: &At<'_>,
    head: &At<'_>,
    today: &str,
    parameter: bool,
) -> Vec<Edit> {
    let get = |keyword| (base.get(keyword), head.get(keyword));
    compare(
        subject,
        get("deprecated"),
        get("x-sunset"),
        get("x-stability-level"),
        (&base.location, &head.location),
        today,
        parameter,
    )
}

type Pair<'a> = (Option<At<'a>>, Option<At<'a>>);

fn compare(
    subject: &str,
    deprecated: Pair<'_>,
    sunset: Pair<'_>,
    stability: Pair<'_>,
    homes: (&Location, &Location),
    today: &str,
    parameter: bool,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let stated = |at: &Option<At<'_>>| at.as_ref().is_some_and(|at| at.value == &Value::Bool(true));
    let spot = |at: &Option<At<'_>>, home: &Location, value: Value| match at {
        Some(at) => Spot::from(at),
        None => Spot::new(home, value),
    };
    let (was, is) = (stated(&deprecated.0), stated(&deprecated.1));
    if was != is {
        let (rule, word) = if is {
            (&rules::DEPRECATED, "is deprecated now")
        } else {
            (&rules::REACTIVATED, "is no longer deprecated")
        };
        let base = spot(&deprecated.0, homes.0, Value::Bool(false));
        let head = spot(&deprecated.1, homes.1, Value::Bool(false));
        edits.push(Edit::changed(rule, format!("{subject} {word}"), base, head));
    }
    if was || is {
        edits.extend(sunsets(
            subject,
            &sunset,
            (was, is),
            homes,
            today,
            parameter,
        ));
    }
    edits.extend(stabilities(subject, &stability, homes));
    edits
}

fn sunsets(
    subject: &str,
    (base, head): &Pair<'_>,
    (was, is): (bool, bool),
    homes: (&Location, &Location),
    today: &str,
    parameter: bool,
) -> Option<Edit> {
    let text = |at: &Option<At<'_>>| {
        at.as_ref()
            .map(|at| at.value.as_str().unwrap_or("").to_owned())
    };
    let (from, to) = (text(base), text(head));
    if from == to {
        return None;
    }
    let head_spot = match head {
        Some(at) => Spot::from(at),
        None => Spot::new(homes.1, Value::Null),
    };
    let edit = |rule, message: String| {
        let mut edit = match base {
            Some(base) => Edit::changed(rule, message, base, head_spot.clone()),
            None => {
                let mut edit = Edit::changed(rule, message, head_spot.clone(), head_spot.clone());
                edit.base = None;
                edit
            }
        };
        if head.is_none() {
            edit.head = None;
            edit.location = base
                .as_ref()
                .map(|at| at.location.clone())
                .unwrap_or_default();
        }
        edit
    };
    match (from.as_deref().map(date), to.as_deref().map(date)) {
        (Some(_), None) if was && is => {
            let rule = if parameter {
                &rules::PARAMETER_SUNSET_REMOVED
            } else {
                &rules::SUNSET_REMOVED
            };
            Some(edit(rule, format!("the sunset of {subject} was removed")))
        }
        (_, Some(None)) => Some(edit(
            &rules::SUNSET_INVALID,
            format!("the sunset of {subject} is not a date"),
        )),
        (Some(Some(from)), Some(Some(to))) => {
            let rule = if to < from && to.as_str() <= today {
                &rules::SUNSET_EARLIER
            } else {
                &rules::SUNSET_CHANGED
            };
            let message = format!("the sunset of {subject} moved from {from} to {to}");
            Some(edit(rule, message))
        }
        (None, Some(Some(to))) => {
            let message = format!("the sunset of {subject} is {to}");
            Some(edit(&rules::SUNSET_CHANGED, message))
        }
        _ => None,
    }
}

/// The day of a date, with or without a time (RFC 3339).
pub fn date(text: &str) -> Option<String> {
    let day = text.get(..10)?;
    let digits = |range: std::ops::Range<usize>| day.get(range)?.parse::<u32>().ok();
    let dashes = day.get(4..5) == Some("-") && day.get(7..8) == Some("-");
    let rest = &text[10..];
    let (_, month, dayofmonth) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let valid = dashes
        && (1..=12).contains(&month)
        && (1..=31).contains(&dayofmonth)
        && (rest.is_empty() || rest.starts_with(['T', 't', ' ']));
    valid.then(|| day.to_owned())
}

fn stabilities(
    subject: &str,
    (base, head): &Pair<'_>,
    homes: (&Location, &Location),
) -> Option<Edit> {
    let value = |at: &Option<At<'_>>| at.as_ref().map(|at| at.value.clone());
    if value(base) == value(head) {
        return None;
    }
    let rank = |at: &Option<At<'_>>| match at {
        None => Some(STABILITY.len() - 1),
        Some(at) => {
            let level = at.value.as_str()?;
            STABILITY.iter().position(|known| *known == level)
        }
    };
    let spot = |at: &Option<At<'_>>, home: &Location| match at {
        Some(at) => Spot::from(at),
        None => Spot::new(home, "stable"),
    };
    let (before, after) = (spot(base, homes.0), spot(head, homes.1));
    let (rule, message) = match (rank(base), rank(head)) {
        (Some(from), Some(to)) if from == to => return None,
        (Some(from), Some(to)) => {
            let rule = if to < from {
                &rules::STABILITY_DECREASED
            } else {
                &rules::STABILITY_INCREASED
            };
            let (from, to) = (STABILITY[from], STABILITY[to]);
            (
                rule,
                format!("the stability of {subject} changed from {from} to {to}"),
            )
        }
        _ => {
            let message = format!(
                "the stability of {subject} is not one of {}",
                STABILITY.join(", ")
            );
            (&rules::STABILITY_INVALID, message)
        }
    };
    let place = match (base, head) {
        (Some(base), None) => base.location.clone(),
        _ => after.location.clone(),
    };
    Some(Edit::changed(rule, message, before, after).at(&place))
}
