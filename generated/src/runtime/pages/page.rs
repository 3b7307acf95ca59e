//! One page of a list.

use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::members;
use super::pagination::Pagination;
use crate::runtime::response::Response;

/// One page of a list: its items, and the response that they came in.
pub struct Page<I> {
    items: Vec<I>,
    total: Option<u64>,
    total_pages: Option<u64>,
    response: Response<()>,
}

impl<I> Page<I> {
    pub(super) fn new(items: Vec<I>, response: Response<()>, pagination: &Pagination) -> Self {
        let json = response.raw().json().unwrap_or_default();
        Self {
            total: members::count(&json, pagination.total),
            total_pages: members::count(&json, pagination.total_pages),
            items,
            response,
        }
    }

    /// The items.
    pub fn items(&self) -> &[I] {
        &self.items
    }

    /// The items, without the rest.
    pub fn into_items(self) -> Vec<I> {
        self.items
    }

    /// How many items there are on all pages, if the service says so.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many pages there are, if the service says so.
    pub fn total_pages(&self) -> Option<u64> {
        self.total_pages
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The response, without its items: messages, deviations, the whole body.
    pub fn response(&self) -> &Response<()> {
        &self.response
    }
}

impl<I> IntoIterator for Page<I> {
    type Item = I;
    type IntoIter = std::vec::IntoIter<I>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<I: fmt::Debug> fmt::Debug for Page<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("items", &self.items)
            .field("total", &self.total)
            .field("total_pages", &self.total_pages)
            .field("response", &self.response)
            .finish()
    }
}
