//! Sending a request and following redirects, with nothing confidential to a stranger.

use std::future::Future;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE,
    HeaderMap, HeaderName, LOCATION, USER_AGENT,
};
use reqwest::{Method, StatusCode, Url};
use secrecy::ExposeSecret;

use super::body::Body;
use super::encode;
use super::proof::Proof;
use super::streams::Broken;
use super::transport::{Cause, Response, Transport, Unsent};

/// How many redirects are followed.
const MOST: usize = 10;

const NOT_A_URL: &str = "the location of the redirect isn't a URL";

const ONCE: &str = "the redirect was not followed, as the body can be sent only once";

const TOO_MANY: &str = "there were more than 10 redirects";

/// All that is sent to another origin. What else is in a request was meant for the API alone.
const HARMLESS: &[HeaderName] = &[
    ACCEPT,
    ACCEPT_ENCODING,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    USER_AGENT,
];

/// One request of a chain.
#[derive(Clone)]
pub(super) struct Hop {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Body>,
    // Whether it is still on its way to the API; never again once it has left.
    trusted: bool,
}

/// The end of a chain.
pub(super) struct Arrival {
    pub(super) response: Response,
    /// Why the last redirect wasn't followed, if the response is one.
    pub(super) note: Option<&'static str>,
}

/// Why a chain has no end.
pub(super) enum Lost {
    /// The connection failed.
    Transport(reqwest::Error),
    /// A service of the application's own failed.
    Service(Cause),
    /// The body did not arrive.
    Body(Broken),
    /// The HTTP client went to another origin by itself.
    Strayed,
}

/// Waits for the response to a request that was begun, and follows redirects; then `again` makes the request once more, so that
/// nothing is kept of one that is not redirected.
pub(super) async fn arrive(
    transport: &Transport,
    begun: impl Future<Output = Result<Response, Lost>>,
    again: impl Fn() -> Option<Hop>,
    proof: &Proof,
) -> Result<Arrival, Lost> {
    let response = begun.await?;
    match is_redirect(response.status()).then(again).flatten() {
        Some(first) => Box::pin(follow(transport, first, response, proof)).await,
        None => Ok(Arrival {
            response,
            note: None,
        }),
    }
}

/// Follows the redirect that is the response to the first request, and those after it.
async fn follow(
    transport: &Transport,
    first: Hop,
    redirect: Response,
    proof: &Proof,
) -> Result<Arrival, Lost> {
    let (mut hop, mut response) = (first, redirect);
    let mut followed = 0;
    loop {
        let note = match hop.next(&response, proof) {
            Ok(Some(_)) if followed == MOST => Some(TOO_MANY),
            Ok(Some(next)) => {
                response = begin(transport, next.clone(), &next.url).await?;
                hop = next;
                followed += 1;
                continue;
            }
            Ok(None) => None,
            Err(note) => Some(note),
        };
        return Ok(Arrival { response, note });
    }
}

/// Begins the request, which goes to `asked`.
pub(super) fn begin<'a>(
    transport: &Transport,
    hop: Hop,
    asked: &'a Url,
) -> impl Future<Output = Result<Response, Lost>> + use<'a> {
    let mut request = reqwest::Request::new(hop.method, hop.url);
    *request.headers_mut() = hop.headers;
    *request.body_mut() = hop.body.as_ref().map(Body::start);
    let sending = transport.send(request, asked);
    async move {
        match sending.await {
            Ok((response, true)) => Ok(response),
            Ok((_, false)) => Err(Lost::Strayed),
            Err(Unsent::Client(error)) => Err(Lost::Transport(error)),
            Err(Unsent::Service(cause)) => Err(Lost::Service(cause)),
        }
    }
}

impl Hop {
    /// The request that the caller makes, with its credentials.
    pub(super) fn first(
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Option<Body>,
        proof: &Proof,
    ) -> Self {
        let mut hop = Self {
            method,
            url,
            headers,
            body,
            trusted: true,
        };
        hop.prove(proof);
        hop
    }

    /// Adds the credentials; what the caller set by hand is left alone.
    fn prove(&mut self, proof: &Proof) {
        for (name, value) in &proof.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        let query = match self.url.query() {
            None if proof.query.is_empty() => return,
            query => query.unwrap_or_default(),
        };
        let bare = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_named(pair, proof));
        let secrets = proof.query.iter().map(|(name, secret)| {
            format!(
                "{}={}",
                encode::component(name),
                encode::component(secret.expose_secret())
            )
        });
        let pairs: Vec<String> = bare.map(str::to_owned).chain(secrets).collect();
        self.set_query(&pairs.join("&"));
    }

    /// The request that a redirect asks for, or why it isn't made; nothing for other responses.
    fn next(&self, response: &Response, proof: &Proof) -> Result<Option<Self>, &'static str> {
        if !is_redirect(response.status()) {
            return Ok(None);
        }
        let mut next = Self {
            url: self.location(response)?,
            ..self.clone()
        };
        next.trusted &= self.url.origin() == next.url.origin();
        if next.trusted {
            next.prove(proof);
        } else {
            next.forget(proof);
        }
        if becomes_get(response.status(), &self.method) {
            next.method = Method::GET;
            next.body = None;
            next.headers.remove(CONTENT_LENGTH);
            next.headers.remove(CONTENT_TYPE);
        } else if self.body.as_ref().is_some_and(|body| !body.is_repeatable()) {
            return Err(ONCE);
        }
        Ok(Some(next))
    }

    fn location(&self, response: &Response) -> Result<Url, &'static str> {
        let location = response
            .headers()
            .get(LOCATION)
            .ok_or("the redirect names no location")?;
        let location = std::str::from_utf8(location.as_bytes()).map_err(|_| NOT_A_URL)?;
        let mut url = self.url.join(location).map_err(|_| NOT_A_URL)?;
        match (self.url.scheme(), url.scheme()) {
            ("https", "http") => return Err("the redirect from https to http was not followed"),
            (_, "http" | "https") => {}
            _ => return Err("the redirect leaves HTTP and was not followed"),
        }
        // A server has no credentials to hand out.
        let cleared = url.set_username("").and_then(|()| url.set_password(None));
        cleared.map(|()| url).map_err(|()| NOT_A_URL)
    }

    /// Drops what only the API may see; it stays dropped if the chain leads back.
    fn forget(&mut self, proof: &Proof) {
        self.headers = harmless(&self.headers);
        let query = self.url.query().unwrap_or_default();
        let bare = query
            .split('&')
            .filter(|pair| !is_named(pair, proof) && !is_secret(pair, proof));
        let bare = bare.collect::<Vec<_>>().join("&");
        self.set_query(&bare);
    }

    fn set_query(&mut self, query: &str) {
        self.url
            .set_query(Some(query).filter(|query| !query.is_empty()));
    }
}

/// The headers that any origin may see.
pub(super) fn harmless(headers: &HeaderMap) -> HeaderMap {
    let kept = headers.iter().filter(|(name, _)| HARMLESS.contains(name));
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn is_named(pair: &str, proof: &Proof) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    proof
        .query
        .iter()
        .any(|(known, _)| encode::component(known) == name)
}

/// Whether the service copied a credential into its redirect.
fn is_secret(pair: &str, proof: &Proof) -> bool {
    let value = pair.split_once('=').map(|(_, value)| value);
    let mut secrets = proof.query.iter().map(|(_, secret)| secret.expose_secret());
    secrets.any(|secret| value == Some(&encode::component(secret)))
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status.as_u16() {
        301 | 302 => method == Method::POST,
        303 => method != Method::HEAD,
        _ => false,
    }
}
