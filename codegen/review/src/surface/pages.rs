//! Whether a request gives the items of all pages, and how those follow each other.

use super::crates::Placed;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::signature::File;
use codegen::rust::{Method, Pages, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn pages(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let path = format!("{}::items", placed.request());
        let change = match (&base.pages, &head.pages) {
            (None, None) => return,
            (Some(one), None) => {
                let note = "Remove the calls of `items` and `pages`: nothing says how pages follow \
                            each other any more.";
                Change::new(Bump::Major, path, note).before(declared(one), &one.location)
            }
            (None, Some(two)) => {
                Change::new(Bump::Minor, path, "").after(declared(two), &two.location)
            }
            (Some(one), Some(two)) => {
                let change = if !self.pairs.same(&one.item, &two.item) {
                    let ty = |pages: &Pages| declaration::ty(&pages.item, File::Resources);
                    let note = format!("Use its items as `{}`; they were `{}`.", ty(two), ty(one));
                    Change::new(Bump::Major, path, note)
                } else if one.pagination != two.pagination {
                    let note = "Update the crate, or pages after the first cannot be found.";
                    Change::new(Bump::Patch, path, note).fails_at_run_time()
                } else {
                    return;
                };
                let change = change.before(declared(one), &one.location);
                change.after(declared(two), &two.location)
            }
        };
        self.push(change);
    }
}

fn declared(pages: &Pages) -> String {
    let item = declaration::ty(&pages.item, File::Resources);
    format!("pub fn items(self) -> Items<{item}>")
}
