//! The document that stands where there is none: it has what makes a document, and no paths.

use std::sync::Arc;

use codegen::diagnostic::Source;
use codegen::document::plain_values;
use review::Input;
use serde_yaml::Mapping;

/// What is no part of the API by itself, and would be noise among what was added or removed.
const KEPT: [&str; 6] = [
    "openapi",
    "info",
    "externalDocs",
    "servers",
    "security",
    "tags",
];

/// The other side of a document that has none. The policy is the same, since it is no difference between
/// the two.
pub fn of(found: &Input, name: &str) -> Input {
    let document = Source::new(format!("{name} (not there)"), text(&found.document));
    Input {
        document: Arc::new(document),
        policy: found.policy.clone(),
        lock: None,
        folder: None,
        overlays: Vec::new(),
        path: None,
        absent: true,
    }
}

fn text(found: &Arc<Source>) -> String {
    let found = plain_values(found).unwrap_or_default();
    let kept = KEPT
        .iter()
        .filter_map(|key| Some((*key, found.get(key)?.clone())));
    let mut document: Mapping = kept.map(|(key, value)| (key.into(), value)).collect();
    document.insert("paths".into(), Mapping::new().into());
    if let Some(schemes) = found
        .get("components")
        .and_then(|c| c.get("securitySchemes"))
    {
        let components: Mapping = [("securitySchemes".into(), schemes.clone())]
            .into_iter()
            .collect();
        document.insert("components".into(), components.into());
    }
    // Values that were read can be written; what could not be read is reported for the other side.
    serde_yaml::to_string(&document).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_no_operation() {
        let document = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths: { /pets: { get: {} } }
components:
  schemas: { Pet: { type: object } }
  securitySchemes: { key: { type: http, scheme: bearer } }
";
        let source = Source::new("pets.yaml", document);
        assert_eq!(
            text(&Arc::new(source)),
            "\
openapi: 3.0.3
info:
  title: Pets
  version: '1'
paths: {}
components:
  securitySchemes:
    key:
      type: http
      scheme: bearer
"
        );
    }
}
