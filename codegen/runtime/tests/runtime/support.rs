//! A service that doesn't exist, and a server that responds with exactly what a test states.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use reqwest::redirect::Policy;
use runtime::runtime::{Client, ClientBuilder, Credentials, Envelope, Placement, Scheme, Service};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

pub use crate::sent::{Sent, read};

pub const TOKEN: &str = "s3cr3t-token/+=\"";

pub static TOKEN_ONLY: &[&Scheme] = &[&Scheme {
    name: "api_token",
    placement: Placement::Bearer,
    variable: "ACME_TOKEN",
}];

pub static EMAIL_AND_KEY: &[&Scheme] = &[
    &Scheme {
        name: "email",
        placement: Placement::Header("x-email"),
        variable: "ACME_EMAIL",
    },
    &Scheme {
        name: "key",
        placement: Placement::Header("x-key"),
        variable: "ACME_KEY",
    },
];

pub static SERVICE: Service = Service {
    user_agent: "acme/0.1.0",
    base_url: "",
    base_url_variable: "ACME_BASE_URL",
    alternatives: &[TOKEN_ONLY, EMAIL_AND_KEY],
    security: &[TOKEN_ONLY, EMAIL_AND_KEY],
    undocumented: &[TOKEN_ONLY, EMAIL_AND_KEY],
    credentials_required: true,
    envelope: Some(Envelope {
        success: "success",
        data: "result",
        errors: "errors",
        messages: "messages",
    }),
    request_id_headers: &["x-ray", "x-request-id"],
    retry_count_header: "",
    accept: "",
    stream_end: "",
    sensitive: &["card_number", "email", "address"],
};

pub fn credentials() -> Credentials {
    Credentials::from_secrets(TOKEN_ONLY, [TOKEN.into()])
}

/// A builder whose waits are too short to notice.
pub fn builder(server: &Server) -> ClientBuilder {
    without_credentials(server).credentials(credentials())
}

pub fn without_credentials(server: &Server) -> ClientBuilder {
    of_service(&SERVICE, server)
}

pub fn of_service(service: &'static Service, server: &Server) -> ClientBuilder {
    ClientBuilder::for_service(service)
        .base_url(server.url("/v1"))
        .retry_backoff(Duration::from_micros(1), Duration::from_micros(1))
}

/// One HTTP client for tests that make many calls: reading the system's certificates takes long.
pub fn http() -> reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    let build = || {
        reqwest::Client::builder()
            .redirect(Policy::none())
            .build()
            .unwrap()
    };
    HTTP.get_or_init(build).clone()
}

pub fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// What the server does with one connection, after it has read one request.
pub enum Step {
    /// Sends the bytes and closes.
    Send(Vec<u8>),
    /// Sends the bytes and then nothing more, with the connection open.
    Stall(Vec<u8>),
    /// Sends the bytes and resets the connection.
    Reset(Vec<u8>),
}

/// A whole response with a length.
pub fn response(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Step {
    let body = body.as_ref();
    let mut bytes = head(status, headers, body.len());
    bytes.extend_from_slice(body);
    Step::Send(bytes)
}

/// A whole response of JSON.
pub fn json(status: &str, body: impl AsRef<[u8]>) -> Step {
    response(status, &[("content-type", "application/json")], body)
}

/// The head of a response with a body of this length.
pub fn head(status: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n")
        .into_bytes()
}

impl Sent {
    /// All of it, to look for what must not be there.
    pub fn text(&self) -> String {
        format!("{self:?} {}", String::from_utf8_lossy(&self.body))
    }
}

/// A server on a free port, which takes one step for each connection.
pub struct Server {
    address: String,
    steps: Arc<Mutex<VecDeque<Step>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        let task = tokio::spawn(serve(listener, Arc::clone(&steps), Arc::clone(&sent)));
        Self {
            address,
            steps,
            sent,
            task,
        }
    }

    /// What it does after the other steps.
    pub fn then(&self, step: Step) {
        self.steps.lock().unwrap().push_back(step);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The only request that arrived.
    pub fn only(&self) -> Sent {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.into_iter().next().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    listener: TcpListener,
    steps: Arc<Mutex<VecDeque<Step>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
) {
    let mut stalled = Vec::new();
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let Some(request) = read(&mut stream).await else {
            continue;
        };
        sent.lock().unwrap().push(request);
        let step = steps.lock().unwrap().pop_front();
        let step = step.unwrap_or_else(|| json("200 OK", "{}"));
        let (Step::Send(bytes) | Step::Stall(bytes) | Step::Reset(bytes)) = &step;
        stream.write_all(bytes).await.unwrap();
        match step {
            Step::Send(_) => stream.shutdown().await.unwrap_or_default(),
            Step::Stall(_) => stalled.push(stream),
            Step::Reset(_) => stream.set_zero_linger().unwrap(),
        }
    }
}

/// Runs a test that is no `async` function.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test)
}
