//! Which page follows the one that was read, and whether any does.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use reqwest::Url;
use reqwest::header::HeaderMap;

use super::link::{self, Linked};
use super::members;
use super::pagination::{Pagination, Paging};

const REPEATED: &str =
    "the service names a next page that was read before, so that the list would never end";

const SAME: &str = "it is the same as the page before, so that the list would never end";

const NO_ID: &str = "the last item has nothing to ask for the next page by";

const NOT_A_URL: &str = "the next page has no URL that can be followed";

const DOWNGRADED: &str = "the next page is at http, where this one was at https";

/// What is known of the pages that were read.
#[derive(Debug)]
pub struct Progress {
    /// Where the next page begins, as the scheme has it; none for the first.
    pub next: Option<String>,
    /// How many items there were.
    read: u64,
    /// Whether all of them were read from the beginning.
    whole: bool,
    /// Where pages began, by hash.
    begun: HashSet<u64>,
    /// The items of the page before, by hash.
    before: Option<u64>,
}

/// A page that arrived.
pub struct Arrived<'a> {
    pub url: &'a Url,
    pub headers: &'a HeaderMap,
    pub json: &'a str,
    pub items: usize,
    /// What the parameter of the scheme was that it was asked for by, if it has one.
    pub at: Option<String>,
}

/// Why there is no telling which page follows: where in the response, and the reason.
pub type Stuck = (&'static str, &'static str);

impl Progress {
    pub fn new() -> Self {
        Self {
            next: None,
            read: 0,
            whole: true,
            begun: HashSet::new(),
            before: None,
        }
    }

    /// Whether the page is a new one.
    pub fn check(&mut self, pagination: &Pagination, page: &Arrived<'_>) -> Result<(), Stuck> {
        let repeats = matches!(
            pagination.scheme,
            Paging::Number { .. } | Paging::Offset { .. } | Paging::LastId { .. }
        );
        if !repeats || page.items == 0 {
            return Ok(());
        }
        let items = members::at(page.json, pagination.items).unwrap_or(page.json);
        let hash = Some(hash(items));
        if self.before == hash {
            return Err((place(pagination.items), SAME));
        }
        self.before = hash;
        Ok(())
    }

    /// Where the page begins that follows; none at the end.
    pub fn turn(
        &mut self,
        pagination: &Pagination,
        page: &Arrived<'_>,
    ) -> Result<Option<String>, Stuck> {
        let stated = page.at.as_deref();
        self.whole &= self.read > 0 || is_first(pagination.scheme, stated);
        self.read = self.read.saturating_add(page.items as u64);
        if members::truth(page.json, pagination.has_more) == Some(false) {
            return Ok(None);
        }
        let number = |first| stated.and_then(|text| text.parse().ok()).unwrap_or(first);
        let counted = matches!(
            pagination.scheme,
            Paging::Number { .. } | Paging::Offset { .. }
        );
        if counted && self.is_stated(pagination, page) {
            return self.stated(pagination.next, page);
        }
        match pagination.scheme {
            Paging::Number { first, .. } => {
                let next: u64 = number(first).saturating_add(1);
                let pages = members::count(page.json, pagination.total_pages);
                let over = pages.is_some_and(|pages| next >= pages.saturating_add(first));
                Ok(self.counted(pagination, page, next, over))
            }
            Paging::Offset { first, .. } => {
                let next: u64 = number(first).saturating_add(page.items as u64);
                let total = members::count(page.json, pagination.total);
                let over = total.is_some_and(|total| next >= total.saturating_add(first));
                Ok(self.counted(pagination, page, next, over))
            }
            Paging::Cursor { next, .. } => self.named(next, members::text(page.json, next), page),
            Paging::LastId { id, .. } if page.items > 0 => {
                let last = members::last(page.json, pagination.items);
                let id = last.and_then(|last| members::text(last, id));
                let id = id.ok_or((place(pagination.items), NO_ID))?;
                self.named(pagination.items, Some(id), page)
            }
            Paging::LastId { .. } => Ok(None),
            Paging::Url { next } => self.stated(next, page),
            Paging::Link => match link::linked(page.headers) {
                Linked::Next(target) => {
                    let url = absolute("link", &target, page.url)?;
                    self.named("link", Some(url), page)
                }
                Linked::Silent if !pagination.next.is_empty() => self.stated(pagination.next, page),
                Linked::Silent | Linked::Last => Ok(None),
            },
        }
    }

