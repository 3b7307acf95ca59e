//! Responses that are streams of items: of which type each item is, and whether the method returns them.

use super::Plan;
use super::bodies::Sent;
use super::outcomes::Reading;
use crate::api::media::Format;
use crate::api::{Media, Object, Operation, Property, Shape, TypeId};
use crate::location::Location;
use crate::rust::{BodyFormat, Decode, Items, Stream, Ty};

/// The property of a request body that asks for a stream.
const SWITCH: &str = "stream";

/// A stream that can be asked for beside what a method returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Streamed {
    pub items: Items,
    /// Of an item; none of text, and of any value.
    pub ty: Option<TypeId>,
    pub media_type: String,
    pub location: Location,
}

impl Plan<'_> {
    /// Where all responses to calls that went well are streams of the same, that is what the method
    /// returns, and their readings say so. Otherwise the first stream can be asked for.
    pub(super) fn streamed(
        &self,
        operation: &Operation,
        readings: &mut [Reading],
    ) -> Option<Streamed> {
        let bodies = operation.outcomes.iter().enumerate();
        let bodies: Vec<(usize, &Media)> = bodies
            .filter(|(_, outcome)| operation.is_success(outcome.status))
            .filter_map(|(index, outcome)| Some((index, outcome.body.as_ref()?)))
            .collect();
        let streams = bodies.iter().map(|(_, media)| self.stream(media));
        let streams: Vec<Option<Streamed>> = streams.collect();
        let first = streams.iter().flatten().next()?.clone();
        let ty = |one: &Streamed| one.ty.map(|id| self.api.resolved(id));
        let same = |one: &Streamed| one.items == first.items && ty(one) == ty(&first);
        if !streams.iter().all(|one| one.as_ref().is_some_and(same)) {
            return Some(first);
        }
        for (index, _) in bodies {
            readings[index] = Reading {
                decode: Decode::Items(first.items),
                ty: first.ty,
                ..Reading::default()
            };
        }
        None
    }

    /// The stream as data, once the models have their names.
    pub(super) fn stream_beside(&self, streamed: &Streamed, sent: Option<&Sent>) -> Stream {
        Stream {
            switch: sent.and_then(|sent| self.switch(sent)),
            items: streamed.items,
            output: self.items_ty(streamed.ty, streamed.items),
            media_type: streamed.media_type.clone(),
            location: streamed.location.clone(),
        }
    }

    /// What a body has to say so that the response is a stream, as services have it that are built after
    /// OpenAI's.
    pub(super) fn switch(&self, sent: &Sent) -> Option<String> {
        let has_it = sent.format == BodyFormat::Json || self.has_part_arguments(sent);
        let body = sent.ty.filter(|_| has_it)?;
        let switch = self.api.property(body, SWITCH)?;
        matches!(self.shape(switch), Shape::Boolean).then(|| SWITCH.to_owned())
    }

    pub(super) fn items_ty(&self, ty: Option<TypeId>, items: Items) -> Ty {
        let item = match items {
            Items::TextLines | Items::TextEvents => Ty::String,
            _ => ty.map_or(Ty::Value, |id| self.output_value(id)),
        };
        Ty::Items(Box::new(item))
    }

    fn stream(&self, media: &Media) -> Option<Streamed> {
        let format = media.format();
        if !matches!(format, Format::Lines | Format::Sequence | Format::Events) {
            return None;
        }
        // A schema of a whole sequence is one of an array (OpenAPI 3.2, 4.14.2); earlier ones were
        // often written for each item.
        let (ty, of_whole) = match media.ty.map(|id| (id, self.shape(id))) {
            Some((_, Shape::Array(item))) => (Some(*item), true),
            other => (other.map(|(id, _)| id), false),
        };
        let is_text = ty.is_some_and(|id| matches!(self.shape(id), Shape::String(_)));
        let items = match format {
            Format::Lines if is_text && !of_whole => Items::TextLines,
            Format::Lines => Items::Lines,
            Format::Sequence => Items::Records,
            _ if is_text || ty.is_none() => Items::TextEvents,
            _ if ty.is_some_and(|id| self.is_event(id, of_whole)) => Items::WholeEvents,
            _ => Items::Events,
        };
        let is_text = matches!(items, Items::TextLines | Items::TextEvents);
        Some(Streamed {
            items,
            ty: ty.filter(|_| !is_text),
            media_type: media.media_type.clone(),
            location: media.location.clone(),
        })
    }

    /// Whether the schema is of an event with its fields, and not of its data.
    fn is_event(&self, id: TypeId, of_whole: bool) -> bool {
        let has = |object: &Object, name| object.properties.iter().any(|one| one.name == name);
        let is_field = |one: &Property| ["data", "event", "id", "retry"].contains(&&*one.name);
        match self.shape(id) {
            Shape::Object(object) => {
                let only_fields = object.properties.iter().all(is_field);
                has(object, "data") && (of_whole || only_fields || has(object, "event"))
            }
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| self.is_event(variant.ty, of_whole))
            }
            _ => false,
        }
    }
}
