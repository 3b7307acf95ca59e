//! JSON pointers (RFC 6901) into a document.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A JSON pointer that is kept; a clone shares its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

/// A pointer that grows on a walk, and is spelled out only where something is to be kept or said.
#[derive(Debug, Clone, Copy)]
pub struct Trail<'a> {
    outer: Option<&'a Trail<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// Where the walk begins.
    From(&'a str),
    Key(&'a str),
    Index(usize),
}

/// The pointer one token further down.
pub fn join(pointer: &str, token: impl AsRef<str>) -> String {
    let token = escape(token.as_ref());
    let mut joined = String::with_capacity(pointer.len() + 1 + token.len());
    joined.push_str(pointer);
    joined.push('/');
    joined.push_str(&token);
    joined
}

/// The pointer of the container, or `None` at the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|at| &pointer[..at])
}

/// The tokens of a pointer, unescaped.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    })
}

impl Pointer {
    /// The pointer one token further down.
    pub fn key(&self, key: impl AsRef<str>) -> Self {
        join(self, key).into()
    }
}

impl<'a> Trail<'a> {
    pub const ROOT: Self = Self::from("");

    /// A walk that begins at a pointer.
    pub const fn from(pointer: &'a str) -> Self {
        Self {
            outer: None,
            step: Step::From(pointer),
        }
    }

    pub fn key(&'a self, key: &'a str) -> Self {
        self.then(Step::Key(key))
    }

    pub fn index(&'a self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    /// The container; the walk does not go further out than where it began.
    pub fn outer(&self) -> &Self {
        self.outer.unwrap_or(self)
    }

    /// The last token, unescaped.
    pub fn token(&self) -> Cow<'a, str> {
        match self.step {
            Step::From(pointer) => tokens(pointer).last().unwrap_or_default(),
            Step::Key(key) => key.into(),
            Step::Index(index) => index.to_string().into(),
        }
    }

    /// The pointer, spelled out.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn then(&'a self, step: Step<'a>) -> Self {
        Self {
            outer: Some(self),
            step,
        }
    }

    /// `rest` is how much follows, so that the text is allocated once.
    fn write(&self, text: &mut String, rest: usize) {
        let number;
        let (separator, token) = match self.step {
            Step::From(pointer) => ("", Cow::Borrowed(pointer)),
            Step::Key(key) => ("/", escape(key)),
            Step::Index(index) => {
                number = index.to_string();
                ("/", Cow::Borrowed(number.as_str()))
            }
        };
        let rest = rest + separator.len() + token.len();
        match self.outer {
            Some(outer) => outer.write(text, rest),
            None => text.reserve_exact(rest),
        }
        text.push_str(separator);
        text.push_str(&token);
    }
}

impl Deref for Pointer {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Default for Pointer {
    /// The whole document.
    fn default() -> Self {
        Self("".into())
    }
}

impl From<String> for Pointer {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Pointer {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

fn escape(token: &str) -> Cow<'_, str> {
    // One sign at a time is what the standard library looks for in whole words of the machine.
    if token.contains('~') || token.contains('/') {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_is_spelled_like_a_pointer() {
        let from = Trail::from("/paths/~1a");
        let outer = from.key("b~/");
        let trail = outer.index(2);
        assert_eq!(trail.text(), "/paths/~1a/b~0~1/2");
        assert_eq!(trail.outer().text(), "/paths/~1a/b~0~1");
        assert_eq!(&*Pointer::from("/a").key("c/"), "/a/c~1");
        assert_eq!(Trail::ROOT.text(), "");
        let tokens: Vec<_> = tokens("/paths/~1a/b~0~1/2").collect();
        assert_eq!(tokens, ["paths", "/a", "b~/", "2"]);
    }
}
