//! Servers whose URLs have variables, are relative, or belong to single operations (Server Object, OpenAPI 3.1.1, 4.8.5).

use reqwest::Url;

use super::error::ConfigurationError;

/// Where a server is.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    url: &'static str,
    // The path of the API's own server.
    replaces: &'static str,
    variables: &'static [Variable],
}

/// A part of a server's URL that a caller may set.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// The name in the URL.
    pub name: &'static str,
    /// What it is unless it is set; none if a caller has to set it.
    pub default: Option<&'static str>,
    /// All that it may be; empty for anything.
    pub values: &'static [&'static str],
}

impl Address {
    /// A URL, which may have `{variables}`, and may be relative.
    pub const fn at(url: &'static str) -> Self {
        Self {
            url,
            replaces: "",
            variables: &[],
        }
    }

    /// What at the end of a base URL a relative one stands in place of.
    pub const fn replacing(mut self, path: &'static str) -> Self {
        self.replaces = path;
        self
    }

    /// The variables of the URL.
    pub const fn with(mut self, variables: &'static [Variable]) -> Self {
        self.variables = variables;
        self
    }

    pub(super) fn is_relative(&self) -> bool {
        !self.url.contains("://") && !self.url.starts_with('{')
    }

    /// The URL with its variables replaced.
    ///
    /// A relative one is put in place of the path of `base`, which is empty if none is known.
    pub(super) fn resolve(
        &self,
        base: &str,
        given: &[(String, String)],
    ) -> Result<String, ConfigurationError> {
        let url = self.fill(given)?;
        let url = url.trim_end_matches('/');
        if url.contains("://") {
            return Ok(url.to_owned());
        }
        if base.is_empty() {
            let reason = format!("the server `{}` is relative: call `base_url`", self.url);
            return Err(ConfigurationError::new(reason));
        }
        let root = base.strip_suffix(self.replaces).unwrap_or(base);
        let root = root.trim_end_matches('/');
        Ok(match url.trim_start_matches('/') {
            "" => root.to_owned(),
            path => format!("{root}/{path}"),
        })
    }

    // One pass over the template: a value is never searched for variables.
    fn fill(&self, given: &[(String, String)]) -> Result<String, ConfigurationError> {
        let mut url = String::with_capacity(self.url.len());
        let mut rest = self.url;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            url.push_str(literal);
            let value = self.value(name, given)?;
            check(name, value, Part::after(&url))?;
            url.push_str(value);
            rest = after;
        }
        url.push_str(rest);
        Ok(url)
    }

    fn value<'v>(
        &self,
        name: &str,
        given: &'v [(String, String)],
    ) -> Result<&'v str, ConfigurationError> {
        let set = given.iter().rev().find(|(known, _)| known == name);
        let variable = self.variables.iter().find(|known| known.name == name);
        match (set, variable.and_then(|variable| variable.default)) {
            (Some((_, value)), _) => {
                let values = variable.map_or(&[][..], |variable| variable.values);
                if values.is_empty() || values.contains(&value.as_str()) {
                    return Ok(value);
                }
                let values = quoted(values.iter().copied());
                let reason = format!("the server variable `{name}` is none of {values}");
                Err(ConfigurationError::new(reason))
            }
            (None, Some(default)) => Ok(default),
            (None, None) => {
                let reason = format!(
                    "the server variable `{name}` has no value: call `server_variable`, or `base_url`"
                );
                Err(ConfigurationError::new(reason))
            }
        }
    }
}

/// The URL without a slash at its end, if calls can be made there.
pub(super) fn checked(text: &str) -> Result<String, ConfigurationError> {
    let url = Url::parse(text);
    let url = url.map_err(|error| ConfigurationError::new(format!("the base URL: {error}")))?;
    let rejections = [
        (
            !matches!(url.scheme(), "http" | "https"),
            "it is neither http nor https",
        ),
        (url.query().is_some(), "it has a query"),
        (url.fragment().is_some(), "it has a fragment"),
        (
            !url.username().is_empty() || url.password().is_some(),
            "it has a user or a password",
        ),
    ];
    match rejections.into_iter().find(|(rejected, _)| *rejected) {
        Some((_, reason)) => Err(ConfigurationError::new(format!("the base URL: {reason}"))),
        None => Ok(url.as_str().trim_end_matches('/').to_owned()),
    }
}

/// Rejects what is no variable of any server.
pub(super) fn check_names(
    servers: &[Address],
    given: &[(String, String)],
) -> Result<(), ConfigurationError> {
    let known = || servers.iter().flat_map(|server| server.variables);
    for (name, _) in given {
        if !known().any(|variable| variable.name == name) {
            let mut names: Vec<&str> = known().map(|variable| variable.name).collect();
            names.sort_unstable();
            names.dedup();
            let reason = format!(
                "no server has the variable `{name}`: there is {}",
                quoted(names.into_iter())
            );
            return Err(ConfigurationError::new(reason));
        }
    }
    Ok(())
}

/// Where in a URL a variable is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// At the head, which it may be as a whole.
    Head,
    Host,
    Path,
}

impl Part {
    fn after(url: &str) -> Self {
        match url.split_once("://") {
            None if url.is_empty() => Self::Head,
            None => Self::Path,
            Some((_, rest)) if rest.contains('/') => Self::Path,
            Some(_) => Self::Host,
        }
    }
}

/// A value may not lead to another host, or end the path.
fn check(name: &str, value: &str, part: Part) -> Result<(), ConfigurationError> {
    let in_host = |c: char| c.is_alphanumeric() || "-._~:".contains(c);
    let in_path = |c: char| !c.is_control() && !c.is_whitespace() && !"?#\\@{}".contains(c);
    let allowed = match part {
        Part::Host => value.chars().all(in_host),
        Part::Head | Part::Path => value.chars().all(in_path),
    };
    if allowed {
        return Ok(());
    }
    let reason = format!("the server variable `{name}` has a value that can't be there in a URL");
    Err(ConfigurationError::new(reason))
}

fn quoted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
