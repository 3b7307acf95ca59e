//! How the properties of a form, or of a body of several parts, are written.

use std::collections::BTreeSet;

use super::document::At;
use super::edit::{Edit, Spot};
use super::rules;
use super::schema_pair::InForm;

/// What changes the bytes of a property. A style is of a value's making, a media type is what its reader expects.
pub fn compare(subject: &str, base: &At<'_>, head: &At<'_>) -> Vec<Edit> {
    let (before, after) = (base.get("encoding"), head.get("encoding"));
    let names = |at: &Option<At<'_>>| -> BTreeSet<String> {
        let members = at.iter().flat_map(At::members);
        members.map(|(name, _)| name.clone()).collect()
    };
    let mut edits = Vec::new();
    for name in &names(&before) | &names(&after) {
        let old = before.as_ref().and_then(|at| at.get(&name));
        let new = after.as_ref().and_then(|at| at.get(&name));
        let rule = if styled(&old) != styled(&new) {
            &rules::STYLE_CHANGED
        } else if typed(&old) != typed(&new) {
            &rules::ENCODING_CHANGED
        } else {
            continue;
        };
        let message = format!("`{name}` of {subject} is written in another way");
        let place = |found: &Option<At<'_>>, media: &At<'_>| {
            Spot::or_missing(found.as_ref(), &media.location)
        };
        let edit = Edit::changed(rule, message, place(&old, base), place(&new, head));
        edits.push(edit);
    }
    edits
}

/// What the whole of a body of this media type is to its properties. Where a style is stated, it may well not repeat
/// names.
pub fn in_form(media_type: &str, media: &At<'_>) -> InForm {
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    match bare {
        "application/x-www-form-urlencoded" if media.get("encoding").is_none() => InForm::Form,
        bare if bare.starts_with("multipart/") => InForm::Multipart,
        _ => InForm::Within,
    }
}

/// The style, where one is stated: the other of the two keywords has a default then.
fn styled(at: &Option<At<'_>>) -> Option<(String, bool)> {
    let at = at.as_ref()?;
    let (style, explode) = (at.text("style"), at.get("explode"));
    if style.is_none() && explode.is_none() {
        return None;
    }
    let style = style.unwrap_or("form");
    let explode = explode.map_or(style == "form", |at| *at.value == true);
    Some((style.to_owned(), explode))
}

fn typed(at: &Option<At<'_>>) -> Option<(Option<String>, Option<String>)> {
    let at = at.as_ref()?;
    let content_type = at.text("contentType").map(str::to_owned);
    let headers = at.get("headers").map(|at| at.value.to_string());
    (content_type.is_some() || headers.is_some()).then_some((content_type, headers))
}
