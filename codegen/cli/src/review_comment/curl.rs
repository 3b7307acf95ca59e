//! One request by the program `curl`, as git is asked by way of its own: nobody builds TLS for a comment.

use std::io::{self, Write};
use std::process::{Command, Stdio};

pub struct Request<'r> {
    pub method: &'r str,
    pub url: &'r str,
    pub headers: &'r [(&'r str, &'r str)],
    /// JSON.
    pub body: Option<String>,
    /// Without TLS, which is for a server of this machine.
    pub may_be_plain: bool,
}

pub struct Response {
    pub status: u16,
    /// Names in small letters.
    headers: Vec<(String, String)>,
    pub body: String,
}

pub const RETRY: &str = "is the network there, and is GitHub? The run can be repeated";

/// The response, whatever its status. Redirects are not followed: the token is for this address.
pub fn send(request: &Request<'_>) -> Result<Response, String> {
    let output = run(&request.configuration()).map_err(|error| {
        format!("cannot run curl: {error}\n  help: install it (https://curl.se)")
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}\n  help: {RETRY}", said.trim()));
    }
    Response::read(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| format!("the response is none of HTTP\n  help: {RETRY}"))
}

/// What is asked for goes through a pipe: arguments can be seen by every user of the machine.
fn run(configuration: &str) -> io::Result<std::process::Output> {
    let mut child = Command::new("curl")
        // Without the user's own configuration, which only the first argument turns off.
        .args(["--disable", "--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that ends without having read says why by itself.
        drop(stdin.write_all(configuration.as_bytes()));
    }
    child.wait_with_output()
}

impl Request<'_> {
    fn configuration(&self) -> String {
        let mut lines = OPTIONS.to_owned();
        let mut add = |name: &str, value: &str| {
            lines.push_str(&format!("{name} = {}\n", quoted(value)));
        };
        add("proto", if self.may_be_plain { "=http" } else { "=https" });
        add("request", self.method);
        add("url", self.url);
        for (name, value) in self.headers {
            add("header", &format!("{name}: {value}"));
        }
        if let Some(body) = &self.body {
            add("header", "content-type: application/json");
            add("data-raw", body);
        }
        lines
    }
}

/// Of a server that asks for the body first (`Expect`) and of a proxy, curl would show the responses as well.
const OPTIONS: &str = "\
silent
show-error
include
globoff
suppress-connect-headers
header = \"expect:\"
user-agent = \"cargo-sdk\"
max-time = 60
max-filesize = 67108864
";

/// A value in the words of a configuration of curl.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

impl Response {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        // As in `HTTP/2 200`.
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        if (100..200).contains(&status) {
            return Self::read(body);
        }
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        Some(Self {
            status,
            headers: lines.filter_map(header).collect(),
            body: body.to_owned(),
        })
    }

    /// The values of a header.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        let named = self.headers.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_before_the_response_is_none_of_it() {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nLink: <a>\r\nlink: <b>\r\n\r\n{}";
        let response = Response::read(text).expect("it is one");
        assert_eq!((response.status, response.body.as_str()), (200, "{}"));
        assert_eq!(response.all("link").collect::<Vec<_>>(), ["<a>", "<b>"]);
        assert!(Response::read("").is_none());
    }

    #[test]
    fn a_value_stays_within_its_line() {
        assert_eq!(quoted("a\"\\\n\r\tb"), r#""a\"\\\n\r\tb""#);
    }
}
