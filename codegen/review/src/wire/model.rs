//! Operations, and what they are made of: parameters, bodies, responses and headers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{At, Document, Version};
use crate::taxonomy::Direction;
use codegen::path_template;

/// One operation, with what it has from its path item and from the document.
pub struct Operation<'a> {
    /// In upper case.
    pub method: String,
    pub path: String,
    pub at: At<'a>,
    pub parameters: Vec<Parameter<'a>>,
    pub body: Option<Body<'a>>,
    pub responses: BTreeMap<String, Response<'a>>,
    /// Stated by the operation, or else by the document.
    pub security: Option<At<'a>>,
    pub own_security: bool,
    /// Stated by the operation, or else by its path item, in place of the document's.
    pub servers: Option<At<'a>>,
}

#[derive(Debug, Clone)]
pub struct Parameter<'a> {
    pub name: String,
    /// `in`
    pub in_: String,
    pub required: bool,
    pub style: String,
    pub explode: bool,
    pub at: At<'a>,
    pub schema: Option<At<'a>>,
    /// The media type of a parameter with `content`.
    pub media_type: Option<String>,
}

pub struct Body<'a> {
    pub required: bool,
    pub content: BTreeMap<String, Media<'a>>,
    pub at: At<'a>,
}

pub struct Media<'a> {
    pub at: At<'a>,
    pub schema: Option<At<'a>>,
}

pub struct Response<'a> {
    pub at: At<'a>,
    pub content: BTreeMap<String, Media<'a>>,
    /// By the name in lower case.
    pub headers: BTreeMap<String, Header<'a>>,
}

pub struct Header<'a> {
    pub name: String,
    pub required: bool,
    pub at: At<'a>,
    pub schema: Option<At<'a>>,
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    Client,
    /// In webhooks and callbacks: the client receives the request, and responds.
    Server,
}

impl Sender {
    /// The direction of what the request carries.
    pub fn request(self) -> Direction {
        match self {
            Self::Client => Direction::Request,
            Self::Server => Direction::Response,
        }
    }

    pub fn response(self) -> Direction {
        match self {
            Self::Client => Direction::Response,
            Self::Server => Direction::Request,
        }
    }

    /// Who sends the requests of a callback.
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl Operation<'_> {
    /// As messages write it: `` `GET /pets` ``.
    pub fn title(&self) -> String {
        format!("`{} {}`", self.method, self.path)
    }

    /// `x-stability-level`
    pub fn stability(&self) -> Option<String> {
        self.at.text("x-stability-level").map(str::to_owned)
    }
}