    /// Whether a page that can be counted says where the next one is, or that there is none. What the first page lacks
    /// the service may never send, and what it has sent before is missing on the last.
    fn is_stated(&self, pagination: &Pagination, page: &Arrived<'_>) -> bool {
        let came_by_url = || page.at.as_deref().is_some_and(is_url);
        // Another origin would get no credentials: what can be counted is asked of the API itself.
        let is_own = || {
            let text = members::text(page.json, pagination.next);
            let url = text.map(|text| absolute(pagination.next, &text, page.url));
            url.is_none_or(|url| {
                let url = url.ok().and_then(|url| Url::parse(&url).ok());
                url.is_some_and(|url| url.origin() == page.url.origin())
            })
        };
        !pagination.next.is_empty()
            && (came_by_url() || (members::at(page.json, pagination.next).is_some() && is_own()))
    }

    /// The page whose URL the body states.
    fn stated(&mut self, next: &'static str, page: &Arrived<'_>) -> Result<Option<String>, Stuck> {
        let url = members::text(page.json, next);
        let url = url.map(|text| absolute(next, &text, page.url));
        self.named(next, url.transpose()?, page)
    }

    /// Pages that are counted end where that is said in any way, or where one is empty.
    fn counted(
        &self,
        pagination: &Pagination,
        page: &Arrived<'_>,
        next: u64,
        over: bool,
    ) -> Option<String> {
        let total = members::count(page.json, pagination.total);
        let all = self.whole && total.is_some_and(|total| self.read >= total);
        let last = link::linked(page.headers) == Linked::Last;
        (page.items > 0 && !over && !all && !last).then(|| next.to_string())
    }

    /// A page that the service names, and has not named before.
    fn named(
        &mut self,
        place: &'static str,
        next: Option<String>,
        page: &Arrived<'_>,
    ) -> Result<Option<String>, Stuck> {
        let own = page.at.as_deref().unwrap_or(page.url.as_str());
        self.begun.insert(hash(own));
        match next {
            Some(next) if !self.begun.insert(hash(&next)) => Err((self::place(place), REPEATED)),
            next => Ok(next),
        }
    }
}

/// Whether what a page begins at is its URL, and no number.
pub fn is_url(at: &str) -> bool {
    at.starts_with("https://") || at.starts_with("http://")
}

fn is_first(scheme: Paging, stated: Option<&str>) -> bool {
    match (scheme, stated) {
        (_, None) => true,
        (Paging::Number { first, .. } | Paging::Offset { first, .. }, Some(stated)) => {
            stated.parse() == Ok(first)
        }
        (_, Some(stated)) => stated == "0",
    }
}

/// A place in a body as errors show it.
fn place(pointer: &'static str) -> &'static str {
    match pointer.strip_prefix('/') {
        Some(rest) => rest,
        None if pointer.is_empty() => ".",
        None => pointer,
    }
}

/// A URL that a response names, seen from its own.
pub fn absolute(place: &'static str, text: &str, from: &Url) -> Result<String, Stuck> {
    let wrong = |reason| (self::place(place), reason);
    let mut url = from.join(text).map_err(|_| wrong(NOT_A_URL))?;
    let is_own = url.host_str() == from.host_str() && url.port() == from.port();
    if is_own && from.scheme() == "https" && url.scheme() == "http" {
        // A service behind a proxy that ends TLS does not know that its callers come by it.
        url.set_scheme("https").map_err(|()| wrong(NOT_A_URL))?;
    }
    match (from.scheme(), url.scheme()) {
        ("https", "http") => return Err(wrong(DOWNGRADED)),
        (_, "http" | "https") => {}
        _ => return Err(wrong(NOT_A_URL)),
    }
    // A server has no credentials to hand out.
    let cleared = url.set_username("").and_then(|()| url.set_password(None));
    cleared.map_err(|()| wrong(NOT_A_URL))?;
    url.set_fragment(None);
    Ok(url.into())
}

/// The same for the same text.
pub fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
