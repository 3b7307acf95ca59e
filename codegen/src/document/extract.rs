//! A part of a document as a document of its own: the text as it was, without the lines of what is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_yaml::Value;

use super::graph::references;
use super::origins::Origins;
use super::part::{self, Listed, Part};
use super::plain_value::PlainValue;
use super::source_map::SourceMap;
use super::{Reporter, load, pointer, reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Source};

/// How the text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Json,
}

/// The document, to be asked what it has.
#[derive(Debug)]
pub struct Whole {
    file: Arc<SourceMap>,
    value: Value,
}

/// A document of its own.
#[derive(Debug)]
pub struct Extract {
    pub text: String,
    pub part: Part,
    /// How many components it has.
    pub components: usize,
    /// The values were written anew, so that comments, and how texts were quoted, are lost.
    pub is_rewritten: bool,
    /// The references that lead into other files.
    pub elsewhere: BTreeSet<String>,
}

impl Whole {
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let source = load::read(path, "an OpenAPI document", diagnostics)?;
        let file = Arc::new(SourceMap::of(source));
        let value = load::parse(&file, diagnostics)?;
        let mut reporter = Reporter {
            files: &[Arc::clone(&file)],
            bundled: &Origins::default(),
            diagnostics,
        };
        load::version(&value, &mut reporter)?;
        Ok(Self { file, value })
    }

    pub fn operations(&self) -> Vec<Listed> {
        part::operations(&self.value)
    }

    /// The wanted operations and what they reach.
    ///
    /// # Errors
    ///
    /// If it cannot be written in the format.
    pub fn extract(
        self,
        wanted: impl Fn(&Listed) -> bool,
        format: Format,
    ) -> Result<Extract, Diagnostic> {
        let part = part::part(&self.value, wanted);
        let removed = part.removed();
        let is_json = reading::looks_like_json(&self.file.source.text);
        let kept = (format == Format::Yaml && !is_json)
            .then(|| self.without_lines(&removed))
            .flatten();
        let mut value = self.value;
        part.apply(&mut value);
        remove_tags(&mut value, &removed);
        // What one line stands for in another place would be lost with it, as an anchor.
        let kept = kept.filter(|text| is_of(text, &value));
        let is_rewritten = kept.is_none() && !is_json;
        let text = match kept {
            Some(text) => text,
            None => written(&value, format).map_err(|error| {
                Diagnostic::error(super::codes::UNREADABLE, error).file(&self.file.source)
            })?,
        };
        let elsewhere = references(&value).filter(|text| !text.starts_with('#'));
        Ok(Extract {
            text,
            components: super::graph::components(&value).len(),
            is_rewritten,
            elsewhere: elsewhere.map(str::to_owned).collect(),
            part,
        })
    }

    /// The text, if each of what is left out has lines of its own. What stands between two entries, as a comment, is of
    /// the second.
    fn without_lines(&self, removed: &BTreeSet<&str>) -> Option<String> {
        let mut gone = BTreeSet::new();
        for (parent, places) in by_parent(removed) {
            let siblings = children(parent, self.value.at(parent)?);
            let mut end = if parent.is_empty() {
                0
            } else {
                *self.file.lines(parent)?.start()
            };
            for place in siblings {
                let lines = self.file.lines(&place)?;
                if places.contains(place.as_str()) {
                    if *lines.start() <= end {
                        return None;
                    }
                    gone.extend(end + 1..=*lines.end());
                }
                end = *lines.end();
            }
        }
        let text = &self.file.source.text;
        let lines = text.split_inclusive('\n').enumerate();
        let kept = lines.filter(|(index, _)| !gone.contains(&(index + 1)));
        Some(kept.map(|(_, line)| line).collect())
    }
}

fn by_parent<'p>(places: &BTreeSet<&'p str>) -> BTreeMap<&'p str, BTreeSet<&'p str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for &place in places {
        let parent = pointer::parent(place).unwrap_or_default();
        found.entry(parent).or_default().insert(place);
    }
    found
}

/// In the order of the file.
fn children(parent: &str, value: &Value) -> Vec<String> {
    let members = value.members().map(|(key, _)| pointer::join(parent, key));
    let items = value.items().enumerate();
    let items = items.map(|(index, _)| pointer::join(parent, index.to_string()));
    members.chain(items).collect()
}

/// A list of tags is left out as a whole, or tags by their numbers.
fn remove_tags(value: &mut Value, removed: &BTreeSet<&str>) {
    if removed.contains("/tags") {
        let map = value.as_mapping_mut();
        drop(map.and_then(|map| map.shift_remove("tags")));
        return;
    }
    let numbers = removed.iter();
    let numbers = numbers.filter_map(|place| place.strip_prefix("/tags/")?.parse().ok());
    let numbers: BTreeSet<usize> = numbers.collect();
    if let Some(tags) = value.get_mut("tags").and_then(Value::as_sequence_mut) {
        let mut number = 0..;
        tags.retain(|_| {
            !number
                .next()
                .is_some_and(|number| numbers.contains(&number))
        });
    }
}

