//! Two schemas compared, keyword by keyword; what lies below them is left to the caller.

use super::document::Document;
use super::edit::Edit;
use super::schema::Use;
use super::schema_pair::{AreEquivalent, Context, SchemaPair};
use super::unchanged::Unchanged;
use super::{
    annotations, constraints, lifecycle, mutability, properties, rules, structure, subject, types,
};
use codegen::document::pointer;

/// Compares two schemas.
pub fn compare<'a, 'd>(
    documents: (&'d Document<'a>, &'d Document<'a>),
    unchanged: &'d Unchanged<'a>,
    uses: (&Use<'a>, &Use<'a>),
    context: Context,
    today: &str,
    equivalent: AreEquivalent<'_, 'a>,
) -> SchemaPair<'a, 'd> {
    let mut pair = SchemaPair::new(documents, unchanged, uses, context);
    if pair.base.never || pair.head.never {
        never(&mut pair, uses);
        return pair;
    }
    unwrap_unions(&mut pair);
    types::compare(&mut pair, equivalent);
    let of_types = pair.edits.len();
    constraints::compare(&mut pair);
    properties::compare(&mut pair, equivalent);
    properties::additional(&mut pair);
    structure::compare(&mut pair, equivalent);
    types::fold_into_exchange(&mut pair, of_types);
    lifecycle::of_schemas(&mut pair, today);
    mutability::compare(&mut pair);
    annotations::compare(&mut pair);
    structure::fold_members(&mut pair);
    pair
}

/// One side takes no value at all, or neither does.
fn never<'a>(pair: &mut SchemaPair<'a, '_>, uses: (&Use<'a>, &Use<'a>)) {
    let (Some(base), Some(head)) = (uses.0.first(), uses.1.first()) else {
        return;
    };
    // What must not be there is missed by whoever reads it.
    let whole = pair.context.root || is_property(&head.location.pointer);
    let (rule, word) = match (pair.base.never, pair.head.never, whole) {
        (true, true, _) => return,
        (_, true, true) => (&rules::FORBIDDEN, "no value fits any more"),
        (_, true, false) => (&rules::TYPE_CLOSED, "no value fits any more"),
        (_, false, true) => (&rules::ALLOWED, "values fit now, and none did before"),
        (_, false, false) => (&rules::TYPE_OPENED, "values fit now, and none did before"),
    };
    let message = format!(
        "{word}: {}",
        subject::subject(&head.location.pointer, pair.head_document)
    );
    pair.push(Edit::changed(rule, message, base, head));
}

/// Only one side is a union of one, or of types, or has its union as what is there beside null: it means what its branches
/// say.
fn unwrap_unions(pair: &mut SchemaPair<'_, '_>) {
    let base = pair.base.has_union_of_union(pair.base_document);
    let head = pair.head.has_union_of_union(pair.head_document);
    if base && !head {
        pair.base.inline_single(pair.base_document);
    } else if head && !base {
        pair.head.inline_single(pair.head_document);
    }
    match (pair.base.unions.len(), pair.head.unions.len()) {
        (0, 1..) => pair.head.inline_single(pair.head_document),
        (1.., 0) => pair.base.inline_single(pair.base_document),
        _ => {}
    }
}

fn is_property(place: &str) -> bool {
    let outer = pointer::parent(place);
    outer.is_some_and(|outer| outer.ends_with("/properties"))
}
