//! The steps of one path: its words and parameters, without what stands before all resources.

use std::collections::BTreeSet;

use super::Tables;
use super::words::{is_verb, snake};
use crate::path_template;
use crate::rust::names::is_version;

/// The steps of one path, without what stands before all resources.
#[derive(Debug, Clone)]
pub struct Walk {
    pub steps: Vec<Step>,
    /// The scope that was passed, as in the path.
    pub scope: Option<String>,
    /// The version that was passed.
    pub version: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Step {
    /// Snake case; the name of a parameter.
    pub word: String,
    pub parameter: bool,
    pub version: bool,
    /// Which segment of the path it is in.
    pub segment: usize,
    /// The path up to it, parameters without names.
    pub at: String,
}

impl Step {
    /// Whether it is no parameter, and more than a number.
    pub fn is_word(&self) -> bool {
        let mut text = self.at.rsplit('/').next().unwrap_or_default().chars();
        !self.parameter && !self.version && text.any(|c| !c.is_ascii_digit())
    }
}

impl Walk {
    pub fn of(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path_template::spelled_out(path);
        let mut steps: Vec<Step> = Vec::new();
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        for (segment, text) in segments.enumerate() {
            for (text, parameter) in parts(text) {
                let at = steps.last().map_or("", |step| &step.at);
                let version = !parameter && is_version(text);
                // An extension says how it is written.
                let text = if parameter {
                    text
                } else {
                    without_extension(text)
                };
                let part = if parameter { "{}" } else { text };
                steps.push(Step {
                    at: format!("{at}/{part}"),
                    word: snake(text),
                    parameter,
                    version,
                    segment,
                });
            }
        }
        Self {
            steps,
            scope: None,
            version: None,
        }
    }

    pub fn ends_in_parameter(&self) -> bool {
        self.steps.last().is_some_and(|step| step.parameter)
    }

    /// Leaves out versions and the like at the beginning, and the scope.
    pub fn pass(&mut self, scopes: &BTreeSet<String>, tables: &Tables) {
        self.pass_prefix(tables);
        if let [first, id, _, ..] = self.steps.as_slice()
            && id.parameter
            && scopes.contains(&first.word)
        {
            self.scope = Some(first.word.clone());
            self.steps.drain(..2);
            self.pass_prefix(tables);
        }
    }

    pub fn pass_prefix(&mut self, tables: &Tables) {
        let is_named = |step: &Step| tables.segments.contains_key(&step.word);
        let says_nothing = |step: &Step| step.version || step.word == "api";
        let is_prefix = |step: &Step| !step.parameter && says_nothing(step) && !is_named(step);
        // A path of nothing else is about that.
        let rest = self.steps.iter().position(|step| !is_prefix(step));
        let mut passed = self.steps.drain(..rest.unwrap_or_default());
        let version = passed.rfind(|step| step.version);
        let said = version.map(|step| match step.word.strip_prefix('n') {
            Some(number) => format!("v{number}"),
            None => step.word,
        });
        self.version = said.or(self.version.take());
    }
}

/// Words and parameters of a segment: `{id}:cancel` is an id and what is done with it, `vm.create` a resource and its method.
fn parts(segment: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    if let Some(name) = called(segment) {
        words_of(name, &mut parts);
        return parts;
    }
    let mut rest = segment;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else {
            break;
        };
        let name = &rest[start + 1..end];
        // `v{version}` is the version alone.
        if !(matches!(&rest[..start], "v" | "V") && snake(name).contains("version")) {
            words_of(&rest[..start], &mut parts);
        }
        let is_last = end + 1 == rest.len();
        if !(is_last && rest[..start].ends_with('.') && is_extension(name)) {
            parts.push((name, true));
        }
        rest = &rest[end + 1..];
    }
    words_of(rest, &mut parts);
    parts
}

/// `acme.mail.find` of `acme.mail.find(from='{from}')`: a function with its arguments, and no thing with its key, as `Users({id})`.
fn called(segment: &str) -> Option<&str> {
    let (name, arguments) = segment.split_once('(')?;
    let is_function = name.contains('.') || is_verb(&snake(name));
    (is_function && !name.contains('{') && arguments.ends_with(')')).then_some(name)
}

fn words_of<'t>(text: &'t str, parts: &mut Vec<(&'t str, bool)>) {
    if is_version(text) {
        parts.push((text, false));
        return;
    }
    let text = without_extension(text);
    let says = |word: &str| word.contains(|c: char| c.is_alphanumeric());
    let mut start = 0;
    for (at, sign) in text.match_indices(['.', ':', '(', ')', '=', ',', '$', '@']) {
        // `model-v1.5` is one word.
        if sign == "." && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        parts.push((&text[start..at], false));
        start = at + 1;
    }
    parts.push((&text[start..], false));
    parts.retain(|(word, parameter)| *parameter || says(word));
}

/// Whether a parameter after a full stop says how the response is written: `comments.{format}`.
fn is_extension(name: &str) -> bool {
    ["_format", "ext", "extension", "format"].contains(&name)
}

const EXTENSIONS: [&str; 7] = [".json", ".xml", ".csv", ".yaml", ".yml", ".txt", ".html"];

fn without_extension(text: &str) -> &str {
    let mut found = EXTENSIONS.iter().filter_map(|end| text.strip_suffix(end));
    found.next().unwrap_or(text)
}

/// How the response is written, by the end of a path: `csv`, or `as` what a parameter says.
pub fn written_as(path: &str) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parameter = path
        .strip_suffix('}')
        .and_then(|path| path.rsplit_once(".{"));
    if parameter.is_some_and(|(_, name)| is_extension(name)) {
        return Some("as");
    }
    let end = EXTENSIONS.iter().find(|end| path.ends_with(**end))?;
    Some(end.trim_start_matches('.'))
}
