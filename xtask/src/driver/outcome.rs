//! What became of a call, as the program prints it.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The response could be read.
    Read,
    Unmade(Unmade),
    /// The crate's own error, by its kind.
    Failed {
        kind: String,
        text: String,
    },
}

/// Why no request could be made.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Unmade {
    pub argument: String,
    pub at: String,
    pub reason: String,
}

impl Unmade {
    /// What cannot be made.
    pub fn kind(&self) -> &str {
        if self.argument == "body" {
            "body"
        } else {
            "an argument"
        }
    }

    /// The reason without the values and the place in it.
    pub fn class(&self) -> String {
        let reason = self.reason.split(" at line ").next().unwrap_or_default();
        let mut class = String::new();
        for (index, piece) in reason.split('"').enumerate() {
            class.push_str(if index % 2 == 0 { piece } else { "…" });
        }
        class
    }
}
