//! What a service says beside its data, read from whatever it sent.

use serde_json::Value;

/// One error or message of the service.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Message {
    /// The service's number for what it says.
    pub code: Option<i64>,
    /// The text.
    pub message: String,
    /// Where to read more.
    pub documentation_url: Option<String>,
    /// The JSON pointer to the part of the request that it is about.
    pub pointer: Option<String>,
}

impl Message {
    /// Every message in a value; what isn't a message or a list of them counts as none.
    pub(super) fn list(value: &Value) -> Vec<Self> {
        match value {
            Value::Array(items) => items.iter().filter_map(Self::one).collect(),
            other => Self::one(other).into_iter().collect(),
        }
    }

    /// The message with each of its texts passed through `clean`.
    pub(super) fn map_text(self, clean: impl Fn(&str) -> String) -> Self {
        Self {
            code: self.code,
            message: clean(&self.message),
            documentation_url: self.documentation_url.as_deref().map(&clean),
            pointer: self.pointer.as_deref().map(&clean),
        }
    }

    /// A text by itself.
    pub(super) fn of_text(text: &str) -> Self {
        Self {
            message: text.to_owned(),
            ..Self::default()
        }
    }

    /// The text with what the object around it says beside it.
    pub(super) fn of_object(value: &Value, message: String) -> Self {
        Self {
            code: value.get("code").and_then(code),
            message,
            documentation_url: text(value, "/documentation_url"),
            pointer: text(value, "/source/pointer"),
        }
    }

    fn one(value: &Value) -> Option<Self> {
        if let Value::String(text) = value {
            return Some(Self::of_text(text));
        }
        let message = Self::of_object(value, text(value, "/message").unwrap_or_default());
        (message != Self::default()).then_some(message)
    }
}

fn code(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    }
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}
