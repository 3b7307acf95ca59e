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
        for parameter in parameters.iter_mut().filter(|p| p.place == Place::Path) {
            let mut names = names.iter();
            // It is called as the path has it, by which its value is put there.
            if let Some(name) = names.find(|name| path_template::variable(name) == parameter.name) {
                parameter.name = (*name).to_owned();
            }
        }
        self.match_misspelt(path, &names, parameters);
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

    /// What the path spells otherwise is meant for its placeholder, as `petID` is for `{petId}`. So is the only one that then
    /// has none, for the only placeholder without any, if one is the other in short: `pet_id`, `{id}`.
    fn match_misspelt(&mut self, path: &str, names: &[&str], parameters: &mut [Parameter]) {
        for fits in [is_spelling, is_short] {
            let of_path = || parameters.iter().filter(|p| p.place == Place::Path);
            let is_open = |name: &&str| !of_path().any(|p| p.name == *name);
            let open: Vec<&str> = names.iter().copied().filter(is_open).collect();
            let of_path = parameters.iter_mut().filter(|p| p.place == Place::Path);
            let surplus = of_path.filter(|p| !names.contains(&p.name.as_str()));
            let surplus: Vec<&mut Parameter> = surplus.collect();
            let are_alone = open.len() == 1 && surplus.len() == 1;
            for parameter in surplus {
                let meant =
                    |name: &&&str| fits(&letters(&parameter.name), &letters(name), are_alone);
                if let Some(name) = open.iter().find(meant) {
                    let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
                    let help = format!("it is taken for `{{{name}}}`; call both the same");
                    self.warn(PATH_PARAMETER, message, &help, &parameter.location);
                    parameter.name = (*name).to_owned();
                }
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

fn is_spelling(one: &str, two: &str, _: bool) -> bool {
    one == two
}

fn is_short(one: &str, two: &str, are_alone: bool) -> bool {
    are_alone && (one.ends_with(two) || two.ends_with(one))
}

/// What two spellings of a name have in common.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
