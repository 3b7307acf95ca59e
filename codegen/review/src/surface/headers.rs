//! The constants by which headers of responses are read.

use super::{Change, Comparison, read_otherwise};
use crate::taxonomy::Bump;
use codegen::rust::{Header, declaration};

impl Comparison<'_> {
    pub(super) fn headers(&mut self) {
        let (base, head) = (
            &self.base.sdk.headers.headers,
            &self.head.sdk.headers.headers,
        );
        let mut changes = Vec::new();
        for one in base {
            let path = path(one);
            let other = head.iter().find(|two| two.name == one.name);
            let change = match other {
                None => Change::new(
                    Bump::Major,
                    path,
                    "Remove the constant, or read the text in `headers()`: no response has it.",
                ),
                Some(two) if one.ty != two.ty || one.wire != two.wire => Change::new(
                    Bump::Major,
                    path,
                    "Use its value as the type that it has now.",
                )
                .after(declaration::header(two), &two.location),
                Some(two) if !one.deprecated && two.deprecated => {
                    Change::new(Bump::Minor, path, super::DEPRECATED)
                        .after(declaration::header(two), &two.location)
                }
                Some(two) if read_otherwise(&one.docs, &two.docs) => {
                    Change::new(Bump::Patch, path, super::DOCS_ONLY)
                        .after(declaration::header(two), &two.location)
                }
                Some(_) => continue,
            };
            changes.push(change.before(declaration::header(one), &one.location));
        }
        for two in head {
            if !base.iter().any(|one| one.name == two.name) {
                let change = Change::new(Bump::Minor, path(two), "");
                changes.push(change.after(declaration::header(two), &two.location));
            }
        }
        self.changes.extend(changes);
    }
}

fn path(header: &Header) -> String {
    format!("headers::{}", header.name)
}
