//! Which bodies a caller has to give.

use openapiv3::Operation as Typed;

use super::operations::{Content, is_json};
use super::{Lowering, UNSUPPORTED, Without};
use crate::api::media::Format;
use crate::api::{
    Api, Body, Media, Operation, Origin, Parameter, Place, Property, Shape, Type, TypeId,
};
use crate::diagnostic::Diagnostic;
use crate::location::{Location, Trail};

impl Lowering<'_> {
    pub(super) fn body(&mut self, operation: usize, typed: &Typed, at: &Trail<'_>) -> Option<Body> {
        let body = typed.request_body.as_ref()?;
        let of = at;
        let (written, here) = (body, at.key("requestBody"));
        let (body, at) = self.resolve(body, &here, Without::Operation)?;
        let at = Trail::from(&at);
        if !body.required && self.is_empty(&body.content, of, &at) {
            self.empty_bodies.push(self.location(&at));
            return None;
        }
        let unsaid = body.required && self.is_unsaid(&body.content, of, &at);
        if unsaid {
            self.unsaid_bodies.push(self.location(&at));
        }
        if self.document.lookup(&at.key("required").text()).is_none() {
            self.undecided_bodies.push(operation);
        }
        Some(Body {
            required: body.required && !unsaid,
            description: self.description(written, &here, body.description.as_ref()),
            content: self.content(&body.content, Origin::RequestBody { operation }, &at),
            location: self.location(&at),
        })
    }

    /// Whether nothing is known of the JSON that is sent: no schema or an empty one, and no example. Of what DELETE sends,
    /// which HTTP gives no meaning (RFC 9110, section 9.3.5), that it is an object says nothing either.
    fn is_unsaid(&self, content: &Content, operation: &Trail<'_>, at: &Trail<'_>) -> bool {
        let deletes = operation.text().ends_with("/delete");
        let says_nothing = |schema: &serde_yaml::Mapping| {
            let object = schema.get("type").and_then(serde_yaml::Value::as_str) == Some("object");
            schema.is_empty() || (deletes && object && schema.len() == 1)
        };
        let at = at.key("content");
        !content.is_empty()
            && content.iter().all(|(media_type, media)| {
                let schema = at.key(media_type).key("schema").text();
                let schema = self.document.lookup(&schema);
                let empty = schema.is_none_or(|s| s.as_mapping().is_some_and(says_nothing));
                let example = media.example.is_some() || !media.examples.is_empty();
                empty && !example && is_json(media_type)
            })
    }

    /// Whether all that could be sent is an object of no properties, of a method with which a body means nothing (RFC 9110,
    /// section 9.3).
    fn is_empty(&self, content: &Content, operation: &Trail<'_>, at: &Trail<'_>) -> bool {
        let operation = operation.text();
        let method = operation.rsplit('/').next().unwrap_or_default();
        let at = at.key("content");
        ["get", "head", "delete"].contains(&method)
            && !content.is_empty()
            && content.keys().all(|media_type| {
                let schema = at.key(media_type).key("schema").text();
                let schema = self.document.lookup(&schema).and_then(|s| s.as_mapping());
                schema.is_some_and(has_no_properties)
            })
    }

    pub(super) fn report_empty_bodies(&mut self) {
        let places = std::mem::take(&mut self.empty_bodies);
        self.note_once("a body of no properties is not sent", None, &places);
    }

    /// Such a body cannot be asked of a caller, who would have to guess it: it is an option.
    pub(super) fn report_unsaid_bodies(&mut self) {
        let places = std::mem::take(&mut self.unsaid_bodies);
        let message = "a required body of which nothing is said is optional";
        self.note_once(message, None, &places);
    }

    /// A body that requires something of whoever sends it is required itself, where the document does not say otherwise: most
    /// of those who write `required` in the schema only mean both. With GET and DELETE a body means nothing (RFC 9110, section
    /// 9.3), and what a parameter says as well need not be in a body.
    pub(super) fn decide_bodies(&mut self, api: &mut Api) {
        let mut decided = Vec::new();
        for index in std::mem::take(&mut self.undecided_bodies) {
            if is_demanded(api, &api.operations[index])
                && let Some(body) = &mut api.operations[index].body
            {
                body.required = true;
                decided.push(body.location.clone());
            }
        }
        let message = "a body whose schema requires properties is required";
        let help = "`required: false`, stated of the body, makes it optional";
        self.note_once(message, Some(help), &decided);
    }

    /// A note with the first of its places, if there are any.
    fn note_once(&mut self, message: &str, help: Option<&str>, found: &[Location]) {
        let Some(first) = found.first() else {
            return;
        };
        let message = format!("{message}{}", places(found.len()));
        let note = Diagnostic::note(UNSUPPORTED, message);
        let note = match help {
            Some(help) => note.help(help),
            None => note,
        };
        self.reporter.at_key(note, first);
    }
}

