//! Which of its media types a caller can send a body in, and what the methods for them are called.

use super::bodies::{Bodies, Sent};
use super::{Plan, UNSUPPORTED};
use crate::api::media::Format;
use crate::api::{Body, Media, Operation};
use crate::diagnostic::Diagnostic;
use crate::rust::BodyFormat;
use crate::rust::names::snake;

/// Words for media types that are called by their meaning, and not by their own names.
const WORDS: [(&str, &str); 8] = [
    ("application/json", "json"),
    ("application/merge-patch+json", "merge_patch"),
    ("application/json-patch+json", "json_patch"),
    ("application/x-www-form-urlencoded", "form"),
    ("multipart/form-data", "multipart"),
    ("text/plain", "text"),
    ("application/octet-stream", "bytes"),
    ("application/x-ndjson", "ndjson"),
];

impl Plan<'_> {
    /// The media types of the body that say something of their own. The first that is written from values is the default,
    /// or the first of all; but where several have the same file, the one of parts, since only a part can be a file.
    pub(super) fn requests(&mut self, operation: &Operation) -> Vec<Sent> {
        let Some(body) = &operation.body else {
            return Vec::new();
        };
        let (spoken, silent): (Vec<&Media>, Vec<&Media>) = body
            .content
            .iter()
            .partition(|media| !is_implied(media, body) && !self.is_said_by_json(media, body));
        for media in silent {
            let message = format!("`{}` is sent as another media type", media.media_type);
            let diagnostic = Diagnostic::note(UNSUPPORTED, message);
            self.report(diagnostic, &media.location);
        }
        let mut choices: Vec<Sent> = spoken.into_iter().map(|media| self.sent(media)).collect();
        for sent in &choices {
            self.note_placeholders(sent);
            self.check_encoding(sent);
        }
        let written = |sent: &Sent| !matches!(sent.format, BodyFormat::Raw | BodyFormat::Text);
        let default = choices
            .iter()
            .position(|sent| self.alone_carries(sent, &choices));
        if let Some(default) = default.or_else(|| choices.iter().position(written)) {
            choices[..=default].rotate_right(1);
        }
        choices
    }

    /// Whether it is a form of what JSON is made of, too, without a file: JSON says all of it, and what is nested exactly.
    fn is_said_by_json(&self, media: &Media, body: &Body) -> bool {
        let has_files = || {
            let properties = self.part_properties(media.ty);
            let mut properties = properties.iter();
            properties.any(|property| self.is_file_part(property.ty))
        };
        let is_form = match media.format() {
            Format::Form => true,
            Format::Multipart => !has_files(),
            _ => false,
        };
        let mut others = body.content.iter().filter(|other| is_plain_json(other));
        let meaning = |media: &Media| media.ty.map(|ty| self.meaning(ty));
        is_form && media.ty.is_some() && others.any(|json| meaning(json) == meaning(media))
    }

    /// Whether it has a part that is a file, and another media type has a property of the same name.
    fn alone_carries(&self, sent: &Sent, all: &[Sent]) -> bool {
        if sent.format != BodyFormat::Multipart {
            return false;
        }
        let mut files = self.part_properties(sent.ty);
        files.retain(|property| self.is_file_part(property.ty));
        let mut others = all.iter().filter(|other| other.format != sent.format);
        others.any(|other| {
            let properties = self.part_properties(other.ty);
            let mut names = properties.iter().map(|property| &property.name);
            names.any(|name| files.iter().any(|file| file.name == *name))
        })
    }

    /// Those that have a method of their own: the default, and where a body is required each. One that is optional
    /// is set on the request, unless it is several arguments.
    pub(super) fn is_method(&self, operation: &Operation, bodies: &Bodies, chosen: usize) -> bool {
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        chosen == 0 || required || self.has_part_arguments(&bodies.sent[chosen])
    }
}

/// What follows the name of the method or the setter: the first that is free.
pub(super) fn suffixes(sent: &Sent) -> [String; 3] {
    let essence = sent.media_type.split(';').next().unwrap_or_default().trim();
    let (family, name) = essence.split_once('/').unwrap_or(("", essence));
    let bare = |text: &str| snake(text).trim_start_matches("r#").to_owned();
    let known = WORDS.iter().find(|(known, _)| *known == essence);
    let word = match known {
        Some((_, word)) => (*word).to_owned(),
        None if name == "*" => bare(if family == "*" { "any" } else { family }),
        None => bare(name.trim_start_matches("x-").trim_end_matches("+json")),
    };
    [word, bare(essence), bare(&sent.media_type)]
}

/// Whether another of the media types says the same: a range beside what is within it, another name of JSON, the
/// charset of JSON.
fn is_implied(media: &Media, body: &Body) -> bool {
    body.content.iter().any(|other| {
        let same = other.ty == media.ty && other.media_type != media.media_type;
        same && !other.is_range()
            && match media.format() {
                Format::Any => true,
                Format::Json if is_plain_json(other) => {
                    media.is_range() || media.essence() == "text/json" || says_more(media, other)
                }
                _ if media.is_range() => is_within(other.essence(), media.essence()),
                _ => false,
            }
    })
}

fn is_plain_json(media: &Media) -> bool {
    media.essence() == "application/json"
}

/// Whether it is the same with a parameter.
fn says_more(media: &Media, other: &Media) -> bool {
    media.essence() == other.essence() && other.media_type == other.essence()
}

fn is_within(essence: &str, range: &str) -> bool {
    let family = range.strip_suffix('*').unwrap_or(range);
    essence.starts_with(family)
}