impl<'a> Document<'a> {
    /// The operations of `paths`, or of `webhooks`, or of one callback.
    pub fn operations(&self, paths: &At<'a>) -> Vec<Operation<'a>> {
        let items = paths.members().filter(|(path, _)| !path.starts_with("x-"));
        items
            .flat_map(|(path, item)| self.item(path, &item))
            .collect()
    }

    /// The operations of one path item.
    pub fn item(&self, path: &str, item: &At<'a>) -> Vec<Operation<'a>> {
        let item = self.resolved(item.clone());
        let found = METHODS.iter().filter_map(|method| {
            let at = item.get(method).filter(|at| at.value.is_object())?;
            Some(self.operation(&method.to_uppercase(), path, &item, at))
        });
        let more = item.get("additionalOperations");
        let more = more.into_iter().flat_map(|at| at.members());
        let more = more.filter(|(_, at)| at.value.is_object());
        found
            .chain(more.map(|(method, at)| self.operation(method, path, &item, at)))
            .collect()
    }

    fn operation(&self, method: &str, path: &str, item: &At<'a>, at: At<'a>) -> Operation<'a> {
        let own = at.get("security");
        let mut parameters = self.parameters(item, &at);
        let (path, queried) = path_template::queried(path);
        expand_query(&queried, &mut parameters, item);
        let body = match self.version {
            Version::V20 => self.swagger_body(&at, &mut parameters),
            _ => {
                let body = at.get("requestBody").map(|body| self.body(body));
                body.and_then(|body| self.form_fields(body, &mut parameters))
            }
        };
        Operation {
            method: method.to_owned(),
            path: path.into_owned(),
            responses: self.responses(&at),
            own_security: own.is_some(),
            security: own.or_else(|| self.root().get("security")),
            servers: at.get("servers").or_else(|| item.get("servers")),
            parameters,
            body,
            at,
        }
    }

    /// Those of the path item, and those of the operation, which win.
    fn parameters(&self, item: &At<'a>, operation: &At<'a>) -> Vec<Parameter<'a>> {
        let mut list: Vec<Parameter<'a>> = Vec::new();
        for owner in [item, operation] {
            for at in owner
                .get("parameters")
                .into_iter()
                .flat_map(|at| at.items())
            {
                if let Some(parameter) = self.parameter(self.resolved(at)) {
                    let same = |other: &Parameter<'_>| {
                        other.name == parameter.name && other.in_ == parameter.in_
                    };
                    list.retain(|other| !same(other));
                    list.push(parameter);
                }
            }
        }
        list
    }

    fn parameter(&self, at: At<'a>) -> Option<Parameter<'a>> {
        let in_ = at.text("in")?.to_owned();
        let name = at.text("name").unwrap_or_default();
        let usual = match in_.as_str() {
            "query" | "cookie" | "formData" => "form",
            _ => "simple",
        };
        let (style, explode) = match (self.version, at.text("collectionFormat")) {
            (Version::V20, Some("multi")) => ("form", true),
            (Version::V20, Some("ssv")) => ("spaceDelimited", false),
            (Version::V20, Some("pipes")) => ("pipeDelimited", false),
            (Version::V20, _) => (usual, at.text("type") != Some("array") && usual == "form"),
            _ => {
                let style = at.text("style").unwrap_or(usual);
                let explode = at.value.get("explode").and_then(Value::as_bool);
                (style, explode.unwrap_or(style == "form"))
            }
        };
        let content = at.get("content").and_then(|at| at.members().next());
        let schema = match (self.version, &content) {
            (Version::V20, _) => at.get("schema").or_else(|| Some(at.clone())),
            (_, Some((_, media))) => media.get("schema"),
            _ => at.get("schema"),
        };
        Some(Parameter {
            name: match in_.as_str() {
                "header" => name.to_lowercase(),
                _ => name.to_owned(),
            },
            required: at.flag("required"),
            style: style.to_owned(),
            explode,
            media_type: content.map(|(name, _)| normalized(name)),
            schema,
            in_,
            at,
        })
    }

    fn body(&self, at: At<'a>) -> Body<'a> {
        let at = self.resolved(at);
        Body {
            required: at.flag("required"),
            content: self.content(&at),
            at,
        }
    }

    fn content(&self, at: &At<'a>) -> BTreeMap<String, Media<'a>> {
        let members = at.get("content").into_iter().flat_map(|at| at.members());
        let mut found = BTreeMap::new();
        for (name, at) in members.filter(|(name, _)| !name.starts_with("x-")) {
            let at = self.resolved(at);
            let schema = at.get("schema");
            let key = normalized(name);
            // Two spellings of one type are two.
            let key = if found.contains_key(&key) {
                name.clone()
            } else {
                key
            };
            found.insert(key, Media { at, schema });
        }
        found
    }

    /// The parameter `in: body` of version 2.0.
    fn swagger_body(
        &self,
        operation: &At<'a>,
        parameters: &mut Vec<Parameter<'a>>,
    ) -> Option<Body<'a>> {
        let index = parameters.iter().position(|p| p.in_ == "body")?;
        let parameter = parameters.remove(index);
        let content = self.media_types(operation, "consumes").map(|name| {
            let schema = parameter.at.get("schema");
            let at = parameter.at.clone();
            (name, Media { at, schema })
        });
        Some(Body {
            required: parameter.required,
            content: content.collect(),
            at: parameter.at.clone(),
        })
    }

    /// What version 2.0 has in place of a body that is a form.
    fn form_fields(&self, body: Body<'a>, parameters: &mut Vec<Parameter<'a>>) -> Option<Body<'a>> {
        let is_form = !body.content.is_empty() && body.content.keys().all(|name| is_form(name));
        let media = body.content.values().next();
        let Some(media) = media.filter(|_| is_form && self.forms_are_parameters) else {
            return Some(body);
        };
        let schema = media.schema.clone().map(|schema| self.resolved(schema));
        let properties = schema.as_ref().and_then(|schema| schema.get("properties"));
        let required = schema.as_ref().and_then(|schema| schema.get("required"));
        let required: Vec<&Value> = required
            .into_iter()
            .flat_map(|at| at.items())
            .map(|at| at.value)
            .collect();
        let encoding = media.at.get("encoding");
        for (name, at) in properties.into_iter().flat_map(|at| at.members()) {
            let encoding = encoding.as_ref().and_then(|at| at.get(name));
            let style = encoding.as_ref().and_then(|at| at.text("style"));
            let explode = encoding.as_ref().and_then(|at| at.get("explode"));
            parameters.push(Parameter {
                name: name.clone(),
                in_: "formData".to_owned(),
                required: required.iter().any(|known| *known == name),
                style: style.unwrap_or("form").to_owned(),
                explode: explode.is_none_or(|at| at.value == true),
                schema: Some(at.clone()),
                media_type: None,
                at,
            });
        }
        None
    }

    fn responses(&self, operation: &At<'a>) -> BTreeMap<String, Response<'a>> {
        let members = operation
            .get("responses")
            .into_iter()
            .flat_map(|at| at.members());
        members
            .filter(|(status, _)| !status.starts_with("x-"))
            .map(|(status, at)| {
                let at = self.resolved(at);
                let content = match (self.version, at.get("schema")) {
                    (Version::V20, Some(schema)) => self
                        .media_types(operation, "produces")
                        .map(|name| {
                            let (at, schema) = (at.clone(), Some(schema.clone()));
                            (name, Media { at, schema })
                        })
                        .collect(),
                    _ => self.content(&at),
                };
                let headers = self.headers(&at);
                (
                    class(status),
                    Response {
                        at,
                        content,
                        headers,
                    },
                )
            })
            .collect()
    }

    fn headers(&self, response: &At<'a>) -> BTreeMap<String, Header<'a>> {
        let members = response
            .get("headers")
            .into_iter()
            .flat_map(|at| at.members());
        members
            .map(|(name, at)| {
                let at = self.resolved(at);
                let schema = match self.version {
                    Version::V20 => Some(at.clone()),
                    _ => at.get("schema").or_else(|| {
                        let content = at.get("content")?;
                        content.members().next()?.1.get("schema")
                    }),
                };
                let header = Header {
                    name: name.clone(),
                    required: at.flag("required"),
                    at,
                    schema,
                };
                (name.to_lowercase(), header)
            })
            .collect()
    }

    /// `consumes` and `produces`, of the operation or else of the document.
    fn media_types(&self, operation: &At<'a>, key: &str) -> impl Iterator<Item = String> + use<'a> {
        let list = operation.get(key).or_else(|| self.root().get(key));
        let mut names: Vec<String> = list
            .into_iter()
            .flat_map(|at| at.items())
            .filter_map(|at| at.value.as_str().map(normalized))
            .collect();
        if names.is_empty() {
            names.push("application/json".to_owned());
        }
        names.into_iter()
    }
}

/// `4XX` of `4xx`; `default` and statuses as they are.
fn class(status: &str) -> String {
    match status.strip_suffix(['x', 'X']) {
        Some(_) => status.to_uppercase(),
        None => status.to_owned(),
    }
}

/// What a path expands to a query is a parameter there, declared or not.
fn expand_query<'a>(names: &[&str], parameters: &mut Vec<Parameter<'a>>, item: &At<'a>) {
    for name in names {
        let is_of = |place| move |p: &Parameter<'_>| p.in_ == place && p.name == *name;
        if parameters.iter().any(is_of("query")) {
            continue;
        }
        let undeclared = || Parameter {
            name: (*name).to_owned(),
            in_: String::new(),
            required: false,
            style: String::new(),
            explode: true,
            at: At {
                value: &Value::Null,
                location: item.location.clone(),
            },
            schema: None,
            media_type: None,
        };
        let declared = parameters.iter().position(is_of("path"));
        let declared = declared.map(|position| parameters.remove(position));
        parameters.push(Parameter {
            in_: "query".to_owned(),
            required: false,
            style: "form".to_owned(),
            explode: true,
            ..declared.unwrap_or_else(undeclared)
        });
    }
}

/// A media type with its parameters, in lower case, without spaces. JSON is UTF-8, stated or not
/// (RFC 8259, section 8.1).
fn normalized(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.to_lowercase();
    match name.split_once(';') {
        Some((bare, "charset=utf-8" | "charset=\"utf-8\"")) if is_json(bare) => bare.to_owned(),
        _ => name,
    }
}

fn is_form(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default();
    ["application/x-www-form-urlencoded", "multipart/form-data"].contains(&bare)
}

/// Where a number and a text that looks like it differ.
pub fn is_json(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default();
    bare == "application/json"
        || bare.ends_with("+json")
        || bare == "text/json"
        || bare.contains('*')
}
