//! A response that contradicts its description, read by what it means as far as it means something.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use self::hint::Hint;
use self::listing::Listing;
use self::reader::Reader;
use self::session::{Failed, GivingWay};
use self::tree::{Kind, Place, Treatment};
use super::path::Step;
use super::reason;

pub use self::hint::bent_integer;
pub use self::reader::MARK;
pub use self::session::suspended;
pub use self::union::Union;

mod hint;
mod key;
mod listing;
mod reader;
mod session;
mod text;
mod tree;
mod union;

/// How often a value is read, at most.
const MOST_ROUNDS: usize = 64;

/// How much is read in all of these, at least once.
const MOST_READ: usize = 256 * 1024 * 1024;

/// A value of a response that is not what the API's description states.
///
/// It was read by what it means, or its place was left empty; see
/// [`Response::deviations`](super::Response::deviations).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    path: String,
    expected: String,
    found: String,
}

impl Deviation {
    /// The path of the value, such as `result[0].cost`; `.` is the whole, and `result[*].cost` are
    /// several.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the description states, such as `a string`.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The kind of what the response has, such as `a number`, and never the value.
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            found,
        } = self;
        write!(formatter, "`{path}`: expected {expected}, found {found}")
    }
}

/// Why even that is not possible.
pub struct Unreadable {
    pub path: Vec<Step>,
    pub reason: String,
}

/// Reads JSON that is not a `T` as it stands: what has another kind is taken for what it means, and
/// what means nothing is left out where it may be missing.
///
/// There is no result of what is no JSON, or too long or too deep to be read again and again.
pub fn read<T: DeserializeOwned>(json: &str) -> Option<Result<(T, Listing), Unreadable>> {
    let root = Place::root(json)?;
    let rounds = (MOST_READ / json.len().max(1)).clamp(1, MOST_ROUNDS);
    let mut left_out = Listing::default();
    let mut failure = None;
    for _ in 0..rounds {
        let read = session::run(|| T::deserialize(Reader(root.clone())));
        let (error, failed) = match read {
            Ok((value, mut found)) => {
                found.extend(left_out);
                return Some(Ok((value, found)));
            }
            Err(failed) => failed,
        };
        let reason = failed.reason.clone().unwrap_or_else(|| reason::of(&error));
        let gave_way = leave_out(&root, &failed, &reason, &mut left_out);
        let path = failed.path;
        failure = Some(Unreadable { path, reason });
        if !gave_way {
            break;
        }
    }
    failure.map(Err)
}

/// Leaves out what could not be read, and whatever else fails in the same way at the same place of
/// another item; whether anything was.
fn leave_out(root: &Place, failed: &Failed, reason: &str, list: &mut Listing) -> bool {
    let (Some(giving_way), Some(culprit)) = (&failed.giving_way, at(root, &failed.path)) else {
        return false;
    };
    let missing = missing(reason);
    let fault = Fault {
        path: &failed.path,
        giving_way,
        missing,
        found: match missing {
            Some(_) => "nothing",
            None => culprit.kind().name(),
        },
        expected: expected(missing, failed.hint, reason),
        culprit,
        hint: failed.hint,
    };
    fault.leave_out(root, &mut Vec::new(), list)
}

fn expected(missing: Option<&str>, hint: Option<Hint>, reason: &str) -> Cow<'static, str> {
    match (missing, hint) {
        (Some(name), _) => format!("the member `{name}`").into(),
        (None, Some(hint)) => hint.expected.into(),
        (None, None) => match reason.split_once("expected ") {
            Some((_, expected)) => expected.to_owned().into(),
            None => "another value".into(),
        },
    }
}

/// What could not be read, and where else the same is to be looked for.
struct Fault<'f> {
    path: &'f [Step],
    giving_way: &'f GivingWay,
    missing: Option<&'f str>,
    hint: Option<Hint>,
    culprit: Place,
    expected: Cow<'static, str>,
    found: &'static str,
}

impl Fault<'_> {
    /// Goes along the path, from a list to each of its items; whether something below can't be read.
    fn leave_out(&self, place: &Place, path: &mut Vec<Step>, list: &mut Listing) -> bool {
        let length = path.len();
        let gives_way = length == self.giving_way.length;
        let is_read = match place.treatment() {
            Treatment::AsItIs | Treatment::Partly => true,
            Treatment::Unknown => gives_way && self.giving_way.treatment != Treatment::Unknown,
            Treatment::Extra | Treatment::Null | Treatment::LeftOut | Treatment::Repeated => false,
        };
        if !is_read || !self.has_tag(place, length) {
            return false;
        }
        let fails = match self.path.get(length) {
            None => {
                let fails = self.fails(place);
                if fails {
                    list.add(path, self.expected.clone(), self.found);
                }
                fails
            }
            Some(step) => {
                let mut fails = false;
                for (step, place) in steps(place, step) {
                    path.push(step);
                    fails |= self.leave_out(&place, path, list);
                    path.pop();
                }
                fails
            }
        };
        if fails && gives_way {
            place.treat(self.giving_way.treatment);
        } else if fails && self.holds_left_out(length) {
            place.treat_partly();
        }
        fails
    }

    /// Whether the place is a map, and what goes missing an entry of it, or of a map within.
    fn holds_left_out(&self, length: usize) -> bool {
        let way = self.path.get(length..self.giving_way.length);
        let entries = |way: &[Step]| way.iter().all(|step| matches!(step, Step::Entry(_)));
        self.giving_way.treatment == Treatment::LeftOut && way.is_some_and(entries)
    }

    /// Whether the place is of the same type, if that depends on its tag.
    fn has_tag(&self, place: &Place, length: usize) -> bool {
        let mut tags = self.giving_way.tags.iter();
        tags.all(|(at, property, tag)| {
            let same = |place: Place| place.scalar().is_some_and(|scalar| scalar == *tag);
            *at != length || place.member(property).is_some_and(same)
        })
    }

    fn fails(&self, place: &Place) -> bool {
        let like_it = match (self.missing, self.hint) {
            (Some(name), _) => place.kind() == Kind::Object && place.member(name).is_none(),
            (None, Some(hint)) => !(hint.fits)(place),
            (None, None) => false,
        };
        like_it || place.text() == self.culprit.text()
    }
}

/// The places to which a step leads, all items or entries if it leads to one.
fn steps(place: &Place, step: &Step) -> Vec<(Step, Place)> {
    match step {
        Step::Item(_) => {
            let items = place.items().enumerate();
            items
                .map(|(index, item)| (Step::Item(index), item))
                .collect()
        }
        Step::Entry(_) => place
            .entries()
            .map(|(name, value)| (Step::Entry(name), value))
            .collect(),
        Step::Member(name) => {
            let member = place.member(name).into_iter();
            member
                .map(|value| (Step::Member(name.clone()), value))
                .collect()
        }
        Step::Items | Step::Entries | Step::Unknown => Vec::new(),
    }
}

/// The place that a path leads to.
fn at(root: &Place, path: &[Step]) -> Option<Place> {
    let mut place = root.clone();
    for step in path {
        place = match step {
            Step::Item(index) => place.items().nth(*index)?,
            Step::Member(name) | Step::Entry(name) => place.member(name)?,
            Step::Items | Step::Entries | Step::Unknown => return None,
        };
    }
    Some(place)
}

/// The name in "missing field `name`".
fn missing(reason: &str) -> Option<&str> {
    let name = reason.strip_prefix("missing field `")?;
    name.split_once('`').map(|(name, _)| name)
}
