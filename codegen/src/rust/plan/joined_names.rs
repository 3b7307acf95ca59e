//! Names made of words, and several of them that may be given.

use super::long_names::{LONGEST, shortened};

/// Names that may be given, each once, with shorter ones in place of those that are too long.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) all: Vec<String>,
    /// Those that were too long.
    long: Vec<String>,
}

impl Names {
    pub(super) fn push(&mut self, name: String) {
        if name.len() <= LONGEST {
            self.add(name);
        } else if !self.long.contains(&name) {
            shortened(&name).into_iter().for_each(|name| self.add(name));
            self.long.push(name);
        }
    }

    pub(super) fn add(&mut self, name: String) {
        if !name.is_empty() && !self.all.contains(&name) {
            self.all.push(name);
        }
    }

    pub(super) fn extend(&mut self, names: impl IntoIterator<Item = String>) {
        names.into_iter().for_each(|name| self.push(name));
    }
}

/// Words as one name: what one ends with and the next begins with is said once.
pub(super) fn joined(words: &[&str]) -> String {
    let mut name = String::new();
    for word in words {
        let overlap = humps(word).find(|end| name.ends_with(&word[..*end]));
        match overlap {
            // `IssueField` of an `Issue`, but not `Repo` of a `Repo`.
            Some(end) if end < word.len() => name.push_str(&word[end..]),
            _ => name.push_str(word),
        }
    }
    name
}

/// Whether the last words of a name in camel case are these.
pub(super) fn ends_with_word(name: &str, word: &str) -> bool {
    let before = name.strip_suffix(word);
    before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_uppercase()))
}

/// Where the words of a name in camel case end, the last first.
fn humps(name: &str) -> impl Iterator<Item = usize> {
    let starts = name.char_indices().skip(1);
    let starts = starts
        .filter(|(_, c)| c.is_ascii_uppercase())
        .map(|(at, _)| at);
    let mut ends: Vec<usize> = starts.chain([name.len()]).collect();
    ends.reverse();
    ends.into_iter().filter(|end| *end > 0)
}
