//! Whether a request gives the items of all pages, and how those follow each other.

use super::Comparison;
use super::crates::Placed;
use super::extra_methods::{ExtraMethod, Notes};
use codegen::rust::{Method, Pages, Pagination};

const NOTES: Notes = Notes {
    gone: "Remove the calls of `items` and `pages`: nothing says how pages follow each other any more.",
    retyped: |now, former| format!("Use its items as `{now}`; they were `{former}`."),
    asks_otherwise: "Update the crate, or pages after the first cannot be found.",
};

impl<'a> Comparison<'a> {
    pub(super) fn pages(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = format!("{}::items", placed.request());
        let (base, head) = (base.pages.as_deref(), head.pages.as_deref());
        let asks_alike = pagination(base) == pagination(head);
        let sides = (base.map(method), head.map(method));
        self.extra_method(path, sides, asks_alike, &NOTES);
    }
}

fn pagination(pages: Option<&Pages>) -> Option<&Pagination> {
    pages.map(|pages| &pages.pagination)
}

fn method(pages: &Pages) -> ExtraMethod<'_> {
    ExtraMethod {
        declared: |item| format!("pub fn items(self) -> Items<{item}>"),
        gives: &pages.item,
        location: &pages.location,
    }
}
