//! What a schema with a discriminator may be instead of itself, compared: each kind that both sides have, and those that only
//! one has.

use super::document::Document;
use super::document::kinds::KindsOfBase;
use super::edit::Edit;
use super::schema::View;
use super::schema_pair::{AreEquivalent, SchemaPair};
use super::{renames, rules, subject};

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let kinds = (
        of_view(pair.base_document, &pair.base),
        of_view(pair.head_document, &pair.head),
    );
    // Where another schema takes the place of this one, its kinds are not what changed.
    let same = pair.base.home() == pair.head.home() || kinds.0.is_some() && kinds.1.is_some();
    let (mut base, mut head) = (
        kinds.0.cloned().unwrap_or_default(),
        kinds.1.cloned().unwrap_or_default(),
    );
    let shared: Vec<&str> = base
        .keys()
        .filter(|name| head.contains_key(*name))
        .copied()
        .collect();
    let mut pairs = Vec::new();
    for name in shared {
        pairs.extend(base.remove(name).zip(head.remove(name)));
    }
    let (gone, come): (Vec<&str>, Vec<&str>) = (
        base.keys().copied().collect(),
        head.keys().copied().collect(),
    );
    let renamed = renames::pairs(&gone, &come, |b, h, words| {
        let (before, after) = (&base[gone[b]], &head[come[h]]);
        (words || renames::alike(gone[b], come[h]))
            && equivalent(&vec![before.clone()], &vec![after.clone()])
    });
    for (b, h) in renamed {
        pairs.extend(base.remove(gone[b]).zip(head.remove(come[h])));
    }
    for (before, after) in pairs {
        pair.descend(vec![before], vec![after]);
    }
    let stated = |view: &View<'_>| view.get("discriminator").is_some() && view.unions.is_empty();
    if same && stated(&pair.base) && stated(&pair.head) {
        exchanged(pair, &base, &head);
    }
}

/// The kinds that only one side has.
fn exchanged(pair: &mut SchemaPair<'_, '_>, base: &KindsOfBase<'_>, head: &KindsOfBase<'_>) {
    let subject = subject_of(pair);
    for (name, at) in base {
        let message = format!("`{name}` is no kind of {subject} any more");
        pair.push(Edit::removed(&rules::ALTERNATIVE_REMOVED, message, at));
    }
    for (name, at) in head {
        let message = format!("`{name}` was added to the kinds of {subject}");
        pair.push(Edit::added(&rules::ALTERNATIVE_ADDED, message, at));
    }
}

fn subject_of(pair: &SchemaPair<'_, '_>) -> String {
    let head = pair.head.base(pair.head_document);
    let place = head.or_else(|| pair.base.base(pair.base_document));
    let place = place.unwrap_or_else(|| pair.home());
    subject::subject(&place.pointer, pair.head_document)
}

/// What the schema of a view may be instead.
fn of_view<'d, 'a>(document: &'d Document<'a>, view: &View<'a>) -> Option<&'d KindsOfBase<'a>> {
    document.kinds().get(&view.base(document)?)
}
