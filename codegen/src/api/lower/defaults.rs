//! Defaults that their schemas do not allow: they are read as if they were not there.

use serde_json::Value;

use super::Lowering;
use crate::api::{Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::document::codes::REPAIRED;
use crate::location::Location;

/// More of one kind than this are reported as one.
const SHOWN: usize = 10;

const NOT_LISTED: &str = "the default is none of the values that are listed";
const WRONG_TYPE: &str = "the default is of another type";

impl Lowering<'_> {
    /// Leaves out the defaults that cannot be.
    pub(super) fn check_defaults(&mut self) {
        let mut found: [(&str, Vec<Location>); 2] =
            [(NOT_LISTED, Vec::new()), (WRONG_TYPE, Vec::new())];
        for index in 0..self.types.len() {
            let Some(problem) = self.wrong_default(TypeId(index)) else {
                continue;
            };
            let ty = &mut self.types[index];
            ty.default = None;
            let at = ty.location.key("default");
            let places = found.iter_mut().filter(|(message, _)| *message == problem);
            // A default of null says that there is none.
            places.for_each(|(_, places)| places.push(at.clone()));
        }
        for (message, places) in found {
            self.report_defaults(message, &places);
        }
    }

    fn report_defaults(&mut self, message: &str, places: &[Location]) {
        let help = "correct it, or remove it";
        let ignored = "it is read as if it were not there";
        let (shown, count) = match places {
            [first, ..] if places.len() > SHOWN => {
                let count = format!(" ({} places, the first is shown)", places.len());
                (std::slice::from_ref(first), count)
            }
            places => (places, String::new()),
        };
        for at in shown {
            let message = format!("{message}: {ignored}{count}");
            let diagnostic = Diagnostic::warning(REPAIRED, message).help(help);
            self.reporter.at(diagnostic, at);
        }
    }

    /// What is wrong with the default of a schema; empty for one of null.
    fn wrong_default(&self, id: TypeId) -> Option<&'static str> {
        let ty = &self.types[id.0];
        let default = ty.default.as_ref()?;
        let (shape, values) = self.meant(id);
        if default.is_null() {
            return Some("");
        }
        let fits = match shape {
            Shape::Boolean => default.is_boolean(),
            Shape::Integer(_) => is_whole(default),
            Shape::Number(_) => default.is_number(),
            Shape::String(_) => default.is_string(),
            Shape::Array(_) | Shape::Tuple(_) => default.is_array(),
            Shape::Map(_) | Shape::Object(_) => default.is_object(),
            Shape::Enumeration(listed) => {
                let is_listed = default
                    .as_str()
                    .is_some_and(|text| listed.iter().any(|one| one == text));
                return (!is_listed).then_some(NOT_LISTED);
            }
            Shape::Any | Shape::Union(_) | Shape::Alias(_) | Shape::AllOf(_) => true,
        };
        if !fits {
            return Some(WRONG_TYPE);
        }
        let is_listed = values.is_empty() || values.iter().any(|value| same(value, default));
        (!is_listed).then_some(NOT_LISTED)
    }

    /// The shape of a schema and the values that it lists, past what it is the same as.
    fn meant(&self, mut id: TypeId) -> (&Shape, &[Value]) {
        // A cycle is broken by now.
        while let Shape::Alias(next) = &self.types[id.0].shape {
            id = *next;
        }
        let ty = &self.types[id.0];
        (&ty.shape, &ty.limits.values)
    }
}

fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
}

/// Numbers are the same however they are written.
fn same(one: &Value, two: &Value) -> bool {
    match (one.as_f64(), two.as_f64()) {
        (Some(one), Some(two)) => one == two,
        _ => one == two,
    }
}
