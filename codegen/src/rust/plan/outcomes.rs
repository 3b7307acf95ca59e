//! What comes back: how each documented outcome is read.

use std::collections::{HashMap, HashSet};

use serde::de::IgnoredAny;
use serde_json::Value;

use super::Plan;
use super::bodies::Bodies;
use super::returned::Returned;
use crate::api::media::Format;
use crate::api::{Media, Operation, Origin, Shape, StringFormat, TypeId};
use crate::rust::{self, Data, Decode, Ty};

/// How a documented outcome is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    pub decode: Decode,
    /// None of what is no JSON, and of JSON that is any value.
    pub ty: Option<TypeId>,
    /// Of an envelope.
    pub data: Option<Data>,
    /// Null is valid, and has no value in the type.
    pub optional: bool,
}

impl Plan<'_> {
    /// How each outcome of an operation is read, in the order of the document. Of successes that
    /// mean the same there is one type, and of failures one for all operations.
    pub(super) fn readings(&mut self, index: usize) -> Vec<Reading> {
        let operation = self.operation(index);
        let counted: HashSet<usize> = counted(operation).collect();
        let mut known: HashMap<String, TypeId> = HashMap::new();
        let outcomes = operation.outcomes.iter().enumerate();
        let mut readings: Vec<Reading> = outcomes
            .map(|(number, outcome)| {
                let Some(media) = &outcome.body else {
                    return Reading::default();
                };
                let is_success = operation.is_success(outcome.status);
                let mut reading = self.reading(media, is_success);
                reading.ty = reading.ty.map(|ty| {
                    if is_success {
                        *known.entry(self.meaning(ty)).or_insert(ty)
                    } else if counted.contains(&number) || is_json(media) {
                        self.failure(index, outcome.status, ty)
                    } else {
                        ty
                    }
                });
                reading
            })
            .collect();
        self.read_as_text(self.operation(index), &mut readings);
        readings
    }

    /// A value that one response has as JSON and as text is read as what comes: services that have the text send that
    /// whatever is asked for.
    fn read_as_text(&self, operation: &Operation, readings: &mut [Reading]) {
        let mut start = 0;
        for response in operation.outcomes.chunk_by(|a, b| a.status == b.status) {
            let (response, readings) = (response, &mut readings[start..start + response.len()]);
            start += response.len();
            let Some(text) = (0..response.len()).find(|index| {
                let body = response[*index].body.as_ref();
                body.is_some_and(|media| media.format() == Format::Text)
            }) else {
                continue;
            };
            let text = readings[text].clone();
            if !operation.is_success(response[0].status) {
                continue;
            }
            let is_json = |reading: &Reading| reading.decode == Decode::Json;
            let Some(json) = readings.iter().find(|reading| is_json(reading)).cloned() else {
                continue;
            };
            let as_text = match (text.decode, json.ty) {
                (Decode::Text, Some(ty)) if self.is_plain_text(ty) => Reading {
                    decode: Decode::AnyText,
                    optional: self.is_nullable(ty),
                    ..Reading::default()
                },
                (Decode::Scalar, Some(_))
                    if self.meaning_of(text.ty) == self.meaning_of(json.ty) =>
                {
                    text.clone()
                }
                _ => continue,
            };
            for reading in readings.iter_mut() {
                if *reading == text || *reading == json {
                    *reading = as_text.clone();
                }
            }
        }
    }

    fn reading(&self, media: &Media, is_success: bool) -> Reading {
        let shape = media.ty.map(|ty| self.shape(ty));
        let decode = match (media.format(), shape) {
            (Format::Json, _) => Decode::Json,
            (Format::Any, Some(Shape::String(StringFormat::Binary))) => Decode::Bytes,
            (Format::Any, Some(Shape::String(StringFormat::Plain))) if is_success => {
                Decode::AnyText
            }
            (Format::Any, Some(Shape::Any)) if is_success && self.is_told_text(media) => {
                Decode::AnyText
            }
            (Format::Any, Some(_)) => Decode::Json,
            (Format::Text, Some(shape)) if is_success && self.is_value(media, shape) => {
                Decode::Scalar
            }
            (Format::Text | Format::Events, _) => Decode::Text,
            _ => Decode::Bytes,
        };
        let is_typed = matches!(decode, Decode::Json | Decode::Scalar);
        let ty = media.ty.filter(|_| is_typed);
        match ty.and_then(|ty| Some((ty, self.enveloped(ty)?))) {
            Some((whole, (property, required))) if is_success => Reading {
                decode: Decode::Enveloped,
                ty: Some(property.ty),
                optional: self.may_be_null(whole, property.ty, required),
                data: Some(Data {
                    required,
                    location: property.location.clone(),
                }),
            },
            // The runtime knows what an envelope says of a failure.
            _ if !is_success && !self.has_flag() && ty.is_some_and(|ty| self.is_envelope(ty)) => {
                Reading {
                    decode: Decode::Enveloped,
                    ..Reading::default()
                }
            }
            _ => Reading {
                decode,
                ty,
                ..Reading::default()
            },
        }
    }

    /// Whether examples of a body of which nothing else is said are texts, and no JSON in one.
    fn is_told_text(&self, media: &Media) -> bool {
        let of_schema = media.ty.into_iter().flat_map(|id| self.chain(id));
        let of_schema = of_schema.filter_map(|ty| ty.example.as_ref());
        let examples: Vec<&Value> = media.examples.iter().chain(of_schema).collect();
        let is_text = |example: &&Value| {
            let text = example.as_str();
            text.is_some_and(|text| serde_json::from_str::<IgnoredAny>(text).is_err())
        };
        !examples.is_empty() && examples.iter().all(is_text)
    }

    /// Whether the text is a value with a type, which a request sends as text as well.
    fn is_value(&self, media: &Media, shape: &Shape) -> bool {
        let dates = [StringFormat::Date, StringFormat::DateTime];
        match shape {
            Shape::String(format) => dates.contains(format),
            _ => media.ty.is_some_and(|ty| self.is_scalar(ty)),
        }
    }

    /// Which outcomes become models: those that the method returns, and of failures those of JSON and those with
    /// the preferred media type. A success that it does not return is one if the document names it.
    pub(super) fn leave_untyped(
        &self,
        operation: &Operation,
        readings: &mut [Reading],
        returned: &Returned,
    ) {
        let counted: HashSet<usize> = counted(operation).collect();
        for (index, reading) in readings.iter_mut().enumerate() {
            let outcome = &operation.outcomes[index];
            let is_success = operation.is_success(outcome.status);
            let is_counted = counted.contains(&index);
            let is_error =
                !is_success && (is_counted || outcome.body.as_ref().is_some_and(is_json));
            let is_typed = |ty: &TypeId| {
                returned.read.contains(&index)
                    || is_error
                    || (is_success && is_counted && self.is_named(*ty))
            };
            reading.ty = reading.ty.filter(is_typed);
        }
    }

    /// The outcomes as data, once the models have their names.
    pub(super) fn outcomes(&self, operation: &Operation, bodies: &Bodies) -> Vec<rust::Outcome> {
        let outcomes = operation.outcomes.iter().zip(&bodies.readings);
        outcomes
            .map(|(outcome, reading)| rust::Outcome {
                status: outcome.status,
                success: operation.is_success(outcome.status),
                media_type: outcome.body.as_ref().map(|media| media.media_type.clone()),
                ty: self.read_ty(reading.ty, reading.decode),
                decode: reading.decode,
                docs: self.clean(&outcome.description),
                location: outcome.location.clone(),
            })
            .collect()
    }

    /// The Rust type of what is read.
    pub(super) fn read_ty(&self, ty: Option<TypeId>, decode: Decode) -> Ty {
        let value = || ty.map_or(Ty::Value, |id| self.output_value(id));
        match decode {
            Decode::Empty | Decode::Outcomes => Ty::Unit,
            Decode::Text | Decode::AnyText => Ty::String,
            Decode::OptionalText | Decode::OptionalAnyText => Ty::Option(Box::new(Ty::String)),
            Decode::Bytes => Ty::Bytes,
            Decode::OptionalBytes => Ty::Option(Box::new(Ty::Bytes)),
            Decode::Json
            | Decode::AnyJson
            | Decode::Envelope
            | Decode::Enveloped
            | Decode::Scalar => value(),
            Decode::Items(items) => self.items_ty(ty, items),
            Decode::OptionalJson | Decode::OptionalEnveloped | Decode::OptionalScalar => {
                match value() {
                    Ty::Option(ty) => Ty::Option(ty),
                    ty => Ty::Option(Box::new(ty)),
                }
            }
        }
    }

    /// Whether all models that a value of the schema is directly made of have a name in the document.
    fn is_named(&self, mut id: TypeId) -> bool {
        let mut passed = HashSet::new();
        loop {
            id = self.api.resolved(id);
            match self.api.ty(id).shape {
                Shape::Array(inner) | Shape::Map(inner) if passed.insert(id) => id = inner,
                _ => break,
            }
        }
        !self.is_model(id) || matches!(self.api.ty(id).origin, Origin::Component(_))
    }

    pub(super) fn same(&self, one: &Reading, two: &Reading) -> bool {
        one.decode == two.decode && self.meaning_of(one.ty) == self.meaning_of(two.ty)
    }

    fn meaning_of(&self, id: Option<TypeId>) -> String {
        id.map(|id| self.meaning(id)).unwrap_or_default()
    }
}

fn is_json(media: &Media) -> bool {
    media.format() == Format::Json
}

/// Of each response the outcome with the preferred media type, by number.
fn counted(operation: &Operation) -> impl Iterator<Item = usize> {
    let mut start = 0;
    let responses = operation.outcomes.chunk_by(|a, b| a.status == b.status);
    responses.filter_map(move |response| {
        let first = start;
        start += response.len();
        let rank = |index: &usize| response[*index].body.as_ref().map_or(0, Media::rank);
        let preferred = (0..response.len()).min_by_key(rank)?;
        Some(first + preferred)
    })
}
