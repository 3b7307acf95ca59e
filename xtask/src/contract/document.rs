//! A call of each operation of a document.

use std::collections::BTreeMap;
use std::path::Path;

use codegen::Generated;
use codegen::api::{Api, Operation, Parameter};
use codegen::rust::{Crate, Method, Role};
use serde_json::{Map, Value};

use super::judging::{self, Failure};
use super::prism::Prism;
use super::{Options, table, values};
use crate::driver::recorder::Recorder;
use crate::driver::{self, Call, Called, Driver, Reading};
use crate::tools::{Outcome, Result};

/// What was found of a document.
pub struct Judged {
    pub document: String,
    /// Each operation, with why its call is not good.
    pub operations: Vec<(String, Option<Failure>)>,
    /// How many responses violate the document, and are read by what they mean.
    pub lenient: usize,
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
    let calls = methods.iter().enumerate().map(|(number, method)| Call {
        number,
        operation: number,
        arguments: arguments(&generated.api, method),
    });
    let calls: Vec<Call> = calls.collect();
    let driver = Driver::build(&name, &generated)?;
    let prism = Prism::start(schema)?;
    let recorder = Recorder::before(move |request| prism.response(request))?;
    let variables = variables(&generated.sdk);
    let mut failures = failures(
        &driver.run(&recorder.address, Reading::Strict, &variables, &calls)?,
        &recorder,
        &calls,
    );
    // The document contradicts itself there.
    let doubtful: Vec<Call> = calls
        .into_iter()
        .filter(|call| {
            failures
                .get(&call.number)
                .is_some_and(|failure| failure.of_document)
        })
        .collect();
    let again = self::failures(
        &driver.run(&recorder.address, Reading::Lenient, &variables, &doubtful)?,
        &recorder,
        &doubtful,
    );
    let readable = doubtful
        .iter()
        .filter(|call| !again.contains_key(&call.number));
    let lenient = readable.map(|call| failures.remove(&call.number)).count();
    let keys = methods.iter().map(|method| driver::key(method)).enumerate();
    let mut operations: Vec<_> = keys
        .map(|(number, key)| (key, failures.remove(&number)))
        .collect();
    operations.extend(left_out(&generated));
    Ok(Judged {
        document: schema
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        operations,
        lenient,
    })
}

/// Why calls are not good, by their numbers.
fn failures(
    called: &BTreeMap<usize, Called>,
    recorder: &Recorder,
    calls: &[Call],
) -> BTreeMap<usize, Failure> {
    let exchanges = driver::by_call(recorder.take());
    let failures = calls.iter().filter_map(|Call { number, .. }| {
        let outcome = called.get(number).map(|called| &called.outcome);
        Some((*number, judging::failure(outcome, exchanges.get(number))?))
    });
    failures.collect()
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
    let values = all.filter_map(|argument| {
        Some((
            argument.name.clone(),
            value(api, operation, &argument.role)?,
        ))
    });
    values.collect()
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
    let stated =
        stated.filter(|value| !value.is_null() && super::fitting::fits(api, parameter.ty, value));
    stated.or_else(|| values::sent(api, parameter.ty))
}

/// A secret for each security scheme.
fn variables(sdk: &Crate) -> Vec<(String, String)> {
    let schemes = sdk.service.schemes.iter();
    let named = schemes.filter(|scheme| !scheme.variable.is_empty());
    named
        .map(|scheme| (scheme.variable.clone(), "contract:secret".to_owned()))
        .collect()
}
