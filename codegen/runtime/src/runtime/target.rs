//! From a path template and its values to a path that can't leave its place.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::encode;
use super::error::InvalidArgumentError;
use super::sensitive;

/// A path with its parameters, as in `/accounts/{account_id}/members`.
#[derive(Clone)]
pub(super) struct Target {
    // Without the fragment by which descriptions distinguish two operations; it is never sent.
    template: Cow<'static, str>,
    // Where its path ends.
    end: usize,
    values: Vec<(&'static str, String)>,
}

/// A path with its values, behind that of the base URL.
pub(super) struct Resolved {
    pub(super) path: String,
    /// The encoded query that was written inline, without its question mark.
    pub(super) query: Option<String>,
}

impl Target {
    /// A path of the API's own description.
    pub(super) fn declared(template: &'static str) -> Self {
        let end = end(template);
        let (path, rest) = template.split_at(end);
        let template = match rest.split_once('#') {
            _ if rest.is_empty() => path,
            Some((query, _)) => &template[..end + query.len()],
            None => template,
        };
        Self {
            template: Cow::Borrowed(template),
            end,
            values: Vec::new(),
        }
    }

    /// In place of a path that was rejected.
    pub(super) fn rejected() -> Self {
        Self {
            template: Cow::Owned(String::new()),
            end: 0,
            values: Vec::new(),
        }
    }

    /// A path that a caller wrote.
    pub(super) fn custom(path: Cow<'static, str>) -> Result<Self, InvalidArgumentError> {
        match rejection(&path) {
            Some(reason) => Err(InvalidArgumentError::new("path", reason)),
            None => Ok(Self {
                end: end(&path),
                template: path,
                values: Vec::new(),
            }),
        }
    }

    /// The template for errors and `Debug`: without values, and without a query that may hold some.
    pub(super) fn shown(&self) -> &'static str {
        match self.template {
            Cow::Borrowed(template) => &template[..self.end],
            // There is no telling which parts of it are values.
            Cow::Owned(_) => "…",
        }
    }

    /// The names of the parameters of a path of the API's own description, each once.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let template = match self.template {
            Cow::Borrowed(template) => template,
            Cow::Owned(_) => "",
        };
        let first = move |(at, name): &(usize, &str)| {
            let mut before = placeholders(&template[..*at]);
            !before.any(|(_, earlier)| earlier == *name)
        };
        placeholders(template).filter(first).map(|(_, name)| name)
    }

    /// Another path of the API, with the values of the parameters that both have.
    pub(super) fn under(&self, template: &'static str) -> Self {
        let mut target = Self::declared(template);
        let has = |(name, _): &&(&str, String)| target.names().any(|known| known == *name);
        let common = self.values.iter().filter(has);
        target.values = common.cloned().collect();
        target
    }

    /// The first parameter that has no value.
    pub(super) fn missing(&self) -> Option<&'static str> {
        let has = |name: &&str| self.values.iter().any(|(known, _)| known == name);
        self.names().find(|name| !has(name))
    }

    /// Gives a parameter its value.
    pub(super) fn set(
        &mut self,
        name: &'static str,
        value: &str,
    ) -> Result<(), InvalidArgumentError> {
        let reject = |reason: &str| Err(InvalidArgumentError::new(name, reason));
        if value.is_empty() {
            return reject("a path parameter can't be empty");
        }
        let several = has_several_segments(name);
        let mut encoded = String::with_capacity(value.len());
        for (index, segment) in value.split(|c| several && c == '/').enumerate() {
            if segment.is_empty() {
                return reject("a path parameter can't have an empty segment");
            }
            if is_dot_segment(segment) {
                return reject("a path parameter can't be a dot segment");
            }
            if index > 0 {
                encoded.push('/');
            }
            encode::component_onto(&mut encoded, segment);
        }
        self.put(name, encoded);
        Ok(())
    }

    /// Gives a parameter the text that it is in its style, encoded already.
    pub(super) fn set_styled(
        &mut self,
        name: &'static str,
        text: String,
    ) -> Result<(), InvalidArgumentError> {
        if text.is_empty() || is_dot_segment(&text) {
            let reason = "it leaves its segment of the path empty, or makes it a dot segment";
            return Err(InvalidArgumentError::new(name, reason));
        }
        self.put(name, text);
        Ok(())
    }

    fn put(&mut self, name: &'static str, encoded: String) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, encoded));
    }

    /// The values of the parameters that `names` has.
    pub(super) fn values_of(&self, names: &[&str]) -> Vec<String> {
        let named = self.values.iter();
        let named = named.filter(|(name, _)| sensitive::is_one_of(name, names));
        let decoded = named.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy());
        decoded.map(Cow::into_owned).collect()
    }

    /// The path behind that of a base URL, with every parameter replaced by its value.
    pub(super) fn resolve(&self, base: &str) -> Result<Resolved, InvalidArgumentError> {
        let (template, query) = self.template.split_at(self.end);
        let query = query.strip_prefix('?');
        let query = query.map(|query| self.fill("", query)).transpose()?;
        let path = self.fill(base, template)?;
        if has_dot_segment(&path[base.len()..]) {
            return Err(InvalidArgumentError::new("path", "it has a dot segment"));
        }
        Ok(Resolved { path, query })
    }

    // One pass over the template: a value is never searched for placeholders.
    fn fill(&self, base: &str, template: &str) -> Result<String, InvalidArgumentError> {
        let values = self.values.iter().map(|(_, value)| value.len());
        let length = base.len() + template.len() + values.sum::<usize>();
        let mut text = String::with_capacity(length);
        text.push_str(base);
        let mut rest = template;
        while let Some((literal, after)) = cut(rest, b'{') {
            let unclosed = || InvalidArgumentError::new("path", "it has a `{` without a `}`");
            let (name, after) = cut(after, b'}').ok_or_else(unclosed)?;
            encode::path_onto(&mut text, literal);
            text.push_str(self.value(name)?);
            rest = after;
        }
        encode::path_onto(&mut text, rest);
        Ok(text)
    }

    fn value(&self, name: &str) -> Result<&str, InvalidArgumentError> {
        // The name isn't shown: in a path that a caller wrote it may be a part of a value.
        let missing = || InvalidArgumentError::new("path", "one of its placeholders has no value");
        let value = self.values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| value.as_str()).ok_or_else(missing)
    }
}

