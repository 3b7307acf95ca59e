//! What a call gives that can go well in several ways: the variants of its type.

use super::crates::Placed;
use super::method_change::changed;
use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::signature::File;
use codegen::rust::{Method, Outcomes, Ty, declaration};

impl<'a> Comparison<'a> {
    /// Of two types of one method.
    pub(super) fn outcomes(&mut self, placed: &Placed<'a>, base: &Outcomes, head: &Outcomes) {
        let path = |name: &str| format!("{}::{}", placed.module, name);
        for one in &base.variants {
            let path = format!("{}::{}", path(&head.name), one.name);
            let before = declaration::outcomes_variant(one);
            let other = head.variants.iter().find(|two| two.name == one.name);
            let change = match other {
                None => Change::new(
                    Bump::Major,
                    path,
                    "Remove the arm: the response is no longer documented.",
                ),
                Some(two) if !self.pairs.same(&one.ty, &two.ty) => {
                    let (was, is) = (&one.ty, &two.ty);
                    let shown = |ty| declaration::ty(ty, File::Resources);
                    let note = format!(
                        "Use what it holds as `{}`; it was `{}`.",
                        shown(is),
                        shown(was)
                    );
                    Change::new(Bump::Major, path, note)
                        .after(declaration::outcomes_variant(two), &two.location)
                }
                Some(_) => continue,
            };
            self.push(change.before(before, &one.location));
        }
        for two in &head.variants {
            if !base.variants.iter().any(|one| one.name == two.name) {
                let path = format!("{}::{}", path(&head.name), two.name);
                let change = Change::new(
                    Bump::Minor,
                    path,
                    "Nothing: what it holds could not be read before.",
                );
                self.push(change.after(declaration::outcomes_variant(two), &two.location));
            }
        }
    }

    /// What is asked for is not seen in what the method returns. Where nothing of it comes any longer,
    /// a service may reject the call (RFC 9110, section 15.5.7).
    pub(super) fn accepted(&mut self, placed: &Placed<'a>, base: &Method, head: &Method) {
        let (was, is) = (asked(base), asked(head));
        let remains = is
            .split(", ")
            .any(|one| was.split(", ").any(|two| one == two));
        if !remains && !was.contains("*/*") && !is.contains("*/*") {
            let note =
                format!("Update the crate, or calls fail: it asks for `{is}` instead of `{was}`.");
            let change = changed(Bump::Patch, placed.item(), note, base, head);
            let causes: [&Location; 2] = [&base.output_location, &head.output_location];
            self.push(change.fails_at_run_time().causes(causes));
        }
    }
}

/// The runtime asks for JSON where nothing else is said.
fn asked(method: &Method) -> &str {
    match method.accept.as_str() {
        "" if method.output == Ty::Unit => "*/*",
        "" => "application/json",
        media_types => media_types,
    }
}
