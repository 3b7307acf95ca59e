//! A call of each operation of a document.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use codegen::Generated;
use codegen::api::{Api, Operation, Parameter, TypeId};
use codegen::rust::{BodyFormat, Crate, Method, Place, Role};
use serde_json::{Map, Value};

use super::judging::{self, Failure};
use super::prism::Prism;
use super::{Options, fitting, prism, table, values};
use crate::driver::recorder::Recorder;
use crate::driver::{self, Call, Driver, Reading};
use crate::tools::{Outcome, Result};

/// What was found of a document.
pub struct Judged {
    pub document: String,
    /// Each operation, with why its call is not good.
    pub operations: Vec<(String, Option<Failure>)>,
    /// How many responses violate the document, and are read by what they mean.
    pub lenient: usize,
    /// How many violate it so that they cannot be read, where one that is made of the schema can.
    pub of_schemas: usize,
}

pub fn run(options: &Options) -> Result<Outcome> {
    let mut all = Vec::new();
    for schema in &options.schema {
        let judged = judge(schema, options.config.as_deref())?;
        print!("{}", table::text(&judged, options.verbose));
        all.push(judged);
    }
    if all.len() > 1 {
        print!("{}", table::summary(&all));
    }
    let good = all
        .iter()
        .flat_map(|judged| &judged.operations)
        .all(|(_, failure)| failure.is_none());
    Ok(if good {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

fn judge(schema: &Path, policy: Option<&Path>) -> Result<Judged> {
    let name = driver::name(schema);
    let generated = driver::generate(schema, policy)?;
    let methods = generated.sdk.methods();
    let judged = |(_, method): &(usize, &&Method)| !is_by_hand(method, &methods);
    let judged = || methods.iter().enumerate().filter(judged);
    let calls = judged().map(|(number, method)| Call {
        number,
        operation: number,
        arguments: arguments(&generated.api, method),
    });
    let calls: Vec<Call> = calls.collect();
    let session = Session::start(schema, &name, &generated)?;
    let mut failures = session.failures(Reading::Strict, &calls)?;
    // Where the document has errors alone, the server responds with one of them to what it accepts.
    let has_success = |number: &usize| methods[*number].outcomes.iter().any(|one| one.success);
    failures.retain(|number, failure| !failure.is_error || has_success(number));
    // The response contradicts the document: it is read by what it means, or else made of the schema.
    let mut doubtful: Vec<Call> = calls;
    let mut passed = |reading| -> Result<usize> {
        let of_document = |call: &Call| {
            failures
                .get(&call.number)
                .is_some_and(|one| one.of_document)
        };
        doubtful.retain(of_document);
        let again = session.failures(reading, &doubtful)?;
        let readable = doubtful
            .iter()
            .filter(|call| !again.contains_key(&call.number));
        Ok(readable.map(|call| failures.remove(&call.number)).count())
    };
    let lenient = passed(Reading::Lenient)?;
    session.of_schemas.store(true, Ordering::Relaxed);
    let of_schemas = passed(Reading::Strict)?;
    let mut operations: Vec<_> = judged()
        .map(|(number, method)| (driver::key(method), failures.remove(&number)))
        .collect();
    operations.extend(left_out(&generated));
    let document = schema.file_name().unwrap_or_default().to_string_lossy();
    Ok(Judged {
        document: document.into_owned(),
        operations,
        lenient,
        of_schemas,
    })
}

/// Whether the caller writes the body, as one in YAML, where another method of the operation makes it of values: the server
/// does not read such bodies.
fn is_by_hand(method: &Method, methods: &[&Method]) -> bool {
    let is_text = |method: &Method| {
        let mut arguments = method.arguments.iter();
        arguments.any(|argument| match &argument.role {
            Role::Body(body) => matches!(body.format, BodyFormat::Text | BodyFormat::Raw),
            _ => false,
        })
    };
    let mut same = methods
        .iter()
        .filter(|other| driver::key(other) == driver::key(method));
    is_text(method) && !same.all(|other| is_text(other))
}

/// The program and the server that it calls.
struct Session {
    driver: Driver,
    recorder: Recorder,
    variables: Vec<(String, String)>,
    /// The server makes its responses of the schemas, and never of examples.
    of_schemas: Arc<AtomicBool>,
}

impl Session {
    fn start(schema: &Path, name: &str, generated: &Generated) -> Result<Self> {
        let driver = Driver::build(name, generated)?;
        let prism = Prism::start(schema)?;
        let of_schemas = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&of_schemas);
        let recorder = Recorder::before(move |request| {
            let mut request = request.clone();
            if asked.load(Ordering::Relaxed) {
                request
                    .headers
                    .push(prism::OF_SCHEMA.map(str::to_owned).into());
            }
            prism.response(&request)
        })?;
        Ok(Self {
            driver,
            recorder,
            variables: variables(&generated.sdk),
            of_schemas,
        })
    }

    /// Why calls are not good, by their numbers.
    fn failures(&self, reading: Reading, calls: &[Call]) -> Result<BTreeMap<usize, Failure>> {
        let called = self
            .driver
            .run(&self.recorder.address, reading, &self.variables, calls)?;
        let exchanges = driver::by_call(self.recorder.take());
        let failures = calls.iter().filter_map(|Call { number, .. }| {
            let outcome = called.get(number).map(|called| &called.outcome);
            Some((*number, judging::failure(outcome, exchanges.get(number))?))
        });
        Ok(failures.collect())
    }
}

fn left_out(generated: &Generated) -> impl Iterator<Item = (String, Option<Failure>)> {
    generated.sdk.left_out.iter().map(|left_out| {
        let failure = Failure::new(format!("left out: {}", left_out.reason), "");
        (left_out.operation.clone(), Some(failure))
    })
}

/// Values of all that the operation takes. What no value can be made of is missing.
fn arguments(api: &Api, method: &Method) -> Map<String, Value> {
    let same = |operation: &&Operation| {
        operation.method == method.http_method && operation.path == method.path
    };
    let Some(operation) = api.operations.iter().find(same) else {
        return Map::new();
    };
    let all = method.arguments.iter().chain(&method.options);
    // Of bodies of several media types a request has one.
    let mut has_body = method.fields.is_some();
    let all = all.filter(|argument| {
        !matches!(argument.role, Role::Body(_)) || !std::mem::replace(&mut has_body, true)
    });
    let values = all.filter_map(|argument| {
        Some((
            argument.name.clone(),
            value(api, operation, &argument.role)?,
        ))
    });
    let mut values: Map<String, Value> = values.collect();
    if let Some(Value::Object(members)) = fields(api, operation, method) {
        values.extend(driver::fields(method, members));
    }
    values
}

/// The body whose properties are arguments.
fn fields(api: &Api, operation: &Operation, method: &Method) -> Option<Value> {
    let media_type = &method.fields.as_ref()?.body.media_type;
    let mut content = operation.body.iter().flat_map(|body| &body.content);
    let media = content.find(|media| media.media_type == *media_type)?;
    values::sent(api, media.ty?)
}

fn value(api: &Api, operation: &Operation, role: &Role) -> Option<Value> {
    let content = || operation.body.iter().flat_map(|body| &body.content);
    let (place, name) = match (role, driver::place(role)) {
        (_, Some(place)) => place,
        (Role::Body(body), None) => {
            let media = content().find(|media| media.media_type == body.media_type)?;
            return match media.ty {
                Some(id) => values::sent(api, id),
                None => Some("content".into()),
            };
        }
        (Role::Part(part), None) => {
            let ty = content().find_map(|media| api.property(media.ty?, &part.wire));
            return values::sent(api, ty?);
        }
        (_, None) => return None,
    };
    let is_it = |parameter: &&Parameter| parameter.place == place && parameter.name == name;
    let parameter = operation.parameters.iter().find(is_it)?;
    let stated = parameter.example.clone();
    let stated = stated.filter(|value| !value.is_null() && fitting::fits(api, parameter.ty, value));
    let value = stated.or_else(|| values::sent(api, parameter.ty))?;
    Some(match place {
        Place::Query => twice(api, parameter.ty, value),
        _ => value,
    })
}

/// A list of two items for one of one, which in a query looks like no list.
fn twice(api: &Api, id: TypeId, value: Value) -> Value {
    let limits = fitting::limits(api, id);
    let most = limits.max_items.unwrap_or(usize::MAX);
    match &value {
        Value::Array(items) if items.len() == 1 && most > 1 && !limits.unique_items => {
            vec![items[0].clone(); 2].into()
        }
        _ => value,
    }
}

/// A secret for each security scheme.
fn variables(sdk: &Crate) -> Vec<(String, String)> {
    let schemes = sdk.service.schemes.iter();
    let named = schemes.filter(|scheme| !scheme.variable.is_empty());
    named
        .map(|scheme| (scheme.variable.clone(), "contract:secret".to_owned()))
        .collect()
}
