//! JSON pointers (RFC 6901) into a document.

use std::borrow::Cow;
use std::fmt;

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

/// A pointer that grows on a walk, and is spelled out only where something is to be said.
#[derive(Debug, Clone, Copy)]
pub struct Trail<'a> {
    outer: Option<&'a Trail<'a>>,
    token: Token<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Token<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    pub const ROOT: Self = Self {
        outer: None,
        token: Token::Key(""),
    };

    pub fn key(&'a self, key: &'a str) -> Self {
        self.then(Token::Key(key))
    }

    pub fn index(&'a self, index: usize) -> Self {
        self.then(Token::Index(index))
    }

    fn then(&'a self, token: Token<'a>) -> Self {
        Self {
            outer: Some(self),
            token,
        }
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(outer) = self.outer else {
            return Ok(());
        };
        match self.token {
            Token::Key(key) => write!(f, "{outer}/{}", escape(key)),
            Token::Index(index) => write!(f, "{outer}/{index}"),
        }
    }
}

fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}
