//! Copies among the types of a crate, and names that nobody would say.

use std::collections::{HashMap, HashSet};

use codegen::Location;
use codegen::rust::{Crate, Item, Ty};

/// A name that is longer takes more than half a line.
const LONGEST: usize = 48;

#[derive(Debug, Clone, Copy, Default)]
pub struct Measures {
    pub types: usize,
    /// Types that are another one but for its name and docs.
    pub copies: usize,
    /// Types with names of more than 48 characters.
    pub long: usize,
    /// Types and variants that have a number because a name was taken, or in place of one.
    pub numbered: usize,
    /// The length of the longest name.
    pub longest: usize,
}

impl Measures {
    pub const HEADER: &str = "types\tcopies\t%\tlong\tnumbered\tlongest\tdocument";

    pub fn of(planned: &Crate) -> Self {
        let items = items(planned);
        let lengths = || items.iter().map(|item| item.name().len());
        Self {
            types: items.len(),
            copies: copies(&items).iter().flatten().count(),
            long: lengths().filter(|length| *length > LONGEST).count(),
            numbered: numbered(&items).len(),
            longest: lengths().max().unwrap_or_default(),
        }
    }

    pub fn and(&self, other: &Self) -> Self {
        Self {
            types: self.types + other.types,
            copies: self.copies + other.copies,
            long: self.long + other.long,
            numbered: self.numbered + other.numbered,
            longest: self.longest.max(other.longest),
        }
    }

    pub fn row(&self, name: &str) -> String {
        let share = 100.0 * self.copies as f64 / self.types.max(1) as f64;
        let (types, copies, long) = (self.types, self.copies, self.long);
        let (numbered, longest) = (self.numbered, self.longest);
        format!("{types}\t{copies}\t{share:.1}\t{long}\t{numbered}\t{longest}\t{name}")
    }
}

pub fn items(planned: &Crate) -> Vec<&Item> {
    planned.models.iter().flat_map(|file| &file.items).collect()
}

/// For each type the number of the first that is the same, where it is not that.
pub fn copies(items: &[&Item]) -> Vec<Option<usize>> {
    let numbers: HashMap<&str, usize> = items
        .iter()
        .enumerate()
        .map(|(number, item)| (item.name(), number))
        .collect();
    let skeletons: Vec<(String, Vec<usize>)> =
        items.iter().map(|item| skeleton(item, &numbers)).collect();
    let mut classes = vec![0; items.len()];
    let mut count = 1;
    // Types are the same until something tells them apart, so that cycles end.
    loop {
        let mut known: HashMap<(usize, &str, Vec<usize>), usize> = HashMap::new();
        let next: Vec<usize> = (0..items.len())
            .map(|number| {
                let (text, named) = &skeletons[number];
                let named = named.iter().map(|one| classes[*one]).collect();
                *known
                    .entry((classes[number], text, named))
                    .or_insert(number)
            })
            .collect();
        let found = known.len();
        classes = next;
        if found == count {
            break;
        }
        count = found;
    }
    let first = |(number, class)| (number != class).then_some(class);
    classes.into_iter().enumerate().map(first).collect()
}

/// What the type is but for names, docs and locations, and which models it names.
fn skeleton(item: &Item, numbers: &HashMap<&str, usize>) -> (String, Vec<usize>) {
    let mut named = Vec::new();
    let mut plain = |ty: &mut Ty| without_names(ty, numbers, &mut named);
    let mut item = item.clone();
    match &mut item {
        Item::Struct(item) => {
            item.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
            for field in &mut item.fields {
                field.docs.clear();
                field.location = Location::default();
                field.argument = None;
                plain(&mut field.ty);
            }
            item.additional
                .iter_mut()
                .for_each(|all| plain(&mut all.ty));
            item.location = Location::default();
            (item.aliases, item.former) = (Vec::new(), Vec::new());
            item.name.clear();
            item.docs.clear();
        }
        Item::Enum(item) => {
            item.variants.sort_by(|a, b| a.wire.cmp(&b.wire));
            for variant in &mut item.variants {
                variant.location = Location::default();
            }
            item.location = Location::default();
            (item.aliases, item.former) = (Vec::new(), Vec::new());
            item.name.clear();
            item.docs.clear();
        }
        Item::Union(item) => {
            for variant in &mut item.variants {
                variant.location = Location::default();
                plain(&mut variant.ty);
            }
            item.location = Location::default();
            (item.aliases, item.former) = (Vec::new(), Vec::new());
            item.name.clear();
            item.docs.clear();
        }
    }
    (format!("{item:?}"), named)
}

fn without_names(ty: &mut Ty, numbers: &HashMap<&str, usize>, named: &mut Vec<usize>) {
    match ty {
        Ty::Model(name) => {
            named.extend(numbers.get(name.as_str()));
            name.clear();
        }
        Ty::Vec(ty) | Ty::Map(ty) | Ty::Option(ty) | Ty::Boxed(ty) | Ty::Written(ty) => {
            without_names(ty, numbers, named);
        }
        Ty::Tuple(items) => items
            .iter_mut()
            .for_each(|ty| without_names(ty, numbers, named)),
        _ => {}
    }
}

/// The types and variants with a number that could be a word.
pub fn numbered(items: &[&Item]) -> Vec<String> {
    let types = numbered_of(items.iter().map(|item| item.name()));
    let mut found: Vec<String> = types.into_iter().map(str::to_owned).collect();
    for item in items {
        let names: Vec<&str> = match item {
            Item::Struct(_) => continue,
            Item::Enum(item) => item.variants.iter().map(|v| &*v.name).collect(),
            Item::Union(item) => item.variants.iter().map(|v| &*v.name).collect(),
        };
        let named = numbered_of(names.into_iter());
        found.extend(named.iter().map(|name| format!("{}::{name}", item.name())));
    }
    found
}

fn numbered_of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
    let all: HashSet<String> = names.clone().map(str::to_lowercase).collect();
    let is_numbered = |name: &&str| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        stem.len() < name.len() && (stem.ends_with("Variant") || all.contains(&stem.to_lowercase()))
    };
    names.filter(is_numbered).collect()
}
