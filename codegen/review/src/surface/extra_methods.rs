//! A method that a request may have besides those of all requests: whether it is there, what it gives, and whether it
//! still finds that.

use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::signature::File;
use codegen::rust::{Ty, declaration};

/// What one side has.
pub(super) struct ExtraMethod<'c> {
    /// Its declaration, where what it gives is the text.
    pub declared: fn(&str) -> String,
    pub gives: &'c Ty,
    pub location: &'c Location,
}

/// What is to do about a change.
pub(super) struct Notes {
    pub gone: &'static str,
    /// With the type that it gives now, and the former.
    pub retyped: fn(&str, &str) -> String,
    /// It asks for something else than the former did.
    pub asks_otherwise: &'static str,
}

impl Comparison<'_> {
    /// `asks_alike` is whether both sides ask for the same.
    pub(super) fn extra_method(
        &mut self,
        path: String,
        sides: (Option<ExtraMethod<'_>>, Option<ExtraMethod<'_>>),
        asks_alike: bool,
        notes: &Notes,
    ) {
        let change = match sides {
            (None, None) => return,
            (Some(one), None) => {
                let change = Change::new(Bump::Major, path, notes.gone);
                change.before(one.declaration(), one.location)
            }
            (None, Some(two)) => {
                let change = Change::new(Bump::Minor, path, "");
                change.after(two.declaration(), two.location)
            }
            (Some(one), Some(two)) => {
                let change = if !self.pairs.same(one.gives, two.gives) {
                    let note = (notes.retyped)(&two.ty(), &one.ty());
                    Change::new(Bump::Major, path, note)
                } else if !asks_alike {
                    Change::new(Bump::Patch, path, notes.asks_otherwise).fails_at_run_time()
                } else {
                    return;
                };
                let change = change.before(one.declaration(), one.location);
                change.after(two.declaration(), two.location)
            }
        };
        self.push(change);
    }
}

impl ExtraMethod<'_> {
    fn ty(&self) -> String {
        declaration::ty(self.gives, File::Resources)
    }

    fn declaration(&self) -> String {
        (self.declared)(&self.ty())
    }
}