/// Where the path of a template ends.
fn end(template: &str) -> usize {
    let mut bytes = template.bytes();
    let end = bytes.position(|byte| matches!(byte, b'?' | b'#'));
    end.unwrap_or(template.len())
}

/// The names between braces, and where each stands.
fn placeholders(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let (_, after) = cut(rest, b'{')?;
        let (name, after_name) = cut(after, b'}').unwrap_or((after, ""));
        rest = after_name;
        Some((template.len() - after.len(), name))
    })
}

/// What stands before and after the first of a character. A template is so short that the machinery of `split_once`
/// takes longer than looking at each byte.
fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let found = text.bytes().position(|byte| byte == at)?;
    Some((&text[..found], &text[found + 1..]))
}

fn has_dot_segment(path: &str) -> bool {
    let bytes = path.as_bytes();
    let begins = |at: usize| at == 0 || bytes[at - 1] == b'/';
    let segment = |at: usize| path[at..].split('/').next().unwrap_or_default();
    // Nearly no segment begins like one.
    let mut found = bytes.iter().enumerate();
    found.any(|(at, byte)| matches!(byte, b'.' | b'%') && begins(at) && is_dot_segment(segment(at)))
}

/// Of `{+parent}` (RFC 6570, section 3.2.3) and `{name=projects/*}`, whose slashes stay.
pub(super) fn has_several_segments(placeholder: &str) -> bool {
    placeholder.starts_with(['+', '*']) || placeholder.contains('=')
}

fn rejection(path: &str) -> Option<&'static str> {
    let segments = path.split('?').next().unwrap_or_default();
    let rejections = [
        (
            !path.starts_with('/'),
            "it must begin with `/` and is relative to the base URL",
        ),
        (path.contains('#'), "it can't have a fragment"),
        (
            path.chars().any(char::is_control),
            "it can't hold control characters",
        ),
        (segments.contains('\\'), "it can't hold a backslash"),
        (
            segments.split('/').any(is_dot_segment),
            "it can't have dot segments",
        ),
    ];
    rejections
        .into_iter()
        .find_map(|(rejected, reason)| rejected.then_some(reason))
}

/// Whether a URL parser would read the segment as `.` or `..`, in any spelling.
pub(super) fn is_dot_segment(segment: &str) -> bool {
    // The longest spelling is `%2e%2e`, so that longer text needs no second look.
    segment.len() <= 6
        && segment.starts_with(['.', '%'])
        && matches!(
            segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
            "." | ".."
        )
}
