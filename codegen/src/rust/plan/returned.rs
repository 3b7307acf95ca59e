//! What a method returns: what the responses to calls that went well agree on, or a choice of them.

use super::Plan;
use super::outcome_words::{media_word, status_word};
use super::outcomes::Reading;
use crate::api::media::Format;
use crate::api::{Additional, Media, Operation, Outcome, Shape, Status, TypeId};
use crate::location::Location;
use crate::rust::names::{Scope, pascal};
use crate::rust::{Data, Decode, Outcomes, OutcomesVariant};

/// What a call asks for that reads JSON of whatever media type.
const JSON_FIRST: &str = "application/json, */*;q=0.5";

/// What the runtime asks for where nothing else is said and a body is read.
const JSON: &str = "application/json";

/// The status of a call that was accepted and not yet carried out (RFC 9110, section 15.3.3).
const ACCEPTED: u16 = 202;

/// What a method returns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returned {
    pub decode: Decode,
    pub ty: Option<TypeId>,
    /// Of an envelope.
    pub data: Option<Data>,
    /// The outcomes that are read, by number.
    pub read: Vec<usize>,
    /// The statuses with which no data comes, whatever the body is.
    pub without_data: Vec<u16>,
    /// What it asks for; empty for what the runtime asks for.
    pub accept: String,
    /// The media types that can be asked for instead.
    pub others: Vec<String>,
    /// What each variant is, where it is a choice.
    pub choices: Vec<Choice>,
    /// Where it is stated.
    pub location: Location,
}

/// A response to a call that went well, with those of its media types that are read alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    status: Status,
    /// By number; of a response without a body the one that says so.
    outcomes: Vec<usize>,
}

impl Plan<'_> {
    /// - No response has a body: nothing.
    /// - All are read alike: that, and optional where some have none.
    /// - They differ: a choice of them.
    pub(super) fn returned(&self, operation: &Operation, readings: &[Reading]) -> Returned {
        let choices = self.choices(operation, readings);
        let reading = |choice: &Choice| &readings[choice.outcomes[0]];
        let mut found: Vec<&Reading> = Vec::new();
        for one in choices.iter().map(reading) {
            let known = found.iter().any(|known| self.same(known, one));
            if one.decode != Decode::Empty && !known {
                found.push(one);
            }
        }
        let mut without_data = Vec::new();
        if found.len() > 1 {
            let nothing = choices.iter().filter(|choice| {
                choice.status == Status::Code(ACCEPTED) && self.says_nothing(reading(choice))
            });
            let nothing: Vec<&Reading> = nothing.map(reading).collect();
            let is_nothing = |one: &Reading| nothing.iter().any(|known| self.same(known, one));
            let rest = || found.iter().filter(|one| !is_nothing(one)).copied();
            if !nothing.is_empty() && rest().count() == 1 {
                found = rest().collect();
                without_data.push(ACCEPTED);
            }
        }
        let some_are_empty = choices
            .iter()
            .any(|one| reading(one).decode == Decode::Empty);
        let (ty, decode) = match found.as_slice() {
            [] => (None, Decode::Empty),
            [one] if some_are_empty || !without_data.is_empty() => (one.ty, optional(one.decode)),
            // Nothing is what null says.
            [one] if one.optional || one.ty.is_some_and(|ty| self.is_nullable(ty)) => {
                (one.ty, optional(one.decode))
            }
            [one] => (one.ty, one.decode),
            _ => (None, Decode::Outcomes),
        };
        let is_read = |choice: &&Choice| !matches!(choice.status, Status::Code(code) if without_data.contains(&code));
        let read: Vec<usize> = choices
            .iter()
            .filter(is_read)
            .flat_map(|choice| choice.outcomes.clone())
            .collect();
        // Of several, the one that may go without its data.
        let data = read
            .iter()
            .filter_map(|index| readings[*index].data.clone());
        let data = data.min_by_key(|data| data.required);
        Returned {
            decode,
            ty,
            data: data.filter(|_| matches!(decode, Decode::Enveloped | Decode::OptionalEnveloped)),
            accept: accept(operation, &choices, readings),
            others: self.others(operation, readings, &read),
            location: match choices.as_slice() {
                [one] => stated(&operation.outcomes[one.outcomes[0]]).clone(),
                _ => operation.location.key("responses"),
            },
            choices: if decode == Decode::Outcomes {
                choices
            } else {
                Vec::new()
            },
            without_data,
            read,
        }
    }

    /// The responses to calls that went well. Of one that comes as JSON nothing else is read: what a
    /// caller gets follows from what is asked for, and JSON has a type.
    fn choices(&self, operation: &Operation, readings: &[Reading]) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let mut start = 0;
        for response in operation.outcomes.chunk_by(|a, b| a.status == b.status) {
            let (first, status) = (start, response[0].status);
            start += response.len();
            if !operation.is_success(status) {
                continue;
            }
            let rank = |index: &usize| {
                let body = operation.outcomes[*index].body.as_ref();
                body.map_or(0, Media::rank)
            };
            let preferred = (first..start).min_by_key(rank).unwrap_or(first);
            let is_json = is_json(readings[preferred].decode);
            let body = operation.outcomes[preferred].body.as_ref();
            let comes_as_json = body.is_some_and(|media| media.format() == Format::Json);
            // What is read whether it comes as JSON or as text is asked for as both.
            let is_read = |index: &usize| {
                let alike = !is_json && readings[*index] == readings[preferred];
                !comes_as_json || *index == preferred || alike
            };
            let known = choices.len();
            for index in (first..start).filter(is_read) {
                let alike = choices[known..]
                    .iter_mut()
                    .find(|one| self.same(&readings[one.outcomes[0]], &readings[index]));
                match alike {
                    Some(choice) => choice.outcomes.push(index),
                    None => choices.push(Choice {
                        status,
                        outcomes: vec![index],
                    }),
                }
            }
        }
        choices
    }

    /// Whether the body is JSON of which nothing is known.
    fn says_nothing(&self, reading: &Reading) -> bool {
        let nothing = |id: TypeId| match self.shape(id) {
            Shape::Any => true,
            Shape::Map(values) => matches!(self.shape(*values), Shape::Any),
            Shape::Object(object) => {
                object.properties.is_empty() && !matches!(object.additional, Additional::Of(_))
            }
            _ => false,
        };
        is_json(reading.decode) && reading.ty.is_none_or(nothing)
    }

    /// Media types of calls that went well beside those that are read: not another spelling of JSON.
    fn others(&self, operation: &Operation, readings: &[Reading], read: &[usize]) -> Vec<String> {
        let mut others: Vec<String> = Vec::new();
        for (index, outcome) in operation.outcomes.iter().enumerate() {
            let Some(media) = &outcome.body else { continue };
            let alike = |known: &usize| self.same(&readings[*known], &readings[index]);
            let of_status = |known: &usize| operation.outcomes[*known].status == outcome.status;
            let is_known = !read.iter().any(of_status)
                || read.contains(&index)
                || read.iter().any(|known| of_status(known) && alike(known))
                || media.media_type.contains('*')
                || others.contains(&media.media_type);
            if operation.is_success(outcome.status) && !is_known {
                others.push(media.media_type.clone());
            }
        }
        others
    }

    /// The type of a choice, with a variant for each response.
    pub(super) fn outcomes_type(
        &self,
        operation: &Operation,
        name: String,
        returned: &Returned,
        readings: &[Reading],
    ) -> Outcomes {
        let mut scope = Scope::default();
        let several_statuses = returned.choices.chunk_by(|a, b| a.status == b.status);
        let several_statuses = several_statuses.count() > 1;
        let variants = returned.choices.iter().map(|choice| {
            let outcome = &operation.outcomes[choice.outcomes[0]];
            let reading = &readings[choice.outcomes[0]];
            let of_status = returned.choices.iter();
            let alone = of_status.filter(|one| one.status == choice.status).count() == 1;
            let media_types = choice.outcomes.iter();
            let media_types: Vec<String> = media_types
                .filter_map(|index| operation.outcomes[*index].body.as_ref())
                .map(|media| media.media_type.clone())
                .collect();
            let word = match (alone, several_statuses) {
                (true, _) => status_word(choice.status),
                (false, false) => media_word(&media_types, reading.decode),
                (false, true) => {
                    status_word(choice.status) + &pascal(&media_word(&media_types, reading.decode))
                }
            };
            OutcomesVariant {
                name: scope.claim(pascal(&word)),
                docs: self.choice_docs(choice.status, &media_types, &outcome.description),
                status: choice.status,
                media_types,
                ty: self.read_ty(reading.ty, reading.decode),
                decode: reading.decode,
                location: outcome.location.clone(),
            }
        });
        Outcomes {
            variants: variants.collect(),
            name,
        }
    }
}

