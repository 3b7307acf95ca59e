//! Names that were inferred once and are kept from then on, by what each is the name of.
//!
//! `schema/NAME.lock` is a [`Lock`] as text. [`Names`] is the lock that was read beside the one that is to be written. Whoever
//! names something asks it first, and says what was decided; kept names are given out before any other is inferred, so that
//! nothing new takes one:
//!
//! ```
//! use codegen::lock::{Kind, Lock, Names};
//!
//! let mut names = Names::new(Lock::default());
//! let key = "#/components/schemas/pet";
//! let name = names.kept(Kind::Type, key).unwrap_or("Pet").to_owned();
//! names.record(Kind::Type, key, &name);
//! assert_eq!(names.recorded().get(Kind::Type, key), Some("Pet"));
//! ```
//!
//! What has several places (a type that is written out in three operations) is recorded under the key of each, and asks for each:
//! the first that is kept is its name. What a policy names is not recorded: the policy keeps it.

use std::collections::BTreeMap;
use std::fmt;

use file::escaped;

mod file;

pub use file::{CONFLICT, INVALID, TAKEN, UNREADABLE};

/// What a name is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `METHOD /path` of an operation; the name is the resources and the method.
    Method,
    /// The place of a schema.
    Type,
    /// The place of an alternative that has no model's name.
    Variant,
    /// The place of a property that is not written as its field is, so that another could take the name of that.
    Member,
    /// `METHOD /path` of an operation whose list comes in pages; in place of a name is how they follow each other. It is written
    /// for who reads the lock, and decided anew by the document and the policy.
    Pages,
    /// The place of a schema, or `METHOD /path` of an operation; in place of a name are the properties, or parameters, that a request
    /// cannot do without, in the order in which callers give them.
    Order,
    /// The responses of the API; in place of a name are the members of the object that wraps them: what says how a call went,
    /// its data, errors and messages.
    Envelope,
}

/// The names, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    names: BTreeMap<(Kind, String), String>,
}

/// The names that are kept, and those that were given.
#[derive(Debug, Clone, Default)]
pub struct Names {
    kept: Lock,
    recorded: Lock,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Method,
        Self::Type,
        Self::Variant,
        Self::Member,
        Self::Pages,
        Self::Order,
        Self::Envelope,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Type => "type",
            Self::Variant => "variant",
            Self::Member => "member",
            Self::Pages => "pages",
            Self::Order => "order",
            Self::Envelope => "envelope",
        }
    }
}

impl Lock {
    pub fn get(&self, kind: Kind, key: &str) -> Option<&str> {
        let key = (kind, escaped(key));
        self.names.get(&key).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The keys of a kind with their names, in the order of the file.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (&str, &str)> {
        let all = self.names.iter().filter(move |((of, _), _)| *of == kind);
        all.map(|((_, key), name)| (key.as_str(), name.as_str()))
    }
}

impl Names {
    pub fn new(kept: Lock) -> Self {
        Self {
            kept,
            recorded: Lock::default(),
        }
    }

    /// Whether nothing was named before.
    pub fn is_new(&self) -> bool {
        self.kept.is_empty()
    }

    /// The name that it had when it was last generated.
    pub fn kept(&self, kind: Kind, key: &str) -> Option<&str> {
        self.kept.get(kind, key)
    }

    /// The first of the names of something that has several places.
    pub fn kept_of<'a>(&self, kind: Kind, keys: impl IntoIterator<Item = &'a str>) -> Option<&str> {
        keys.into_iter().find_map(|key| self.kept(kind, key))
    }

    pub fn record(&mut self, kind: Kind, key: &str, name: &str) {
        let key = (kind, escaped(key));
        self.recorded.names.insert(key, name.to_owned());
    }

    /// What is to be written.
    pub fn recorded(&self) -> &Lock {
        &self.recorded
    }

    pub fn into_recorded(self) -> Lock {
        self.recorded
    }
}

/// The file.
impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(file::HEAD)?;
        for ((kind, key), name) in &self.names {
            writeln!(f, "{} {key} = {name}", kind.word())?;
        }
        Ok(())
    }
}
