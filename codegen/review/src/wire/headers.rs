//! Headers of responses.

use std::collections::BTreeMap;

use super::document::Document;
use super::edit::{Edit, Spot};
use super::engine::Engine;
use super::model::Header;
use super::rules;
use super::schema::View;
use super::schema_pair::{Context, InForm};
use super::{lifecycle, parameters, texts};
use crate::taxonomy::{Area, Direction};

pub type Headers<'a> = BTreeMap<String, Header<'a>>;

/// The response that has them.
#[derive(Clone, Copy)]
pub struct Response<'s> {
    pub operation: usize,
    pub direction: Direction,
    pub subject: &'s str,
}

pub fn compare<'a>(
    engine: &mut Engine<'a, '_>,
    response: Response<'_>,
    base: &Headers<'a>,
    head: &Headers<'a>,
) {
    for (key, before) in base {
        match head.get(key) {
            Some(after) => header(engine, response, before, after),
            None => {
                let rule = if before.required {
                    &rules::REQUIRED_HEADER_REMOVED
                } else {
                    &rules::HEADER_REMOVED
                };
                let message = format!(
                    "the header `{}` of {} was removed",
                    before.name, response.subject
                );
                let edit = Edit::removed(rule, message, &before.at);
                engine.of_operation(edit, Area::Headers, response.direction, response.operation);
            }
        }
    }
    for (key, after) in head {
        if !base.contains_key(key) {
            let message = format!(
                "the header `{}` was added to {}",
                after.name, response.subject
            );
            let edit = Edit::added(&rules::HEADER_ADDED, message, &after.at);
            engine.of_operation(edit, Area::Headers, response.direction, response.operation);
        }
    }
}

fn header<'a>(
    engine: &mut Engine<'a, '_>,
    response: Response<'_>,
    before: &Header<'a>,
    after: &Header<'a>,
) {
    let subject = format!("the header `{}`", after.name);
    let mut edits = lifecycle::of_objects(&subject, &before.at, &after.at, engine.today, true);
    edits.extend(Edit::requiredness(
        &subject,
        (&before.at, before.required),
        (&after.at, after.required),
    ));
    edits.extend(exploded(engine, &subject, before, after));
    edits.extend(texts::compare(
        &subject,
        &before.at,
        &after.at,
        &parameters::COMPARED,
    ));
    for edit in edits {
        engine.of_operation(edit, Area::Headers, response.direction, response.operation);
    }
    if let (Some(old), Some(new)) = (&before.schema, &after.schema) {
        let context = Context {
            area: Area::Headers,
            root: true,
            strong: false,
            required: false,
            repeats: false,
            form: InForm::Within,
            direction: response.direction,
            unseen: false,
        };
        engine.schemas(Some(response.operation), old.clone(), new.clone(), context);
    }
}

/// `explode` makes a difference to objects only: their keys are joined to their values or not.
fn exploded<'a>(
    engine: &Engine<'a, '_>,
    subject: &str,
    before: &Header<'a>,
    after: &Header<'a>,
) -> Option<Edit> {
    let object = |document: &Document<'a>, header: &Header<'a>| {
        let schema = header.schema.as_ref().map(std::slice::from_ref);
        let types = schema.and_then(|schema| View::new(document, schema).types(document));
        types.is_none_or(|(names, _)| names.contains("object"))
    };
    let differs = before.at.flag("explode") != after.at.flag("explode");
    if !differs || !object(engine.base, before) || !object(engine.head, after) {
        return None;
    }
    let base = Spot::of(&before.at, "explode", false);
    let head = Spot::of(&after.at, "explode", false);
    let message = format!("`explode` of {subject} changed");
    let edit = Edit::changed(&rules::STYLE_CHANGED, message, base, head);
    Some(edit.at(&after.at.location))
}