/// What a call asks for: the media types that it reads, in the order of the document.
fn accept(operation: &Operation, choices: &[Choice], readings: &[Reading]) -> String {
    let mut asked: Vec<&str> = Vec::new();
    for index in choices.iter().flat_map(|choice| &choice.outcomes) {
        let Some(media) = &operation.outcomes[*index].body else {
            continue;
        };
        let one = if is_json(readings[*index].decode) {
            json_asked(media)
        } else {
            &media.media_type
        };
        if !asked.contains(&one) {
            asked.push(one);
        }
    }
    match asked.as_slice() {
        [] | [JSON] => operation
            .accept
            .clone()
            .filter(|accept| accept != JSON)
            .unwrap_or_default(),
        asked => asked.join(", "),
    }
}

/// JSON has no charset (RFC 8259, section 11).
fn json_asked(media: &Media) -> &str {
    let parameters = media.media_type.split(';').skip(1);
    let is_charset = |parameter: &str| parameter.trim().starts_with("charset=");
    if media.format() == Format::Any {
        JSON_FIRST
    } else if parameters.clone().all(is_charset) {
        media.essence()
    } else {
        &media.media_type
    }
}

fn is_json(decode: Decode) -> bool {
    matches!(decode, Decode::Json | Decode::Enveloped)
}

fn optional(decode: Decode) -> Decode {
    match decode {
        Decode::Json => Decode::OptionalJson,
        Decode::Enveloped => Decode::OptionalEnveloped,
        Decode::Text => Decode::OptionalText,
        Decode::AnyText => Decode::OptionalAnyText,
        Decode::Scalar => Decode::OptionalScalar,
        Decode::Bytes => Decode::OptionalBytes,
        other => other,
    }
}

/// Where the body is stated, or that there is none.
fn stated(outcome: &Outcome) -> &Location {
    match &outcome.body {
        Some(media) => &media.location,
        None => &outcome.location,
    }
}
