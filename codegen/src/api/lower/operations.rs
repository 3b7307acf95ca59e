//! Paths and their operations.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{MediaType, Operation as Typed, ReferenceOr};
use serde::Deserialize;
use serde_json::Value;

use super::parameters::is_token;
use super::{
    DUPLICATE_OPERATION_ID, LeftOut, Lowering, PATH_PARAMETER, Seen, UNSUPPORTED, Without,
    stability,
};
use crate::api::{
    Docs, Media, Operation, Origin, Outcome, Parameter, SdkName, Server, Stability, Status,
};
use crate::diagnostic::Diagnostic;
use crate::document::{ADDITIONAL_OPERATIONS, PathItem};
use crate::location::{Location, Trail};
use crate::path_template;

impl Lowering<'_> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let items = self
            .document
            .paths
            .iter()
            .filter_map(|(_, item)| item.as_item());
        let mut operations = Vec::with_capacity(items.map(|item| item.operations.len()).sum());
        let (mut ids, mut queried) = (Seen::default(), BTreeSet::new());
        let document = self.document;
        let mut templates = Seen::default();
        let paths = Trail::from("/paths");
        for (path, item) in &document.paths {
            let at = paths.key(path);
            self.check_path(path, &mut templates, &self.location(&at));
            let Some((item, at)) = self.resolve(item, &at, Without::Operation) else {
                let left_out = self.take_reason(path);
                self.left_out.extend(left_out);
                continue;
            };
            let (at, path) = (Trail::from(&at), path.as_str());
            let first = operations.len();
            for (method, operation) in &item.operations {
                let index = operations.len();
                let key = method.to_lowercase();
                let places = (&at, &at.key(&key));
                let mut lowered = self.operation(index, method, path, operation, &item, places);
                lowered.id = self.id(operation, &mut ids, places.1);
                operations.push(lowered);
            }
            let more = at.key(ADDITIONAL_OPERATIONS);
            for (method, operation) in self.additional_operations(path, &item, &more) {
                let index = operations.len();
                let places = (&at, &more.key(method));
                let mut lowered = self.operation(index, method, path, &operation, &item, places);
                lowered.id = self.id(&operation, &mut ids, places.1);
                operations.push(lowered);
            }
            if path_template::queried(path).0 != path {
                queried.extend(first..operations.len());
            }
        }
        self.leave_out_twins(&mut operations, &queried);
        operations
    }

    /// Those whose methods version 3.0 has no keywords for.
    fn additional_operations<'i>(
        &mut self,
        path: &str,
        item: &'i PathItem,
        at: &Trail<'_>,
    ) -> Vec<(&'i str, Typed)> {
        let stated = item.extensions.get(ADDITIONAL_OPERATIONS);
        let stated = stated.and_then(Value::as_object).into_iter().flatten();
        let mut found = Vec::new();
        for (method, operation) in stated {
            let reason = match Typed::deserialize(operation) {
                _ if !is_token(method) => format!("`{method}` is not the name of a method"),
                _ if FIXED_METHODS.contains(&&*method.to_lowercase()) => {
                    format!("`{method}` has a keyword of its own")
                }
                Ok(operation) => {
                    found.push((method.as_str(), operation));
                    continue;
                }
                Err(error) => format!("it cannot be read: {error}"),
            };
            let left_out = LeftOut {
                operation: format!("{method} {path}"),
                reason,
                location: self.location(&at.key(method)),
            };
            let help = "`additionalOperations` are by methods that have no keyword (RFC 9110, section 9.1)";
            self.reporter.left_out(&left_out, help);
            self.left_out.push(left_out);
        }
        found
    }

    /// What was found to make the operation impossible, which is reported with its name.
    fn take_reason(&mut self, operation: &str) -> Option<LeftOut> {
        let (left_out, help) = self.unable.take()?;
        let left_out = LeftOut {
            operation: operation.to_owned(),
            ..left_out
        };
        self.reporter.left_out(&left_out, &help);
        Some(left_out)
    }

    fn operation(
        &mut self,
        index: usize,
        method: &str,
        path: &str,
        operation: &Typed,
        item: &PathItem,
        (item_at, at): (&Trail<'_>, &Trail<'_>),
    ) -> Operation {
        let location = self.location(at);
        let mut parameters = self.parameters(index, operation, item, (item_at, at));
        let (path, queried) = path_template::queried(path);
        self.expand_query(index, &queried, &mut parameters, &location);
        self.match_path(index, &path, &mut parameters, &location);
        Operation {
            method: method.to_owned(),
            id: None,
            written_id: operation.operation_id.clone(),
            sdk_name: sdk_name(operation),
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
            accept: self.accept.take(),
            body: self.body(index, operation, at),
            outcomes: self.outcomes(index, operation, at),
            security: self.security(operation.security.as_ref(), at),
            servers: self.own_servers(operation, item, (item_at, at)),
            left_out: self.take_reason(&format!("{method} {path}")),
            path: path.into_owned(),
            location,
        }
    }

    /// Those of the operation, or else of the path item (4.7.10.1).
    fn own_servers(
        &mut self,
        operation: &Typed,
        item: &PathItem,
        (item_at, at): (&Trail<'_>, &Trail<'_>),
    ) -> Vec<Server> {
        if operation.servers.is_empty() {
            self.servers(&item.servers, item_at)
        } else {
            self.servers(&operation.servers, at)
        }
    }

    /// What a path says beyond the templates that the specification allows (4.7.8.1).
    fn check_path(&mut self, path: &str, templates: &mut Seen, at: &Location) {
        let template = path_template::anonymous(&path_template::spelled_out(path));
        if let Some(first) = templates.insert(&template, at) {
            let line = self.reporter.line(&first);
            let message =
                format!("the path in {line} is the same but for the names of its parameters");
            self.warn(
                PATH_PARAMETER,
                message,
                "requests match both; keep one of them",
                at,
            );
        }
        let (plain, queried) = path_template::queried(path);
        if plain != path {
            let listed: Vec<String> = queried.iter().map(|name| format!("`{name}`")).collect();
            let message = match listed.as_slice() {
                [] => "the braces of the path that name nothing are left out".to_owned(),
                [name] => {
                    format!("{name} in braces in the path is read as a parameter of the query")
                }
                names => {
                    let names = names.join(", ");
                    format!("{names} in braces in the path are read as parameters of the query")
                }
            };
            let help = format!("call the path `{plain}`, and declare parameters with `in: query`");
            self.warn(PATH_PARAMETER, message, &help, at);
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

    /// The operationId; one without a letter says nothing, and the later one of two that are the same identifies nothing.
    fn id(&mut self, operation: &Typed, seen: &mut Seen, at: &Trail<'_>) -> Option<String> {
        let id = operation.operation_id.as_ref()?;
        if !id.contains(char::is_alphanumeric) {
            return None;
        }
        let at = self.location(&at.key("operationId"));
        let Some(first) = seen.insert(id, &at) else {
            return Some(id.clone());
        };
        let line = self.reporter.line(&first);
        let message = format!(
            "the operationId `{id}` is used in {line} already: this operation is known by its \
             method and path"
        );
        let help = "an operationId is unique within the document (4.7.10)";
        self.warn(DUPLICATE_OPERATION_ID, message, help, &at);
        None
    }

    fn stability(&mut self, operation: &Typed, at: &Trail<'_>) -> Stability {
        let known = stability(&operation.extensions);
        if known.is_none() && operation.extensions.contains_key("x-stability-level") {
            let at = self.location(&at.key("x-stability-level"));
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
        (item_at, at): (&Trail<'_>, &Trail<'_>),
    ) -> Vec<Parameter> {
        let (shared_at, own_at) = (item_at.key("parameters"), at.key("parameters"));
        let shared = item.parameters.iter().enumerate().map(|p| (false, p));
        let own = operation.parameters.iter().enumerate().map(|p| (true, p));
        let count = item.parameters.len() + operation.parameters.len();
        let mut parameters: Vec<Parameter> = Vec::with_capacity(count);
        let mut owned: Vec<bool> = Vec::new();
        for (is_own, (number, parameter)) in shared.chain(own) {
            let list = if is_own { &own_at } else { &shared_at };
            let at = list.index(number);
            let Some(parameter) = self.parameter(index, parameter, &at) else {
                continue;
            };
            let same = |p: &&Parameter| p.name == parameter.name && p.place == parameter.place;
            match parameters.iter().position(|known| same(&known)) {
                Some(index) => {
                    if owned[index] == is_own {
                        let message = format!("the parameter `{}` is here twice", parameter.name);
                        let at = self.location(&at);
                        self.warn(PATH_PARAMETER, message, "the later one is used", &at);
                    }
                    owned[index] = is_own;
                    parameters[index] = parameter;
                }
                None => {
                    owned.push(is_own);
                    parameters.push(parameter);
                }
            }
        }
        parameters
    }

    fn outcomes(&mut self, operation: usize, typed: &Typed, at: &Trail<'_>) -> Vec<Outcome> {
        let at = at.key("responses");
        let mut stated = Vec::new();
        for (status, response) in &typed.responses.responses {
            let (status, key) = match status {
                openapiv3::StatusCode::Code(code) => (Status::Code(*code), code.to_string()),
                openapiv3::StatusCode::Range(n) => (Status::Range(*n), format!("{n}XX")),
            };
            stated.push((status, key, response));
        }
        let default = typed.responses.default.iter();
        let default = default.map(|r| (Status::Default, "default".to_owned(), r));
        // Most have one outcome each.
        let mut outcomes = Vec::with_capacity(stated.len() + default.len());
        for (status, key, response) in stated.into_iter().chain(default) {
            outcomes.extend(self.response(operation, status, response, &at.key(&key)));
        }
        outcomes
    }

    fn response(
        &mut self,
        operation: usize,
        status: Status,
        response: &ReferenceOr<openapiv3::Response>,
        at: &Trail<'_>,
    ) -> Vec<Outcome> {
        let part = format!("the response `{status}`");
        let without = if matches!(status, Status::Code(200..=299) | Status::Range(2)) {
            Without::Operation
        } else {
            Without::Part(&part)
        };
        let (written, here) = (response, at);
        let Some((response, at)) = self.resolve(response, at, without) else {
            return Vec::new();
        };
        let description = self.description(written, here, Some(&response.description));
        let at = Trail::from(&at);
        let origin = Origin::Response { operation, status };
        let content = if matches!(status, Status::Code(NO_CONTENT)) {
            self.no_content(&response.content, &at);
            Vec::new()
        } else {
            self.content(&response.content, origin.clone(), &at)
        };
        let headers = self.headers(&response.headers, &origin, &at);
        let location = self.location(&at);
        let outcome = |body: Option<Media>| Outcome {
            status,
            description: description.clone(),
            body,
            headers: headers.clone(),
            location: location.clone(),
        };
        if content.is_empty() {
            vec![outcome(None)]
        } else {
            content.into_iter().map(Some).map(outcome).collect()
        }
    }

    fn no_content(&mut self, content: &Content, at: &Trail<'_>) {
        if !content.is_empty() {
            let message = "the body of a response with the status 204 is ignored: HTTP has none";
            let diagnostic = Diagnostic::note(UNSUPPORTED, message);
            let location = self.location(&at.key("content"));
            self.reporter.at_key(diagnostic, &location);
        }
    }
}

/// The status with which HTTP has no body, whatever a document says.
const NO_CONTENT: u16 = 204;

pub(super) type Content = indexmap::IndexMap<String, MediaType>;

pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
}

/// The keywords of path items that are methods.
const FIXED_METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Extensions of generators that name operations: the resources, and the method.
const SDK_NAMES: [(&str, &str); 3] = [
    ("x-speakeasy-group", "x-speakeasy-name-override"),
    ("x-stainless-resource", "x-stainless-method"),
    ("x-sdk-group", "x-sdk-method"),
];

/// What authors call an extension that names the method, without signs and case, and what those are called beside it that name the
/// resource.
const METHOD_NAME: &str = "methodname";
const GROUP_NAMES: [&str; 3] = ["group", "groupname", "service"];

/// Groups are separated by a period, or a list.
fn sdk_name(operation: &Typed) -> SdkName {
    let mut name = SdkName::default();
    for (group, method) in SDK_NAMES {
        let stated = |key: &str| operation.extensions.get(key);
        name.or(stated(group), stated(method));
    }
    let stated: BTreeMap<String, &Value> = operation
        .extensions
        .iter()
        .map(|(key, value)| (bare(key), value))
        .collect();
    for (key, method) in &stated {
        if let Some(prefix) = key.strip_suffix(METHOD_NAME) {
            let mut names = GROUP_NAMES.iter();
            let group = names.find_map(|name| stated.get(&format!("{prefix}{name}")));
            name.or(group.copied(), Some(method));
        }
    }
    name
}

/// `xdsmethodname` of `x-ds-methodName`
fn bare(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

impl SdkName {
    /// Takes what it does not have yet.
    fn or(&mut self, group: Option<&Value>, method: Option<&Value>) {
        let group: Vec<&str> = match group {
            Some(Value::String(group)) => group.split('.').collect(),
            Some(Value::Array(groups)) => groups.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let says = |text: &&str| text.contains(|c: char| c.is_alphanumeric());
        if self.resources.is_empty() {
            self.resources = group.into_iter().filter(says).map(str::to_owned).collect();
        }
        if self.method.is_none() {
            self.method = method
                .and_then(Value::as_str)
                .filter(says)
                .map(str::to_owned);
        }
    }
}

/// The operations of a path item, in a fixed order.
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
