//! Constants of models: names of integers that fields may be.

use super::{Change, Comparison};
use crate::taxonomy::Bump;
use codegen::rust::{Struct, declaration};

impl<'a> Comparison<'a> {
    pub(super) fn constants(&mut self, own: &str, base: &'a Struct, head: &'a Struct) {
        for one in &base.constants {
            let mut others = head.constants.iter();
            let two = others.find(|two| two.name == one.name);
            let note = match two {
                None => format!("Write `{}` where `{}` is used.", one.value, one.name),
                Some(two) if one.ty != two.ty => {
                    "Use its value as the type that it has now.".to_owned()
                }
                Some(two) if one.value != two.value => {
                    format!(
                        "It is `{}` now, and not `{}`: look at what uses it.",
                        two.value, one.value
                    )
                }
                Some(_) => continue,
            };
            let path = format!("{own}::{}", one.name);
            let mut change = Change::new(Bump::Major, path, note)
                .before(declaration::constant(one), &one.location);
            if let Some(two) = two {
                change = change.after(declaration::constant(two), &two.location);
                change.item.fails_at_run_time = one.ty == two.ty;
            }
            self.push(change);
        }
        for two in &head.constants {
            if !base.constants.iter().any(|one| one.name == two.name) {
                let change = Change::new(Bump::Minor, format!("{own}::{}", two.name), "");
                self.push(change.after(declaration::constant(two), &two.location));
            }
        }
    }
}
