//! How values of a struct are made: `Default` and `new`.

use std::collections::BTreeSet;

use super::{Change, Comparison, listed, stated};
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::signature::{Derive, Signature};
use codegen::rust::{Field, Presence, Struct, declaration};

impl Comparison<'_> {
    pub(super) fn default(
        &mut self,
        own: &str,
        base: &Struct,
        head: &Struct,
        flips: &BTreeSet<&Location>,
    ) {
        let required = |item: &'_ Struct| -> Vec<Location> {
            let fields = item
                .fields
                .iter()
                .filter(|f| f.presence == Presence::Required);
            fields.map(|field| field.location.clone()).collect()
        };
        let path = declaration::derived(Derive::Default, own);
        let shown = |item: &Struct| declaration::derived(Derive::Default, &item.name);
        // What has to be given takes it away; where nothing has to be given any more, it comes.
        let (mut change, causes) = match (has_default(base), has_default(head)) {
            (true, false) => {
                let note = if head.constructor {
                    format!("Construct it with `{}::new`.", head.name)
                } else {
                    "Do not construct it: it is only read from responses.".to_owned()
                };
                let change = Change::new(Bump::Major, path, note);
                (change.before(shown(base), &base.location), required(head))
            }
            (false, true) => {
                let change = Change::new(Bump::Minor, path, "");
                (change.after(shown(head), &head.location), required(base))
            }
            _ => return,
        };
        if has_default(head) {
            change.base = Some(only(&causes, &base.location).clone())
        } else {
            change.head = Some(only(&causes, &head.location).clone())
        }
        self.push(change.causes(causes.iter().chain(flips.iter().copied())));
    }

    pub(super) fn constructor(
        &mut self,
        own: &str,
        base: &Struct,
        head: &Struct,
        flips: &BTreeSet<&Location>,
    ) {
        let path = format!("{own}::new");
        let (one, two) = (arguments(base), arguments(head));
        let change = match (base.constructor, head.constructor) {
            (false, false) => return,
            (false, true) => Change::new(Bump::Minor, path, ""),
            (true, false) => {
                let note = if has_default(head) {
                    format!(
                        "Construct it with `{}::default()`, and set the fields.",
                        head.name
                    )
                } else {
                    "Do not construct it: it is only read from responses.".to_owned()
                };
                Change::new(Bump::Major, path, note)
            }
            (true, true) => match self.new_arguments(&one, &two) {
                Some(note) => {
                    let mut change = Change::new(Bump::Major, path, &note);
                    change.item.fails_at_run_time = note == REORDERED;
                    change
                }
                None => return,
            },
        };
        let differs = |name: &&str| {
            let argument =
                |list: &[&Field]| list.iter().find(|f| f.name == **name)?.argument.clone();
            argument(&one) != argument(&two)
        };
        let names: BTreeSet<&str> = one.iter().chain(&two).map(|f| f.name.as_str()).collect();
        let names: BTreeSet<&str> = names.into_iter().filter(differs).collect();
        // A property that became required is there in both.
        let places = |item: &Struct| -> Vec<Location> {
            let fields = item
                .fields
                .iter()
                .filter(|f| names.contains(f.name.as_str()));
            fields.map(|field| field.location.clone()).collect()
        };
        let (before, after) = (places(base), places(head));
        let mut change = change;
        let shown = |new: Option<Signature>| new.map(|new| new.to_string());
        change.item.before = shown(base.new_function());
        change.item.after = shown(head.new_function());
        change.base = stated(Some(only(&before, &base.location)));
        change.head = stated(Some(only(&after, &head.location)));
        let causes = before.iter().chain(&after);
        self.push(change.causes(causes.chain(flips.iter().copied())));
    }

    /// What calls of `new` have to do, if they have to do anything.
    fn new_arguments(&self, base: &[&Field], head: &[&Field]) -> Option<String> {
        let same_ty = |(one, two): (&&Field, &&Field)| match (&one.argument, &two.argument) {
            (Some(one), Some(two)) => two.accepts(one, |one, two| self.pairs.same(one, two)),
            _ => false,
        };
        let fits = base.len() == head.len() && base.iter().zip(head).all(same_ty);
        let names =
            |list: &[&'_ Field]| -> Vec<String> { list.iter().map(|f| f.name.clone()).collect() };
        let (one, two) = (names(base), names(head));
        if fits {
            let (mut first, mut second) = (one.clone(), two.clone());
            first.sort();
            second.sort();
            let swapped = one != two && first == second;
            return swapped.then(|| REORDERED.to_owned());
        }
        let added: Vec<&str> = two
            .iter()
            .filter(|n| !one.contains(n))
            .map(String::as_str)
            .collect();
        let removed: Vec<&str> = one
            .iter()
            .filter(|n| !two.contains(n))
            .map(String::as_str)
            .collect();
        Some(match (added.as_slice(), removed.as_slice()) {
            ([], []) => "Give `new` its arguments in their new order and types.".to_owned(),
            (added, []) => format!("Give `new` {} as well.", listed(added.iter().copied())),
            ([], removed) => format!("Leave {} out of `new`.", listed(removed.iter().copied())),
            (added, removed) => format!(
                "Give `new` {} as well, and leave {} out.",
                listed(added.iter().copied()),
                listed(removed.iter().copied())
            ),
        })
    }
}

const REORDERED: &str = "Reorder the arguments: the old order compiles and means something else.";

fn has_default(item: &Struct) -> bool {
    item.derives.contains(&Derive::Default)
}

fn arguments(item: &Struct) -> Vec<&Field> {
    item.fields
        .iter()
        .filter(|field| field.argument.is_some())
        .collect()
}

/// The one place, or that of the whole.
fn only<'l>(places: &'l [Location], whole: &'l Location) -> &'l Location {
    match places {
        [only] => only,
        _ => whole,
    }
}
