//! Parameters: where they go and how they are written.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter as Typed, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, SchemaKind, Type,
};
use serde_json::Value;

use super::bodies::places;
use super::{Lowering, UNSUPPORTED, Without, example};
use crate::api::{Api, Origin, Parameter, Place, ResponseHeader, Shape, Style, TypeId};
use crate::document::SEPARATOR;
use crate::location::Trail;

impl Lowering<'_> {
    pub(super) fn parameter(
        &mut self,
        operation: usize,
        parameter: &ReferenceOr<Typed>,
        at: &Trail<'_>,
    ) -> Option<Parameter> {
        let (written, here) = (parameter, at);
        let (parameter, at) = self.resolve(parameter, at, Without::Operation)?;
        let at = Trail::from(&at);
        let location = self.location(&at);
        let (place, style) = place_and_style(&parameter);
        let data = parameter.parameter_data_ref();
        if place == Place::Header && is_reserved_header(&data.name) {
            if let Some(accept) = stated_accept(&data.name, &data.format) {
                self.accept = Some(accept);
                return None;
            }
            let places = self.ignored_headers.entry(data.name.to_lowercase());
            places
                .or_insert_with(|| (data.name.clone(), Vec::new()))
                .1
                .push(location);
            return None;
        }
        if place == Place::Header && !is_token(&data.name) {
            let message = format!("`{}` cannot be the name of a header", data.name);
            let help = "a name is made of letters, digits and `-` (RFC 9110)";
            if data.required {
                self.unable(&message, help, &location);
            } else {
                let message = format!("the parameter is left out: {message}");
                self.warn(UNSUPPORTED, message, help, &location);
            }
            return None;
        }
        let origin = Origin::Parameter {
            operation,
            name: data.name.clone(),
        };
        let (ty, media_type) = self.value(&data.format, origin, &at);
        if let ParameterSchemaOrContent::Schema(ReferenceOr::Item(_)) = &data.format {
            self.read_flag(ty);
        }
        Some(Parameter {
            name: data.name.clone(),
            place,
            style,
            explode: data.explode.unwrap_or(style == Style::Form),
            required: data.required || place == Place::Path,
            deprecated: data.deprecated.unwrap_or_default(),
            description: self.description(written, here, data.description.as_ref()),
            ty,
            media_type,
            separator: data
                .extensions
                .get(SEPARATOR)
                .and_then(|separator| separator.as_str())
                .map(str::to_owned),
            reserved: matches!(
                &*parameter,
                Typed::Query {
                    allow_reserved: true,
                    ..
                }
            ),
            example: example(&data.example, &data.examples),
            location,
        })
    }

    /// The texts `true` and `false` are what a boolean is written as outside of JSON. A component may be in JSON as well.
    fn read_flag(&mut self, id: TypeId) {
        let ty = &mut self.types[id.0];
        let Shape::Enumeration(values) = &ty.shape else {
            return;
        };
        let flags: Option<Vec<bool>> = values.iter().map(|value| value.parse().ok()).collect();
        let Some(flags) = flags.filter(|flags| !flags.is_empty()) else {
            return;
        };
        if let [only] = flags.as_slice() {
            ty.limits.set_values(vec![Value::Bool(*only)]);
        }
        ty.shape = Shape::Boolean;
        for stated in [&mut ty.default, &mut ty.example].into_iter().flatten() {
            if let Some(flag) = stated.as_str().and_then(|text| text.parse().ok()) {
                *stated = Value::Bool(flag);
            }
        }
    }

    /// Each name once, however many operations have it.
    pub(super) fn report_ignored_headers(&mut self) {
        for (name, places) in std::mem::take(&mut self.ignored_headers).into_values() {
            let count = self::places(places.len());
            let message = format!("a parameter `{name}` in the header is ignored{count}");
            let help = "media types and security schemes say what is sent there (4.7.12.1)";
            self.warn(UNSUPPORTED, message, help, &places[0]);
        }
    }

    /// The headers of a response but its `Content-Type`, of which the media types speak (4.7.17).
    pub(super) fn headers(
        &mut self,
        headers: &IndexMap<String, ReferenceOr<Header>>,
        origin: &Origin,
        at: &Trail<'_>,
    ) -> Vec<ResponseHeader> {
        let at = at.key("headers");
        let mut list = Vec::new();
        for (name, header) in headers {
            let part = format!("the header `{name}`");
            let named = is_token(name) && !name.eq_ignore_ascii_case("content-type");
            let (written, here) = (header, at.key(name));
            let resolved = self.resolve(header, &here, Without::Part(&part));
            let Some((header, at)) = resolved.filter(|_| named) else {
                continue;
            };
            let at = Trail::from(&at);
            let (ty, media_type) = self.value(&header.format, origin.clone(), &at);
            list.push(ResponseHeader {
                name: name.clone(),
                description: self.description(written, &here, header.description.as_ref()),
                deprecated: header.deprecated.unwrap_or_default(),
                ty: Some(ty).filter(|_| media_type.is_none()),
                location: self.location(&at),
            });
        }
        list
    }

    fn value(
        &mut self,
        format: &ParameterSchemaOrContent,
        origin: Origin,
        at: &Trail<'_>,
    ) -> (TypeId, Option<String>) {
        match format {
            ParameterSchemaOrContent::Schema(schema) => {
                (self.schema(schema, &at.key("schema"), origin), None)
            }
            ParameterSchemaOrContent::Content(content) => {
                let media = self.content(content, origin.clone(), at).into_iter().next();
                match media {
                    Some(media) => match media.ty {
                        Some(ty) => (ty, Some(media.media_type)),
                        None => (
                            self.allocate(origin, self.location(at)),
                            Some(media.media_type),
                        ),
                    },
                    None => (self.allocate(origin, self.location(at)), None),
                }
            }
        }
    }
}

