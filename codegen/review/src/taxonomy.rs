//! The words that reports use of an edit: how bad it is, and what of which part it changes.

/// How severe an edit is to callers, from nothing to the worst.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The wire is the same.
    #[default]
    None,
    Safe,
    /// Some callers may break: it depends on what they do.
    Risky,
    /// What was right before is wrong now.
    Breaking,
}

/// The part of the crate's version that has to rise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    #[default]
    None,
    /// The crate's code or docs differ, its public items do not.
    Patch,
    Minor,
    Major,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    Request,
    Response,
    None,
}

/// The part of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    Info,
    Servers,
    Tags,
    Paths,
    Parameters,
    RequestBody,
    Responses,
    Headers,
    Schema,
    Components,
    Security,
}

/// Which property of the part changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Existence,
    Requiredness,
    Type,
    Values,
    Constraints,
    Structure,
    Mutability,
    Lifecycle,
    /// How a value is written: `style`, `explode`.
    Serialization,
    /// Text for people.
    Docs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Add,
    Remove,
    Change,
    /// A limit that was not there.
    Set,
    Increase,
    Decrease,
    /// More is allowed than before.
    Generalize,
    /// Less is allowed than before.
    Specialize,
}

/// The words that reports use, and the suites read.
macro_rules! words {
    ($name:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

words!(Severity { None => "none", Safe => "safe", Risky => "risky", Breaking => "breaking" });
words!(Bump { None => "none", Patch => "patch", Minor => "minor", Major => "major" });
words!(Direction { Request => "request", Response => "response", None => "none" });
words!(Area {
    Info => "info",
    Servers => "servers",
    Tags => "tags",
    Paths => "paths",
    Parameters => "parameters",
    RequestBody => "requestBody",
    Responses => "responses",
    Headers => "headers",
    Schema => "schema",
    Components => "components",
    Security => "security",
});
words!(Kind {
    Existence => "existence",
    Requiredness => "requiredness",
    Type => "type",
    Values => "values",
    Constraints => "constraints",
    Structure => "structure",
    Mutability => "mutability",
    Lifecycle => "lifecycle",
    Serialization => "serialization",
    Docs => "docs",
});
words!(Action {
    Add => "add",
    Remove => "remove",
    Change => "change",
    Set => "set",
    Increase => "increase",
    Decrease => "decrease",
    Generalize => "generalize",
    Specialize => "specialize",
});
