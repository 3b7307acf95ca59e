//! Parameters of a path and its placeholders: each has the other.

use super::{Lowering, PATH_PARAMETER};
use crate::api::{Origin, Parameter, Place, Shape, StringFormat, Style};
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
