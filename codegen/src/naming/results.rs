//! What an operation returns, as far as its name depends on that.

use crate::api::media::Format;
use crate::api::{Api, Media, Object, Operation, Place, Shape, TypeId};

/// What a call gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// Several of something, all or a page of them.
    Several,
    /// An object with one list in it, which it may be there for.
    Holder,
    One,
    /// Text or bytes: what is in something, rather than a thing itself.
    Content,
    Nothing,
}

/// Properties in which APIs put what they list.
const LISTS: [&str; 9] = [
    "data", "entries", "items", "list", "records", "result", "results", "value", "values",
];

/// Parameters that ask for a page.
const PAGES: [&str; 17] = [
    "after",
    "before",
    "cursor",
    "ending_before",
    "limit",
    "max_results",
    "next_token",
    "offset",
    "page",
    "page_number",
    "page_size",
    "page_token",
    "pagesize",
    "pagetoken",
    "per_page",
    "size",
    "starting_after",
];

pub fn of(api: &Api, operation: &Operation) -> Returned {
    if is_paged(operation) {
        return Returned::Several;
    }
    let body = success(operation);
    match body {
        None => Returned::Nothing,
        Some(body) if !is_json(body) => Returned::Content,
        Some(body) => body.ty.map_or(Returned::One, |ty| of_type(api, ty)),
    }
}

/// Whether one operation sends the object that another one reads.
pub fn is_written_back(api: &Api, sends: &Operation, reads: &Operation) -> bool {
    let sent = sends.body.iter().flat_map(|body| &body.content);
    let sent = sent.filter(|media| is_json(media));
    let mut sent = sent.filter_map(|media| media.ty);
    let read = success(reads).and_then(|media| media.ty);
    read.map(|ty| api.resolved(ty)).is_some_and(|read| {
        let is_object = matches!(api.ty(read).shape, Shape::Object(_));
        is_object && sent.any(|ty| api.resolved(ty) == read)
    })
}

/// The body of the first response that is a success and has one, in the media type that is read of it.
fn success(operation: &Operation) -> Option<&Media> {
    let mut responses = operation.outcomes.chunk_by(|a, b| a.status == b.status);
    responses.find_map(|response| {
        let bodies = response.iter().filter_map(|outcome| outcome.body.as_ref());
        let body = bodies.min_by_key(|body| body.rank())?;
        operation.is_success(response[0].status).then_some(body)
    })
}

/// Whether it is read as JSON: so is what has a schema and may be of any media type.
fn is_json(media: &Media) -> bool {
    match media.format() {
        Format::Json => true,
        Format::Any => media.ty.is_some(),
        _ => false,
    }
}

fn is_paged(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|parameter| {
        let name = parameter.name.to_lowercase();
        parameter.place == Place::Query && PAGES.contains(&name.as_str())
    })
}

fn of_type(api: &Api, ty: TypeId) -> Returned {
    match &api.ty(api.resolved(ty)).shape {
        Shape::Array(_) => Returned::Several,
        Shape::Object(object) => of_object(api, object),
        Shape::String(_) => Returned::Content,
        _ => Returned::One,
    }
}

fn of_object(api: &Api, object: &Object) -> Returned {
    const MOST: usize = 5;
    let is_list = |ty| matches!(api.ty(api.resolved(ty)).shape, Shape::Array(_));
    let all = &object.properties;
    let mut named = all
        .iter()
        .filter(|p| LISTS.contains(&p.name.as_str()))
        .peekable();
    let has_named = named.peek().is_some();
    if named.any(|p| is_list(p.ty)) {
        Returned::Several
    } else if !has_named && all.len() <= MOST && all.iter().filter(|p| is_list(p.ty)).count() == 1 {
        Returned::Holder
    } else {
        Returned::One
    }
}
