//! Pages that a test states, made so that they follow each other by the scheme of their list.

use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue, LINK};
use serde_json::value::RawValue;

use super::members;
use super::pagination::{Pagination, Paging, Place};

/// Where a URL of this crate's own says which page it is of.
const MARK: &str = "fake-page";

/// A request whose responses are pages.
#[doc(hidden)]
pub trait Paged {
    /// How they follow each other.
    const PAGINATION: Pagination;
}

/// The pages of a list.
pub struct StubbedPages {
    pagination: Pagination,
    bodies: Vec<String>,
}

/// One of them, as a request gets it.
pub struct StubbedPage {
    /// Which it is; one more than there are for what comes after them.
    pub index: usize,
    pub body: String,
    pub link: Option<(HeaderName, HeaderValue)>,
}

impl StubbedPages {
    pub fn new(pagination: Pagination, bodies: Vec<String>) -> Self {
        Self { pagination, bodies }
    }

    /// The page that the request is for.
    pub fn page(&self, query: &[(String, String)], sent: &str, url: &Url) -> StubbedPage {
        let index = self.index(query, sent);
        let mut body = match self.bodies.get(index) {
            Some(body) => body.clone(),
            None => self.empty(),
        };
        let has_next = index + 1 < self.bodies.len();
        let set = |body: &mut String, pointer: &str, value: String| {
            if !pointer.is_empty() {
                *body = members::set(body, pointer, &value);
            }
        };
        let total: usize = self.bodies.iter().map(|body| self.count(body)).sum();
        set(
            &mut body,
            self.pagination.total_pages,
            self.bodies.len().to_string(),
        );
        set(&mut body, self.pagination.total, total.to_string());
        let more = self.pagination.has_more;
        match members::at(&body, more) {
            Some("true" | "false") => set(&mut body, more, has_next.to_string()),
            Some(text) if text.starts_with('"') && !has_next => {
                set(&mut body, more, "\"\"".to_owned());
            }
            _ => {}
        }
        let mut link = None;
        let next = url_of(url, index + 1);
        match self.pagination.scheme {
            Paging::Cursor { next: pointer, .. } => {
                let token = has_next.then(|| (index + 1).to_string());
                body = named(&body, pointer, token.as_deref());
            }
            Paging::Url { next: pointer } => {
                let next = has_next.then(|| next.to_string());
                body = named(&body, pointer, next.as_deref());
            }
            Paging::Link => {
                let value = has_next
                    .then_some(&next)
                    .map(|next| format!("<{next}>; rel=\"next\""));
                let value = value.and_then(|value| HeaderValue::try_from(value).ok());
                link = value.map(|value| (LINK, value));
            }
            _ => {}
        }
        if !self.pagination.next.is_empty() {
            let next = has_next.then(|| next.to_string());
            body = named(&body, self.pagination.next, next.as_deref());
        }
        StubbedPage { index, body, link }
    }

    fn index(&self, query: &[(String, String)], sent: &str) -> usize {
        let in_query = |name: &str| {
            let found = query.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone())
        };
        let value = |name: &str| match self.pagination.place {
            Place::Query => in_query(name),
            Place::Text | Place::Number => members::text(sent, name),
        };
        let number = |name: &str| value(name).and_then(|text| text.parse::<usize>().ok());
        let marked = in_query(MARK).and_then(|text| text.parse().ok());
        if let Some(marked) = marked {
            return marked;
        }
        match self.pagination.scheme {
            Paging::Number { parameter, first } => after(first, number(parameter)),
            Paging::Offset { parameter, first } => self.of_offset(after(first, number(parameter))),
            Paging::Cursor { parameter, .. } => number(parameter).unwrap_or_default(),
            Paging::LastId { parameter, id } => {
                let after = value(parameter);
                after.map_or(0, |after| self.of_last(id, &after))
            }
            Paging::Url { .. } | Paging::Link => 0,
        }
    }

    /// The page that begins after so many items.
    fn of_offset(&self, offset: usize) -> usize {
        let mut begins = 0;
        let page = self.bodies.iter().position(|body| {
            let count = self.count(body);
            begins += count;
            offset < begins || (offset == 0 && count == 0)
        });
        page.unwrap_or(self.bodies.len())
    }

    /// The page after the one that ends with this item.
    fn of_last(&self, id: &str, after: &str) -> usize {
        let ends = |body: &String| {
            let last = members::last(body, self.pagination.items);
            last.and_then(|last| members::text(last, id)).as_deref() == Some(after)
        };
        let page = self.bodies.iter().position(ends);
        page.map_or(self.bodies.len(), |page| page + 1)
    }

    fn count(&self, body: &str) -> usize {
        let items = members::at(body, self.pagination.items);
        let items = items.and_then(|items| serde_json::from_str::<Vec<&RawValue>>(items).ok());
        items.map_or(0, |items| items.len())
    }

    /// What comes after the last one.
    fn empty(&self) -> String {
        match self.bodies.last() {
            Some(body) => members::set(body, self.pagination.items, "[]"),
            None => "[]".to_owned(),
        }
    }
}

fn url_of(url: &Url, index: usize) -> Url {
    let mut next = url.clone();
    let pairs = url.query_pairs().into_owned();
    let others = pairs.filter(|(name, _)| name != MARK);
    let pairs = others.chain([(MARK.to_owned(), index.to_string())]);
    next.query_pairs_mut().clear().extend_pairs(pairs);
    next
}

/// Says what the next page is named, or that there is none.
fn named(body: &str, pointer: &str, next: Option<&str>) -> String {
    let stated = members::at(body, pointer);
    let is_number = stated.is_some_and(|stated| stated.parse::<u64>().is_ok());
    let value = match (next, stated) {
        (Some(next), _) if is_number => next.to_owned(),
        (Some(next), _) => serde_json::Value::from(next).to_string(),
        (None, None) => return body.to_owned(),
        // What has to be text stays text.
        (None, Some(stated)) if stated.starts_with('"') => "\"\"".to_owned(),
        (None, Some(_)) => "null".to_owned(),
    };
    members::set(body, pointer, &value)
}

/// How far what is asked for is from the first.
fn after(first: u64, asked: Option<usize>) -> usize {
    let first = usize::try_from(first).unwrap_or_default();
    asked.unwrap_or_default().saturating_sub(first)
}
