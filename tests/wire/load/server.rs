//! The server that fails, on a thread of its own, so that what it does is no task of the client's runtime.

use std::net::TcpListener as Listener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::faults::{Asked, FAULTS, Lasting, Reply, Then, right, storm};

pub struct Server {
    pub url: String,
    pub seen: Arc<Seen>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// What the server saw.
pub struct Seen {
    /// How often each call was executed: other than by a redirect.
    pub executed: Vec<AtomicUsize>,
    pub accepted: AtomicUsize,
    /// Connections that can't be used again after a fault.
    pub ended: AtomicUsize,
    /// Connections on which nothing was asked, as of calls that were dropped.
    pub unused: AtomicUsize,
    /// Requests that carried credentials to a stranger.
    pub leaked: AtomicUsize,
    // From here on all is an outage.
    storm: usize,
    stranger: String,
}

impl Server {
    /// A server for so many calls, and for as many again in a storm.
    pub fn start(calls: usize, storm: usize) -> Self {
        let listen = || Listener::bind("127.0.0.1:0").expect("a free port");
        let (api, stranger) = (listen(), listen());
        let url =
            |listener: &Listener| format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Seen {
            executed: (0..calls + storm).map(|_| AtomicUsize::new(0)).collect(),
            accepted: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            unused: AtomicUsize::new(0),
            leaked: AtomicUsize::new(0),
            storm: calls,
            stranger: url(&stranger),
        });
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (url, shared) = (url(&api), Arc::clone(&seen));
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().expect("a runtime");
            runtime.block_on(async {
                tokio::spawn(accept(api, Arc::clone(&shared), false));
                tokio::spawn(accept(stranger, shared, true));
                drop(stopped.await);
            });
        });
        Self {
            url,
            seen,
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

async fn accept(listener: Listener, seen: Arc<Seen>, is_stranger: bool) {
    listener.set_nonblocking(true).expect("a socket");
    let listener = TcpListener::from_std(listener).expect("a socket");
    while let Ok((stream, _)) = listener.accept().await {
        seen.accepted.fetch_add(1, Relaxed);
        let seen = Arc::clone(&seen);
        tokio::spawn(async move { serve(stream, &seen, is_stranger).await });
    }
}

async fn serve(mut stream: TcpStream, seen: &Seen, is_stranger: bool) {
    let (mut buffer, mut unused) = (Vec::new(), true);
    while let Some(head) = read(&mut stream, &mut buffer).await {
        unused = false;
        let reply = reply(&head, seen, is_stranger);
        if !matches!(reply.then, Then::Keep | Then::Trickle) {
            seen.ended.fetch_add(1, Relaxed);
        }
        if !send(&mut stream, &reply).await {
            return;
        }
    }
    if unused {
        seen.unused.fetch_add(1, Relaxed);
    }
}

/// Whether the connection goes on.
async fn send(stream: &mut TcpStream, reply: &Reply) -> bool {
    let pieces = if reply.then == Then::Trickle { 3 } else { 1 };
    let length = reply.bytes.len().div_ceil(pieces).max(1);
    for piece in reply.bytes.chunks(length) {
        if stream.write_all(piece).await.is_err() {
            return false;
        }
        if reply.then == Then::Trickle {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    match reply.then {
        Then::Keep | Then::Spoil | Then::Trickle => true,
        Then::Close => false,
        Then::Reset => {
            drop(stream.set_zero_linger());
            false
        }
        Then::Stall => {
            // Until the client goes.
            while stream
                .read(&mut [0; 64])
                .await
                .is_ok_and(|length| length > 0)
            {}
            false
        }
    }
}

fn reply(head: &str, seen: &Seen, is_stranger: bool) -> Reply {
    let mut words = head.split(' ');
    let method = words.next().unwrap_or_default();
    let path = words.next().unwrap_or_default();
    let digits = path.split('/').find(|part| part.parse::<usize>().is_ok());
    let id: usize = digits.and_then(|id| id.parse().ok()).expect("a call");
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let line = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        line.map(|(_, value)| value.to_owned())
    };
    let authorization = header("authorization");
    if is_stranger && (authorization.is_some() || header("idempotency-key").is_some()) {
        seen.leaked.fetch_add(1, Relaxed);
    }
    let asked = Asked {
        id,
        is_post: method == "POST",
        authorization: authorization.unwrap_or_default(),
        stranger: seen.stranger.clone(),
    };
    let fault = &FAULTS[id % FAULTS.len()];
    let before = seen.executed[id].load(Relaxed);
    let reply = if id >= seen.storm {
        storm(&asked)
    } else if path.starts_with("/moved/") || (fault.lasting == Lasting::Passing && before > 0) {
        right(&asked)
    } else {
        (fault.reply)(&asked)
    };
    if !reply.bytes.starts_with(b"HTTP/1.1 30") {
        seen.executed[id].fetch_add(1, Relaxed);
    }
    reply
}

/// The head of the next request, whose body was read as well.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.parse::<usize>().ok());
    let end = end + length.unwrap_or_default();
    while buffer.len() < end {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    buffer.drain(..end);
    Some(head)
}
