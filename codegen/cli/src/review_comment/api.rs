//! The comments of one pull request, over GitHub's REST API. The token goes into a header and nowhere else.

use std::env;

use serde::Deserialize;
use serde_json::json;

use super::curl::{self, RETRY, Request, Response};

pub struct Api {
    /// Without a slash at the end.
    url: String,
    repository: String,
    pull_request: u64,
    token: String,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: u64,
    pub author: String,
    pub by_bot: bool,
    pub body: String,
}

#[derive(Debug)]
pub enum Problem {
    /// The token may not write.
    ReadOnly,
    /// Why, with what to do.
    Failed(String),
}

type Result<T> = std::result::Result<T, Problem>;

#[derive(Deserialize)]
struct RawComment {
    id: u64,
    body: Option<String>,
    /// Nobody's, if the account was removed.
    user: Option<RawUser>,
}

#[derive(Deserialize)]
struct RawUser {
    login: String,
    #[serde(rename = "type", default)]
    kind: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawError {
    message: String,
}

impl Api {
    pub fn of_environment(pull_request: u64) -> std::result::Result<Self, String> {
        let url = env::var("GITHUB_API_URL").unwrap_or_else(|_| PUBLIC.to_owned());
        let url = url.trim_end_matches('/').to_owned();
        let local = is_loopback(&url);
        if !url.starts_with("https://") && !local {
            return Err(format!(
                "GITHUB_API_URL is {url}, and the token is sent over https only"
            ));
        }
        let repository = required("GITHUB_REPOSITORY", "owner/name, as in octocat/hello-world")?;
        if !is_repository(&repository) {
            return Err(format!(
                "GITHUB_REPOSITORY is `{repository}`\n  help: it is owner/name, as in octocat/hello-world"
            ));
        }
        let token = required(
            "GITHUB_TOKEN",
            "a token that may write comments; in a workflow: ${{ github.token }}",
        )?;
        if !token.chars().all(|c| c.is_ascii_graphic()) {
            return Err("GITHUB_TOKEN holds characters that no token has".to_owned());
        }
        Ok(Self {
            url,
            repository,
            pull_request,
            token,
        })
    }

    /// All comments, the oldest first.
    pub fn comments(&self) -> Result<Vec<Comment>> {
        let Self {
            url,
            repository,
            pull_request,
            ..
        } = self;
        let mut next = Some(format!(
            "{url}/repos/{repository}/issues/{pull_request}/comments?per_page=100"
        ));
        let mut comments = Vec::new();
        for _ in 0..PAGES {
            let Some(page) = next else {
                return Ok(comments);
            };
            let response = self.send("GET", &page, None)?;
            let raw: Vec<RawComment> = self.read(&page, &response.body)?;
            comments.extend(raw.into_iter().map(Comment::from));
            next = self.next(&response)?;
        }
        Err(Problem::Failed(format!(
            "{url} says after {PAGES} pages that there are more comments"
        )))
    }

