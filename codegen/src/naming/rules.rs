//! Rules of the policy: which operations a key names, and where a value puts them.

use super::Place;

/// `METHOD /path`, of which `*` in place of the method is any, `*` in place of a segment any one, and `**` at the end all that
/// follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    method: Option<String>,
    segments: Vec<String>,
    /// Whether anything may follow.
    open: bool,
}

/// Where an operation is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `pets.list`
    Exact(Vec<String>),
    /// `pets.*`: the resources; the method is inferred.
    Method(Vec<String>),
    /// `shop.**`: the first resources; what follows the prefix of the path is inferred.
    Below(Vec<String>),
}

impl Pattern {
    /// `None` where the text names one operation and no more, or is no pattern.
    pub fn of(text: &str) -> Option<Self> {
        let (method, _) = text.split_once(' ')?;
        let pattern = Self::of_any(text);
        let is_pattern =
            method == "*" || pattern.open || pattern.segments.iter().any(|segment| segment == "*");
        is_pattern.then(|| Self {
            method: (method != "*").then(|| method.to_owned()),
            ..pattern
        })
    }

    /// Of an operation, too, and of a path by itself, which is that of any method.
    pub fn of_any(text: &str) -> Self {
        let stated = text.split_once(' ');
        let stated = stated.filter(|(method, _)| !method.contains('/'));
        let (method, path) = stated.unwrap_or(("*", text));
        let mut segments: Vec<String> = segments(path).map(str::to_owned).collect();
        let open = segments.last().is_some_and(|last| last == "**");
        if open {
            segments.pop();
        }
        Self {
            method: (method != "*").then(|| method.to_ascii_uppercase()),
            segments,
            open,
        }
    }

    pub fn matches(&self, method: &str, path: &str) -> bool {
        if self
            .method
            .as_deref()
            .is_some_and(|stated| stated != method)
        {
            return false;
        }
        let mut found = segments(path);
        let begins = self.segments.iter().all(|stated| {
            let found = found.next();
            found.is_some_and(|found| stated == "*" || stated == found)
        });
        begins && (self.open || found.next().is_none())
    }

    /// How many segments of a path it states.
    pub fn depth(&self) -> usize {
        self.segments.len()
    }

    /// Of two that match the one that says more counts.
    pub fn weight(&self) -> (usize, bool, bool) {
        let stated = self.segments.iter().filter(|segment| *segment != "*");
        (stated.count(), !self.open, self.method.is_some())
    }
}

impl Target {
    /// Whether a place is one that this allows.
    pub fn fits(&self, place: &Place) -> bool {
        match self {
            Self::Exact(parts) => place.name() == parts.join("."),
            Self::Method(resources) => place.resources == *resources,
            Self::Below(prefix) => place.resources.starts_with(prefix),
        }
    }

    /// `None` where it is none.
    pub fn of(text: &str, is_name: impl Fn(&str) -> bool) -> Option<Self> {
        let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
        let last = parts.last()?.clone();
        let star = ["*", "**"].contains(&last.as_str());
        if star {
            parts.pop();
        }
        if parts.is_empty() || !parts.iter().all(|part| is_name(part)) {
            return None;
        }
        match last.as_str() {
            "*" => Some(Self::Method(parts)),
            "**" => Some(Self::Below(parts)),
            _ => (parts.len() > 1).then_some(Self::Exact(parts)),
        }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_by_segments() {
        let pattern = |text| Pattern::of(text).unwrap();
        let below = pattern("* /accounts/{id}/access/**");
        assert!(below.matches("GET", "/accounts/{id}/access"));
        assert!(below.matches("PUT", "/accounts/{id}/access/apps/{app}"));
        assert!(!below.matches("GET", "/accounts/{id}/accesses"));
        assert!(pattern("GET /a/*/b").matches("GET", "/a/{x}/b"));
        assert!(!pattern("GET /a/*/b").matches("GET", "/a/{x}/b/c"));
        assert!(!pattern("GET /a/**").matches("POST", "/a"));
        assert_eq!(Pattern::of("GET /a/{x}"), None);
        assert!(pattern("* /a/b/**").weight() > pattern("* /a/**").weight());
    }

    #[test]
    fn a_target_says_how_much_is_inferred() {
        let target = |text| Target::of(text, |part| part != "Bad");
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(target("a.b"), Some(Target::Exact(names(&["a", "b"]))));
        assert_eq!(target("a.*"), Some(Target::Method(names(&["a"]))));
        assert_eq!(target("a.b.**"), Some(Target::Below(names(&["a", "b"]))));
        assert_eq!(
            [target("a"), target("**"), target("a.Bad")],
            [None, None, None]
        );
    }
}
