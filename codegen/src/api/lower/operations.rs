//! Paths and their operations.

use openapiv3::{Operation as Typed, PathItem, ReferenceOr};
use serde_json::Value;

use super::{
    DUPLICATE_OPERATION_ID, Lowering, PATH_PARAMETER, Seen, UNKNOWN_NAME, UNSUPPORTED, stability,
};
use crate::api::{
    Body, Docs, Operation, Origin, Parameter, Place, Response, Shape, Stability, Status,
    StringFormat, Style,
};
use crate::diagnostic::Severity;
use crate::document::pointer;
use crate::path_template;

impl Lowering<'_> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut ids = Seen::default();
        let document = self.document;
        let mut templates = Seen::default();
        for (path, item) in &document.openapi.paths.paths {
            let at = pointer::join("/paths", path);
            self.check_path(path, &mut templates, &at);
            let Some((item, at)) = self.resolve(item, &at) else {
                continue;
            };
            for (method, operation) in methods(&item) {
                let index = operations.len();
                let at = pointer::join(&at, method.to_lowercase());
                let before = self.reporter.diagnostics.iter().count();
                self.check_id(operation, &mut ids, &at);
                let lowered = self.operation(index, method, path, operation, &item, &at);
                operations.push(lowered);
                if self.is_faulty_since(before) {
                    self.faulty.insert(index);
                }
            }
        }
        operations
    }

    /// Whether something was found since that a call of the operation cannot do without.
    fn is_faulty_since(&self, before: usize) -> bool {
        let found = self.reporter.diagnostics.iter().skip(before);
        let mut errors = found.filter(|d| d.severity == Severity::Error);
        errors.any(|d| ![DUPLICATE_OPERATION_ID, UNKNOWN_NAME].contains(&d.code))
    }

    fn operation(
        &mut self,
        index: usize,
        method: &str,
        path: &str,
        operation: &Typed,
        item: &PathItem,
        at: &str,
    ) -> Operation {
        let mut parameters = self.parameters(index, operation, item, at);
        self.match_path(index, path, &mut parameters, at);
        Operation {
            method: method.to_owned(),
            path: path.to_owned(),
            id: operation.operation_id.clone(),
            tags: operation.tags.clone(),
            docs: Docs {
                title: operation.summary.clone().unwrap_or_default(),
                description: operation.description.clone().unwrap_or_default(),
                url: operation
                    .external_docs
                    .as_ref()
                    .map(|docs| docs.url.clone())
                    .unwrap_or_default(),
            },
            deprecated: operation.deprecated,
            stability: self.stability(operation, at),
            permissions: permissions(operation),
            parameters,
            body: self.body(index, operation, at),
            responses: self.responses(index, operation, at),
            security: self.security(operation, at),
            pointer: at.to_owned(),
        }
    }

    /// What a path says beyond the templates that the specification allows (4.7.8.1).
    fn check_path(&mut self, path: &str, templates: &mut Seen, at: &str) {
        if let Some(first) = templates.insert(&path_template::anonymous(path), at) {
            let line = self.reporter.line(&first);
            let message =
                format!("the path in line {line} is the same but for the names of its parameters");
            self.warn(
                PATH_PARAMETER,
                message,
                "which of them is meant cannot be told",
                at,
            );
        }
        let odd = |segment: &str| segment == "." || segment == "..";
        let message = match path {
            _ if path.split('/').any(odd) => "a path with `.` or `..` cannot be called",
            _ if path.contains('#') => "what follows `#` in a path is not sent",
            _ if path.matches('{').count() != path.matches('}').count() => {
                "a brace of the path is not closed"
            }
            _ => return,
        };
        self.warn(PATH_PARAMETER, message, "correct the path", at);
    }

    fn check_id(&mut self, operation: &Typed, seen: &mut Seen, at: &str) {
        let Some(id) = &operation.operation_id else {
            return;
        };
        let at = pointer::join(at, "operationId");
        if let Some(first) = seen.insert(id, &at) {
            let line = self.reporter.line(&first);
            let message = format!("the operationId `{id}` is used twice, first in line {line}");
            let help = "an operationId is unique within the document (4.7.10)";
            self.error(DUPLICATE_OPERATION_ID, message, help, &at);
        }
    }

    fn stability(&mut self, operation: &Typed, at: &str) -> Stability {
        let known = stability(&operation.extensions);
        if known.is_none() && operation.extensions.contains_key("x-stability-level") {
            let at = pointer::join(at, "x-stability-level");
            let help = "the levels are draft, alpha, beta and stable";
            self.warn(UNSUPPORTED, "this is not a stability level", help, &at);
        }
        known.unwrap_or_default()
    }

    /// The parameters of the path item, overridden by those of the operation (4.7.9.1).
    fn parameters(
        &mut self,
        index: usize,
        operation: &Typed,
        item: &PathItem,
        at: &str,
    ) -> Vec<Parameter> {
        let shared_at = pointer::parent(at).unwrap_or_default();
        let shared = item.parameters.iter().enumerate().map(|p| (shared_at, p));
        let own = operation.parameters.iter().enumerate().map(|p| (at, p));
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut bases: Vec<&str> = Vec::new();
        for (base, (number, parameter)) in shared.chain(own) {
            let at = pointer::join(&pointer::join(base, "parameters"), number.to_string());
            let Some(parameter) = self.parameter(index, parameter, &at) else {
                continue;
            };
            let same = |p: &&Parameter| p.name == parameter.name && p.place == parameter.place;
            match parameters.iter().position(|known| same(&known)) {
                Some(index) => {
                    if bases[index] == base {
                        let message = format!("the parameter `{}` is here twice", parameter.name);
                        self.warn(PATH_PARAMETER, message, "the later one is used", &at);
                    }
                    bases[index] = base;
                    parameters[index] = parameter;
                }
                None => {
                    bases.push(base);
                    parameters.push(parameter);
                }
            }
        }
        parameters
    }

    /// Every placeholder has a parameter, and every path parameter its placeholder.
    fn match_path(&mut self, index: usize, path: &str, parameters: &mut Vec<Parameter>, at: &str) {
        let names = path_template::names(path);
        let surplus: Vec<_> = parameters
            .extract_if(.., |p| {
                p.place == Place::Path && !names.contains(&p.name.as_str())
            })
            .collect();
        for parameter in surplus {
            let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
            let help = "the parameter is left out";
            self.warn(PATH_PARAMETER, message, help, &parameter.pointer);
        }
        for name in names {
            if !parameters
                .iter()
                .any(|p| p.place == Place::Path && p.name == name)
            {
                let message = format!("no parameter describes `{{{name}}}` in `{path}`");
                let help = "it is taken as a string; declare it with `in: path`";
                self.warn(PATH_PARAMETER, message, help, at);
                parameters.push(self.undeclared_path_parameter(index, name, at));
            }
        }
    }

    fn undeclared_path_parameter(&mut self, operation: usize, name: &str, at: &str) -> Parameter {
        let origin = Origin::Parameter {
            operation,
            name: name.to_owned(),
        };
        let ty = self.allocate(origin, at);
        self.types[ty.0].shape = Shape::String(StringFormat::Plain);
        Parameter {
            name: name.to_owned(),
            place: Place::Path,
            style: Style::Simple,
            explode: false,
            required: true,
            deprecated: false,
            description: String::new(),
            ty,
            media_type: None,
            example: None,
            pointer: at.to_owned(),
        }
    }

    fn body(&mut self, operation: usize, typed: &Typed, at: &str) -> Option<Body> {
        let body = typed.request_body.as_ref()?;
        let at = pointer::join(at, "requestBody");
        let (body, at) = self.resolve(body, &at)?;
        Some(Body {
            required: body.required,
            description: body.description.clone().unwrap_or_default(),
            content: self.content(&body.content, Origin::RequestBody { operation }, &at),
            pointer: at,
        })
    }

    fn responses(&mut self, operation: usize, typed: &Typed, at: &str) -> Vec<Response> {
        let at = pointer::join(at, "responses");
        let mut stated = Vec::new();
        for (status, response) in &typed.responses.responses {
            let (status, key) = match status {
                openapiv3::StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
                openapiv3::StatusCode::Range(n) => (Status::Range(*n), self.range_key(*n, &at)),
            };
            stated.push((status, key, response));
        }
        let default = typed.responses.default.iter();
        let default = default.map(|r| (Status::Default, "default".to_owned(), r));
        stated
            .into_iter()
            .chain(default)
            .filter_map(|(status, key, response)| {
                self.response(operation, status, response, &pointer::join(&at, key))
            })
            .collect()
    }

    /// The key of a range of statuses, which is written in small letters at times.
    fn range_key(&self, hundreds: u16, at: &str) -> String {
        let stated = |key: &String| self.document.lookup(&pointer::join(at, key)).is_some();
        let lower = format!("{hundreds}xx");
        Some(lower)
            .filter(stated)
            .unwrap_or(format!("{hundreds}XX"))
    }

    fn response(
        &mut self,
        operation: usize,
        status: Status,
        response: &ReferenceOr<openapiv3::Response>,
        at: &str,
    ) -> Option<Response> {
        let (response, at) = self.resolve(response, at)?;
        let origin = Origin::Response { operation, status };
        Some(Response {
            status,
            description: response.description.clone(),
            content: self.content(&response.content, origin, &at),
            pointer: at,
        })
    }
}

/// The operations of a path item, in a fixed order.
fn methods(item: &PathItem) -> impl Iterator<Item = (&'static str, &Typed)> {
    [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("OPTIONS", &item.options),
        ("HEAD", &item.head),
        ("PATCH", &item.patch),
        ("TRACE", &item.trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn permissions(operation: &Typed) -> Vec<String> {
    let list = operation
        .extensions
        .get("x-permissions")
        .and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

impl crate::document::Reporter<'_> {
    /// The line of a value, for a message that names a second place.
    fn line(&self, at: &str) -> usize {
        self.map.lines(at).map_or(1, |lines| *lines.start())
    }
}
