//! What clients are given once instead of each call: the versions that all calls state.

use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::Setting;

impl Comparison<'_> {
    pub(super) fn settings(&mut self) {
        let (one, two) = (&self.base.sdk.settings, &self.head.sdk.settings);
        for before in one {
            let change = match find(two, before) {
                None => Change::new(Bump::Major, path(before), "Remove the calls.")
                    .before(&before.function.signature, before.locations.first()),
                Some(after) => match restated(before, after) {
                    Some(change) => change,
                    None => continue,
                },
            };
            self.push(change.causes(&before.locations));
        }
        for after in two.iter().filter(|after| find(one, after).is_none()) {
            let change = Change::new(Bump::Minor, path(after), "")
                .after(&after.function.signature, after.locations.first());
            self.push(change.causes(&after.locations));
        }
    }
}

/// What calls state unless it is set, or where they do.
fn restated(before: &Setting, after: &Setting) -> Option<Change> {
    let stated = |one: &Setting| format!("{}: {}", one.wire, one.value);
    let same = before.at == after.at && stated(before) == stated(after);
    let note = || {
        format!(
            "Calls send `{}` as `{}` instead of `{}`: set the old version to keep it.",
            after.wire, after.value, before.value
        )
    };
    (!same).then(|| {
        Change::new(Bump::Patch, path(after), note())
            .before(stated(before), before.locations.first())
            .after(stated(after), after.locations.first())
    })
}

fn find<'s>(settings: &'s [Setting], like: &Setting) -> Option<&'s Setting> {
    let name = &like.function.signature.name;
    settings
        .iter()
        .find(|setting| setting.function.signature.name == *name)
}

fn path(setting: &Setting) -> String {
    format!("ClientBuilder::{}", setting.function.signature.name)
}