fn is_of(text: &str, value: &Value) -> bool {
    let source = Source::new("extract.yaml", text);
    let read = reading::read(&Arc::new(source));
    read.is_ok_and(|read| read.value == *value)
}

fn written(value: &Value, format: Format) -> Result<String, String> {
    match format {
        Format::Yaml => serde_yaml::to_string(value).map_err(|error| error.to_string()),
        Format::Json => {
            let text = serde_json::to_string_pretty(value);
            text.map(|text| text + "\n")
                .map_err(|error| error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "\
openapi: 3.0.3   # the version
info: {title: Shop, version: '1'}
tags:
  - name: cars
  # Dogs, too.
  - name: pets
    description: >
      Who is
      for sale.
paths:
  # Cars have no owners.
  /cars:
    get: {tags: [cars], responses: {default: {description: D}}}

  # Pets have.
  /pets:
    get:
      tags: [pets]
      responses:
        default: {$ref: '#/components/responses/Pets'}
    # Not yet.
    post:
      responses: {default: {description: D}}
components:
  schemas:
    Car: {type: object}
    Pet:
      type: object   # a pet
  responses:
    Pets: {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
";

    fn extract(text: &str, key: &str, format: Format) -> Extract {
        let file = SourceMap::of(Arc::new(Source::new("a.yaml", text)));
        let file = Arc::new(file);
        let value = load::parse(&file, &mut Diagnostics::default()).expect("it is YAML");
        let whole = Whole { file, value };
        let extract = whole.extract(|one| one.key() == key, format);
        extract.expect("it can be written")
    }

    #[test]
    fn lines_stay_as_they_were() {
        let extracted = extract(SHOP, "GET /pets", Format::Yaml);
        let expected = "\
openapi: 3.0.3   # the version
info: {title: Shop, version: '1'}
tags:
  # Dogs, too.
  - name: pets
    description: >
      Who is
      for sale.
paths:

  # Pets have.
  /pets:
    get:
      tags: [pets]
      responses:
        default: {$ref: '#/components/responses/Pets'}
components:
  schemas:
    Pet:
      type: object   # a pet
  responses:
    Pets: {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
";
        assert_eq!(extracted.text, expected);
        assert!(!extracted.is_rewritten);
        let again = extract(&extracted.text, "GET /pets", Format::Yaml);
        assert_eq!(again.text, extracted.text);
    }

    #[test]
    fn tags_that_nothing_uses_go_with_their_list() {
        let text = SHOP.replace("      tags: [pets]\n", "");
        let extracted = extract(&text, "GET /pets", Format::Yaml);
        assert!(!extracted.is_rewritten && !extracted.text.contains("tags:"));
        let json = r#"{"openapi":"3.0.3","tags":[{"name":"a"}],"paths":{"/b":{"get":{}}}}"#;
        let extracted = extract(json, "GET /b", Format::Json);
        assert!(!extracted.text.contains("tags"), "{}", extracted.text);
    }

    #[test]
    fn what_has_no_lines_of_its_own_is_written_anew() {
        let aliased = SHOP.replace("Car: {type", "Car: &car {type").replace(
            "      type: object   # a pet",
            "      properties: {car: *car}",
        );
        let inline = SHOP.replace("    Car: {type: object}\n", "").replace(
            "  schemas:\n    Pet:\n      type: object   # a pet",
            "  schemas: {Car: {}, Pet: {}}",
        );
        for text in [aliased, inline] {
            let extracted = extract(&text, "GET /pets", Format::Yaml);
            assert!(extracted.is_rewritten, "{}", extracted.text);
            let again = extract(&extracted.text, "GET /pets", Format::Yaml);
            assert_eq!(again.text, extracted.text);
            assert!(!again.is_rewritten);
        }
    }

    #[test]
    fn json_keeps_its_order() {
        let json = r#"{"paths":{"/b":{"get":{"z":1,"a":2.50}},"/a":{"get":{}}},"openapi":"3.0.3"}"#;
        let extracted = extract(json, "GET /b", Format::Json);
        let packed: String = extracted.text.split_whitespace().collect();
        assert_eq!(
            packed,
            r#"{"paths":{"/b":{"get":{"z":1,"a":2.5}}},"openapi":"3.0.3"}"#
        );
        let yaml = extract(json, "GET /b", Format::Yaml).text;
        assert!(yaml.starts_with("paths:\n  /b:\n"), "{yaml}");
    }
}