    /// The user whose token this is; nobody for the token of a workflow, which is an app's.
    pub fn user(&self) -> Result<Option<String>> {
        let url = format!("{}/user", self.url);
        match self.send("GET", &url, None) {
            Ok(response) => Ok(Some(self.read::<RawUser>(&url, &response.body)?.login)),
            Err(Problem::ReadOnly) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    pub fn create(&self, body: &str) -> Result<()> {
        let (repository, pull_request) = (&self.repository, self.pull_request);
        let path = format!("repos/{repository}/issues/{pull_request}/comments");
        self.write("POST", &path, Some(body))
    }

    pub fn update(&self, id: u64, body: &str) -> Result<()> {
        self.write("PATCH", &self.path(id), Some(body))
    }

    pub fn remove(&self, id: u64) -> Result<()> {
        self.write("DELETE", &self.path(id), None)
    }

    fn path(&self, id: u64) -> String {
        format!("repos/{}/issues/comments/{id}", self.repository)
    }

    fn write(&self, method: &str, path: &str, body: Option<&str>) -> Result<()> {
        let url = format!("{}/{path}", self.url);
        self.send(method, &url, body).map(drop)
    }

    /// The response, if it is one of success.
    fn send(&self, method: &str, url: &str, body: Option<&str>) -> Result<Response> {
        let line = format!("{method} {url}");
        let request = Request {
            method,
            url,
            headers: &[
                ("accept", "application/vnd.github+json"),
                ("authorization", &format!("Bearer {}", self.token)),
                ("x-github-api-version", "2022-11-28"),
            ],
            body: body.map(|body| json!({ "body": body }).to_string()),
            may_be_plain: is_loopback(&self.url),
        };
        let failed = |error| Problem::Failed(format!("{line}: {error}"));
        let response = curl::send(&request).map_err(failed)?;
        if (200..300).contains(&response.status) {
            Ok(response)
        } else {
            Err(rejected(&line, &response))
        }
    }

    fn read<'t, T: Deserialize<'t>>(&self, url: &str, text: &'t str) -> Result<T> {
        serde_json::from_str(text).map_err(|error| {
            Problem::Failed(format!(
                "{url} did not respond as GitHub's API does: {error}"
            ))
        })
    }

    /// The next page, which is to be at the same address as the first.
    fn next(&self, response: &Response) -> Result<Option<String>> {
        let links = response.all("link");
        let Some(next) = links.flat_map(|value| value.split(',')).find_map(next_link) else {
            return Ok(None);
        };
        if next
            .strip_prefix(&self.url)
            .is_some_and(|path| path.starts_with('/'))
        {
            Ok(Some(next.to_owned()))
        } else {
            Err(Problem::Failed(format!(
                "{} refers to {next} for more comments, which is somewhere else",
                self.url
            )))
        }
    }
}

impl From<RawComment> for Comment {
    fn from(raw: RawComment) -> Self {
        Self {
            id: raw.id,
            by_bot: raw.user.as_ref().is_some_and(|user| user.kind == "Bot"),
            author: raw.user.map(|user| user.login).unwrap_or_default(),
            body: raw.body.unwrap_or_default(),
        }
    }
}

fn rejected(line: &str, response: &Response) -> Problem {
    let status = response.status;
    let message = serde_json::from_str::<RawError>(&response.body)
        .unwrap_or_default()
        .message;
    if status == 403 && message.starts_with(NOT_ACCESSIBLE) {
        return Problem::ReadOnly;
    }
    let help = match status {
        300..=399 => "the repository has moved: name its new place in GITHUB_REPOSITORY",
        401 => "GITHUB_TOKEN is no token, or has expired",
        404 => {
            "is the number that of a pull request of GITHUB_REPOSITORY, and may the token see it?"
        }
        403 | 429 if message.contains("rate limit") => {
            "GitHub wants fewer requests: run it again later"
        }
        403 => "the token needs the permission `pull-requests: write`",
        _ => RETRY,
    };
    let message = match message.as_str() {
        "" => String::new(),
        message => format!(": {}", one_line(message)),
    };
    Problem::Failed(format!("{line}: {status}{message}\n  help: {help}"))
}

/// What others wrote stays within its line; in a workflow a line may be a command.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// `<https://...>; rel="next"`
fn next_link(link: &str) -> Option<&str> {
    let (url, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let mut parameters = parameters.split(';').map(str::trim);
    parameters
        .any(|parameter| parameter == "rel=\"next\"" || parameter == "rel=next")
        .then_some(url)
}

fn required(variable: &str, help: &str) -> std::result::Result<String, String> {
    match env::var(variable) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => Err(format!("{variable} is not set\n  help: it is {help}")),
    }
}

fn is_repository(text: &str) -> bool {
    let fits = |part: &str| {
        let valid = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && part != "." && part != ".." && part.chars().all(valid)
    };
    text.split_once('/')
        .is_some_and(|(owner, name)| fits(owner) && fits(name))
}

/// An address of this machine, where tests are.
fn is_loopback(url: &str) -> bool {
    let host = url.strip_prefix("http://127.0.0.1:");
    host.is_some_and(|port| port.parse::<u16>().is_ok())
}

/// What GitHub says of a token that lacks a permission, after which comes whose token it is.
const NOT_ACCESSIBLE: &str = "Resource not accessible by";
const PUBLIC: &str = "https://api.github.com";

/// A hundred comments to each, which is more than a pull request takes.
const PAGES: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found_among_the_links() {
        let of = |header: &'static str| header.split(',').find_map(next_link);
        assert_eq!(
            of(
                "<https://a/1>; rel=\"prev\", <https://a/3>; rel=\"next\", <https://a/9>; rel=\"last\""
            ),
            Some("https://a/3")
        );
        assert_eq!(of("<https://a/1>; rel=\"first\""), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn a_repository_is_no_path() {
        assert!(is_repository("octocat/hello-world.rs"));
        for text in [
            "", "octocat", "octocat/", "a/b/c", "a/..", "a/b?c", "../b", "a/b c",
        ] {
            assert!(!is_repository(text), "{text}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        assert!(is_loopback("http://127.0.0.1:8080"));
        for url in [
            "http://127.0.0.1.example.com",
            "http://127.0.0.1:80@example.com",
            "http://example.com",
        ] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
