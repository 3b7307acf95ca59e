//! What clients are given once instead of each call: the versions of the API that all calls state.

use super::Plan;
use super::servers::signature;
use crate::api::{Place, Version};
use crate::rust::names::{Scope, snake};
use crate::rust::signature::{Parameter, ParameterType};
use crate::rust::{FixedWhere, Function, Setting, Ty, docs};

/// So many values are listed in the docs.
const MOST_VALUES: usize = 30;

impl Plan<'_> {
    pub(super) fn settings(&self) -> Vec<Setting> {
        let mut scope = Scope::default();
        let versions = self.api.versions.iter();
        let settings = versions.map(|version| Setting {
            function: self.setting(version, &mut scope),
            at: match version.place {
                Place::Header => FixedWhere::Header,
                _ => FixedWhere::Query,
            },
            wire: version.name.clone(),
            value: version.value.clone(),
            locations: version.locations.clone(),
        });
        settings.collect()
    }

    fn setting(&self, version: &Version, scope: &mut Scope) -> Function {
        let name = snake(&version.name);
        // The mark of headers of one's own is no word.
        let name = name.strip_prefix("x_").unwrap_or(&name).to_owned();
        let place = match version.place {
            Place::Header => "header",
            _ => "query parameter",
        };
        let code = |text: &String| format!("`{}`", docs::within_code(text));
        let mut lines = vec![format!(
            "Sets the {place} {} of all calls, which is {} unless set.",
            code(&version.name),
            code(&version.value)
        )];
        if (2..=MOST_VALUES).contains(&version.values.len()) {
            let values: Vec<String> = version.values.iter().map(code).collect();
            lines.push(format!("One of {}.", values.join(", ")));
        }
        lines.extend(Some(self.clean(&version.description)).filter(|said| !said.is_empty()));
        let given = Parameter {
            name: "version".to_owned(),
            ty: ParameterType::Into(Ty::String),
        };
        Function {
            docs: lines.join("\n\n"),
            sections: Vec::new(),
            signature: signature(&scope.claim(name), vec![given]),
        }
    }
}