/// A JSON Patch is a list of operations (RFC 6902, section 3), also where the schema, which other kinds of patches have as well, says no
/// more than that it is an object.
pub(super) fn patches_are_lists(api: &mut Api) {
    for index in 0..api.operations.len() {
        let bodies = api.operations[index].body.iter();
        let content = bodies.flat_map(|body| body.content.iter().enumerate());
        let patches =
            content.filter(|(_, media)| media.media_type == "application/json-patch+json");
        let patches = patches.filter_map(|(at, media)| Some((at, media.ty?)));
        for (at, stated) in patches.collect::<Vec<_>>() {
            let id = api.resolved(stated);
            let Shape::Map(values) = api.ty(id).shape else {
                continue;
            };
            if !matches!(api.ty(api.resolved(values)).shape, Shape::Any) {
                continue;
            }
            let list = TypeId(api.types.len());
            let ty = Type {
                origin: Origin::RequestBody { operation: index },
                shape: Shape::Array(values),
                ..api.types[id.0].clone()
            };
            api.types.push(ty);
            if let Some(body) = &mut api.operations[index].body {
                body.content[at].ty = Some(list);
            }
        }
    }
}

/// Whether the schema says that there are none, and nothing else.
fn has_no_properties(schema: &serde_yaml::Mapping) -> bool {
    let known = |key: &serde_yaml::Value| {
        let known = ["type", "properties", "additionalProperties"];
        key.as_str().is_some_and(|key| known.contains(&key))
    };
    let properties = schema.get("properties").and_then(|all| all.as_mapping());
    let others = schema.get("additionalProperties");
    schema.keys().all(known)
        && properties.is_some_and(serde_yaml::Mapping::is_empty)
        && others.is_none_or(|others| *others == serde_yaml::Value::Bool(false))
}

fn is_demanded(api: &Api, operation: &Operation) -> bool {
    let has_body = ["POST", "PUT", "PATCH"].contains(&operation.method.as_str());
    let content = operation.body.as_ref().map(|body| body.content.as_slice());
    let content = content.unwrap_or_default();
    let demands = |ty: Option<TypeId>| ty.is_some_and(|ty| demands(api, ty, operation, DEEPEST));
    has_body && default(content).is_some_and(|media| demands(media.ty))
}

/// The media type that is sent where a caller chooses none: the first that is written from values, or the first of all.
fn default(content: &[Media]) -> Option<&Media> {
    let is_written = |media: &&Media| {
        matches!(
            media.format(),
            Format::Json | Format::Form | Format::Multipart
        )
    };
    content.iter().find(is_written).or(content.first())
}

/// How deep alternatives are followed.
const DEEPEST: usize = 8;

/// Whether each value has a property that only the body can state.
fn demands(api: &Api, id: TypeId, operation: &Operation, depth: usize) -> bool {
    if depth == 0 || api.ty(id).nullable {
        return false;
    }
    match &api.ty(id).shape {
        Shape::Alias(of) => demands(api, *of, operation, depth - 1),
        Shape::Object(object) => object.properties.iter().any(|property| {
            let is_read =
                api.ty(property.ty).read_only || api.ty(api.resolved(property.ty)).read_only;
            let is_parameter = || operation.parameters.iter().any(|p| says(p, property, api));
            property.required && !is_read && !is_parameter()
        }),
        Shape::Union(union) => {
            let mut variants = union.variants.iter();
            !union.variants.is_empty()
                && variants.all(|one| demands(api, one.ty, operation, depth - 1))
        }
        _ => false,
    }
}

/// Whether a parameter says the property as well: one of its name, unless the texts of a value of the path and of the property are
/// about different things, as the `id` of a contact and that of the company it is put into.
fn says(parameter: &Parameter, property: &Property, api: &Api) -> bool {
    let texts = [
        &parameter.description,
        &api.ty(property.ty).docs.description,
    ];
    let differ = parameter.place == Place::Path
        && texts.iter().all(|text| !text.is_empty())
        && texts[0] != texts[1];
    parameter.name == property.name && !differ
}

/// How many places a report is about, of which it shows one.
pub(super) fn places(count: usize) -> String {
    match count {
        1 => String::new(),
        n => format!(" ({n} places, the first is shown)"),
    }
}
