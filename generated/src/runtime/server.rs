//! Servers whose URLs have variables, are relative, or belong to single operations (Server Object, OpenAPI 3.1.1, 4.8.5).

use reqwest::Url;

use super::error::ConfigurationError;
use super::service::Service;
use super::target;

/// Where a server is.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    url: &'static str,
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
            variables: &[],
        }
    }

    /// The variables of the URL.
    pub const fn with(mut self, variables: &'static [Variable]) -> Self {
        self.variables = variables;
        self
    }

    pub(super) fn is_relative(&self) -> bool {
        let has_host = self.url.contains("://") || self.url.starts_with("//");
        !has_host && !self.url.starts_with('{')
    }

    /// The URL with its variables replaced, without a slash at its end.
    ///
    /// A relative one is resolved against where the API is (RFC 3986, 5.2).
    pub(super) fn resolve(
        &self,
        origin: Option<&Origin>,
        given: &[(String, String)],
    ) -> Result<String, ConfigurationError> {
        let url = self.fill(given)?;
        if url.contains("://") {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        match origin {
            Some(origin) => origin.join(&url),
            None => Err(self.without_host()),
        }
    }

    fn without_host(&self) -> ConfigurationError {
        let reason = format!("the server `{}` is relative: call `base_url`", self.url);
        ConfigurationError::new(reason)
    }

    /// The path, which is empty where there is none.
    fn path(&self, given: &[(String, String)]) -> Result<String, ConfigurationError> {
        let url = self.fill(given)?;
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
            None => &url,
        };
        Ok(path.trim_end_matches('/').to_owned())
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
            url.push_str(self.value(name, given, Part::after(&url))?);
            rest = after;
        }
        url.push_str(rest);
        Ok(url)
    }

    fn value<'v>(
        &self,
        name: &str,
        given: &'v [(String, String)],
        part: Part,
    ) -> Result<&'v str, ConfigurationError> {
        let set = given.iter().rev().find(|(known, _)| known == name);
        let variable = self.variables.iter().find(|known| known.name == name);
        match (set, variable.and_then(|variable| variable.default)) {
            (Some((_, value)), _) => {
                variable.map_or(Ok(()), |variable| variable.check(value, part))?;
                Ok(value)
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

    /// The variables, and which part of the URL each is in.
    fn parts(&self) -> impl Iterator<Item = (&'static Variable, Part)> {
        let url = self.url;
        self.variables.iter().filter_map(move |variable| {
            let at = url.find(&format!("{{{}}}", variable.name))?;
            Some((variable, Part::after(&url[..at])))
        })
    }
}

impl Variable {
    /// Rejects what the API's description does not list. Where that lists nothing: what is empty, leads
    /// to another host, leaves its place in the path or ends the path.
    fn check(&self, value: &str, part: Part) -> Result<(), ConfigurationError> {
        if self.values.contains(&value) || self.default == Some(value) {
            return Ok(());
        }
        let name = self.name;
        let reject = |reason: String| Err(ConfigurationError::new(reason));
        if !self.values.is_empty() {
            let values = quoted(self.values.iter().copied());
            return reject(format!("the server variable `{name}` is none of {values}"));
        }
        if value.is_empty() {
            return reject(format!("the server variable `{name}` is empty"));
        }
        let in_host = |c: char| c.is_alphanumeric() || "-._~:".contains(c);
        let in_path = |c: char| !c.is_control() && !c.is_whitespace() && !"?#\\@{}".contains(c);
        let allowed = match part {
            Part::Host => value.chars().all(in_host),
            Part::Head | Part::Path => {
                value.chars().all(in_path) && !value.split('/').any(target::is_dot_segment)
            }
        };
        if allowed {
            return Ok(());
        }
        reject(format!(
            "the server variable `{name}` has a value that can't be there in a URL"
        ))
    }
}

/// Where the API is: what relative servers are resolved against.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// Where its calls go, without a slash at the end.
    base: String,
    /// What of that is no part of the API's paths: how it is spoken to and its host, and the prefix of a
    /// proxy.
    root: String,
}

