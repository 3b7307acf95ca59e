//! What the arguments of our method are, where the other SDK was called with what is given.

use codegen::rust::signature::ParameterType;
use codegen::rust::{Argument, Body, BodyField, BodyFormat, Method, Place, Role, Ty};
use serde_json::{Map, Value};

use super::encoding;
use super::requests::Expected;
use super::template;
use crate::driver;

/// Arguments and options by their names. What is missing there is what the driver reports.
///
/// Values of the path are found in the path that the other SDK made, since it counts its arguments in another order and
/// gives them other names; a body is the one that it sent, as the value of which ours is made.
pub fn arguments(method: &Method, expected: &Expected) -> Map<String, Value> {
    let path = template::values(&method.path, &expected.path).unwrap_or_default();
    let query = encoding::pairs(&expected.query);
    let mut arguments = Map::new();
    let all = || method.arguments.iter().chain(&method.options);
    let bodies = all().filter(|argument| matches!(argument.role, Role::Body(_)));
    let several = bodies.count() + usize::from(method.fields.is_some()) > 1;
    if let Some(fields) = &method.fields
        && (!several || is_sent(&fields.body.media_type, expected))
    {
        let value = match fields.body.format {
            BodyFormat::Form => form(&fields.body, expected),
            format => body_of(format, &expected.body),
        };
        if let Some(Value::Object(members)) = value {
            arguments.extend(driver::fields(method, members));
        }
    }
    for argument in all() {
        let value = match (&argument.role, driver::place(&argument.role)) {
            (Role::Body(body), _) if several && !is_sent(&body.media_type, expected) => None,
            (Role::Body(body), _) if body.format == BodyFormat::Form => form(body, expected),
            (Role::Body(body), _) => body_of(body.format, &expected.body),
            (Role::Part(part), _) => given(&expected.given, &part.wire),
            (_, Some((Place::Path, name))) => in_path(&path, name, argument),
            (_, Some((Place::Query, name))) => {
                let meant = without_path(&expected.given, &path, name);
                let value = given(&meant, name).filter(|value| !is_of_members(value, argument));
                value.or_else(|| in_query(&query, name, argument))
            }
            (_, Some((Place::Header, name))) => {
                given(&expected.given, name).or_else(|| in_headers(expected, name))
            }
            (_, Some((Place::Cookie, name))) => given(&expected.given, name),
            (_, None) => None,
        };
        if let Some(value) = value {
            arguments.insert(argument.name.clone(), value);
        }
    }
    arguments
}

