//! Operations that start something which takes long, as the policy says, and what is wrong with that.

use super::bodies::Bodies;
use super::page_members::escaped;
use super::pagination_rules::weight;
use super::{Plan, key};
use crate::api::{Operation, Shape, TypeId};
use crate::path_template;
use crate::policy::{self, LongRunningRule};
use crate::rust::{Decode, LongRunning, StatePlace, Ty};

/// Between two calls, unless the policy says otherwise.
const SECONDS: u64 = 5;

impl Plan<'_> {
    /// By the rule that says most of the operation.
    pub(super) fn long_running(&self, index: usize, bodies: &Bodies) -> Option<LongRunning> {
        let rules = self.policy.long_running.iter();
        let matching = rules.filter(|(text, _)| self.is_meant(text.get_ref(), index));
        let most = matching.min_by_key(|(text, _)| std::cmp::Reverse(weight(text.get_ref())));
        self.stated_waits(most?.1.get_ref(), index, bodies).ok()
    }

    /// Each rule says something of an operation, and what it says is there.
    pub(super) fn check_long_running(&mut self) {
        let policy = self.policy;
        for (text, rule) in &policy.long_running {
            let operations = self.operations.iter();
            let meant = operations.filter(|(index, _)| self.is_meant(text.get_ref(), *index));
            let stated: Vec<_> = meant
                .map(|(index, bodies)| self.stated_waits(rule.get_ref(), *index, bodies))
                .collect();
            if stated.is_empty() {
                let message = format!("`{}` is no operation of the crate", text.get_ref());
                let help = self.meant_call(text.get_ref());
                self.policy_error(policy::UNUSED, &message, text.span(), &help);
            } else if stated.iter().all(Result::is_err) {
                // A pattern leaves out what it does not fit.
                let wrong = stated.into_iter().find_map(Result::err);
                if let Some((message, help)) = wrong {
                    self.policy_error(policy::INVALID, &message, rule.span(), help);
                }
            }
        }
    }

    /// What the rule says of the operation, or why it cannot be so and what to do.
    fn stated_waits(
        &self,
        rule: &LongRunningRule,
        index: usize,
        bodies: &Bodies,
    ) -> Result<LongRunning, (String, &'static str)> {
        let operation = self.operation(index);
        let name = key(operation);
        let got = rule.get.as_ref().map(|stated| {
            let found = self
                .operations
                .iter()
                .find(|(index, _)| self.is_called(stated, *index));
            let get = found.filter(|(index, _)| self.operation(*index).method == "GET");
            get.ok_or_else(|| {
                let message = format!("`{stated}` is no GET of the crate");
                (
                    message,
                    "name the operation that gives the state, as `GET /jobs/{id}` or `jobs.get`",
                )
            })
        });
        let got = got.transpose()?;
        let (read, (state, decode)) = match got {
            Some((_, bodies)) => (bodies, self.state(bodies)?),
            None => (
                bodies,
                self.state(bodies).unwrap_or((Ty::Value, Decode::Json)),
            ),
        };
        let place = match (&rule.header, got) {
            (Some(header), _) => StatePlace::Header(header.to_lowercase()),
            (None, Some((get, _))) => {
                let id = rule.id.as_deref().unwrap_or("id");
                self.path(operation, bodies, self.operation(*get), id)?
            }
            (None, None) if operation.method == "GET" => StatePlace::Itself,
            (None, None) => {
                let message = format!("nothing says where the state of `{name}` is");
                let help = "name the header that has its URL in `header`, or the operation that gives it in `get`";
                return Err((message, help));
            }
        };
        if rule.field.is_some() == rule.done.is_empty() {
            let message = "a field says that something is done by one of the values in `done`";
            return Err((
                message.to_owned(),
                "write both, or neither where the status 202 says that it is not",
            ));
        }
        let field = match &rule.field {
            None => String::new(),
            // What comes from a URL in a header need not be documented.
            Some(field) => match self.pointer_in(read, field) {
                Some(pointer) => pointer,
                None if rule.header.is_some() && got.is_none() => written(field),
                None => {
                    let message = format!("`{field}` is no member of the state of `{name}`");
                    return Err((
                        message,
                        "write it as the document does, or as a JSON pointer",
                    ));
                }
            },
        };
        self.check_values(rule, read, rule.header.is_none() || got.is_some())?;
        Ok(LongRunning {
            place,
            field,
            done: rule.done.clone(),
            failed: rule.failed.clone(),
            seconds: rule.interval.unwrap_or(SECONDS),
            state,
            decode,
            location: operation.location.clone(),
        })
    }

    /// A value that the document does not list would be waited for in vain.
    fn check_values(
        &self,
        rule: &LongRunningRule,
        read: &Bodies,
        is_documented: bool,
    ) -> Result<(), (String, &'static str)> {
        let Some(field) = rule.field.as_ref().filter(|_| is_documented) else {
            return Ok(());
        };
        let types = [read.returned.ty, self.read_type(read)];
        let mut types = types.into_iter().flatten();
        let ty = types.find_map(|ty| self.member_type(Some(ty), field).flatten());
        let Some(Shape::Enumeration(values)) = ty.map(|ty| self.shape(ty)) else {
            return Ok(());
        };
        let mut stated = rule.done.iter().chain(&rule.failed);
        match stated.find(|value| !values.contains(value)) {
            None => Ok(()),
            Some(value) => Err((
                format!(
                    "`{value}` is no value of `{field}`, which has {}",
                    values.join(", ")
                ),
                "write the value as the document does; an overlay can add one that the document has not",
            )),
        }
    }

    /// As what the state is read, which is one type.
    fn state(&self, bodies: &Bodies) -> Result<(Ty, Decode), (String, &'static str)> {
        let returned = &bodies.returned;
        match returned.decode {
            Decode::Json | Decode::OptionalJson | Decode::Enveloped | Decode::OptionalEnveloped => {
                let ty = self.read_ty(returned.ty, returned.decode);
                Ok((ty, returned.decode))
            }
            _ => {
                let message = "the state is not one type that comes as JSON".to_owned();
                Err((message, "name another operation in `get`"))
            }
        }
    }

    /// The path of the state: what the operation's own has as well is the same, and one more is the id.
    fn path(
        &self,
        operation: &Operation,
        bodies: &Bodies,
        get: &Operation,
        id: &str,
    ) -> Result<StatePlace, (String, &'static str)> {
        let (name, other) = (key(operation), key(get));
        let own = path_template::names(&operation.path);
        let mut names = path_template::names(&get.path);
        names.retain(|name| !own.contains(name));
        names.dedup();
        if names.len() > 1 {
            let message = format!("`{other}` has several parameters that `{name}` does not have");
            return Err((
                message,
                "name an operation with one more parameter, or the header with its URL",
            ));
        }
        let id = if names.is_empty() {
            String::new()
        } else {
            self.pointer_in(bodies, id).ok_or_else(|| {
                let message = format!("`{id}` is no member of what `{name}` returns");
                (message, "name the member that is put into the path in `id`")
            })?
        };
        let path = get.path.clone();
        Ok(StatePlace::Path { path, id })
    }

    fn is_called(&self, stated: &str, index: usize) -> bool {
        let path = self.operation_paths.get(&index);
        key(self.operation(index)) == stated || path.is_some_and(|path| path.join(".") == stated)
    }

    /// The pointer to a member of what is returned, in an envelope too, or of the body as a whole.
    fn pointer_in(&self, bodies: &Bodies, stated: &str) -> Option<String> {
        let outer = self.list_place(bodies);
        let inner = outer.and_then(|outer| {
            let pointer = self.member(bodies.returned.ty, stated)?;
            Some(format!("{outer}{pointer}"))
        });
        inner.or_else(|| self.body_member(bodies, stated))
    }

    fn body_member(&self, bodies: &Bodies, stated: &str) -> Option<String> {
        self.member(Some(self.read_type(bodies)?), stated)
    }

    fn read_type(&self, bodies: &Bodies) -> Option<TypeId> {
        let reading = bodies.readings.iter().find_map(|reading| reading.ty);
        bodies.returned.ty.or(reading)
    }
}

fn written(stated: &str) -> String {
    if stated.starts_with('/') {
        stated.to_owned()
    } else {
        format!("/{}", escaped(stated))
    }
}
