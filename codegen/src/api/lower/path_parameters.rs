//! Parameters of a path and its placeholders: each has the other.

use std::collections::{BTreeSet, HashSet};

use super::{LeftOut, Lowering, PATH_PARAMETER};
use crate::api::{Operation, Origin, Parameter, Place, Shape, StringFormat, Style};
use crate::location::Location;
use crate::path_template;

impl Lowering<'_> {
    /// Every placeholder has a parameter, and every path parameter its placeholder.
    pub(super) fn match_path(
        &mut self,
        index: usize,
        path: &str,
        parameters: &mut Vec<Parameter>,
        at: &Location,
    ) {
        let names = path_template::names(path);
        let of_path = parameters.iter_mut().filter(|p| p.place == Place::Path);
        let mut of_path: Vec<&mut Parameter> = of_path.collect();
        let declared: Vec<&str> = of_path.iter().map(|p| p.name.as_str()).collect();
        let described = path_template::described(path, &declared);
        for (parameter, number) in of_path.iter_mut().zip(described) {
            let Some(name) = number.map(|number| names[number]) else {
                continue;
            };
            if name != parameter.name && path_template::variable(name) != parameter.name {
                let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
                let help = format!("it is taken for `{{{name}}}`; call both the same");
                self.warn(PATH_PARAMETER, message, &help, &parameter.location);
            }
            // It is called as the path has it, by which its value is put there.
            parameter.name = name.to_owned();
        }
        let surplus: Vec<_> = parameters
            .extract_if(.., |p| {
                p.place == Place::Path && !names.contains(&p.name.as_str())
            })
            .collect();
        for parameter in surplus {
            let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
            let help = "the parameter is left out";
            self.warn(PATH_PARAMETER, message, help, &parameter.location);
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

    /// What a path expands to a query is a parameter there: the one that is declared, be it in the path, or else an optional text.
    pub(super) fn expand_query(
        &mut self,
        index: usize,
        names: &[&str],
        parameters: &mut Vec<Parameter>,
        at: &Location,
    ) {
        for name in names {
            let is_of = |place| move |p: &Parameter| p.place == place && p.name == *name;
            if parameters.iter().any(is_of(Place::Query)) {
                continue;
            }
            let declared = parameters.iter().position(is_of(Place::Path));
            let declared = declared.map(|position| parameters.remove(position));
            let undeclared = || self.undeclared_path_parameter(index, name, at);
            parameters.push(Parameter {
                place: Place::Query,
                style: Style::Form,
                explode: true,
                required: false,
                ..declared.unwrap_or_else(undeclared)
            });
        }
    }

    /// Operations that differ by what their paths expand to a query alone are one request: the first of them stays, or the one without.
    pub(super) fn leave_out_twins(
        &mut self,
        operations: &mut [Operation],
        queried: &BTreeSet<usize>,
    ) {
        if queried.is_empty() {
            return;
        }
        let key = |operation: &Operation| format!("{} {}", operation.method, operation.path);
        let plain = operations.iter().enumerate();
        let plain = plain.filter(|(index, _)| !queried.contains(index));
        let mut taken: HashSet<String> = plain.map(|(_, operation)| key(operation)).collect();
        for index in queried {
            let operation = &mut operations[*index];
            if !taken.insert(key(operation)) && operation.left_out.is_none() {
                let left_out = LeftOut {
                    operation: key(operation),
                    reason: "another path is the same but for the query".to_owned(),
                    location: operation.location.clone(),
                };
                self.reporter
                    .left_out(&left_out, "put the parameters of both into one operation");
                operation.left_out = Some(left_out);
            }
        }
    }

    fn undeclared_path_parameter(
        &mut self,
        operation: usize,
        name: &str,
        at: &Location,
    ) -> Parameter {
        let origin = Origin::Parameter {
            operation,
            name: name.to_owned(),
        };
        let ty = self.allocate(origin, at.clone());
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
            reserved: false,
            separator: None,
            example: None,
            location: at.clone(),
        }
    }
}