/// What is given without what is of the path, by its very name there.
fn without_path(
    given: &Map<String, Value>,
    path: &[(String, String)],
    wire: &str,
) -> Map<String, Value> {
    let of_path = |name: &str| name != wire && path.iter().any(|(known, _)| known == name);
    let given = given.iter().filter(|(name, _)| !of_path(name));
    given
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Whether an object is given where a text is sent: parameters that are called as its members have it.
fn is_of_members(value: &Value, argument: &Argument) -> bool {
    let is_text = matches!(
        argument.ty,
        ParameterType::Text | ParameterType::OptionalText
    );
    is_text && value.is_object()
}

fn in_path(path: &[(String, String)], name: &str, argument: &Argument) -> Option<Value> {
    let (_, value) = path.iter().find(|(known, _)| known == name)?;
    Some(typed(value, argument))
}

/// A text as the value that the argument is made from.
fn typed(text: &str, argument: &Argument) -> Value {
    let json = match &argument.ty {
        ParameterType::Value(Ty::Model(_) | Ty::String)
        | ParameterType::Into(Ty::Model(_))
        | ParameterType::Text => None,
        _ => serde_json::from_str(text).ok(),
    };
    json.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// What is given under the name, however it is cased there; members of an object are named with a dot in a query.
fn given(given: &Map<String, Value>, wire: &str) -> Option<Value> {
    let same = |wire: &str| given.iter().find(|(name, _)| plain(name) == plain(wire));
    if let Some((_, value)) = same(wire) {
        return Some(as_json(value));
    }
    let (object, member) = wire.split_once('.')?;
    match same(object)? {
        (_, Value::Object(members)) => self::given(members, member),
        _ => None,
    }
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Values of Python that JSON does not have are objects of one member there: `{"$datetime": "2020-01-01T00:00:00Z"}`.
fn as_json(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut marked = members
                .iter()
                .filter(|(name, _)| MARKERS.contains(&name.as_str()));
            match marked.next() {
                Some((_, value)) if members.len() == 1 => value.clone(),
                _ => members
                    .iter()
                    .map(|(name, value)| (name.clone(), as_json(value)))
                    .collect(),
            }
        }
        Value::Array(items) => items.iter().map(as_json).collect(),
        value => value.clone(),
    }
}

const MARKERS: [&str; 4] = ["$datetime", "$date", "$bytes", "$time"];

fn in_headers(expected: &Expected, name: &str) -> Option<Value> {
    let text = expected.headers.get(&name.to_lowercase())?;
    Some(Value::String(text.clone()))
}

/// What the other SDK wrote, where its argument has another name.
fn in_query(query: &[(String, String)], name: &str, argument: &Argument) -> Option<Value> {
    let found = query.iter().filter(|(known, _)| known == name);
    let mut texts = found.map(|(_, text)| text.clone());
    let ty = match &argument.ty {
        ParameterType::Perhaps(inner) => inner,
        ty => ty,
    };
    match ty {
        ParameterType::TextList | ParameterType::List(_) | ParameterType::ListInto(_) => {
            let list: Vec<Value> = texts.map(Value::String).collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        _ => texts.next().map(|text| typed(&text, argument)),
    }
}

/// Whether the method sends the media type that the other SDK sent, if it sends one.
pub fn sends(method: &Method, expected: &Expected) -> bool {
    let parts = method.multipart.as_ref();
    let parts = parts.map(|multipart| multipart.media_type.as_str());
    let bodies = method.arguments.iter().chain(&method.options);
    let bodies = bodies.filter_map(|argument| match &argument.role {
        Role::Body(body) => Some(body.media_type.as_str()),
        _ => None,
    });
    let fields = method.fields.as_ref();
    bodies
        .chain(parts)
        .chain(fields.map(|fields| fields.body.media_type.as_str()))
        .any(|media_type| is_sent(media_type, expected))
}

/// Whether the other SDK chose that media type of several.
fn is_sent(media_type: &str, expected: &Expected) -> bool {
    let essence = |media_type: &str| {
        media_type
            .split(';')
            .next()
            .map(|name| name.trim().to_owned())
    };
    let sent = expected.headers.get("content-type");
    sent.is_none_or(|sent| essence(sent) == essence(media_type))
}

fn body_of(format: BodyFormat, body: &str) -> Option<Value> {
    match format {
        _ if body.is_empty() => None,
        BodyFormat::Json => serde_json::from_str(body).ok(),
        _ => Some(Value::String(body.to_owned())),
    }
}

/// The object of which a form is made: its members as they were given, or else as they are written.
fn form(body: &Body, expected: &Expected) -> Option<Value> {
    if expected.body.is_empty() {
        return None;
    }
    let pairs = encoding::pairs(&expected.body);
    let members = body.fields.iter().filter_map(|field| {
        let written = || written(&pairs, field);
        let is_written = pairs.iter().any(|(name, _)| is_of(name, &field.wire));
        let value = given(&expected.given, &field.wire).filter(|_| is_written);
        Some((field.wire.clone(), value.or_else(written)?))
    });
    let mut members: Map<String, Value> = members.collect();
    for (name, text) in &pairs {
        if !body.fields.iter().any(|field| is_of(name, &field.wire)) {
            members.insert(name.clone(), text.as_str().into());
        }
    }
    Some(members.into())
}

/// `a`, `a[]` and `a[b]` are of `a`.
fn is_of(name: &str, field: &str) -> bool {
    name.strip_prefix(field)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

fn written(pairs: &[(String, String)], field: &BodyField) -> Option<Value> {
    let texts = pairs.iter().filter(|(name, _)| is_of(name, &field.wire));
    let mut texts = texts.map(|(_, text)| text.as_str());
    match &field.ty {
        Ty::Vec(_) => {
            let list: Vec<Value> = texts.map(Value::from).collect();
            (!list.is_empty()).then_some(list.into())
        }
        Ty::String => texts.next().map(Value::from),
        _ => texts
            .next()
            .map(|text| serde_json::from_str(text).unwrap_or_else(|_| text.into())),
    }
}
