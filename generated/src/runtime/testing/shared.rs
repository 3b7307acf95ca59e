//! What the fake of an API and the fakes of its parts share.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{StatusCode, Url};
use serde_json::json;

use super::call::Call;
use super::encoding;
use super::reply::Reply;
use super::route::{self, Known, Node};
use crate::runtime::pages::StubbedPages;
use crate::runtime::service::Service;

/// All of a fake.
pub struct Shared {
    pub(super) service: &'static Service,
    base_url: String,
    known: Vec<Known>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By operation.
    stubs: HashMap<&'static str, VecDeque<Stub>>,
    calls: Vec<Call>,
}

/// What an operation responds.
pub(super) enum Stub {
    Reply(Reply),
    /// The pages of a list, which requests choose from.
    Pages(StubbedPages, Vec<Reply>),
}

/// A request as it came.
pub(super) struct Received {
    pub(super) parts: http::request::Parts,
    pub(super) body: Bytes,
}

impl Shared {
    pub(super) fn new(service: &'static Service, root: &'static Node, base_url: String) -> Self {
        let mut known = Vec::new();
        route::all(root, "", &mut known);
        Self {
            service,
            base_url,
            known,
            state: Mutex::default(),
        }
    }

    /// The requests of an operation, or all of them.
    pub(super) fn calls(&self, operation: Option<&'static str>) -> Vec<Call> {
        let calls = self.state().calls.clone();
        let is_of = |call: &Call| operation.is_none_or(|operation| call.operation == operation);
        calls.into_iter().filter(is_of).collect()
    }

    /// How an operation is reached, as `billing().usage().paygo()`.
    pub(super) fn access(&self, operation: &str) -> &str {
        let mut known = self.known.iter();
        let found = known.find(|known| known.operation == operation);
        found.map_or("", |known| &known.access)
    }

    pub(super) fn push(&self, operation: &'static str, stub: Stub) {
        let mut state = self.state();
        state.stubs.entry(operation).or_default().push_back(stub);
    }

    /// Changes what was stated last.
    pub(super) fn change(&self, operation: &'static str, change: impl Fn(&mut Reply)) -> bool {
        let mut state = self.state();
        match state.stubs.get_mut(operation).and_then(VecDeque::back_mut) {
            Some(Stub::Reply(reply)) => change(reply),
            Some(Stub::Pages(_, replies)) => replies.iter_mut().for_each(change),
            None => return false,
        }
        true
    }

    /// What is responded to a request, which is recorded.
    pub(super) fn respond(&self, received: Received) -> Reply {
        let uri = &received.parts.uri;
        let url = Url::parse(&format!("{}{}", self.base_url, tail(uri)));
        let pairs = url.iter().flat_map(|url| url.query_pairs().into_owned());
        let query: Vec<(String, String)> = pairs.collect();
        let method = received.parts.method.as_str();
        let found = route::find(&self.known, method, uri.path(), &query);
        let Some((known, values)) = found else {
            let call = Call::unknown(self.service, &received.parts, query);
            let message = format!("the API has no operation `{method} {}`", call.path());
            self.state().calls.push(call);
            return self.error(StatusCode::NOT_FOUND, &message);
        };
        let at = (known.operation, known.access.as_str());
        let sent = received.body.clone();
        let call = Call::new(self.service, received, at, values, query.clone());
        let mut state = self.state();
        state.calls.push(call);
        let stubs = state.stubs.get_mut(known.operation);
        match stubs.and_then(|stubs| next(stubs, &query, &sent, url.ok().as_ref())) {
            Some(reply) => reply,
            None => self.error(StatusCode::NOT_IMPLEMENTED, &nothing_is_stubbed(known)),
        }
    }

    /// An error that is not tried again, in the form of the API's own.
    fn error(&self, status: StatusCode, message: &str) -> Reply {
        let mut body = json!({"message": message});
        if let Some(envelope) = &self.service.envelope {
            body = json!({
                envelope.success: false,
                envelope.errors: [{"message": message}],
            });
        }
        let mut reply = encoding::json(body, self.service);
        reply.status = status;
        let never = HeaderValue::from_static("false");
        reply.headers = HeaderMap::from_iter(
            reply
                .headers
                .into_iter()
                .filter_map(|(name, value)| Some((name?, value)))
                .chain([(
                    reqwest::header::HeaderName::from_static("x-should-retry"),
                    never,
                )]),
        );
        reply
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What a test that panicked left behind can be read.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is next in the sequence, whose last one stays.
fn next(
    stubs: &mut VecDeque<Stub>,
    query: &[(String, String)],
    sent: &[u8],
    url: Option<&Url>,
) -> Option<Reply> {
    let is_last = stubs.len() == 1;
    let (reply, is_over) = match stubs.front()? {
        Stub::Reply(reply) => (reply.clone(), true),
        Stub::Pages(pages, replies) => {
            let page = pages.page(query, &String::from_utf8_lossy(sent), url?);
            let mut reply = replies.get(page.index).or(replies.last())?.clone();
            reply.body = page.body.into();
            reply.headers.extend(page.link);
            (reply, page.index + 1 >= replies.len())
        }
    };
    if is_over && !is_last {
        stubs.pop_front();
    }
    Some(reply)
}

fn nothing_is_stubbed(known: &Known) -> String {
    format!(
        "nothing is stubbed for `client.{access}`: state a response first, as by `fake.{access}.returns(..)` ({})",
        known.operation,
        access = known.access,
    )
}

fn tail(uri: &http::Uri) -> &str {
    uri.path_and_query().map_or("/", |tail| tail.as_str())
}