/// Of a parameter that is a value or a list of such values the list: one value is written as a list of one is, but for the style
/// `deepObject`, and as JSON.
pub(super) fn prefer_lists(api: &mut Api) {
    for index in 0..api.operations.len() {
        for number in 0..api.operations[index].parameters.len() {
            let parameter = &api.operations[index].parameters[number];
            if parameter.place == Place::Query
                && parameter.media_type.is_none()
                && parameter.style != Style::DeepObject
                && let Some(list) = list_of_same(api, parameter.ty)
            {
                api.operations[index].parameters[number].ty = list;
            } else if is_named_list(api, parameter) {
                list_by_name(api, index, number);
            }
        }
    }
}

/// `include[]` is a list by its name, though its schema says what one item is: it is said as often as there are values.
fn is_named_list(api: &Api, parameter: &Parameter) -> bool {
    let shape = &api.ty(api.resolved(parameter.ty)).shape;
    parameter.place == Place::Query
        && parameter.media_type.is_none()
        && parameter.name.len() > 2
        && parameter.name.ends_with("[]")
        && matches!(
            shape,
            Shape::Boolean | Shape::Integer(_) | Shape::String(_) | Shape::Enumeration(_)
        )
}

fn list_by_name(api: &mut Api, operation: usize, number: usize) {
    let list = TypeId(api.types.len());
    let parameter = &mut api.operations[operation].parameters[number];
    let item = std::mem::replace(&mut parameter.ty, list);
    (parameter.style, parameter.explode) = (Style::Form, true);
    parameter.example = parameter.example.take().map(|example| match example {
        Value::Array(_) => example,
        one => Value::Array(vec![one]),
    });
    let mut ty = api.types[item.0].clone();
    ty.shape = Shape::Array(item);
    (ty.nullable, ty.default, ty.example) = (false, None, None);
    ty.limits = Default::default();
    ty.value_locations.clear();
    ty.value_names.clear();
    api.types.push(ty);
}

/// The list, where the alternatives are a scalar and a list of the same.
fn list_of_same(api: &Api, id: TypeId) -> Option<TypeId> {
    let shape = |id| &api.ty(api.resolved(id)).shape;
    let list = api.list_among(id)?;
    let (Shape::Union(union), Shape::Array(item)) = (shape(id), shape(list)) else {
        return None;
    };
    let [one, two] = union.variants.as_slice() else {
        return None;
    };
    let value = if one.ty == list { two.ty } else { one.ty };
    let is_same = match (shape(*item), shape(value)) {
        (Shape::String(one), Shape::String(two)) => one == two,
        (Shape::Enumeration(one), Shape::Enumeration(two)) => one == two,
        (Shape::Integer(one), Shape::Integer(two)) => one == two,
        _ => false,
    };
    is_same.then_some(list)
}

fn place_and_style(parameter: &Typed) -> (Place, Style) {
    match parameter {
        Typed::Query { style, .. } => (
            Place::Query,
            match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            },
        ),
        Typed::Path { style, .. } => (
            Place::Path,
            match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            },
        ),
        Typed::Header { style, .. } => match style {
            HeaderStyle::Simple => (Place::Header, Style::Simple),
        },
        Typed::Cookie { style, .. } => match style {
            CookieStyle::Form => (Place::Cookie, Style::Form),
        },
    }
}

/// RFC 9110, section 5.6.2
pub(super) fn is_token(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(token)
}

fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|reserved| name.eq_ignore_ascii_case(reserved))
}

/// The one kind of JSON that an `Accept` states, by its only value or its default: servers distinguish their versions
/// by it, though the responses say no more than `application/json`.
fn stated_accept(name: &str, format: &ParameterSchemaOrContent) -> Option<String> {
    if !name.eq_ignore_ascii_case("accept") {
        return None;
    }
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = format else {
        return None;
    };
    let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
        return None;
    };
    let default = schema.schema_data.default.as_ref();
    let value = match (default.and_then(Value::as_str), text.enumeration.as_slice()) {
        (Some(default), _) => default,
        (None, [Some(only)]) => only,
        _ => return None,
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    let is_one = value.chars().all(|c| matches!(c, ' '..='~') && c != ',');
    let is_json = essence.ends_with("+json") || essence == "application/json";
    (is_one && is_json).then(|| value.trim().to_owned())
}
