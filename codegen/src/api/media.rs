//! What media types mean, and which of several is used.

use super::Media;

/// What a body is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `application/json`, and what ends with `+json` (RFC 6839, section 3.1).
    Json,
    /// `*/*`: nothing is said.
    Any,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data` and the like.
    Multipart,
    /// One JSON text a line: `application/jsonl`, `application/x-ndjson`.
    Lines,
    /// JSON texts, each after a record separator: `application/json-seq` (RFC 7464).
    Sequence,
    /// `text/event-stream` (WHATWG HTML, section 9.2).
    Events,
    Text,
    /// Any other.
    Bytes,
}

/// The names of what is JSON line by line, none of which is registered.
const LINES: [&str; 10] = [
    "application/json-lines",
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/stream+json",
    "application/x-json-stream",
    "application/x-jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/x-ldjson",
];

impl Media {
    pub fn format(&self) -> Format {
        match self.essence() {
            "text/event-stream" => Format::Events,
            name if LINES.contains(&name) || name.ends_with("+jsonl") => Format::Lines,
            "application/json-seq" => Format::Sequence,
            name if name.ends_with("+json-seq") => Format::Sequence,
            name if is_json(name) => Format::Json,
            "*/*" => Format::Any,
            "application/x-www-form-urlencoded" => Format::Form,
            name if name.starts_with("multipart/") => Format::Multipart,
            name if name.starts_with("text/") => Format::Text,
            _ => Format::Bytes,
        }
    }

    /// The media type without its parameters.
    pub fn essence(&self) -> &str {
        essence(&self.media_type)
    }

    /// Whether it stands for several media types, so that it cannot be sent.
    pub fn is_range(&self) -> bool {
        self.essence().contains('*')
    }

    /// What is read of several media types, the lowest first: JSON before anything else, and parts
    /// last.
    pub fn rank(&self) -> u8 {
        match self.format() {
            Format::Json if self.essence() == "application/json" => 0,
            Format::Json => 1,
            Format::Any => 2,
            Format::Form => 3,
            Format::Bytes | Format::Lines | Format::Sequence => 4,
            Format::Text | Format::Events => 5,
            Format::Multipart => 6,
        }
    }
}

/// Whether such a text is JSON, in whatever words.
pub fn is_json(media_type: &str) -> bool {
    let name = essence(media_type);
    matches!(name, "application/json" | "text/json") || name.ends_with("+json")
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