impl Origin {
    /// From the base URL, if one is given, and the server that was chosen. A base URL comes before a
    /// server, unless that is relative to it.
    pub(super) fn new(
        servers: &[Address],
        chosen: usize,
        given: Option<&str>,
        variables: &[(String, String)],
        service: &Service,
    ) -> Result<Self, ConfigurationError> {
        let given = given.map(checked).transpose()?;
        let own = [Address::at(service.base_url)];
        let servers = if servers.is_empty() { &own } else { servers };
        let first = servers.first().unwrap_or(&own[0]);
        let server = servers.get(chosen).unwrap_or(first);
        if !server.is_relative() || chosen == 0 {
            return match given {
                Some(given) => Ok(Self::given(&given, &[server.path(variables)?])),
                None if server.is_relative() => Err(nowhere(service)),
                None => Ok(Self::described(&checked(
                    &server.resolve(None, variables)?,
                )?)),
            };
        }
        let origin = match given {
            Some(given) => {
                let own = Some(server.path(variables)?).filter(|path| !path.is_empty());
                let paths = own.into_iter().chain([first.path(variables)?]);
                Self::given(&given, &paths.collect::<Vec<_>>())
            }
            None if first.is_relative() => return Err(server.without_host()),
            None => Self::described(&checked(&first.resolve(None, variables)?)?),
        };
        let base = checked(&server.resolve(Some(&origin), variables)?)?;
        Ok(Self { base, ..origin })
    }

    /// Of a server that the API describes.
    fn described(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            root: host_of(base).to_owned(),
        }
    }

    /// Of a base URL that stands for a server with one of these paths: what is before that is a
    /// proxy's. If it ends in none of them, nothing of its path stays.
    fn given(base: &str, paths: &[String]) -> Self {
        let host = host_of(base);
        let mut roots = paths
            .iter()
            .filter_map(|path| base.strip_suffix(path.as_str()));
        let root = roots.find(|root| root.len() >= host.len());
        Self {
            base: base.to_owned(),
            root: root.unwrap_or(host).to_owned(),
        }
    }

    /// Where calls go.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The URL of a relative one. What begins with no slash is within the base, which is a folder.
    fn join(&self, relative: &str) -> Result<String, ConfigurationError> {
        let path = relative.trim_end_matches('/');
        if path.starts_with('/') && !path.starts_with("//") {
            return Ok(format!("{}{path}", self.root));
        }
        if relative.starts_with('/') && path.is_empty() {
            return Ok(self.root.clone());
        }
        let folder = Url::parse(&format!("{}/", self.base));
        let url = folder.and_then(|folder| folder.join(relative));
        let url = url.map_err(|error| ConfigurationError::new(format!("the base URL: {error}")))?;
        Ok(url.as_str().trim_end_matches('/').to_owned())
    }
}

fn nowhere(service: &Service) -> ConfigurationError {
    let variable = match service.base_url_variable {
        "" => String::new(),
        name => format!(", or set `{name}` for `from_env`"),
    };
    ConfigurationError::new(format!("there is no server: call `base_url`{variable}"))
}

/// `https://example.com:8443` of `https://example.com:8443/v1`
fn host_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let path = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..path]
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

/// Rejects what is no variable of the server that was chosen or of an operation's own, and values
/// that it may not have.
pub(super) fn check_variables(
    chosen: Option<&Address>,
    of_operations: &[Address],
    given: &[(String, String)],
) -> Result<(), ConfigurationError> {
    let known = || {
        let servers = chosen.into_iter().chain(of_operations);
        servers.flat_map(Address::parts)
    };
    for (name, value) in given {
        let mut named = known()
            .filter(|(variable, _)| variable.name == name)
            .peekable();
        if named.peek().is_none() {
            return Err(unknown(name, known().map(|(variable, _)| variable.name)));
        }
        named.try_for_each(|(variable, part)| variable.check(value, part))?;
    }
    Ok(())
}

fn unknown<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> ConfigurationError {
    let mut names: Vec<&str> = known.collect();
    names.sort_unstable();
    names.dedup();
    let known = match names.as_slice() {
        [] => "it has none".to_owned(),
        names => format!("there is {}", quoted(names.iter().copied())),
    };
    let reason = format!("the server that is called has no variable `{name}`: {known}");
    ConfigurationError::new(reason)
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

fn quoted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
