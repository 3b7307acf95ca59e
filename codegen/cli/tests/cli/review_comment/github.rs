//! What GitHub's API does with the comments of one pull request, as far as it is asked here.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// Few, so that a second page is soon needed.
const PAGE: usize = 2;

pub const TOKEN: &str = "ghs_0123456789abcdef";

/// A server with a state, on a port of its own.
#[derive(Clone)]
pub struct GitHub {
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    comments: Vec<Value>,
    /// As in `PATCH /repos/...`, of everything that was asked.
    requests: Vec<String>,
    /// Whose token it is; a workflow's is nobody's.
    user: Option<String>,
    read_only: bool,
    /// In place of any other response.
    response: Option<(u16, Value)>,
    /// In place of the address of the next page.
    next: Option<String>,
}

impl GitHub {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let github = Self {
            url: format!("http://{address}"),
            state: Arc::default(),
        };
        let server = github.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                server.serve(stream);
            }
        });
        github
    }

    pub fn user(&self, login: &str) {
        self.state().user = Some(login.to_owned());
    }

    pub fn read_only(&self) {
        self.state().read_only = true;
    }

    pub fn respond(&self, status: u16, body: Value) {
        self.state().response = Some((status, body));
    }

    pub fn next_page_is(&self, url: &str) {
        self.state().next = Some(url.to_owned());
    }

    pub fn comment(&self, author: &str, body: &str) {
        self.state().add(author, body);
    }

    /// Author and text of each comment.
    pub fn comments(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let comments = self.state().comments.clone();
        comments
            .iter()
            .map(|comment| (text(&comment["user"]["login"]), text(&comment["body"])))
            .collect()
    }

    /// What was asked since the last call.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state().requests)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// One request to a connection.
    fn serve(&self, stream: TcpStream) {
        let Some(request) = Request::read(&stream) else {
            return;
        };
        let (status, next, body) = self.state().respond(&request, &self.url);
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let link = next.map_or_else(String::new, |next| {
            format!("link: <{next}>; rel=\"next\"\r\n")
        });
        let head = format!(
            "HTTP/1.1 {status} \r\n{link}connection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        // Whoever asked may have gone.
        _ = (&stream).write_all((head + &body).as_bytes());
    }
}

type Response = (u16, Option<String>, Value);

impl State {
    fn respond(&mut self, request: &Request, url: &str) -> Response {
        self.requests
            .push(format!("{} {}", request.method, request.target));
        if let Some((status, body)) = &self.response {
            return (*status, None, body.clone());
        }
        if request.authorization != format!("Bearer {TOKEN}") {
            return (401, None, json!({ "message": "Bad credentials" }));
        }
        let denied = (
            403,
            None,
            json!({ "message": "Resource not accessible by integration" }),
        );
        let path: Vec<&str> = request.path().split('/').skip(1).collect();
        match (request.method.as_str(), path.as_slice()) {
            ("GET", ["user"]) => match &self.user {
                Some(login) => (200, None, json!({ "login": login, "type": "User" })),
                None => denied,
            },
            ("GET", ["repos", "octocat", "pets", "issues", "7", "comments"]) => {
                self.page(request, url)
            }
            ("GET", _) => (404, None, json!({ "message": "Not Found" })),
            _ if self.read_only => denied,
            ("POST", ["repos", "octocat", "pets", "issues", "7", "comments"]) => {
                let author = self
                    .user
                    .clone()
                    .unwrap_or("github-actions[bot]".to_owned());
                self.add(&author, &request.text());
                (201, None, json!({}))
            }
            (
                method @ ("PATCH" | "DELETE"),
                ["repos", "octocat", "pets", "issues", "comments", id],
            ) => {
                let found = self
                    .comments
                    .iter()
                    .position(|comment| comment["id"].as_u64() == id.parse().ok());
                match (found, method) {
                    (Some(at), "PATCH") => {
                        self.comments[at]["body"] = request.text().into();
                        (200, None, json!({}))
                    }
                    (Some(at), _) => {
                        self.comments.remove(at);
                        (204, None, Value::Null)
                    }
                    (None, _) => (404, None, json!({ "message": "Not Found" })),
                }
            }
            _ => (405, None, json!({ "message": "Not allowed" })),
        }
    }

    fn page(&self, request: &Request, url: &str) -> Response {
        let page = request
            .target
            .split_once("page=")
            .filter(|_| request.target.contains("&page="));
        let page = page
            .and_then(|_| request.target.rsplit('=').next()?.parse().ok())
            .unwrap_or(1);
        let rest = self.comments.iter().skip((page - 1) * PAGE);
        let list: Vec<&Value> = rest.clone().take(PAGE).collect();
        let next = (rest.count() > PAGE)
            .then(|| format!("{url}{}?per_page=100&page={}", request.path(), page + 1));
        (200, self.next.clone().or(next), json!(list))
    }

    fn add(&mut self, author: &str, body: &str) {
        let id = self.requests.len() + self.comments.len() * 1000 + 1;
        let kind = if author.ends_with("[bot]") {
            "Bot"
        } else {
            "User"
        };
        let user = json!({ "login": author, "type": kind });
        self.comments
            .push(json!({ "id": id, "user": user, "body": body }));
    }
}

struct Request {
    method: String,
    target: String,
    authorization: String,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let (mut length, mut authorization) = (0, String::new());
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().ok()?,
                "authorization" => authorization = value.to_owned(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        Some(Self {
            method,
            target,
            authorization,
            body,
        })
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    fn text(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).expect("JSON");
        body["body"].as_str().expect("a body").to_owned()
    }
}
