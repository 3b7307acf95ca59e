//! Alternatives: `oneOf` and `anyOf`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::At;
use super::edit::{Edit, Spot};
use super::schema::{Union, Use, View, is_anything};
use super::schema_pair::{AreEquivalent, SchemaPair};
use super::{matching, rules};

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let base = std::mem::take(&mut pair.base.unions);
    let head = std::mem::take(&mut pair.head.unions);
    match (base.as_slice(), head.as_slice()) {
        ([], []) => {}
        ([], [head, ..]) => one_sided(pair, head, true, equivalent),
        ([base, ..], []) => one_sided(pair, base, false, equivalent),
        _ => several(pair, &base, &head, equivalent),
    }
    pair.base.unions = base;
    pair.head.unions = head;
}

/// Schemas with unions on both sides; `allOf` can bring more than one along.
fn several<'a>(
    pair: &mut SchemaPair<'a, '_>,
    base: &[Union<'a>],
    head: &[Union<'a>],
    equivalent: AreEquivalent<'_, 'a>,
) {
    type Alike = fn(&Union<'_>, &Union<'_>) -> bool;
    let alike: [Alike; 3] = [
        |a, b| a.location == b.location,
        |a, b| a.keyword == b.keyword,
        |_, _| true,
    ];
    let (mut old, mut new): (Vec<_>, Vec<_>) = (base.iter().collect(), head.iter().collect());
    for alike in alike {
        for before in std::mem::take(&mut old) {
            match new.iter().position(|after| alike(before, after)) {
                Some(index) => branches(pair, before, new.remove(index), equivalent),
                None => old.push(before),
            }
        }
    }
    for before in old {
        narrowing(pair, before, false);
    }
    for after in new {
        narrowing(pair, after, true);
    }
}

/// A union beside something else: values have to fit both.
fn narrowing(pair: &mut SchemaPair<'_, '_>, union: &Union<'_>, added: bool) {
    let (rule, word) = if added {
        (&rules::UNION_ADDED, "added to")
    } else {
        (&rules::UNION_REMOVED, "removed from")
    };
    let message = format!("`{}` was {word} {}", union.keyword, pair.subject());
    let spot = Spot::new(&union.location, union.keyword);
    pair.push(if added {
        Edit::added(rule, message, spot)
    } else {
        Edit::removed(rule, message, spot)
    });
}

fn branches<'a>(
    pair: &mut SchemaPair<'a, '_>,
    base: &Union<'a>,
    head: &Union<'a>,
    equivalent: AreEquivalent<'_, 'a>,
) {
    let documents = (pair.base_document, pair.head_document);
    let matched = matching::branches(documents, &base.branches, &head.branches, equivalent);
    let subject = pair.subject();
    for (b, h) in &matched {
        pair.descend(
            vec![base.branches[*b].clone()],
            vec![head.branches[*h].clone()],
        );
    }
    let (kept, stayed): (BTreeSet<_>, BTreeSet<_>) = matched.iter().copied().unzip();
    for (index, at) in base.branches.iter().enumerate() {
        if !kept.contains(&index) {
            let message = format!(
                "{} was removed from `{}` of {subject}",
                title(at),
                base.keyword
            );
            pair.push(Edit::removed(&rules::ALTERNATIVE_REMOVED, message, at));
        }
    }
    for (index, at) in head.branches.iter().enumerate() {
        if !stayed.contains(&index) {
            let message = format!("{} was added to `{}` of {subject}", title(at), head.keyword);
            pair.push(Edit::added(&rules::ALTERNATIVE_ADDED, message, at));
        }
    }
    // One alternative, if need be beside null: both keywords say the same.
    let single = base.branches.len() == 1 && head.branches.len() == 1;
    if base.keyword != head.keyword && !single {
        let rule = match head.keyword {
            "anyOf" => &rules::UNION_LOOSENED,
            _ => &rules::UNION_TIGHTENED,
        };
        let message = format!("`{}` of {subject} became `{}`", base.keyword, head.keyword);
        let spot = |union: &Union<'_>| Spot::new(&union.location, union.keyword);
        pair.push(Edit::changed(rule, message, spot(base), spot(head)));
    }
}

/// "the schema `Cat`", or what the alternative says of itself.
pub fn title(at: &At<'_>) -> String {
    let reference = at.text("$ref").and_then(|text| text.rsplit('/').next());
    // Of objects that says too little.
    let simple = at.text("type").filter(|name| *name != "object");
    let name = reference.or(at.text("title")).or(simple);
    let index = at
        .location
        .pointer
        .rsplit('/')
        .next()
        .and_then(|index| index.parse::<usize>().ok());
    match (name, index) {
        (Some(name), _) => format!("`{name}`"),
        (None, Some(index)) => format!("alternative {}", index + 1),
        (None, None) => "an alternative".to_owned(),
    }
}

/// One side is a union, and the other is not.
fn one_sided<'a>(
    pair: &mut SchemaPair<'a, '_>,
    union: &Union<'a>,
    added: bool,
    equivalent: AreEquivalent<'_, 'a>,
) {
    let (with, without) = if added {
        (&pair.head, &pair.base)
    } else {
        (&pair.base, &pair.head)
    };
    let spot = Spot::new(&union.location, union.keyword);
    let other = Spot::new(without.home(), type_of(without));
    // Beside properties or a type of its own, a union only narrows.
    let narrows = with.get("type").is_some() || with.get("properties").is_some();
    let plain = without.objects.iter().all(|part| is_anything(part.value));
    let subject = pair.subject();
    if narrows || plain {
        return narrowing(pair, union, added);
    }
    let whole: Use<'a> = without.objects.clone();
    let kept = union.branches.iter().any(|branch| {
        let branch = vec![branch.clone()];
        if added {
            equivalent(&whole, &branch)
        } else {
            equivalent(&branch, &whole)
        }
    });
    let rule = match (kept, added) {
        (false, _) => &rules::WRAPPED,
        (true, true) => &rules::WRAPPED_WITH_ITSELF,
        (true, false) => &rules::UNWRAPPED_TO_ONE,
    };
    let (message, base, head) = if added {
        (
            format!("{subject} became one of several schemas"),
            other,
            spot,
        )
    } else {
        (format!("{subject} became a single schema"), spot, other)
    };
    let place = if added {
        head.location.clone()
    } else {
        base.location.clone()
    };
    // What the alternatives hold is not compared by itself: this edit stands for it.
    pair.edits.retain(|edit| !stands_for(edit));
    pair.below.clear();
    pair.push(Edit::changed(rule, message, base, head).at(&place));
}

fn stands_for(edit: &Edit) -> bool {
    use crate::taxonomy::Kind::{Existence, Requiredness, Structure, Type};
    matches!(edit.rule.kind, Existence | Requiredness | Structure | Type)
}

fn type_of(view: &View<'_>) -> Value {
    view.get("type").map_or(Value::Null, |at| at.value.clone())
}
